/* Draws a question with its answer: sentences, tables, notices, sources, what can be done with it. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { turns, state, node, say, linkTo, copy, spoken, evidence } = page;

  function drawTurn(turn) {
    const busy = turn.status === "working" || turn.status === "streaming";
    const answer = node("div", { class: "pq-answer", "aria-busy": String(busy) });
    const made = node("article", { class: "pq-turn " + turn.status, id: turn.id, "aria-label": turn.question },
      node("div", { class: "pq-question", role: "heading", "aria-level": "2" }, node("span", { class: "pq-offscreen" }, say("you_asked"), turn.lang === "en" ? ": " : "："), turn.question),
      answer);
    if (turn.status === "working") answer.append(node("p", { class: "pq-working" }, say("working")));
    if (turn.status === "failed") answer.append(node("p", { class: "pq-fault" }, turn.message || say("failed")));
    if (turn.read_as) answer.append(node("p", { class: "pq-quiet pq-read-as" }, say("read_as", { terms: turn.read_as.map((term) => "“" + term + "”").join(" ") })));
    if (turn.standalone) answer.append(node("details", { class: "pq-quiet pq-understood" }, node("summary", {}, say("understood")), turn.standalone));
    if (turn.status === "declined") answer.append(node("p", { class: "pq-declined" }, say("declined")));
    answer.append(...drawBody(turn));
    if (turn.status === "stopped") answer.append(node("p", { class: "pq-quiet" }, say("stopped")));
    for (const table of turn.tables || []) answer.append(page.drawTable(table, turn.lang, (n) => chip(turn, n)));
    if (turn.notices && turn.notices.length) answer.append(drawNotices(turn));
    for (const card of turn.service || []) answer.append(drawService(card, turn.lang));
    if (turn.cards && turn.cards.length) answer.append(drawSources(turn));
    if (!busy) answer.append(drawActions(turn));
    if (turn.kept) answer.append(page.drawFeedback(turn));
    if (turn.suggestions && turn.suggestions.length) made.append(drawSuggestions(turn));
    return made;
  }

  function drawNotices({ notices, lang }) {
    const one = notices.length === 1;
    return node("div", { class: "pq-notice", role: "note" }, node("b", {}, say("notice")),
      one ? spoken(notices[0], lang) : node("ul", {}, notices.map((notice) => node("li", {}, spoken(notice, lang)))));
  }

  /* The bureau's own word on where and how, never a quotation; addresses are web addresses, checked where they were typed. */
  function drawService(card, lang) {
    const told = ({ field, text }) => (field === "link" && /^https?:/.test(text) ? node("a", { href: text, target: "_blank", rel: "noopener noreferrer" }, text) : spoken(text, lang));
    return node("section", { class: "pq-service", "aria-label": card.heading }, node("h3", {}, spoken(card.heading, lang)),
      node("dl", {}, card.lines.map((line) => node("div", {}, node("dt", {}, spoken(line.label, lang)), node("dd", {}, told(line))))),
      node("p", { class: "pq-quiet" }, spoken(card.mark, lang)));
  }

  function drawSuggestions(turn) {
    return node("section", { class: "pq-next", "aria-label": say("next_questions") },
      node("h3", {}, say("next_questions")),
      turn.suggestions.map((question) => node("button", { type: "button", class: "pq-suggestion", onclick: () => page.ask(question, true) }, spoken(question, turn.lang))));
  }

  /* What to ask next comes when the server has nobody else to answer; it is only offered under the newest answer. */
  async function fetchSuggestions(turn) {
    const reply = await fetch("page/next-questions/" + encodeURIComponent(turn.next)).catch(() => null);
    if (!reply || !reply.ok) return;
    const asked = new Set([...turns.values()].map((one) => one.question));
    const suggestions = (await reply.json()).questions.filter((question) => !asked.has(question));
    const newest = [...turns.values()].pop();
    if (!suggestions.length || !newest || newest.id !== turn.id || state.answering) return;
    turn.suggestions = suggestions;
    document.getElementById(turn.id).append(drawSuggestions(turn));
  }

  /* A question of several parts shows each under its own heading; a sentence that answers two stands under the first. */
  function drawBody(turn) {
    const drawn = drawSentences(turn);
    if (!turn.asked || turn.asked.length < 2) return drawn;
    const left = new Set(drawn.keys());
    const sections = turn.asked.map((part) => {
      const own = part.sentences.filter((at) => left.delete(at));
      own.forEach((at, place) => { drawn[at].classList.replace(place === 0 ? "pq-more" : "pq-lead", place === 0 ? "pq-lead" : "pq-more"); });
      const note = part.status === "answered" ? null : node("span", { class: "pq-chip " + (part.status === "partly" ? "expiring" : "expired") }, say("part_" + part.status));
      return node("section", { class: "pq-part" }, node("h3", { class: "pq-part-head" }, spoken(part.question, turn.lang), note),
        own.length ? own.map((at) => drawn[at]) : node("p", { class: "pq-quiet" }, say(part.status === "not_found" ? "part_without" : "part_above")));
    });
    return [...sections, ...[...left].map((at) => drawn[at])];
  }

  function drawSentences(turn) {
    return turn.sentences.map(({ parts: words, citations, role, source }, at) => {
      const chips = citations.map((n) => chip(turn, n));
      const last = words[words.length - 1];
      // The last two characters stay with the chips, so that neither a chip nor a full stop begins a line.
      const tied = chips.length && last && !last.mark ? last.text.slice(-2) : "";
      const drawn = words.map((part) => {
        const text = part === last && tied ? part.text.slice(0, -2) : part.text;
        return part.mark ? node("b", { class: "pq-figure" }, text) : spoken(text, turn.lang);
      });
      const rank = at === 0 ? "pq-lead" : "pq-more";
      return node("p", { class: role === "verdict" || role === "count" ? rank + " pq-verdict" : rank }, drawn, chips.length ? node("span", { class: "pq-tail" }, tied, chips) : null, source ? drawOriginal(source) : null);
    });
  }

  /* The words that an English sentence stands for; a button, since a paragraph holds no fold of the browser's own. */
  function drawOriginal(source) {
    const words = node("q", { class: "pq-original", lang: "zh-CN", hidden: true }, source);
    const button = node("button", { type: "button", class: "pq-act", "aria-expanded": "false", onclick: () => {
      words.hidden = !words.hidden;
      button.setAttribute("aria-expanded", String(!words.hidden));
    } }, say("original"));
    return [" ", button, words];
  }

  function chip(turn, n) {
    const card = (turn.cards || []).find((one) => one.n === n);
    const title = card && (card.document_english || card.document + " " + card.address);
    const name = say("open_source", { n }) + (card ? (turn.lang === "en" ? ": " : "：") + title : "");
    return node("button", {
      type: "button", class: "pq-cite", "aria-label": name, title: title || null,
      disabled: !card, onclick: (event) => evidence.openCard(turn.id, turn.cards, n, event.currentTarget),
    }, String(n));
  }

  function drawSources(turn) {
    return node("section", { class: "pq-sources", "aria-label": say("sources") },
      node("h3", {}, say(turn.cards.every((card) => card.why === "nearest") ? "nearest" : "sources")),
      node("ol", {}, turn.cards.map((card) => node("li", {},
        node("button", { type: "button", class: "pq-source", onclick: (event) => evidence.openCard(turn.id, turn.cards, card.n, event.currentTarget) }, evidence.heading(card))))));
  }

  function drawActions(turn) {
    const made = node("div", { class: "pq-actions" });
    if (turn.figures && turn.figures.total) {
      made.append(evidence.figuresLine(turn.figures));
    }
    if (turn.plain) made.append(node("button", { type: "button", class: "pq-act", onclick: (event) => copy(turn.plain, event.currentTarget) }, say("copy")));
    if (turn.status === "failed" || turn.status === "stopped") {
      made.append(node("button", { type: "button", class: "pq-act", onclick: () => page.ask(turn.question) }, say("retry")));
    }
    made.append(
      node("button", { type: "button", class: "pq-act", onclick: (event) => copy(linkTo("q", turn.question), event.currentTarget) }, say("share")),
      node("button", { type: "button", class: "pq-act pq-edit", onclick: () => page.edit(turn) }, say("ask_again")));
    return made;
  }

  page.drawTurn = drawTurn;
  page.fetchSuggestions = fetchSuggestions;
})();
