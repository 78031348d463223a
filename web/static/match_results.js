/* What the library grants: groups by status, then by level and kind; filters, and ways to take it along. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { known, word, at, address, node, takeAlong } = window.policyMatch;
  const chosen = { level: "", kind: "" };
  const opened = new Set();    // groups and results that somebody has unfolded, by status and key

  const inSource = (text) => node("span", { lang: "zh-CN" }, text);
  const isEnglish = () => page.state.lang === "en";

  function placeLine(place, level = null) {
    const where = node("a", { href: address(place.href), lang: "zh-CN" }, "《" + place.document + "》" + place.address);
    const title = place.document_english ? node("span", { lang: "en" }, place.document_english + " ") : null;
    return [title, where, node("span", { class: "quiet" }, " " + [level, place.page === null ? "" : word("page", { page: place.page })].filter(Boolean).join(" · "))];
  }

  const part = (key, ...content) => node("div", { class: "part " + key.replace("_", "-") }, node("dt", {}, word(key)), node("dd", {}, content));

  function condition({ status, text, because }) {
    return node("li", { class: "condition " + status }, node("span", { class: "mark" }, word("status_" + status)),
      node("div", {}, node("b", { lang: isEnglish() ? null : "zh-CN" }, page.spoken(text, page.state.lang)), node("p", {}, page.spoken(because, page.state.lang))));
  }

  function conditions(grant) {
    if (!grant.conditions.length) return node("p", { class: "quiet" }, word("no_conditions"));
    const met = grant.conditions.filter(({ status }) => status === "met").length;
    const key = grant.key + "|conditions";
    return node("details", { class: "conditions", open: grant.status !== "met" || opened.has(key), ontoggle: (event) => note(key, event.target.open) },
      node("summary", {}, word("conditions", { met, all: grant.conditions.length })),
      node("ul", {}, [...grant.conditions].sort((one, other) => Number(one.status === "met") - Number(other.status === "met")).map(condition)));
  }

  const note = (key, isOpen) => (isOpen ? opened.add(key) : opened.delete(key));

  const quotes = (grant) => [...grant.english.map((words) => node("p", { lang: "en" }, page.spoken(words, "en"))), ...grant.quotes.map((words) => node("blockquote", { lang: "zh-CN" }, words))];

  function amount(grant) {
    if (!grant.amount) return null;
    const bound = grant.bound ? node("span", { class: "bound" }, grant.bound) : null;
    return node("p", { class: "amount" }, bound, bound && isEnglish() ? " " : null, grant.amount_english ? node("span", { lang: "en" }, grant.amount_english, " ") : null, node("span", { lang: "zh-CN", class: grant.amount_english ? "quiet" : null }, grant.amount), grant.claim ? node("span", { class: "claim" }, page.spoken(grant.claim, page.state.lang)) : null);
  }

  function drawGrant(grant) {
    const goesTo = grant.recipient + (grant.for_talent ? (isEnglish() ? " (" + word("for_talent") + ")" : "（" + word("for_talent") + "）") : "");
    return node("li", { class: "grant " + grant.status + (grant.checked ? "" : " unchecked") },
      node("div", { class: "top-line" },
        node("h4", { lang: isEnglish() ? null : "zh-CN" }, page.spoken(grant.title, page.state.lang)),
        node("span", { class: "badge" }, grant.level), node("span", { class: "chip" }, grant.kind),
        grant.soft ? node("span", { class: "chip" }, word("soft")) : null,
        grant.until ? node("span", { class: "chip" }, word("until", { day: grant.until })) : null),
      grant.checked ? null : node("div", { class: "warned" }, node("p", {}, word("unchecked")), quotes(grant)),
      amount(grant),
      node("p", { class: "where" }, placeLine(grant.place)),
      conditions(grant),
      node("dl", {},
        part("goes_to", goesTo),
        grant.checked && grant.quotes.length ? part("quote", quotes(grant)) : null),
      besides(grant));
  }

  /* What is wanted once a result is chosen: rules, offices, how to apply. */
  function besides(grant) {
    const key = grant.key + "|besides";
    const told = [
      grant.overlaps.length ? part("overlap", grant.overlaps.map((words) => node("p", {}, page.spoken(words, page.state.lang)))) : null,
      grant.procedure.length ? part("procedure", grant.procedure.map((words) => node("p", { lang: "zh-CN" }, words))) : null,
      grant.offices.length ? part("offices", inSource(grant.offices.join("、"))) : null,
      grant.said_again.length ? part("said_again", grant.said_again.map((place) => node("p", {}, placeLine(place, place.level)))) : null].filter(Boolean);
    if (!told.length) return null;
    return node("details", { class: "conditions besides", open: opened.has(key), ontoggle: (event) => note(key, event.target.open) },
      node("summary", {}, word("besides")), node("dl", {}, told));
  }

  const isWanted = (grant) => (!chosen.level || grant.level === chosen.level) && (!chosen.kind || grant.kind === chosen.kind);

  /* The nearest few of a level; the others are folded, so that a phone shows every level and group. */
  function drawLevel(status, level, grants) {
    const few = grants.length > known.reply.few + 1 ? known.reply.few : grants.length;
    const list = (part) => node("ol", { class: "grants" }, part.map(drawGrant));
    const key = status + "|" + level;
    const more = few < grants.length ? node("details", { class: "more", open: opened.has(key), ontoggle: (event) => { if (event.target.classList.contains("more")) note(key, event.target.open); } },
      node("summary", {}, word("more", { n: grants.length - few })), list(grants.slice(few))) : null;
    return [node("h3", {}, level + (isEnglish() ? " (" : "（") + grants.length + (isEnglish() ? ")" : "）")), list(grants.slice(0, few)), more];
  }

  function drawGroup(group) {
    const grants = group.grants.filter(isWanted);
    if (!grants.length) return "";
    const levels = [...new Set(grants.map((grant) => grant.level))];
    const body = levels.map((level) => drawLevel(group.status, level, grants.filter((grant) => grant.level === level)));
    const heading = word("group_" + group.status) + (isEnglish() ? " (" : "（") + grants.length + (isEnglish() ? ")" : "）");
    if (!group.folded) return node("section", { class: "group " + group.status }, node("h2", {}, heading), body);
    return node("details", { class: "group " + group.status, open: opened.has(group.status), ontoggle: (event) => { if (event.target.classList.contains("group")) note(group.status, event.target.open); } },
      node("summary", {}, node("h2", {}, heading)), body);
  }

  function filter(key, values) {
    if (chosen[key] && !values.includes(chosen[key])) chosen[key] = "";
    return node("label", {}, word(key), node("select", { onchange: (event) => { chosen[key] = event.target.value; draw(); at("found").querySelector("[data-filter=" + key + "]").focus(); }, "data-filter": key },
      node("option", { value: "" }, word("all")), values.map((value) => node("option", { value, selected: chosen[key] === value }, value))));
  }

  /* On paper everything is unfolded, whatever the screen shows. */
  function print() {
    const folded = [...document.querySelectorAll("#found details:not([open])")];
    folded.forEach((one) => { one.open = true; });
    window.addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }), { once: true });
    window.print();
  }

  function tools() {
    const button = (key, act, more = {}) => node("button", { type: "button", class: "small", onclick: act, ...more }, word(key));
    return node("p", { class: "tools" },
      button("copy_link", (event) => page.copy(window.location.href, event.target), { title: word("copy_link_hint") }),
      button("print", print), button("word", () => takeAlong("docx")), button("xlsx", () => takeAlong("xlsx")));
  }

  function draw() {
    const { reply } = known;
    const every = reply.groups.flatMap((group) => group.grants);
    if (!known.facts.length) {
      at("found").replaceChildren();
      return;
    }
    if (!every.length) {
      at("found").replaceChildren(node("h2", {}, word("results")), node("p", {}, word("none")));
      return;
    }
    const drawn = reply.groups.map(drawGroup).filter(Boolean);
    at("found").replaceChildren(
      node("p", { class: "summary", role: "status" }, word("summary", { shown: reply.shown, met: reply.met, as_of: reply.as_of })),
      ...(reply.english_note ? [node("p", { class: "quiet" }, reply.english_note)] : []),
      node("div", { class: "filters" }, filter("level", [...new Set(every.map((grant) => grant.level))]), filter("kind", [...new Set(every.map((grant) => grant.kind))]), tools()),
      ...(drawn.length ? drawn : [node("p", {}, word("filtered_out"))]));
  }

  page.matchResults = { draw };
})();
