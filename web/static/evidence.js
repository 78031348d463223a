/* The panel of clauses: beside the conversation on a desk, a sheet from below on a phone. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { state, node, say, levelName, root, redraw, setAddress, linkTo, announce, copy } = page;
  const PHONE = window.matchMedia("(max-width: 768px)");

  let shown = null;   // {key, cards}: whose clauses are in the panel
  let current = null; // number of the card that is read
  let opener = null;  // what opened the panel, to go back to

  const side = () => document.getElementById("pq-side");
  const isOpen = () => Boolean(side()?.classList.contains("open"));

  const badge = (level) => node("span", { class: "pq-badge" }, levelName(level));
  const standing = (card) => node("span", { class: "pq-chip " + card.standing }, say("standing_" + card.standing));

  /* What names a clause, in the list under an answer and on its card. */
  function heading(card) {
    const quoted = card.paragraphs.flat().filter((segment) => segment.mark).map((segment) => "“" + segment.text + "”");
    return [
      node("span", { class: "pq-number", "aria-hidden": "true" }, String(card.n)),
      node("span", { class: "pq-source-words" },
        card.document_english ? node("span", { class: "pq-source-title", lang: "en" }, card.document_english) : null,
        node("span", { class: card.document_english ? "pq-quiet" : "pq-source-title", lang: "zh-CN" }, card.document, " ", node("span", { class: "pq-address" }, card.address)),
        node("span", { class: "pq-source-facts" }, badge(card.level), standing(card),
          card.page === null ? null : node("span", { class: "pq-quiet" }, say("page", { page: card.page }))),
        node("span", { class: "pq-printed", lang: "zh-CN" }, quoted.join(" "))),
    ];
  }

  /* That figures stand in the source says nothing of whether the answer is right: no tick, no green. */
  function figuresLine(figures) {
    const all = figures.checked === figures.total;
    return node("span", { class: all ? "pq-figures" : "pq-figures some", title: say("figures_why") }, all ? say("figures_match", figures) : "! " + say("figures_differ", figures));
  }

  function draw() {
    const cards = shown ? shown.cards : [];
    redraw("evidence",
      node("div", { class: "pq-panel-head" },
        node("h2", { id: "pq-panel-title" }, say("evidence")),
        cards.length > 1 ? drawSteps(cards) : null,
        node("button", { type: "button", class: "pq-tool pq-back", onclick: close }, say("back_to_answer"))),
      shown ? cards.map(drawCard) : drawOverview());
    side().setAttribute("aria-labelledby", "pq-panel-title");
    side().setAttribute("role", "complementary");
    mark();
  }

  function drawSteps(cards) {
    const step = (name, drawn, by) => node("button", {
      type: "button", class: "pq-tool pq-step", "aria-label": name,
      onclick: () => {
        const at = cards.findIndex((card) => card.n === current);
        open(cards[(at + by + cards.length) % cards.length].n, false);
        announce(document.querySelector(".pq-card.current .pq-source-title").textContent);
      },
    }, drawn);
    return node("div", { class: "pq-steps" }, step(say("previous_source"), "‹", -1), node("span", { class: "pq-place" }), step(say("next_source"), "›", 1));
  }

  /* Shows which card is read: its frame, and its place among all. */
  function mark() {
    const all = [...root("evidence").querySelectorAll(".pq-card")];
    for (const card of all) card.classList.toggle("current", card.id === "card-" + current);
    const place = root("evidence").querySelector(".pq-place");
    if (place) place.textContent = all.findIndex((card) => card.id === "card-" + current) + 1 + "/" + all.length;
  }

  function drawOverview() {
    const { about } = state;
    return [
      node("p", { class: "pq-quiet" }, say("evidence_empty")),
      about && node("h3", {}, say("evidence_levels")),
      about && node("ul", { class: "pq-levels" }, about.levels.map(([level, count]) =>
        node("li", {}, badge(level), node("span", {}, say("document_count", { n: count }))))),
      about && node("a", { class: "pq-more-link", href: "library?lang=" + state.lang }, say("library"), " →"),
    ];
  }

  function drawCard(card) {
    const term = [
      card.valid_from && say("valid_from", { date: card.valid_from }),
      card.valid_until && say("valid_until", { date: card.valid_until }),
      card.term && "“" + card.term + "”",
    ].filter(Boolean).join(state.lang === "zh" ? "，" : ", ");
    const quoted = card.quoted ? "&quoted=" + card.quoted : "";
    const inDocument = card.href.replace("#", "?lang=" + state.lang + "&from=" + encodeURIComponent(card.clause_id) + quoted + "#");
    return node("details", { class: "pq-card", id: "card-" + card.n, "data-clause": card.clause_id, open: card.n === current },
      node("summary", { onclick: () => { current = card.n; mark(); } }, heading(card)),
      node("div", { class: "pq-card-body" },
        card.path.length ? node("p", { class: "pq-path", lang: "zh-CN" }, card.path.join(" › ")) : null,
        card.english ? node("p", { class: "pq-english", lang: "en" }, card.english) : null,
        card.english ? node("p", { class: "pq-quiet" }, say("chinese_prevails")) : null,
        node("blockquote", { lang: "zh-CN" }, card.paragraphs.map((segments) => node("p", {},
          segments.map((segment) => (segment.mark ? node("mark", {}, segment.text) : segment.text))))),
        term ? node("p", { class: "pq-quiet" }, term) : null,
        card.departments.length ? node("p", { class: "pq-departments" }, node("b", {}, say("departments")), node("span", { lang: "zh-CN" }, card.departments.join("、"))) : null,
        node("p", { class: "pq-card-foot" },
          card.figures.total ? figuresLine(card.figures) : null,
          node("a", { href: inDocument }, say("open_document"), " →"),
          node("button", { type: "button", class: "pq-act", onclick: (event) => copy(linkTo("clause", card.clause_id), event.currentTarget) }, say("share")))));
  }

  /* Puts the clauses of a turn into the panel, the first one unfolded; on a phone the sheet stays down. */
  function show(key, cards) {
    shown = cards.length ? { key, cards } : null;
    current = cards.length ? cards[0].n : null;
    draw();
  }

  function openCard(key, cards, n, from) {
    if (!shown || shown.key !== key) show(key, cards);
    opener = from || null;
    open(n, true);
  }

  function open(n, focus) {
    if (PHONE.matches && !isOpen() && !window.history.state?.sheet) {
      window.history.pushState({ sheet: true }, "");  // so that the phone's own way back closes the sheet
    }
    current = n;
    side().classList.add("open");
    mark();
    for (const card of root("evidence").querySelectorAll(".pq-card")) card.open = card.id === "card-" + n;
    const card = document.getElementById("card-" + n);
    setAddress({ clause: card.dataset.clause });
    reveal(card);
    if (PHONE.matches) besides(true);
    if (focus) card.querySelector("summary").focus({ preventScroll: true });
  }

  /* The head of the card at the top of the panel, where it stays; its first quoted words in sight below it. */
  function reveal(card) {
    const panel = root("evidence");
    const top = panel.querySelector(".pq-panel-head").offsetHeight;
    panel.scrollTop += card.getBoundingClientRect().top - panel.getBoundingClientRect().top - top - 8;
    const quoted = card.querySelector("mark");
    if (!quoted) return;
    const { top: begins, bottom: ends } = quoted.getBoundingClientRect();
    const below = ends + 40 - panel.getBoundingClientRect().bottom;
    const room = begins - 12 - card.querySelector("summary").getBoundingClientRect().bottom;
    if (below > 0) panel.scrollTop += Math.min(below, room);
  }

  /* While the sheet is up, nothing behind it can be reached. */
  function besides(up) {
    document.body.classList.toggle("pq-sheet-open", up);
    for (const id of ["pq-head", "pq-talk"]) document.getElementById(id).toggleAttribute("inert", up);
    side().setAttribute("role", up ? "dialog" : "complementary");
    if (up) side().setAttribute("aria-modal", "true");
    else side().removeAttribute("aria-modal");
  }

  function close() {
    if (window.history.state?.sheet) window.history.back();
    else down();
  }

  function down() {
    side().classList.remove("open");
    besides(false);
    setAddress({ clause: null });
    if (opener && opener.isConnected) {
      opener.focus({ preventScroll: true });
      opener.scrollIntoView({ block: "nearest" });
    }
    opener = null;
  }

  window.addEventListener("popstate", () => { if (isOpen() && !window.history.state?.sheet) down(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && isOpen()) close(); });
  document.addEventListener("click", (event) => {
    const behind = event.target === document.body || event.target === document.documentElement;
    if (behind && document.body.classList.contains("pq-sheet-open")) close();
  });

  page.evidence = { draw, show, openCard, close: () => { if (isOpen()) close(); }, heading, figuresLine };
})();
