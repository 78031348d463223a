/* Tables of an answer. On a narrow screen each row becomes a card; the roles keep it a table for screen readers. */
(() => {
  "use strict";
  const page = window.policyPage;
  const { node, say, spoken } = page;

  page.drawTable = (table, lang, chip) => {
    const cell = (said, at) => node(at === 0 ? "th" : "td", {
      role: at === 0 ? "rowheader" : "cell", scope: at === 0 ? "row" : null, "data-column": table.columns[at],
    }, node("span", {}, said.parts.map((part) => (part.mark ? node("b", { class: "pq-figure" }, part.text) : spoken(part.text, lang)))), said.citations.map(chip));
    return node("div", { class: "pq-table", role: "region", tabindex: "0", "aria-label": table.caption || say("table") },
      node("table", { role: "table" },
        node("caption", {}, table.caption),
        node("thead", { role: "rowgroup" }, node("tr", { role: "row" },
          table.columns.map((column) => node("th", { role: "columnheader", scope: "col" }, column)))),
        node("tbody", { role: "rowgroup" }, table.rows.map((row) => node("tr", { role: "row" }, row.map(cell))))));
  };
})();
