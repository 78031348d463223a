"""The most and the least: over grants of a kind, or over the rows of one clause. Only what is alike is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.compose.draft import Draft
from bot.compose.phrases import level_words
from bot.evidence.benefit_rows import purposes_asked
from bot.evidence.table_rows import figure_words, is_sum, table_of
from bot.kinds.class_grants import asks_class
from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.grant_words import amount_of, is_over, is_share_or_each, quote_of, say_tied_beside
from bot.kinds.grants_asked import GrantsAsked, fitting, of_kinds
from bot.kinds.words import Ends, asked_words, said
from bot.text.term_overlap import terms_of
from bot.types import AnswerKind, Language, SentenceRole
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from bot.verify.counts import place_of
from index.types import Hit
from ingest.entitlements.types import Attached
from ingest.facts.figures import find_figures
from ingest.structure.numbering import without_labels
from ingest.structure.sentences import split_sentences
from ingest.types import Bound, Clause, Corpus, Span

MOST_TIED = 8  # that are named
MOST_HITS = 6  # clauses that are looked at for rows
FEWEST_ROWS = 2
SAME_NAME = 4  # last characters of a title that name what is given
LEAST_COVERED = 0.3  # of the terms of a question that a table must have to be the one meant
LONGEST_QUOTE = 200  # characters of the words behind a verdict
OPEN_ABOVE = Decimal("0.001")  # a floor may be exceeded: it stands above a cap of the same figure
_SAID = asked_words().said
_YUAN = _SAID["yuan"]
_BOUNDS = {Bound.AT_MOST: _SAID["cap"], Bound.AT_LEAST: _SAID["floor"]}


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its amount. ``lowest`` is None for a cap, which says nothing of the least that is given."""

    name: str
    amount: str
    unit: str
    period: str
    highest: Decimal | None  # None for a floor without a ceiling beside other rows that have one
    lowest: Decimal | None
    clause: Clause
    span: Span
    level: str = ""
    is_of_class: bool = False  # for a class of people, not for a field or a kind of firm
    about: str = ""  # the words of its grant


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows that can be compared, and the terms of what they are about."""

    rows: tuple[Row, ...]
    terms: frozenset[str]
    head: frozenset[str] = frozenset()  # of the column they stand in


def extremes_of_grants(
    reading: Reading, asked: GrantsAsked, shelf: GrantShelf, ends: Ends, *, of_classes: bool = False
) -> Draft | None:
    """The highest or lowest amount among the checked grants asked for (``of_classes``: for a class); None without any."""
    items = of_kinds(asked, fitting(asked, shelf, shelf.checked))
    rows = list(_rows_of_grants((i for i in items if not is_over(i, reading.time)), shelf, in_clause=of_classes))
    rows = _for_purpose(rows, reading)
    rows = [row for row in rows if row.is_of_class] if of_classes else rows
    draft = _draft(reading, shelf.corpus)
    for period in dict.fromkeys(sorted((row.period for row in rows), key=bool)):
        own = [row for row in rows if row.period == period]
        for key, chosen in _chosen(own, ends):
            _say(draft, key, chosen, period, labelled=True)
            if of_classes:
                _say_sentence(draft, chosen[:1])
    if not draft.sentences:
        return None
    draft.notices.append(said("only_comparable", draft.language))
    return draft


def _for_purpose(rows: Sequence[Row], reading: Reading) -> list[Row]:
    """The rows that are given for what is asked of (年薪, 安家); all where nothing in particular is."""
    purposes = {one for one in purposes_asked(reading) if one in reading.last}
    own = [row for row in rows if any(one in f"{row.about}{row.name}" for one in purposes)]
    return own if purposes and any(row.about for row in rows) else list(rows)


def extremes_of_rows(
    reading: Reading, hits: Sequence[Hit], shelf: GrantShelf, ends: Ends, *, of_classes: bool = False
) -> Draft | None:
    """The same over the rows of the clause asked about, or of a table; None where no clause found has such rows."""
    asked = terms_of(asked_words().nothing.sub("|", reading.last)) or terms_of(reading.last)
    prices = asked_words().asks_for("price", reading.last)
    tables = [
        one
        for hit in hits[:MOST_HITS]
        if prices or hit.clause.cells or not hit.clause.role.is_rate_row
        for one in _tables(hit.clause, shelf)
        if len(one.rows) >= FEWEST_ROWS
    ]
    if of_classes:
        own = [one for one in tables if all(row.is_of_class for row in one.rows)]
        tables = own or [one for one in tables if one.head]
    tables = [one for one in tables if len(_for_purpose(one.rows, reading)) == len(one.rows)]
    if reading.levels:
        tables = [one for one in tables if one.rows[0].clause.level in reading.levels] or tables
    best = max(tables, key=lambda one: (len(asked & one.terms), len(asked & one.head)), default=None)
    if best is None or _covered(asked, best) < LEAST_COVERED:
        return None
    rows = best.rows
    if rows[0].clause.cells and _is_one_of_several(best, tables, asked):
        return None  # 到户价 or 基本水价: the question names no column
    draft = _draft(reading, shelf.corpus)
    for key, chosen in _chosen(rows, ends, bounds_alike=True):
        _say(draft, key, chosen, "", labelled=False)
    if not draft.sentences:
        return None
    _say_sentence(draft, rows)
    return draft


def _is_one_of_several(best: _Table, tables: Sequence[_Table], asked: frozenset[str]) -> bool:
    """Whether another column of the same rows fits the question as well."""
    clauses = {row.clause.id for row in best.rows}
    return any(
        one.head != best.head
        and clauses == {row.clause.id for row in one.rows}
        and len(asked & one.head) == len(asked & best.head)
        for one in tables
    )


def _covered(asked: frozenset[str], table: _Table) -> float:
    """The share of what is asked that a table and the clause it stands in speak of."""
    clause = table.rows[0].clause
    return len(asked & (table.terms | terms_of(" ".join((*clause.path, clause.text))))) / max(1, len(asked))


def _say_sentence(draft: Draft, rows: Sequence[Row]) -> None:
    """The sentence that prints the rows, where it is one and short enough."""
    clause = rows[0].clause
    if clause.role.is_rate_row or clause.cells or any(row.clause.id != clause.id for row in rows):
        return
    whole = next((one for one in split_sentences(clause.text) if one.contains(rows[0].span)), None)
    if whole is not None and len(whole) <= LONGEST_QUOTE:
        draft.say(quote_of(clause, whole), (draft.cite(clause, whole, "answer"),))


def _draft(reading: Reading, corpus: Corpus) -> Draft:
    draft = Draft(reading.language, corpus)
    draft.kind = AnswerKind.ANSWER
    return draft


def _chosen(rows: Sequence[Row], ends: Ends, *, bounds_alike: bool = False) -> Iterator[tuple[str, list[Row]]]:
    """The rows at the ends asked for, all of them where several are tied."""
    if len(rows) < FEWEST_ROWS:
        return
    if ends.most:
        yield "most", _at(rows, lambda row: row.highest, max)
    if ends.least:
        lowest = [row for row in rows if row.lowest is not None]
        whole = rows if bounds_alike and not lowest else lowest
        if len(whole) >= FEWEST_ROWS:
            yield "least", _at(whole, lambda row: row.lowest if row.lowest is not None else row.highest, min)


def _at(
    rows: Sequence[Row], value: Callable[[Row], Decimal | None], end: Callable[[Iterable[Decimal]], Decimal]
) -> list[Row]:
    found = [(own, row) for row in rows if (own := value(row)) is not None]
    extreme = end(own for own, _ in found)
    return [row for own, row in found if own == extreme]


def _say(draft: Draft, key: str, rows: Sequence[Row], period: str, *, labelled: bool) -> None:
    """The verdict: which it is and how much, in the words of its clause where these are short."""
    tied_rows = list({(row.level, row.name, row.amount): row for row in rows}.values())
    shown, beside = tied_rows[:MOST_TIED], tied_rows[MOST_TIED:]
    numbers = tuple(dict.fromkeys(draft.cite(row.clause, row.span, "answer") for row in shown))
    named = [
        f"{f'〔{level_words(row.level, draft.language)}〕' if labelled and row.level else ''}"
        f"{row.name}{': ' if draft.language is Language.EN else '：'}{row.amount}"
        for row in shown
    ]
    joint, stop = ("; ", ".") if draft.language is Language.EN else ("；", "。")
    front = said("each_period", draft.language, period=period) if period else ""
    tied = said("tied" if len(shown) > 1 else "alone", draft.language)
    text = f"{front}{said(key, draft.language)}{tied}{joint.join(named)}{stop}"
    if not draft.say(text, numbers, SentenceRole.VERDICT):
        for row in shown:
            draft.say(quote_of(row.clause, row.span), (draft.number_of(row.clause),))
    say_tied_beside(draft, [place_of(row.clause, row.span) for row in beside])


# ── Rows ───────────────────────────────────────────────────────────────────────────────────────


def _rows_of_grants(items: Iterable[Attached], shelf: GrantShelf, *, in_clause: bool) -> Iterator[Row]:
    for item in items:
        yield from (row for row in _rows_of(item, shelf, in_clause=in_clause, beside=in_clause) if row.unit == _YUAN)


def _rows_of(item: Attached, shelf: GrantShelf, *, in_clause: bool = False, beside: bool = False) -> Iterator[Row]:
    """The amounts of a grant that can be compared: shares and amounts per something are not.

    ``beside`` other grants of the same name a single row is named by whom it is for.
    """
    for row in item.record.amounts:
        figures = find_figures(row.figure)
        if not figures or is_share_or_each(row) or any(figure.unit != figures[0].unit for figure in figures):
            continue
        values = [value for figure in figures for value in (figure.value, figure.upper) if value is not None]
        unit, _, per = figures[0].unit.partition("/")
        period = (
            row.period
            if row.period and row.period.startswith(_SAID["each"])
            else (f"{_SAID['each']}{per}" if per in asked_words().per else "")
        )
        several = len(item.record.amounts) > 1
        own = row.object if (several or beside) and row.object else ""
        name = own if in_clause and own else " ".join(dict.fromkeys((item.record.title, own))).strip()
        clause, span = shelf.place_of_row(item, row)
        yield Row(
            name=name,
            amount=amount_of(row),
            unit=unit if period else figures[0].unit,
            period=period,
            highest=max(values) + (OPEN_ABOVE if row.bound == "floor" else 0),
            lowest=None if row.bound == "cap" else min(values),
            clause=clause,
            span=span,
            level=item.level or "",
            is_of_class=bool(tiers_of(row.object.lower())) or asks_class(item.record.conditions),
            about="".join((item.record.title, *item.record.spans)),
        )


def _tables(clause: Clause, shelf: GrantShelf) -> Iterator[_Table]:
    """Rows of one kind that stand in a clause or beside it: of a record, of an enumeration, of a list of prices."""
    granted = shelf.by_clause.get(clause.id, ())
    for item in granted:
        same = [item] if clause.role.is_rate_row else _same_grant(item, shelf)
        rows = [row for one in same for row in _rows_of(one, shelf, in_clause=True, beside=len(same) > 1)]
        yield from _alike(rows, item.record.title)
    if not granted:
        yield from _alike(list(_rows_printed(clause)))
    if clause.cells:
        yield from _columns(clause, shelf.corpus)
    elif clause.role.is_rate_row:
        document = shelf.corpus.document_of(clause)
        rates = [one for one in shelf.corpus.clauses_of(document) if one.role is clause.role]
        beside = [row for one in rates if one.path == clause.path for row in _rate(one)]
        if len(beside) < FEWEST_ROWS:  # every row has a heading of its own
            beside = [row for one in rates if one.path[:-1] == clause.path[:-1] for row in _rate(one)]
        yield from _alike(beside)


def _same_grant(item: Attached, shelf: GrantShelf) -> list[Attached]:
    """A grant, and what its document gives of the same name to others in clauses of their own: A类 beside B类 to F类."""
    name, own = item.record.title[-SAME_NAME:], item.record
    return [
        item,
        *(
            other
            for other in shelf.checked
            if other is not item
            and other.document == item.document
            and other.record.kind == own.kind
            and other.record.recipient.who == own.recipient.who
            and len(name) == SAME_NAME
            and other.record.title.endswith(name)
        ),
    ]


def _columns(clause: Clause, corpus: Corpus) -> Iterator[_Table]:
    """Every column of a table by itself, named by its head: its amounts beside the names of the rows."""
    rows = [row for row in table_of(clause, corpus) if row.cells and not is_sum(row)]
    for place in range(1, len(clause.cells)):
        column = [row for row in rows if len(row.cells) > place]
        cells = [found for row in column if (found := _cell(row, place)) is not None]
        if len(cells) == len(column):  # a row without an amount could be the highest
            head = clause.cells[place].head
            for table in _alike(cells, " ".join((*clause.path[-2:], head))):
                yield replace(table, head=terms_of(head))


def _cell(row: Clause, place: int) -> Row | None:
    """A cell with just one amount, under the first name of its row."""
    cell = row.cells[place]
    figures = [figure for figure in row.figures if cell.span.contains(figure.span)]
    if len(figures) != 1:
        return None
    (figure,) = figures
    names = dict.fromkeys(one.span.of(row.text).strip() for one in row.cells[:place] if one.span)
    name = next(iter(names), "")
    whole = Span(0, len(row.text))
    lowest = None if figure.bound is Bound.AT_MOST else figure.value
    return Row(name, figure_words(row, figure), figure.unit, "", figure.upper or figure.value, lowest, row, whole)


def _alike(rows: Sequence[Row], about: str = "") -> Iterator[_Table]:
    """The rows of the same unit and period together."""
    for key in dict.fromkeys((row.unit, row.period) for row in rows):
        own = [row for row in rows if (row.unit, row.period) == key]
        headings = own[0].clause.path[-3:] if own[0].clause.role.is_rate_row else ()
        words = about or ("" if headings else own[0].clause.text)
        yield _Table(tuple(own), terms_of(" ".join((words, *headings, *(row.name for row in own)))))


def _rows_printed(clause: Clause) -> Iterator[Row]:
    for benefit in clause.benefits:
        figure = benefit.figure
        whole = Span(min(benefit.object_span.start, figure.span.start), max(benefit.object_span.end, figure.span.end))
        highest = figure.upper or figure.value
        lowest = None if figure.bound is Bound.AT_MOST else figure.value
        amount = (
            f"{_BOUNDS.get(figure.bound, '')}{figure.text}"
            if not figure.text.startswith(_SAID["cap"][:1])
            else figure.text
        )
        yield Row(benefit.object, amount, figure.unit, figure.period or "", highest, lowest, clause, whole)


def _rate(clause: Clause) -> Iterator[Row]:
    """A line of a price list: 小于1KV：0.504元/度."""
    name, colon, rest = clause.text.partition("：")
    figures = [figure for figure in clause.figures if figure.span.start > len(name)]
    if colon and rest and figures and "/" in figures[0].unit:
        figure = figures[0]
        whole = Span(0, len(clause.text))
        yield Row(
            without_labels(name).lstrip("—- "),
            figure.text,
            figure.unit,
            "",
            figure.upper or figure.value,
            figure.value,
            clause,
            whole,
        )
