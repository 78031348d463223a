/* Asks the server: what there is, and questions, whose answers come while they are written. A question is never lost:
   it stands in the conversation from the click on, and what does not arrive ends as a fault that can be tried again. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { parts, turns, state, say, post } = page;
  const PAUSE_MS = 2000;      // before a server that does not answer yet is asked again
  const DOUBLE_CLICK_MS = 400;  // the button to stop comes where the button to ask was: a second click so soon is no wish to stop

  let running = null;         // AbortController of the answer that is being written
  let sentAt = -DOUBLE_CLICK_MS;  // when the button to ask was last clicked

  const randomName = () => [...window.crypto.getRandomValues(new Uint8Array(8))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const pause = () => new Promise((done) => { window.setTimeout(done, PAUSE_MS); });

  async function arrive() {
    for (;;) {
      const reply = await fetch("page/welcome" + window.location.search, { cache: "no-store" }).catch(() => null);
      if (reply && reply.ok) return reply.json();
      await pause();
    }
  }

  /* The messages of a stream of events, each one line of JSON. */
  async function* messages(reply) {
    const reader = reply.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const events = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = events.pop();
      for (const event of events) yield JSON.parse(event.slice("data: ".length));
    }
  }

  const earlier = (turn) => [...turns.values()].filter((one) => one.id !== turn.id && one.id !== state.editing && page.ENDED.includes(one.status))
    .slice(-parts.conversation.props.most_turns).map((one) => one.question);

  function wish(turn, alone) {
    const level = document.querySelector("#pq-level input:checked");
    return {
      question: turn.question, alone, earlier: earlier(turn), conversation: state.conversation, tongue: state.lang,
      level: level ? level.value : "", document: state.document ? state.document.id : "",
    };
  }

  async function ask(words, alone = false) {
    const question = words.trim();
    await page.drawn;
    if (!question || state.answering) return;
    const turn = { id: "t" + randomName(), question, status: "working", sentences: [] };
    running = new AbortController();
    const { signal } = running;
    page.putTurn(turn);
    try {
      await page.known;
      if (signal.aborted) return;
      state.conversation ||= randomName();
      for await (const message of messages(await post("page/ask", wish(turn, alone), signal))) page.putTurn({ ...message, id: turn.id });
      endLast("failed");      // unless the last message has ended it
    } catch (error) {
      if (signal.aborted) return;
      // TypeError is what fetch and reading throw when the connection is not there or breaks.
      endLast("failed", error instanceof TypeError ? say("unreachable") : error.message);
    }
  }

  function stop() {
    if (!state.answering) return;
    running.abort();
    endLast("stopped");
  }

  function endLast(status, message) {
    const last = [...turns.values()].pop();
    if (last && (last.status === "working" || last.status === "streaming")) page.putTurn({ ...last, status, message });
  }

  /* The box and its buttons are Gradio's; what they do is done here, from the first moment they can be seen. */
  const within = (event, selector) => event.target instanceof Element && event.target.closest(selector);

  document.addEventListener("click", (event) => {
    if (within(event, "#pq-send")) {
      sentAt = event.timeStamp;
      ask(page.questionBox().value);
    } else if (within(event, "#pq-stop")) {
      const byKey = event.detail === 0;
      if (byKey || event.timeStamp - sentAt > DOUBLE_CLICK_MS) stop();
    }
  });

  document.addEventListener("keydown", (event) => {
    const plain = event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    // 229 is what older browsers say while a word is still being put together by an input method.
    if (!plain || event.isComposing || event.keyCode === 229 || !within(event, "#pq-question textarea, #pq-question input")) return;
    event.preventDefault();
    event.stopPropagation();
    ask(event.target.value);
  }, true);

  page.ask = ask;
  page.questionBox = () => document.querySelector("#pq-question textarea, #pq-question input");
  page.known = arrive();
  page.drawn = new Promise((done) => { page.isDrawn = done; });
})();
