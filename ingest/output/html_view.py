"""A page that shows a source with every clause boxed and its facts marked, for people who check a new policy.

One file, no scripts from elsewhere, everything escaped; it opens from disk without a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from ingest.corpus.load import Segmented
from ingest.entitlements.types import Attached, Entitlements
from ingest.facts.departments import find_departments
from ingest.output.entitlements import entitlement_boxes, flagged_boxes
from ingest.types import Clause, PolicyDocument, Span

_STYLE = """
:root{color-scheme:light dark;--box:#c9d3de;--dim:#667;--fig:#ffe9a8;--dep:#cfe8ff;--ben:#d5f2d0;--val:#ffd6d6;--doubt:#c0392b}
@media(prefers-color-scheme:dark){:root{--box:#445;--dim:#9ab;--fig:#5a4a10;--dep:#123c5a;--ben:#1d4a1a;--val:#5a1f1f}}
body{font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin:2rem 0 .3rem}.facts,.where,.legend{color:var(--dim);font-size:.85rem}
.heading{font-weight:600;margin:1rem 0 .3rem}.clause{border:1px solid var(--box);border-left:4px solid #5b8db8;border-radius:6px;
padding:.4rem .8rem;margin:.5rem 0;white-space:pre-wrap;overflow-wrap:anywhere}.clause:target{outline:3px solid #5b8db8}
.role-closing,.role-preamble{border-left-color:#999}.role-catalogue{border-left-color:#8e6bbf}.role-price,.role-table_row{border-left-color:#3a9a6b}
.role-stub{border-left-color:#d08a2e}.furniture{color:var(--dim);font-size:.75rem}.doubt{color:var(--doubt);font-weight:600}
mark{border-radius:3px;padding:0 .1em;color:inherit}.figure{background:var(--fig)}.department{background:var(--dep)}
.benefit{background:var(--ben)}.validity{background:var(--val)}
.entitlement{border-left:4px solid #3a9a6b;margin:0 0 .5rem 1.2rem;padding:.2rem .8rem;overflow-wrap:anywhere}
.entitlement.proposed{border-left-style:dashed;border-left-color:#d08a2e}.entitlement ul{margin:.2rem 0;padding-left:1.2rem}
"""
_LEGEND = (("figure", "数字"), ("department", "责任单位"), ("benefit", "对象"), ("validity", "时效"))
SHOWN_FURNITURE = frozenset({"page number", "navigation", "running line", "rotated text"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact in a clause's text: where, of which kind ("figure", "department", "benefit", "validity"), its value."""

    span: Span
    kind: str
    note: str


def source_page(segmented: Segmented, entitlements: Entitlements | None = None) -> str:
    """The whole page as HTML; ``entitlements`` stand behind the clauses that grant them."""
    known = entitlements or Entitlements()
    source = segmented.source
    documents = {document.id: document for document in segmented.documents}
    doubts = "".join(
        f'<p class="doubt">第 {doubt.line} 行：{escape(doubt.message.said("zh"))}</p>' for doubt in segmented.doubts
    )
    legend = " ".join(f'<mark class="{kind}">{word}</mark>' for kind, word in _LEGEND)
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(source.name)}</title><style>{_STYLE}</style></head><body><main><h1>{escape(source.name)}</h1>"
        f'<p class="facts">{len(source.text):,} 字符 · {len(segmented.documents)} 份文件 · {len(segmented.clauses)} 个条款'
        f' · 存疑 {len(segmented.doubts)} 处</p><p class="legend">{legend}</p>{doubts}'
        + flagged_boxes(known.flagged)
        + "".join(_parts(segmented, documents, known))
        + "</main></body></html>\n"
    )


def _parts(segmented: Segmented, documents: dict[str, PolicyDocument], known: Entitlements) -> Iterator[str]:
    """Headings, clauses and what else is printed on the page, in the order of the source."""
    placed: list[tuple[int, str]] = []
    placed.extend((h.pieces[0].start, f'<div class="heading">{escape(h.text)}</div>') for h in segmented.headings)
    granted = {clause: [i for i in items if i.clauses[0] == clause] for clause, items in known.by_clause.items()}
    placed.extend((clause.span.start, _clause(clause, granted.get(clause.id, ()))) for clause in segmented.clauses)
    placed.extend(
        (
            item.span.start,
            f'<div class="furniture">{escape(item.kind)}: {escape(item.span.of(segmented.source.text))}</div>',
        )
        for item in segmented.furniture
        if item.kind in SHOWN_FURNITURE
    )
    placed.extend((document.span.start - 1, _document(document)) for document in documents.values())
    yield from (html for _, html in sorted(placed, key=lambda entry: entry[0]))


def _document(document: PolicyDocument) -> str:
    facts = [
        document.level,
        document.issuer,
        document.number,
        document.issued and f"印发 {document.issued}",
        document.validity.valid_from and f"自 {document.validity.valid_from} 起",
        document.validity.valid_until and f"至 {document.validity.valid_until}",
        document.validity.undetermined,
        *document.closing_rules,
    ]
    line = " · ".join(escape(str(fact)) for fact in facts if fact)
    return f'<h2 id="{document.id}">{escape(document.title)}</h2><p class="facts">{line or "—"}</p>'


def _clause(clause: Clause, granted: Sequence[Attached] = ()) -> str:
    page = f" · 第 {clause.page} 页" if clause.page is not None else ""
    where = " › ".join(clause.path[1:])
    offices = f" · 责任单位：{'、'.join(clause.departments)}" if clause.departments else ""
    return (
        f'<div class="clause role-{clause.role.value}" id="{clause.id}"><div class="where">{escape(clause.address or "—")}'
        f" · {escape(clause.role.value)}{page} · 第 {clause.line} 行 · {escape(where)}{escape(offices)}</div>"
        f"{_marked(clause)}</div>{entitlement_boxes(granted)}"
    )


def _marked(clause: Clause) -> str:
    out, position = "", 0
    for mark in fact_marks(clause):
        out += escape(clause.text[position : mark.span.start])
        out += f'<mark class="{mark.kind}" title="{escape(mark.note)}">{escape(mark.span.of(clause.text))}</mark>'
        position = mark.span.end
    return out + escape(clause.text[position:])


def fact_marks(clause: Clause) -> Iterator[Mark]:
    """The facts of a clause in the order of its text; of two that overlap the one that begins first, or is longer."""
    position = 0
    for mark in sorted(_marks(clause), key=lambda m: (m.span.start, -m.span.end)):
        if mark.span.start >= position:
            yield mark
            position = mark.span.end


def _marks(clause: Clause) -> Iterator[Mark]:
    for figure in clause.figures:
        upper = f"–{figure.upper}" if figure.upper is not None else ""
        period = f" {figure.period}" if figure.period else ""
        yield Mark(figure.span, "figure", f"{figure.value}{upper} {figure.unit} {figure.bound.value}{period}")
    for row in clause.benefits:
        yield Mark(row.object_span, "benefit", f"{row.object} → {row.figure.text}")
    for mention in find_departments(clause.text):
        yield Mark(mention.span, "department", "、".join((*mention.lead, *mention.supporting)))
    for quote in clause.validity.quotes:
        until = clause.validity.valid_until or clause.validity.undetermined or clause.validity.valid_from
        yield Mark(quote, "validity", str(until or ""))
