/* Draws the chat page. Everything that comes from the server is put in as text nodes, never as HTML. */
(() => {
  "use strict";
  const PHONE = window.matchMedia("(max-width: 768px)");
  const TEXT_SIZES = [100, 115, 130];

  const parts = {};            // name → {element, props, trigger} of the four Gradio components
  const turns = new Map();     // id → the newest message of that turn
  let lang = "zh";
  let about = null;
  let who = 0;                 // which group of examples is shown
  let shown = null;            // {key, cards} of the turn whose clauses are in the panel
  let opener = null;           // the chip that opened the panel
  let answering = false;

  /* ── small tools ── */

  function node(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "class") made.className = value;
      else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  function say(key, blanks = {}) {
    const table = parts.head.props.words;
    const text = table[key] ? table[key][lang] : key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in blanks ? String(blanks[name]) : whole));
  }

  function levelName(level) {
    const key = "level_" + (level || "none");
    return parts.head.props.words[key] ? say(key) : String(level);
  }

  const root = (name) => parts[name].element.querySelector(".pq-" + name);
  const redraw = (name, ...children) => root(name).replaceChildren(...children.flat(9).filter(Boolean));

  function setAddress(changes) {
    const address = new URL(window.location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    window.history.replaceState(window.history.state, "", address);
  }

  function linkTo(name, value) {
    const address = new URL(window.location.pathname, window.location.href);
    address.searchParams.set(name, value);
    return address.href;
  }

  function announce(text) {
    const line = document.querySelector("#pq-status");
    if (line) line.textContent = text;
  }

  async function copy(text, button) {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      // Without HTTPS there is no clipboard; a selected text field can still be copied.
      const field = node("textarea", { class: "pq-offscreen", "aria-hidden": "true" });
      field.value = text;
      document.body.append(field);
      field.select();
      done = document.execCommand("copy");
      field.remove();
    }
    const before = button.textContent;
    button.textContent = say(done ? "copied" : "copy_failed");
    announce(button.textContent);
    window.setTimeout(() => { button.textContent = before; }, 2000);
  }

  /* ── heading ── */

  function drawHead() {
    const bureau = parts.head.props.bureau[lang];
    const other = lang === "zh" ? "en" : "zh";
    redraw("head",
      node("a", { class: "pq-skip", href: "#pq-question", onclick: (event) => { event.preventDefault(); questionBox().focus(); } }, say("skip_to_question")),
      node("div", { class: "pq-brand" },
        node("img", { src: "ui/icon.svg", alt: "", width: 32, height: 32 }),
        node("div", {}, node("h1", {}, say("title")), node("p", {}, bureau || say("tagline")))),
      node("nav", { "aria-label": say("title") },
        node("a", { class: "pq-tool", href: "library?lang=" + lang }, say("library")),
        node("button", { class: "pq-tool", type: "button", onclick: restart }, say("new_chat")),
        node("button", { class: "pq-tool pq-wide", type: "button", onclick: exportAll }, say("export")),
        node("button", { class: "pq-tool pq-icon", type: "button", "aria-label": say("larger_text"), title: say("larger_text"), onclick: largerText }, "A", node("sup", {}, "+")),
        node("button", { class: "pq-tool", type: "button", lang: other === "en" ? "en" : "zh-CN", onclick: () => setTongue(other) }, other === "en" ? "English" : "中文")),
      node("div", { id: "pq-status", class: "pq-offscreen", role: "status", "aria-live": "polite" }));
  }

  function setTongue(next) {
    lang = next;
    setAddress({ lang });
    drawAll();
    parts.conversation.trigger("tongue", { lang });
  }

  function largerText() {
    const now = Number(document.documentElement.dataset.textSize || 100);
    const next = TEXT_SIZES[(TEXT_SIZES.indexOf(now) + 1) % TEXT_SIZES.length];
    document.documentElement.dataset.textSize = next;
    document.documentElement.style.fontSize = next + "%";
  }

  function restart() {
    if (answering) return;
    turns.clear();
    shown = null;
    closePanel();
    setAddress({ q: null, clause: null });
    parts.conversation.trigger("restart", {});
    drawConversation();
    drawEvidence();
    questionBox().focus();
  }

  function exportAll() {
    const bodies = [...turns.values()].filter((turn) => turn.markdown).map((turn) => turn.markdown);
    if (!bodies.length) return;
    const day = new Date().toISOString().slice(0, 10);
    const text = ["# " + say("title") + " " + day, ...bodies, "---", parts.foot.props.disclaimer[lang], ""].join("\n\n");
    const link = node("a", { download: "policyqa-" + day + ".md", href: URL.createObjectURL(new Blob([text], { type: "text/markdown" })) });
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /* ── conversation ── */

  const questionBox = () => document.querySelector("#pq-question textarea, #pq-question input");

  function ask(question) {
    if (!answering) parts.conversation.trigger("ask", { question });
  }

  function drawConversation() {
    if (turns.size === 0) {
      redraw("conversation", drawWelcome());
      return;
    }
    redraw("conversation", [...turns.values()].map((turn) => drawTurn(turn)));
  }

  function drawWelcome() {
    const examples = parts.conversation.props.examples;
    if (!about) return node("section", { class: "pq-welcome" }, node("p", { class: "pq-working" }, say("loading")));
    const levels = about.levels.map(([level]) => levelName(level)).join(lang === "zh" ? "、" : ", ");
    return node("section", { class: "pq-welcome" },
      node("h2", {}, say("welcome")),
      node("p", { class: "pq-knows" }, say("knows", { region: about.region, documents: about.documents, levels, as_of: about.as_of })),
      node("p", { class: "pq-quiet" }, say("knows_not")),
      node("h3", { id: "pq-who" }, say("who_are_you")),
      node("div", { class: "pq-tabs", role: "group", "aria-labelledby": "pq-who" },
        examples.map((group, at) => node("button", {
          type: "button", class: "pq-tab", "aria-pressed": String(at === who),
          onclick: () => { who = at; drawConversation(); root("conversation").querySelectorAll(".pq-tab")[at].focus(); },
        }, group.who[lang]))),
      node("ul", { class: "pq-examples" },
        examples[who].questions.map((question) => node("li", {},
          node("button", { type: "button", class: "pq-example", onclick: () => ask(question[lang]) }, question[lang])))));
  }

  function drawTurn(turn) {
    const busy = turn.status === "working" || turn.status === "streaming";
    const answer = node("div", { class: "pq-answer", "aria-busy": String(busy) });
    const made = node("article", { class: "pq-turn " + turn.status, id: turn.id, "aria-label": turn.question },
      node("div", { class: "pq-question", role: "heading", "aria-level": "2" }, node("span", { class: "pq-offscreen" }, say("you_asked"), "："), turn.question),
      answer);
    if (turn.status === "working") answer.append(node("p", { class: "pq-working" }, say("working")));
    if (turn.status === "failed") answer.append(node("p", { class: "pq-fault" }, turn.message || say("failed")));
    if (turn.standalone) answer.append(node("p", { class: "pq-quiet" }, say("understood", { question: turn.standalone })));
    if (turn.status === "declined") answer.append(node("p", { class: "pq-declined" }, say("declined")));
    answer.append(...drawBody(turn));
    if (turn.status === "stopped") answer.append(node("p", { class: "pq-quiet" }, say("stopped")));
    for (const notice of turn.notices || []) {
      answer.append(node("div", { class: "pq-notice", role: "note" }, node("b", {}, say("notice")), notice));
    }
    if (turn.cards && turn.cards.length) answer.append(drawSources(turn));
    if (!busy) answer.append(drawActions(turn));
    return made;
  }

  function drawBody(turn) {
    return turn.sentences.map(({ text, citations }, at) => {
      const chips = citations.map((n) => chip(turn, n));
      // The last two characters stay with the chips, so that neither a chip nor a full stop begins a line.
      const tail = chips.length ? node("span", { class: "pq-tail" }, text.slice(-2), chips) : text.slice(-2);
      return node("p", { class: at === 0 ? "pq-lead" : "pq-more" }, text.slice(0, -2), tail);
    });
  }

  function chip(turn, n) {
    const card = (turn.cards || []).find((one) => one.n === n);
    const name = say("open_source", { n }) + (card ? "：" + card.document + " " + card.address : "");
    return node("button", {
      type: "button", class: "pq-cite", "aria-label": name, title: card ? card.document + " " + card.address : null,
      disabled: !card, onclick: (event) => openCard(turn, n, event.currentTarget),
    }, String(n));
  }

  function drawSources(turn) {
    return node("section", { class: "pq-sources", "aria-label": say("sources") },
      node("h3", {}, say(turn.status === "declined" ? "nearest" : "sources")),
      node("ol", {}, turn.cards.map((card) => node("li", {},
        node("button", { type: "button", class: "pq-source", onclick: (event) => openCard(turn, card.n, event.currentTarget) },
          node("span", { class: "pq-number", "aria-hidden": "true" }, String(card.n)),
          node("span", { class: "pq-source-words" },
            node("span", { class: "pq-source-title" }, card.document, " ", card.address),
            node("span", { class: "pq-source-facts" }, badge(card.level), standing(card),
              card.page === null ? null : node("span", { class: "pq-quiet" }, say("page", { page: card.page })))))))));
  }

  function drawActions(turn) {
    const made = node("div", { class: "pq-actions" });
    if (turn.figures && turn.figures.total) {
      made.append(checked(turn.figures));
    }
    if (turn.plain) made.append(node("button", { type: "button", class: "pq-act", onclick: (event) => copy(turn.plain, event.currentTarget) }, say("copy")));
    made.append(
      node("button", { type: "button", class: "pq-act", onclick: (event) => copy(linkTo("q", turn.question), event.currentTarget) }, say("share")),
      node("button", { type: "button", class: "pq-act", onclick: () => edit(turn.question) }, say("ask_again")));
    return made;
  }

  function edit(question) {
    setBox(question);
    questionBox().focus();
  }

  function setBox(text) {
    const box = questionBox();
    // The component keeps its own value; it learns of a new one by the input event.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function putTurn(turn) {
    const known = turns.get(turn.id);
    turns.set(turn.id, turn);
    answering = turn.status === "working" || turn.status === "streaming";
    if (!known && turns.size === 1) drawConversation();
    const old = document.getElementById(turn.id);
    const made = drawTurn(turn);
    if (old) old.replaceWith(made);
    else root("conversation").append(made);
    if (!known) made.scrollIntoView({ block: "start", behavior: "smooth" });
    if (!known) {
      announce(say("working"));
      if (questionBox().value.trim() === turn.question) setBox("");
    }
    if (!answering) {
      announce(turn.message || turn.sentences.map((sentence) => sentence.text).join(" "));
      if (turn.cards && turn.cards.length) {
        shown = { key: turn.id, cards: turn.cards };
        drawEvidence();
        root("evidence").querySelector(".pq-card").open = true;
      }
    }
  }

  function endLast(status) {
    answering = false;
    const last = [...turns.values()].pop();
    if (last && (last.status === "working" || last.status === "streaming")) putTurn({ ...last, status });
  }

  /* ── the panel of clauses ── */

  const badge = (level) => node("span", { class: "pq-badge" }, levelName(level));
  const standing = (card) => node("span", { class: "pq-chip " + card.standing }, say("standing_" + card.standing));

  function drawEvidence() {
    const heading = node("div", { class: "pq-panel-head" },
      node("h2", { id: "pq-panel-title" }, say("evidence")),
      node("button", { type: "button", class: "pq-tool pq-back", onclick: closePanel }, say("back_to_answer")));
    redraw("evidence", heading, shown ? shown.cards.map(drawCard) : drawOverview());
  }

  function drawOverview() {
    return [
      node("p", { class: "pq-quiet" }, say("evidence_empty")),
      about && node("h3", {}, say("evidence_levels")),
      about && node("ul", { class: "pq-levels" }, about.levels.map(([level, count]) =>
        node("li", {}, badge(level), node("span", {}, say("document_count", { n: count }))))),
      about && node("a", { class: "pq-more-link", href: "library?lang=" + lang }, say("library"), " →"),
    ];
  }

  function checked(figures) {
    const all = figures.checked === figures.total;
    return node("span", { class: all ? "pq-checked" : "pq-checked some", title: say("figures_why") }, all ? "✓ " : "! ", say("figures_checked", figures));
  }

  function drawCard(card) {
    const term = [
      card.valid_from && say("valid_from", { date: card.valid_from }),
      card.valid_until && say("valid_until", { date: card.valid_until }),
      card.term && "“" + card.term + "”",
    ].filter(Boolean).join(lang === "zh" ? "，" : ", ");
    return node("details", { class: "pq-card", id: "card-" + card.n, "data-clause": card.clause_id },
      node("summary", {},
        node("span", { class: "pq-number" }, String(card.n)),
        node("span", { class: "pq-source-words" },
          node("span", { class: "pq-source-title" }, card.document, " ", card.address),
          node("span", { class: "pq-source-facts" }, badge(card.level), standing(card),
            card.page === null ? null : node("span", { class: "pq-quiet" }, say("page", { page: card.page }))))),
      node("div", { class: "pq-card-body", lang: "zh-CN" },
        card.path.length ? node("p", { class: "pq-path" }, card.path.join(" › ")) : null,
        node("blockquote", {}, card.paragraphs.map((segments) => node("p", {},
          segments.map((segment) => (segment.mark ? node("mark", {}, segment.text) : segment.text))))),
        term ? node("p", { class: "pq-quiet" }, term) : null,
        card.departments.length ? node("p", { class: "pq-departments" }, node("b", {}, say("departments")), card.departments.join("、")) : null,
        node("p", { class: "pq-card-foot" },
          card.figures.total ? checked(card.figures) : null,
          node("a", { href: card.href.replace("#", "?lang=" + lang + "#") }, say("open_document"), " →"),
          node("button", { type: "button", class: "pq-act", onclick: (event) => copy(linkTo("clause", card.clause_id), event.currentTarget) }, say("share")))));
  }

  function openCard(turn, n, from) {
    if (!shown || shown.key !== turn.id) {
      shown = { key: turn.id, cards: turn.cards };
      drawEvidence();
    }
    opener = from || null;
    openPanel(n);
  }

  function openPanel(n) {
    const side = document.getElementById("pq-side");
    side.classList.add("open");
    for (const card of root("evidence").querySelectorAll(".pq-card")) {
      const wanted = card.id === "card-" + n;
      card.open = wanted;
      card.classList.toggle("current", wanted);
      if (!wanted) continue;
      setAddress({ clause: card.dataset.clause });
      const mark = card.querySelector("mark");
      const panel = root("evidence");
      panel.scrollTop += card.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.querySelector(".pq-panel-head").offsetHeight - 8;
      if (mark) {
        const below = mark.getBoundingClientRect().bottom - panel.getBoundingClientRect().bottom;
        if (below > 0) panel.scrollTop += below + 40;
      }
      card.querySelector("summary").focus({ preventScroll: true });
    }
    if (PHONE.matches) document.body.classList.add("pq-sheet-open");
  }

  function closePanel() {
    document.getElementById("pq-side").classList.remove("open");
    document.body.classList.remove("pq-sheet-open");
    setAddress({ clause: null });
    if (opener && opener.isConnected) {
      opener.focus();
      opener.scrollIntoView({ block: "nearest" });
    }
    opener = null;
  }

  /* ── messages from the server ── */

  function receive(message) {
    if (!message) return;
    if (message.kind === "welcome") {
      lang = message.lang;
      about = message.about;
      if (message.card) shown = { key: "link", cards: [message.card] };
      drawAll();
      if (message.card) openPanel(message.card.n);
      if (message.ask) ask(message.ask);
    } else if (message.kind === "turn") putTurn(message);
    else endLast(message.kind);
  }

  function drawAll() {
    document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
    document.title = say("title");
    drawHead();
    drawConversation();
    drawEvidence();
    redraw("foot", node("p", {}, parts.foot.props.disclaimer[lang]));
  }

  const EXPECTED = ["head", "conversation", "foot", "evidence"];

  function part(name, element, props, watch, trigger) {
    parts[name] = { element, props, trigger };
    if (name === "conversation") watch("value", () => receive(props.value));
    if (EXPECTED.every((expected) => parts[expected])) {
      drawAll();
      receive(parts.conversation.props.value);
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.getElementById("pq-side")?.classList.contains("open")) closePanel();
  });

  window.policyPage = { part };
  document.dispatchEvent(new Event("policy-page"));
})();
