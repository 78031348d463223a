/* Draws the chat page: heading, conversation, panel of clauses. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { parts, turns, state, node, say, levelName, root, redraw, setAddress, linkTo, announce, copy } = page;
  const PHONE = window.matchMedia("(max-width: 768px)");
  const TEXT_SIZES = [100, 115, 130];

  let about = null;
  let who = 0;                 // which group of examples is shown
  let shown = null;            // {key, cards} of the turn whose clauses are in the panel
  let opener = null;           // the chip that opened the panel
  let answering = false;

  /* ── heading ── */

  function drawHead() {
    const bureau = parts.head.props.bureau[state.lang];
    const other = state.lang === "zh" ? "en" : "zh";
    redraw("head",
      node("a", { class: "pq-skip", href: "#pq-question", onclick: (event) => { event.preventDefault(); questionBox().focus(); } }, say("skip_to_question")),
      node("div", { class: "pq-brand" },
        node("img", { src: "ui/icon.svg", alt: "", width: 32, height: 32 }),
        node("div", {}, node("h1", {}, say("title")), node("p", {}, bureau || say("tagline")))),
      node("nav", { "aria-label": say("title") },
        node("a", { class: "pq-tool", href: "library?lang=" + state.lang }, say("library")),
        node("button", { class: "pq-tool", type: "button", onclick: restart }, say("new_chat")),
        page.drawMenu(largerText),
        node("button", { class: "pq-tool pq-icon pq-wide", type: "button", "aria-label": say("larger_text"), title: say("larger_text"), onclick: largerText }, "A", node("sup", {}, "+")),
        node("button", { class: "pq-tool", type: "button", lang: other === "en" ? "en" : "zh-CN", onclick: () => setTongue(other) }, other === "en" ? "English" : "中文")),
      node("div", { id: "pq-status", class: "pq-offscreen", role: "status", "aria-live": "polite" }));
  }

  function setTongue(next) {
    state.lang = next;
    setAddress({ lang: next });
    drawAll();
    parts.conversation.trigger("tongue", { lang: next });
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

  /* ── conversation ── */

  const questionBox = () => document.querySelector("#pq-question textarea, #pq-question input");

  function ask(question, alone = false) {
    if (!answering) parts.conversation.trigger("ask", { question, alone });
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
    const levels = about.levels.map(([level]) => levelName(level)).join(state.lang === "zh" ? "、" : ", ");
    return node("section", { class: "pq-welcome" },
      node("h2", {}, say("welcome")),
      node("p", { class: "pq-knows" }, say("knows", { region: about.region, documents: about.documents, levels, as_of: about.as_of })),
      node("p", { class: "pq-quiet" }, say("knows_not")),
      state.document ? null : drawExamples(examples));
  }

  function drawExamples(examples) {
    return node("div", {},
      node("h3", { id: "pq-who" }, say("who_are_you")),
      node("div", { class: "pq-tabs", role: "group", "aria-labelledby": "pq-who" },
        examples.map((group, at) => node("button", {
          type: "button", class: "pq-tab", "aria-pressed": String(at === who),
          onclick: () => { who = at; drawConversation(); root("conversation").querySelectorAll(".pq-tab")[at].focus(); },
        }, group.who[state.lang]))),
      node("ul", { class: "pq-examples" },
        examples[who].questions.map((question) => node("li", {},
          node("button", { type: "button", class: "pq-example", onclick: () => ask(question[state.lang]) }, question[state.lang])))));
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
    for (const table of turn.tables || []) answer.append(page.drawTable(table, (n) => chip(turn, n)));
    for (const notice of turn.notices || []) {
      answer.append(node("div", { class: "pq-notice", role: "note" }, node("b", {}, say("notice")), notice));
    }
    if (turn.cards && turn.cards.length) answer.append(drawSources(turn));
    if (!busy) answer.append(drawActions(turn));
    if (turn.kept) answer.append(page.drawFeedback(turn));
    if (turn.suggestions && turn.suggestions.length) made.append(drawSuggestions(turn));
    return made;
  }

  function drawSuggestions(turn) {
    return node("section", { class: "pq-next", "aria-label": say("next_questions") },
      node("h3", {}, say("next_questions")),
      turn.suggestions.map((question) => node("button", { type: "button", class: "pq-suggestion", onclick: () => ask(question, true) }, question)));
  }

  /* What to ask next comes when the server has nobody else to answer; it is only offered under the newest answer. */
  async function fetchSuggestions(turn) {
    const reply = await fetch("page/next-questions/" + encodeURIComponent(turn.next)).catch(() => null);
    if (!reply || !reply.ok) return;
    const asked = new Set([...turns.values()].map((one) => one.question));
    const suggestions = (await reply.json()).questions.filter((question) => !asked.has(question));
    const newest = [...turns.values()].pop();
    if (!suggestions.length || !newest || newest.id !== turn.id || answering) return;
    turn.suggestions = suggestions;
    document.getElementById(turn.id).append(drawSuggestions(turn));
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
    if (turn.status === "failed" || turn.status === "stopped") {
      made.append(node("button", { type: "button", class: "pq-act", onclick: () => ask(turn.question) }, say("retry")));
    }
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
      document.querySelectorAll(".pq-next").forEach((offered) => offered.remove());
      for (const one of turns.values()) delete one.suggestions;
      announce(say("working"));
      if (questionBox().value.trim() === turn.question) setBox("");
    }
    if (!answering) {
      announce(turn.message || turn.sentences.map((sentence) => sentence.text).join(" "));
      if (turn.next) fetchSuggestions(turn);
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
      about && node("a", { class: "pq-more-link", href: "library?lang=" + state.lang }, say("library"), " →"),
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
    ].filter(Boolean).join(state.lang === "zh" ? "，" : ", ");
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
          node("a", { href: card.href.replace("#", "?lang=" + state.lang + "#") }, say("open_document"), " →"),
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
      state.lang = message.lang;
      about = message.about;
      page.state.document = message.document;
      if (message.card) shown = { key: "link", cards: [message.card] };
      drawAll();
      if (message.card) openPanel(message.card.n);
      if (message.ask) ask(message.ask);
    } else if (message.kind === "turn") putTurn(message);
    else endLast(message.kind);
  }

  function drawAll() {
    document.documentElement.lang = state.lang === "en" ? "en" : "zh-CN";
    document.title = say("title");
    drawHead();
    drawConversation();
    drawEvidence();
    drawScope();
    redraw("foot", node("p", {}, parts.foot.props.disclaimer[state.lang]));
  }

  /* The document that questions are limited to, and the way out of it. */
  function drawScope() {
    const limited = page.state.document;
    document.body.classList.toggle("pq-limited", Boolean(limited));
    if (!limited) {
      redraw("scope");
      return;
    }
    redraw("scope", node("p", { class: "pq-limit" },
      node("span", { title: limited.title }, say("only_document", { title: limited.title })),
      node("button", { type: "button", class: "pq-act", "aria-label": say("everywhere"), onclick: everywhere }, "× ", node("span", { class: "pq-wide" }, say("everywhere")))));
  }

  function everywhere() {
    page.state.document = null;
    setAddress({ document: null });
    parts.conversation.trigger("anywhere", {});
    drawScope();
    drawConversation();
    announce(say("everywhere_done"));
    questionBox().focus();
  }

  const EXPECTED = ["head", "conversation", "scope", "foot", "evidence"];

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

  page.part = part;
  document.dispatchEvent(new Event("policy-page"));
})();
