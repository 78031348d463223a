/* What a visitor says of an answer: a thumb at once, a reason and words if wished; all of it can be changed. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { node, say, announce, icon, post } = page;
  const REASONS = ["数字不对", "条款不对", "没有回答", "已过期", "其他"];
  const LONGEST_WORDS = 1000;
  const THUMB = "M2 10.5h4V21H2z M8 21V10.5L12 2c1.8 0 2.7 1.4 2.3 3.1L13.4 9H20a2 2 0 0 1 2 2.4l-1.6 8A2 2 0 0 1 18.4 21z";
  const NOTHING = { thumb: "", reason: "", words: "", explaining: false };
  const notes = new Map();  // id of the kept answer → what we last replied; what was said stands in turn.said and outlives a reload

  function redrawFeedback(turn, focus) {
    const old = document.getElementById("feedback-" + turn.kept);
    if (!old) return;
    old.replaceWith(page.drawFeedback(turn));
    const next = focus && document.getElementById("feedback-" + turn.kept).querySelector(focus);
    if (next) next.focus();
  }

  async function send(turn, changes, focus) {
    const now = { ...NOTHING, ...turn.said, ...changes };
    try {
      await post("page/feedback", { turn: turn.kept, thumb: now.thumb, reason: now.reason, words: now.words });
      turn.said = now;
      page.keep();
      notes.set(turn.kept, say("feedback_thanks"));
    } catch (error) {
      const why = { 404: say("feedback_gone"), 503: say("feedback_later") }[error.status] || error.message;
      notes.set(turn.kept, say("feedback_failed", { error: why }));
    }
    announce(notes.get(turn.kept));
    redrawFeedback(turn, focus);
  }

  function thumb(turn, way) {
    const mine = turn.said || NOTHING;
    return node("button", {
      type: "button", class: "pq-thumb " + way, "aria-pressed": String(mine.thumb === way),
      onclick: () => send(turn, { thumb: way, explaining: way === "down", ...(way === "up" ? { reason: "", words: "" } : {}) },
        way === "down" ? "input" : ".pq-thumb." + way),
    }, icon(THUMB, way), node("span", {}, say("thumb_" + way)));
  }

  function form(turn) {
    const mine = turn.said;
    const words = node("textarea", { id: "words-" + turn.kept, rows: "2", maxlength: String(LONGEST_WORDS), placeholder: say("feedback_words_hint") });
    words.value = mine.words;
    const made = node("form", { class: "pq-why", onsubmit: (event) => {
      event.preventDefault();
      const chosen = made.querySelector("input:checked");
      send(turn, { reason: chosen ? chosen.value : "", words: words.value, explaining: false }, ".pq-thumb.down");
    } },
      node("fieldset", {}, node("legend", {}, say("feedback_why")),
        REASONS.map((reason) => node("label", { class: "pq-reason" },
          node("input", { type: "radio", name: "why-" + turn.kept, value: reason, checked: mine.reason === reason }),
          node("span", {}, say("reason_" + reason))))),
      node("label", { for: "words-" + turn.kept }, say("feedback_words")),
      words,
      node("button", { type: "submit", class: "pq-submit" }, say("feedback_send")));
    return made;
  }

  page.drawFeedback = (turn) => {
    const mine = turn.said || NOTHING;
    return node("section", { class: "pq-feedback", id: "feedback-" + turn.kept, "aria-label": say("feedback") },
      node("div", { class: "pq-thumbs" },
        node("span", { class: "pq-quiet" }, say("feedback")), thumb(turn, "up"), thumb(turn, "down"),
        notes.has(turn.kept) ? node("span", { class: "pq-noted" }, notes.get(turn.kept)) : null),
      mine.thumb === "down" && mine.explaining ? form(turn) : null);
  };
})();
