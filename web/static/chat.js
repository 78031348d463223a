/* Draws the chat page: heading, conversation, and what comes of a question. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { parts, turns, state, node, say, levelName, root, redraw, setAddress, announce, scrolling, evidence, ask, questionBox } = page;

  let who = 0;                 // which group of examples is shown
  let left = null;             // {turns, conversation} that a new chat has put away, until something is asked in it

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
        node("a", { class: "pq-tool pq-wide", href: "match?lang=" + state.lang }, say("match")),
        node("button", { class: "pq-tool", type: "button", onclick: restart }, say("new_chat")),
        page.drawMenu(),
        node("button", { class: "pq-tool pq-icon pq-wide", type: "button", "aria-label": say("larger_text"), title: say("larger_text"), onclick: page.largerText }, "A", node("sup", {}, "+")),
        node("button", { class: "pq-tool", type: "button", lang: other === "en" ? "en" : "zh-CN", onclick: () => setTongue(other) }, other === "en" ? "English" : "中文")),
      node("div", { id: "pq-status", class: "pq-offscreen", role: "status", "aria-live": "polite" }));
  }

  function setTongue(next) {
    state.lang = next;
    setAddress({ lang: next });
    drawAll();
    parts.conversation.trigger("tongue", { lang: next });
  }

  function restart() {
    if (state.answering) return;
    left = turns.size ? { turns: [...turns], conversation: state.conversation } : left;
    turns.clear();
    page.keep();
    state.editing = null;
    state.conversation = "";
    evidence.close();
    evidence.show(null, []);
    setAddress({ q: null, clause: null });
    drawConversation();
    drawScope();
    if (left) announce(say("new_chat_begun"));
    questionBox().focus();
  }

  function undoRestart() {
    if (state.answering || !left) return;
    for (const [id, turn] of left.turns) turns.set(id, turn);
    state.conversation = left.conversation;
    left = null;
    page.keep();
    drawConversation();
    drawScope();
    showNewest();
    announce(say("new_chat_undone"));
    questionBox().focus({ preventScroll: true });
  }

  /* ── conversation ── */

  function drawConversation() {
    if (turns.size === 0) {
      redraw("conversation", drawWelcome());
      return;
    }
    redraw("conversation", [...turns.values()].map((turn) => page.drawTurn(turn)));
  }

  function drawWelcome() {
    const { about } = state;
    if (!about) return node("section", { class: "pq-welcome" }, node("p", { class: "pq-working" }, say("loading")));
    const levels = about.levels.map(([level]) => levelName(level)).join(state.lang === "zh" ? "、" : ", ");
    return node("section", { class: "pq-welcome" },
      node("h2", {}, say("welcome")),
      node("p", { class: "pq-knows" }, say("knows", { region: state.lang === "en" ? about.region_en : about.region, documents: about.documents, levels, as_of: about.as_of })),
      node("p", { class: "pq-quiet" }, say("knows_not")),
      node("p", {}, node("a", { class: "pq-match", href: "match?lang=" + state.lang }, say("match_invite") + " →")),
      state.document || !about.examples.length ? null : drawExamples(about.examples));
  }

  function drawExamples(examples) {
    return node("div", {},
      node("h3", { id: "pq-who" }, state.about.examples_by === "who" ? say("who_are_you") : say("whose_policy")),
      node("div", { class: "pq-tabs", role: "group", "aria-labelledby": "pq-who" },
        examples.map((group, at) => node("button", {
          type: "button", class: "pq-tab", "aria-pressed": String(at === who),
          onclick: () => { who = at; drawConversation(); root("conversation").querySelectorAll(".pq-tab")[at].focus(); },
        }, group.who[state.lang]))),
      node("ul", { class: "pq-examples" },
        examples[who].questions.map((question) => node("li", {},
          node("button", { type: "button", class: "pq-example", onclick: () => ask(question[state.lang]) }, question[state.lang])))));
  }

  /* The newest question goes back into the box; the answer to its new wording takes the old one's place. */
  function edit(turn) {
    if (state.answering) return;
    state.editing = turn.id;
    drawScope();
    setBox(turn.question);
    questionBox().focus();
  }

  function editNoMore() {
    state.editing = null;
    drawScope();
    setBox("");
    questionBox().focus();
  }

  /* The old wording goes when an answer to the new one comes; a fault or a stop leaves it as it was. */
  function replaceEdited(turn) {
    if (!state.editing || !["streaming", "answered", "declined"].includes(turn.status)) return;
    turns.delete(state.editing);
    document.getElementById(state.editing)?.remove();
    state.editing = null;
    drawScope();
    document.getElementById(turn.id)?.scrollIntoView({ block: "start", behavior: "instant" });
  }

  function setBox(text) {
    const box = questionBox();
    // The component keeps its own value; it learns of a new one by the input event.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function putTurn(turn) {
    const isNew = !turns.has(turn.id);
    state.answering = turn.status === "working" || turn.status === "streaming";
    document.body.classList.toggle("pq-answering", state.answering);
    if (isNew) {
      document.querySelectorAll(".pq-next").forEach((offered) => offered.remove());
      for (const one of turns.values()) delete one.suggestions;
      left = null;
      drawScope();
    }
    turns.set(turn.id, turn);
    const made = page.drawTurn(turn);
    const old = document.getElementById(turn.id);
    if (old) old.replaceWith(made);
    else if (turns.size === 1) redraw("conversation", made);
    else root("conversation").append(made);
    if (isNew) {
      made.scrollIntoView({ block: "start", behavior: scrolling() });
      announce(say("working"));
      if (questionBox()?.value.trim() === turn.question) setBox("");  // a link asks before the box is drawn
    }
    replaceEdited(turn);
    if (!state.answering) finish(turn);
  }

  function finish(turn) {
    announce(turn.message || turn.sentences.map((sentence) => sentence.text).join(" "));
    if (turn.next) page.fetchSuggestions(turn);
    if (turn.cards && turn.cards.length) evidence.show(turn.id, turn.cards);
    page.keep();
  }

  /* ── arrival ── */

  function welcome(message) {
    state.about = message.about;
    state.document = message.document;
    if (!message.ask) page.resume();
    drawAll();
    if (message.card) openLinked(message.card, newestFirst());
    if (message.ask) ask(message.ask);
    else if (turns.size) showNewest(!message.card);
  }

  const newestFirst = () => [...turns.values()].reverse().filter((turn) => turn.cards && turn.cards.length);

  /* The newest question at the top, its clauses in the panel unless others were asked for. */
  function showNewest(withClauses = true) {
    const [newest] = newestFirst();
    if (withClauses && newest) evidence.show(newest.id, newest.cards);
    root("conversation").lastElementChild.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /* The clause a link names: as the answer cites it if that answer is here, else by itself. */
  function openLinked(card, turnsWithCards) {
    for (const turn of turnsWithCards) {
      const cited = turn.cards.find((one) => one.clause_id === card.clause_id);
      if (cited) {
        evidence.openCard(turn.id, turn.cards, cited.n);
        return;
      }
    }
    evidence.openCard("link", [card], card.n);
  }

  function drawAll() {
    document.documentElement.lang = state.lang === "en" ? "en" : "zh-CN";
    document.title = say("title");
    drawHead();
    drawConversation();
    evidence.draw();
    drawScope();
    redraw("foot", node("p", {}, parts.foot.props.disclaimer[state.lang]));
    document.getElementById("pq-cover")?.remove();
    document.dispatchEvent(new Event("policy-page-drawn"));
  }

  /* What the next question is limited to or takes the place of, what was just put away, and the way out of it. */
  function drawScope() {
    const limited = state.document;
    document.body.classList.toggle("pq-limited", Boolean(limited));
    redraw("scope",
      left && bar(say("new_chat_begun"), say("new_chat_undo"), undoRestart, true),
      limited && bar(say("only_document", { title: limited.title }), say("everywhere"), everywhere),
      state.editing && bar(say("editing"), say("edit_no_more"), editNoMore));
  }

  /* On a phone a cross stands for the way out; a way back is said there, too. */
  function bar(words, wayOut, act, whole = false) {
    return node("p", { class: "pq-limit" },
      node("span", { title: words }, words),
      node("button", { type: "button", class: "pq-act", "aria-label": wayOut, onclick: act },
        whole ? wayOut : ["× ", node("span", { class: "pq-wide" }, wayOut)]));
  }

  function everywhere() {
    state.document = null;
    setAddress({ document: null });
    drawScope();
    drawConversation();
    announce(say("everywhere_done"));
    questionBox().focus();
  }

  // The question box stands above the disclaimer, however many lines its owner gave it.
  const footSize = new ResizeObserver(([foot]) => {
    document.documentElement.style.setProperty("--pq-foot", foot.borderBoxSize[0].blockSize + "px");
  });

  const EXPECTED = ["head", "conversation", "scope", "foot", "evidence"];

  function part(name, element, props, trigger) {
    parts[name] = { element, props, trigger };
    if (EXPECTED.every((expected) => parts[expected])) {
      footSize.observe(document.getElementById("pq-foot"));
      drawAll();
      page.isDrawn();
      page.known.then(welcome);
    }
  }

  page.putTurn = putTurn;
  page.edit = edit;
  page.part = part;
  document.dispatchEvent(new Event("policy-page"));
})();
