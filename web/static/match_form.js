/* What was understood as chips, the form behind them, and what is worth asking next. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { form, known, word, at, node, replace, setWho, clear } = window.policyMatch;
  const ORGANISED = (code) => !["person", "household"].includes(code);
  const SHORT = 40;  // options that a list to choose from can have; of more the box proposes while one types
  let editing = null;          // the fact whose row stands under the chips, or {attribute, …} of one to be added

  const nameOf = (attribute) => form.attributes[attribute].label;
  const aboutOf = (attribute) => (form.attributes[attribute].personal && known.who.length && !known.who.includes("person") ? "talent" : "asker");

  /* ── one value ── */

  let boxes = 0;
  const inChinese = (text) => (/[\u3400-\u9fff]/.test(text) ? "zh-CN" : null);  // a name without English, on an English page

  function choice(options, value, label, change, empty = word("choose"), key = null) {
    const all = !value || options.some(([one]) => one === value) ? options : [[value, value], ...options];
    return node("select", { "aria-label": label, "data-key": key, onchange: (event) => change(event.target.value) },
      empty === null ? null : node("option", { value: "" }, empty),
      all.map(([one, shown]) => node("option", { value: one, selected: one === value, lang: inChinese(shown) }, shown)));
  }

  function proposed(options, value, label, change, key) {
    const id = "pq-options-" + ++boxes;
    const byName = new Map(options.map(([one, shown]) => [shown, one]));
    const shown = (options.find(([one]) => one === value) || [null, value || ""])[1];
    return [
      node("input", { type: "text", list: id, value: shown, maxlength: 80, autocomplete: "off", placeholder: word("type"), "aria-label": label, "data-key": key, onchange: (event) => change(byName.get(event.target.value.trim()) || event.target.value.trim()) }),
      node("datalist", { id }, options.map(([, name]) => node("option", { value: name, lang: inChinese(name) }))),
    ];
  }

  const picker = (options, value, label, change, key = null) => (options.length <= SHORT ? choice(options, value, label, change, undefined, key) : proposed(options, value, label, change, key));

  /* A number as people write it: 200000000 元 is 20000 万元. */
  function shownNumber(fact, units) {
    if (!fact || fact.number === null || fact.number === undefined) return ["", units.length ? units[0][0] : ""];
    const fitting = units.filter(([, , plain, times]) => plain === fact.unit && Number(fact.number) >= times);
    const [largest] = fitting.sort((one, other) => other[3] - one[3]);
    return largest ? [String(Number((Number(fact.number) / largest[3]).toFixed(6))), largest[0]] : [fact.number, fact.unit || ""];
  }

  function counted(attribute, fact, label, change, key) {
    const { units } = form.attributes[attribute];
    const [number, unit] = shownNumber(fact, units);
    const all = !unit || units.some(([one]) => one === unit) ? units : [[unit, unit], ...units];
    const box = node("input", { type: "number", step: "any", inputmode: "decimal", value: number, "aria-label": label, "data-key": key });
    const scale = all.length > 1 ? choice(all, unit, label + " " + word("unit"), () => box.value && told(), null, key && key + "|unit") : all.length ? node("span", { class: "unit" }, all[0][1]) : null;
    const told = () => change(box.value, scale instanceof HTMLSelectElement ? scale.value : (all[0] || [null])[0]);
    box.addEventListener("change", told);
    return [box, scale];
  }

  /* The control for one fact of an attribute; a change replaces the fact, an empty value takes it away. */
  function control(fact, what, more = {}) {
    const known_as = form.attributes[what.attribute];
    const label = more.label || known_as.label;
    const made = (value) => ({ attribute: what.attribute, about: what.about, of: what.of || null, words: [], number: null, unit: null, denied: fact ? fact.denied : Boolean(what.denied), planned: fact ? fact.planned : Boolean(what.planned), group: fact ? fact.group : 0, people: fact ? fact.people : null, ...value });
    const put = (value) => replace(fact, value ? [made(value)] : []);
    if (known_as.takes === "number") return counted(what.attribute, fact, label, (number, unit) => put(number === "" ? null : { number, unit }), more.key);
    return picker(known_as.options, fact ? fact.words[0] : "", label, (value) => put(value ? { words: [value] } : null), more.key);
  }

  /* ── chips ── */

  const valueOf = (fact) => fact.value ?? (fact.words || [])[0] ?? "";
  const nameOfFact = (fact) => (fact.label || nameOf(fact.attribute)) + (fact.about_label ? "（" + fact.about_label + "）" : "");
  const textOf = (fact) => nameOfFact(fact) + (page.state.lang === "en" ? ": " : "：") + valueOf(fact);
  const whyOf = (fact) => (fact.worked_out || (fact.because && !fact.quote) ? word("worked_out", { how: fact.because }) : fact.quote ? word("said", { words: fact.quote }) : "");

  function chip(fact) {
    const text = textOf(fact);
    const body = [node("span", { class: "name" }, nameOfFact(fact)), node("b", {}, valueOf(fact))];
    if (fact.worked_out) return node("li", { class: "fact worked-out", title: whyOf(fact) }, node("span", { class: "told" }, body, node("small", {}, fact.because)));
    return node("li", { class: "fact" },
      node("button", { type: "button", class: "told", title: whyOf(fact), "aria-label": word("change", { fact: text }), "aria-expanded": String(editing === fact), onclick: () => edit(editing === fact ? null : fact) }, body),
      node("button", { type: "button", class: "gone", "aria-label": word("remove", { fact: text }), onclick: () => { editing = null; replace(fact, []); } }, "×"));
  }

  function whoChips() {
    return node("fieldset", { class: "who" }, node("legend", {}, word("who")),
      form.recipients.map(({ code, label }) => node("label", {},
        node("input", { type: "checkbox", value: code, "data-key": "who|" + code, checked: known.who.includes(code), onchange: (event) => setWho(event.target.checked ? [...known.who, code] : known.who.filter((one) => one !== code)) }),
        node("span", {}, label))));
  }

  function edit(what) {
    editing = what;
    drawKnown();
    const first = at("known").querySelector(".editor :is(select, input)");
    if (first) first.focus();
  }

  /* The row of one fact under the chips: its value, whose it is, and whether it is denied. */
  function editor(what) {
    const fact = known.facts.includes(what) ? what : null;
    const known_as = form.attributes[what.attribute];
    const changed = (changes) => (fact ? replace(fact, [{ ...fact, said: null, because: "", ...changes }]) : edit({ ...what, ...changes }));
    return node("div", { class: "editor", role: "group", "aria-label": known_as.label },
      known_as.of.length ? field(word("whose"), picker(known_as.of, what.of, word("whose"), (of) => changed({ of: of || null }))) : null,
      field(known_as.label, control(fact, what)),
      known_as.personal ? field(word("about"), choice(form.about.map(({ code, label }) => [code, label]), what.about, word("about"), (about) => changed({ about }), null)) : null,
      known_as.takes === "number" ? null : node("label", { class: "tick" }, node("input", { type: "checkbox", checked: what.denied, onchange: (event) => changed({ denied: event.target.checked }) }), word("denied")),
      node("label", { class: "tick" }, node("input", { type: "checkbox", checked: what.planned, onchange: (event) => changed({ planned: event.target.checked }) }), word("planned")),
      node("button", { type: "button", class: "small", onclick: () => edit(null) }, word("done")));
  }

  const field = (label, box) => node("div", { class: "field" }, node("span", { class: "label", "aria-hidden": "true" }, label), node("div", { class: "boxes" }, box));

  function drawKnown() {
    const { reply } = known;
    const isKnown = known.facts.length || known.who.length;
    at("known").replaceChildren(
      node("div", { class: "head" }, node("h2", { tabindex: "-1" }, word("understood")), isKnown ? node("button", { type: "button", class: "small", onclick: clear }, word("clear")) : ""),
      node("p", { class: "quiet" }, word(isKnown ? "understood_hint" : "nothing_understood")),
      ...(reply ? reply.notices.map((notice) => node("p", { class: "notice" }, notice)) : []),
      whoChips(),
      node("ul", { class: "facts" }, known.facts.map(chip)),
      editing ? editor(editing) : "");
  }

  /* ── the form ── */

  const factOf = (attribute, about, of = null) => known.facts.find((fact) => fact.attribute === attribute && fact.about === about && !fact.denied && (of === null || fact.of === of)) || null;

  function row(attribute, about) {
    const fact = factOf(attribute, about);
    const name = fact && fact.attribute === "recognition" ? fact.words[0] : null;
    const more = name ? ["recognition.level", "recognition.time"].map((other) => control(factOf(other, "asker", name), { attribute: other, about, of: name }, { label: word(other.replace(".", "_")), key: other })) : [];
    const whose = attribute === "talent_class" ? classes(fact, about) : control(fact, { attribute, about }, { key: attribute });
    return field(nameOf(attribute), [whose, more]);
  }

  /* Whose catalogue, then the class in it. */
  function classes(fact, about) {
    const { of } = form.attributes.talent_class;
    if (!of.length) return control(fact, { attribute: "talent_class", about });
    const whose = fact ? fact.of : of[0][0];
    const both = (owner, letter) => replace(fact, letter ? [{ attribute: "talent_class", about, of: owner, words: [letter], number: null, unit: null, denied: false }] : []);
    const owner = choice(of, whose, word("whose"), (chosen) => (fact ? both(chosen, fact.words[0]) : null), null, "whose class");
    return [owner, choice(form.attributes.talent_class.options, fact ? fact.words[0] : "", nameOf("talent_class"), (letter) => both(owner.value, letter), undefined, "class")];
  }

  function adding() {
    const rest = Object.entries(form.attributes).map(([name, { label }]) => [name, label]);
    return node("fieldset", {}, node("legend", {}, word("form_other")),
      field(word("add"), choice(rest, "", word("form_other"), (attribute) => { if (attribute) begin(attribute); })));
  }

  function begin(attribute, of = null, about = aboutOf(attribute)) {
    edit({ attribute, about, of, denied: false });
    at("known").querySelector(".editor").scrollIntoView({ block: "center", behavior: page.scrolling() });
  }

  function drawRows() {
    const of_person = known.who.includes("person") || !known.who.some(ORGANISED) ? "asker" : "talent";
    at("rows").replaceChildren(
      node("fieldset", {}, node("legend", {}, word("form_firm")), form.firm.map((attribute) => row(attribute, "asker"))),
      node("fieldset", {}, node("legend", {}, word("form_person")), form.person.map((attribute) => row(attribute, of_person))),
      adding());
  }

  /* ── what is worth asking ── */

  function drawAsked() {
    const questions = known.reply ? known.reply.questions : [];
    at("asked").hidden = !questions.length;
    at("asked").replaceChildren(node("h2", {}, word("ask_next")), node("ol", {}, questions.map((question) => node("li", {}, node("p", {}, page.spoken(question.text, page.state.lang)), node("p", { class: "answers" }, answersTo(question))))));
  }

  function answersTo({ text, attribute, of, about, words, yes_or_no: yesOrNo }) {
    if (!attribute) return [];
    const before = form.attributes[attribute].single ? factOf(attribute, about, of) : null;
    const put = (value, denied = false) => replace(before, [{ attribute, about, of, words: [value], number: null, unit: null, denied }]);
    const button = (label, act) => node("button", { type: "button", class: "small", "aria-label": text + " " + label, onclick: act }, label);
    if (yesOrNo) return [button(word("yes"), () => put(words[0][0])), button(word("no"), () => put(words[0][0], true))];
    const offered = form.attributes[attribute].takes === "number" ? [] : words.map(([value, shown]) => button(shown, () => put(value)));
    return [...offered, button(word(offered.length ? "other" : "fill_in"), () => begin(attribute, of, about))];
  }

  /* Whoever types or tabs through the form while a reply comes stays where they are. */
  function draw() {
    const busy = document.activeElement;
    const { key } = busy.dataset;
    const typed = busy instanceof HTMLInputElement && busy.type !== "checkbox" && busy.value !== busy.defaultValue ? busy.value : null;
    const isOurs = busy.closest("#known, #asked");
    editing = null;
    drawKnown();
    drawAsked();
    drawRows();
    const again = key ? document.querySelector("[data-key=\"" + key + "\"]") : null;
    if (again && typed !== null && again.value !== typed && again.defaultValue === busy.defaultValue) again.value = typed;
    if (again || isOurs) (again || at("known").querySelector("h2")).focus({ preventScroll: true });
    if (!known.facts.length && !known.who.length) at("form").open = false;
  }

  page.matchForm = { draw };
})();
