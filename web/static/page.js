/* What all scripts of the chat page share. Everything that comes from the server is put in as text nodes, never as HTML. */
window.policyPage = (() => {
  "use strict";
  const parts = {};                  // name → {element, props, trigger} of the Gradio components
  const turns = new Map();           // id → the newest message of that turn, in the order of asking
  const lang = document.documentElement.lang === "en" ? "en" : "zh";  // as the server wrote it; Gradio will change it
  const state = { lang, document: null, editing: null, answering: false, about: null, conversation: "" };

  const ENDED = ["answered", "declined", "stopped"];  // states of a question that was taken and is not worked on

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
    const text = table[key] ? table[key][state.lang] : key;
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

  /* Words in an English text that are Chinese are named so, for those who listen to the page. */
  const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef][^A-Za-z]*[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[\u2e80-\u9fff]/g;

  function spoken(text, lang) {
    if (lang !== "en") return text;
    const pieces = [];
    let from = 0;
    for (const found of text.matchAll(CHINESE)) {
      pieces.push(text.slice(from, found.index), node("span", { lang: "zh-CN" }, found[0]));
      from = found.index + found[0].length;
    }
    return [...pieces, text.slice(from)];
  }

  const scrolling = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");

  /* A small drawing: one path on a field of 24 by 24. */
  function icon(path, name) {
    const drawing = document.createElementNS("http:" + "//www.w3.org/2000/svg", "svg");
    const line = document.createElementNS(drawing.namespaceURI, "path");
    drawing.setAttribute("viewBox", "0 0 24 24");
    drawing.setAttribute("aria-hidden", "true");
    drawing.setAttribute("class", "pq-drawing " + name);
    line.setAttribute("d", path);
    drawing.append(line);
    return drawing;
  }

  /* Sends data as JSON; the reply, or an Error with the server's sentence. */
  /* A text that was cut, as by the longest length of a box, may end in half an emoji, which the service refuses. */
  const whole = (key, value) => (typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "") : value);

  async function post(address, data, signal = null) {
    const body = JSON.stringify(data, whole);
    const reply = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body, signal });
    if (reply.ok) return reply;
    let sentence = String(reply.status);
    try {
      sentence = (await reply.json()).error || sentence;
    } catch {
      // Not from our service but from something before it; its status is all there is to say.
    }
    throw Object.assign(new Error(sentence), { status: reply.status });
  }

  function download(blob, name) {
    const link = node("a", { download: name, href: URL.createObjectURL(blob) });
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  return { ENDED, parts, turns, state, node, say, levelName, root, redraw, setAddress, linkTo, announce, copy, icon, post, download, spoken, scrolling };
})();
