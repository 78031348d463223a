/* The conversation outlives a reload and a look at the library: kept in this tab only, gone when it is closed. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { turns, state } = page;
  const NAME = "policyqa-conversation";

  const documentNow = () => (state.document ? state.document.id : null);

  page.keep = () => {
    const ended = [...turns.values()].filter((turn) => page.ENDED.includes(turn.status));
    try {
      if (ended.length) window.sessionStorage.setItem(NAME, JSON.stringify({ document: documentNow(), conversation: state.conversation, turns: ended }));
      else window.sessionStorage.removeItem(NAME);
    } catch {
      // No room, or a browser that keeps nothing in a foreign frame: then it is gone with the page, as it was before.
    }
  };

  /* Puts back what was kept, before what was asked since; unless it was about another document. */
  page.resume = () => {
    let kept = null;
    try {
      kept = JSON.parse(window.sessionStorage.getItem(NAME));
    } catch {
      return;
    }
    if (!kept || kept.document !== documentNow()) return;
    const since = [...turns.values()];
    turns.clear();
    for (const turn of [...kept.turns, ...since]) turns.set(turn.id, turn);
    state.conversation = kept.conversation;
  };
})();
