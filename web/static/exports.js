/* Taking the conversation along: as a Word file, as Markdown, on paper. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { parts, turns, state, node, say, announce, post, download } = page;

  const finished = () => [...turns.values()].filter((turn) => turn.markdown);
  const today = () => new Date().toLocaleDateString("sv");  // year-month-day, by the visitor's own clock

  function asMarkdown() {
    const text = ["# " + say("title") + " " + today(), ...finished().map((turn) => turn.markdown), "---", parts.foot.props.disclaimer[state.lang], ""].join("\n\n");
    download(new Blob([text], { type: "text/markdown" }), "policyqa-" + today() + ".md");
  }

  /* The quoted words of a card, as one text for each place that is marked. */
  const quotes = (card) => card.paragraphs.flat().filter((segment) => segment.mark).map((segment) => segment.text);

  const plain = ({ text, citations }) => ({ text, citations });

  async function asWord() {
    const conversation = finished().map((turn) => ({
      question: turn.question, status: turn.status, nearest: turn.cards.every((card) => card.why === "nearest"), sentences: turn.sentences.map(plain), notices: turn.notices, service: turn.service || [],
      tables: turn.tables.map((table) => ({ ...table, rows: table.rows.map((row) => row.map(plain)) })),
      sources: turn.cards.map((card) => ({
        n: card.n, document: card.document, document_english: card.document_english, address: card.address, level: card.level, page: card.page, standing: card.standing, quotes: quotes(card),
      })),
    }));
    const reply = await post("page/export", { lang: state.lang, turns: conversation });
    download(await reply.blob(), "policyqa-" + today() + ".docx");
  }

  async function run(way) {
    if (!finished().length) {
      announce(say("export_empty"));
      return say("export_empty");
    }
    try {
      await way();
      return "";
    } catch (error) {
      return say("export_failed", { error: error.message });
    }
  }

  /* One menu: on a desk it exports, on a phone it also holds what the heading has no room for. */
  page.drawMenu = () => {
    const line = node("p", { class: "pq-menu-line", role: "status" });
    const close = () => { list.hidden = true; button.setAttribute("aria-expanded", "false"); };
    const item = (key, act, extra = "") => node("button", { type: "button", class: "pq-item " + extra, onclick: act }, say(key));
    const taking = (way) => async () => {
      line.textContent = "";
      line.textContent = await run(way);
      if (!line.textContent) {
        close();
        button.focus();
      }
    };
    const list = node("div", { class: "pq-menu-list", id: "pq-menu-list", hidden: true },
      item("export_word", taking(asWord)), item("export_markdown", taking(asMarkdown)), item("export_print", taking(() => window.print())),
      item("larger_text", page.largerText, "pq-narrow"), page.drawSchemes(), line);
    const button = node("button", {
      type: "button", class: "pq-tool pq-menu-button", "aria-expanded": "false", "aria-controls": "pq-menu-list", "aria-label": say("menu"),
      onclick: () => {
        list.hidden = !list.hidden;
        line.textContent = "";
        button.setAttribute("aria-expanded", String(!list.hidden));
        if (!list.hidden) list.querySelector("button").focus();
      },
    }, node("span", { class: "pq-wide" }, say("export")), node("span", { class: "pq-narrow", "aria-hidden": "true" }, "⋯"));
    const menu = node("div", { class: "pq-menu" }, button, list);
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || list.hidden) return;
      event.stopPropagation();
      close();
      button.focus();
    });
    menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(); });
    return menu;
  };

  document.addEventListener("click", (event) => {
    const open = document.querySelector(".pq-menu-list:not([hidden])");
    if (open && !open.parentElement.contains(event.target)) {
      open.hidden = true;
      open.parentElement.querySelector("button").setAttribute("aria-expanded", "false");
    }
  });
})();
