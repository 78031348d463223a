/* The conversation outlives a reload and a look at the library: kept in this tab only, gone when it is closed. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { parts, turns, state } = page;
  const NAME = "policyqa-conversation";
  const ENDED = ["answered", "declined", "stopped"];

  const documentNow = () => (state.document ? state.document.id : null);

  page.keep = () => {
    const ended = [...turns.values()].filter((turn) => ENDED.includes(turn.status));
    try {
      if (ended.length) window.sessionStorage.setItem(NAME, JSON.stringify({ document: documentNow(), turns: ended }));
      else window.sessionStorage.removeItem(NAME);
    } catch {
      // No room, or a browser that keeps nothing in a foreign frame: then it is gone with the page, as it was before.
    }
  };

  /* Puts back what was kept, unless it was about another document; tells the server what had been asked. */
  page.resume = () => {
    let kept = null;
    try {
      kept = JSON.parse(window.sessionStorage.getItem(NAME));
    } catch {
      return;
    }
    if (!kept || kept.document !== documentNow() || turns.size) return;
    for (const turn of kept.turns) turns.set(turn.id, turn);
    parts.conversation.trigger("resume", { questions: kept.turns.map((turn) => turn.question) });
  };
})();
