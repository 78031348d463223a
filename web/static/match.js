/* The page of matching: what is known of the asker, and asking the service what that grants. Texts go in as text nodes. */
window.policyMatch = (() => {
  "use strict";
  const page = window.policyPage;
  const { node, post, download } = page;
  const root = document.getElementById("pq-match");
  const form = JSON.parse(root.dataset.form);
  const lang = form.lang;
  page.parts.head = { props: { words: form.words } };

  const word = page.say;
  const at = (id) => document.getElementById(id);
  const address = (path) => root.dataset.root + "/" + path;

  // heard: the profile as it was read, without the words of facts that were taken back; own: keys of facts of the form
  const known = { who: [], facts: [], heard: "", script: "hans", own: new Set(), reply: null };
  let newest = 0;
  let underWay = "";  // what is being asked just now: a double click asks once

  const keyOf = (fact) => [fact.attribute, fact.of || "", fact.about, fact.group || 0].join("|");
  const SENT = ["attribute", "words", "number", "unit", "of", "about", "group", "people", "denied", "planned", "upto", "said", "because"];
  const sent = (fact) => Object.fromEntries(SENT.map((name) => [name, fact[name]]).filter(([, value]) => value !== undefined));
  const stated = () => known.facts.filter((fact) => !fact.worked_out);
  const given = () => ({ lang, script: known.script, profile: known.heard, who: known.who, facts: stated().map(sent) });

  function tell(text, isFault = false) {
    at("pq-status").textContent = text;
    at("pq-status").classList.toggle("fault", isFault);
  }

  /* Only the newest question's reply is shown, however many are under way. */
  async function ask(question, then, failed = (text) => tell(text, true)) {
    const asked = JSON.stringify(question);
    if (asked === underWay) return;
    underWay = asked;
    const mine = ++newest;
    tell(word("reading"));
    root.setAttribute("aria-busy", "true");
    try {
      const reply = await (await post(address("page/match"), question)).json();
      if (mine !== newest) return;
      tell("");
      take(reply);
      if (then) then();
    } catch (error) {
      // What the service says of a fault of its own is for its log; a reader gets it in their language.
      const why = error.status >= 500 && error.status !== 503 ? word("service_failed") : word("failed", { error: error.message });
      if (mine === newest) failed(why);
    } finally {
      if (mine === newest) {
        underWay = "";
        root.removeAttribute("aria-busy");
      }
    }
  }

  function take(reply) {
    page.parts.head.props.words = reply.words || form.words;  // in the script of the profile
    Object.assign(known, { who: reply.who, facts: reply.facts, script: reply.script, reply });
    const link = window.location.pathname + window.location.search + (reply.link ? "#" + reply.link : "");
    window.history.replaceState(null, "", link);
    draw();
  }

  function draw() {
    page.matchForm.draw();
    page.matchResults.draw();
  }

  function read() {
    const profile = at("profile").value.trim();
    const own = known.facts.filter((fact) => known.own.has(keyOf(fact)));
    if (!profile && !own.length && !known.who.length) {
      tell(word("empty"), true);
      at("profile").focus();
      return;
    }
    known.heard = profile;
    const who = known.own.has("who") ? known.who : [];
    const stated = { lang, who, facts: own.map(sent) };
    const seen = () => at("known").scrollIntoView({ block: "start", behavior: page.scrolling() });
    // Words that cannot be read leave nothing standing of those read before.
    const unread = (why) => {
      known.heard = "";
      ask(stated, () => tell(why, true), () => tell(why, true));
    };
    ask({ ...stated, profile, read: true }, seen, unread);
  }

  /* A word taken back is not heard any more: characters are counted as the service counts them. */
  function unsay(fact) {
    if (!fact.said) return;
    const signs = Array.from(known.heard);
    for (let place = fact.said[0]; place < Math.min(fact.said[1], signs.length); place += 1) signs[place] = "。";
    known.heard = signs.join("");
  }

  /* Puts facts in the place of one (null: adds them); those of a name go where the name goes. */
  function replace(fact, facts, then) {
    const gone = fact ? [fact] : [];
    if (fact && fact.attribute === "recognition") {
      const renamed = facts.find((made) => made.attribute === "recognition");
      for (const other of known.facts.filter((one) => one.of && fact.words.includes(one.of))) {
        if (renamed) other.of = renamed.words[0];
        else gone.push(other);
      }
    }
    gone.forEach(unsay);
    facts.forEach((made) => known.own.add(keyOf(made)));
    known.facts = [...known.facts.filter((one) => !gone.includes(one)), ...facts];
    judge(then);
  }

  function setWho(who) {
    known.who = who;
    known.own.add("who");
    judge();
  }

  const judge = (then) => ask(given(), then);

  function clear() {
    Object.assign(known, { who: [], facts: [], heard: "", script: "hans", own: new Set() });
    at("profile").value = "";
    judge(() => at("profile").focus());
  }

  const making = new Set();  // a double click makes one file

  async function takeAlong(sort) {
    if (making.has(sort)) return;
    making.add(sort);
    try {
      const reply = await post(address("page/match/file"), { ...given(), sort });
      download(await reply.blob(), "policyqa-match-" + known.reply.as_of + "." + sort);
    } catch (error) {
      tell(word("export_failed", { error: error.message }), true);
    } finally {
      making.delete(sort);
    }
  }

  /* The codes of a link: name=items, joined by &; null for what is no such link. */
  function codesOf(hash) {
    try {
      const parts = decodeURIComponent(hash).split("&").map((part) => part.split("="));
      return hash && parts.every((part) => part.length === 2 && part[0]) ? Object.fromEntries(parts) : null;
    } catch {
      return null;
    }
  }

  /* Of a link that holds no facts nothing is shown but why; what an earlier one gave does not stay. */
  function fromLink() {
    const hash = window.location.hash.slice(1);
    const codes = codesOf(hash);
    known.own = new Set();
    known.heard = "";
    const without = (why) => ask({ lang }, why ? () => tell(why, true) : null);
    if (codes) ask({ lang, codes }, null, without);
    else without(hash ? word("link_without_facts") : "");
  }

  document.addEventListener("DOMContentLoaded", () => {
    at("tell").addEventListener("submit", (event) => { event.preventDefault(); read(); });
    at("profile").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) read(); });
    window.addEventListener("hashchange", fromLink);
    // The other language shows the same facts.
    for (const link of document.querySelectorAll(".top nav a[hreflang]")) link.addEventListener("click", () => { link.hash = window.location.hash; });
    fromLink();
  });

  return { form, lang, known, word, at, address, node, replace, setWho, clear, takeAlong, tell };
})();
