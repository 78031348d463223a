"""Tables and price lists: one record of what a column grants, a row of it for each row of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from ingest.entitlements.rules.amounts import bound_of
from ingest.entitlements.rules.conditions import when
from ingest.entitlements.rules.grants import is_gift, pieces
from ingest.entitlements.types import AllOf, AmountRow
from ingest.facts.figures import find_figures
from ingest.types import Clause, Role, Span
from ingest.vocabulary.grants import grant_words
from ingest.vocabulary.load import any_of

_HEADS = " ｜ "
_SAYS_TABLE = re.compile("下表|如下|标准为?[：:]?$")
_NOT_HOUSEHOLDS = re.compile("非居民")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_OBJECT = 40
_EDGES = "—；;\t ：:"
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under one head, with the clause that leads in to them."""

    lead: Clause | None
    rows: tuple[Clause, ...]
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of a table grants."""

    name: str
    lead: str | None  # the words of the lead-in
    spans: tuple[str, ...]
    amounts: tuple[AmountRow, ...]


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices of one heading or one clause; ``households`` when they are those of homes."""

    name: str
    clause: Clause
    spans: tuple[str, ...]
    amounts: tuple[AmountRow, ...]
    households: bool


# ── Tables of grants ───────────────────────────────────────────────────────────────────────────


def tables(clauses: Sequence[Clause]) -> Iterator[Table]:
    """The tables among the clauses of a document."""
    by_id = {clause.id: clause for clause in clauses}
    for (path, parent), rows in groupby(
        clauses, key=lambda c: (c.path, c.parent) if c.role is Role.TABLE_ROW else ((), "")
    ):
        own = tuple(rows)
        if path and own[0].role is Role.TABLE_ROW:
            yield Table(by_id.get(parent) if parent else None, own, tuple(path[-1].split(_HEADS)))


def columns(table: Table) -> Iterator[Column]:
    """The columns of money of a table whose lead-in grants; none of a list of prices."""
    lead = _lead(table)
    if lead is None:
        return
    found = False
    for number, name in enumerate(table.heads):
        amounts = [row for clause in table.rows for row in _cell_row(clause, table.heads, number)] if number else []
        if amounts and len(amounts) >= len(table.rows) / 2:
            found = True
            yield Column(name, lead, (lead, *(row.span for row in amounts)), tuple(amounts))
    rest = [] if found else [row for clause in table.rows for row in _any_row(clause, table.heads)]
    if rest:
        yield Column("", lead, (lead, *dict.fromkeys(row.span for row in rest)), tuple(rest))


def _lead(table: Table) -> str | None:
    if table.lead is None:
        return None
    said = [piece.of(table.lead.text) for piece, _ in pieces(table.lead.text)]
    return next((words for words in reversed(said) if _SAYS_TABLE.search(words)), said[-1] if said else None)


def _cell_row(clause: Clause, heads: Sequence[str], number: int) -> Iterator[AmountRow]:
    cells = clause.text.split("\t")
    if len(cells) != len(heads):
        return
    figures = [figure for figure in find_figures(cells[number]) if is_gift(figure)]
    if figures:
        found = when(cells[0], named=heads[0])
        chosen = AllOf(tuple(found)) if found else None
        period = next((p for p, words in grant_words().amounts.periods.items() if _any(words, cells[number])), None)
        yield AmountRow(cells[0], figures[0].text, bound_of(figures[0]), clause.text, period=period, when=chosen)


def _any_row(clause: Clause, heads: Sequence[str]) -> Iterator[AmountRow]:
    """Every amount of a row whose cells are merged, so that nobody can tell its columns."""
    cells = clause.text.split("\t")
    found = when(cells[0], named=heads[0])
    for cell in cells[1:]:
        for figure in find_figures(cell):
            if is_gift(figure):
                chosen = AllOf(tuple(found)) if found else None
                yield AmountRow(cells[0], figure.text, bound_of(figure), clause.text, when=chosen)


def _any(words: Sequence[str], text: str) -> bool:
    return any(word in text for word in words)


# ── Prices ─────────────────────────────────────────────────────────────────────────────────────


def price_lists(clauses: Sequence[Clause]) -> Iterator[PriceList]:
    """The prices a document prints: price lists, tables under a head that names a price, and sentences."""
    for _, own in groupby(clauses, key=lambda c: (c.role, c.path[: _depth(c)])):
        group = list(own)
        if group[0].role is Role.PRICE or (group[0].role is Role.TABLE_ROW and _words().search("".join(group[0].path))):
            yield from _listed(group)
        elif group[0].role is Role.ITEM:
            for clause in group:
                yield from _said(clause)


def _depth(clause: Clause) -> int:
    """Prices of one heading belong together, whatever they are for."""
    return len(clause.path) - 1 if clause.role is Role.PRICE else len(clause.path)


def _listed(group: Sequence[Clause]) -> Iterator[PriceList]:
    heads = group[0].path[-1].split(_HEADS) if group[0].role is Role.TABLE_ROW else ()
    name = group[0].path[-2:][0]
    kept: dict[bool, list[AmountRow]] = {False: [], True: []}
    first: dict[bool, Clause] = {}
    for clause in group:
        home = _of_homes(f"{clause.path[-1] if not heads else ''}{clause.text}")
        for row in _price_rows(clause):
            kept[home].append(row)
            first.setdefault(home, clause)
    for home, rows in kept.items():
        if rows:
            yield PriceList(name, first[home], tuple(dict.fromkeys(row.span for row in rows)), tuple(rows), home)


def _of_homes(text: str) -> bool:
    return _any(grant_words().prices.for_households, _NOT_HOUSEHOLDS.sub("", text))


def _price_rows(clause: Clause) -> Iterator[AmountRow]:
    """The figures of a price list's row; in a table the unit may stand in a cell of its own or further up."""
    text = clause.text
    inside = [Span(m.start(), m.end()) for m in _BRACKETS.finditer(text)]  # what a price includes is none of its own
    figures = [f for f in clause.figures if is_gift(f) and not any(bracket.contains(f.span) for bracket in inside)]
    heading = clause.path[-1].strip("—") if clause.role is Role.PRICE and clause.path else ""
    use = heading if heading not in text else ""
    for figure in figures:
        start = max(text.rfind(sign, 0, figure.span.start) for sign in "；;：:\t—") + 1
        object_ = text[start : figure.span.start].strip(_EDGES) or text[: figure.span.start].strip(_EDGES)
        object_ = object_.replace("\t", " ")
        yield AmountRow(
            f"{use} {object_}".strip()[:_LONGEST_OBJECT] or clause.address, figure.text, bound_of(figure), text
        )
    if not figures and clause.role is Role.TABLE_ROW:
        cells = text.split("\t")
        number = next((cell for cell in reversed(cells) if _NUMBER.fullmatch(cell.strip())), None)
        if number is not None and len(cells) > 1:
            yield AmountRow("\t".join(cells[: cells.index(number)]).replace("\t", " "), number.strip(), "fixed", text)


def _said(clause: Clause) -> Iterator[PriceList]:
    """工业用地出让起始价为12.8万元/亩: sentences that print a price."""
    figures = [figure for figure in clause.figures if figure.unit.startswith("元")]
    named = bool(clause.path) and _words().search(clause.path[-1]) is not None
    rows: list[AmountRow] = []
    spans: list[str] = []
    for piece, _ in pieces(clause.text):
        said = piece.of(clause.text)
        if not (named or _words().search(said)) or _gives().search(said):
            continue
        own = [figure for figure in figures if piece.contains(figure.span)]
        for figure in own:
            start = max(clause.text.rfind(sign, piece.start, figure.span.start) for sign in "，、；：") + 1
            object_ = clause.text[max(start, piece.start) : figure.span.start].strip()
            rows.append(
                AmountRow(object_[:_LONGEST_OBJECT] or said[:_LONGEST_OBJECT], figure.text, bound_of(figure), said)
            )
        if own:
            spans.append(said)
    if rows:
        name = clause.path[-1] if clause.path else clause.address
        yield PriceList(name, clause, tuple(spans), tuple(rows), _of_homes("".join(spans)))


@cache
def _words() -> re.Pattern[str]:
    return re.compile(any_of(grant_words().prices.words))


@cache
def _gives() -> re.Pattern[str]:
    verbs = grant_words().verbs
    return re.compile(any_of((*verbs.give, *verbs.gives_itself, *verbs.relief)))
