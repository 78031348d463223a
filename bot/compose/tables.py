"""Tables beside an answer: levels, classes or items side by side, each cell from one clause and checked as a sentence.

The body says what is asked for; a table repeats it for comparing. One cell that cannot be borne out drops its table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.compose.phrases import level_words, phrase
from bot.evidence.benefit_rows import amount_words, asked_rows, enumerations, given_words, rows_inside
from bot.evidence.candidates import Candidate
from bot.evidence.per_sub_question import Compared, is_missing
from bot.evidence.table_rows import by_column, is_table_row
from bot.text.bilingual import in_language
from bot.types import Table, TableCell
from bot.understand.grades import letter_tiers, numbered_tiers, ranks, tiers_of
from bot.understand.reading import Reading
from bot.verify.grounding import grounded
from index.text.question_types import QuestionType
from ingest.facts.table_units import column_head, with_unit
from ingest.types import Benefit, Clause, Span

Cite = Callable[[Clause, Span], int]  # gives the clause its number in the answer

FEWEST_ROWS = 2
FEWEST_PRICES = 3  # rows of a rate list; two read as well in a sentence
FEWEST_CLASSES = 2
FEWEST_COLUMNS = 2
_EVERY_CLASS = re.compile(
    r"[各每](?:个|一)?(?:类|档|级|层次|学历|等级)|不同(?:类|档|层次|学历|等级|级别)|[a-h一二三四五六]\s?(?:[-—~到至]|、).{0,8}类|哪几[类档]|分别|"
    r"each (?:class|category|tier|grade|level)|by (?:class|category|tier|grade)|all (?:classes|categories|tiers|grades)"
)
_ROW_NAME = re.compile(r"^[^：:\d]*[：:]")


def tables_of(reading: Reading, chosen: Sequence[Candidate], compared: Sequence[Compared], cite: Cite) -> list[Table]:
    """At most one table: of levels, of items, of classes or of prices, whichever the question compares."""
    found = sum(one.best is not None for one in compared)
    if found and compared[0].aspect.level:
        table = _of_levels(reading, compared, cite)
    elif found >= FEWEST_ROWS:
        table = _of_items(reading, compared, cite)
    elif sum(is_table_row(c.clause) for c in chosen) >= FEWEST_ROWS:
        table = _of_rows(reading, [c for c in chosen if is_table_row(c.clause)], cite)
    elif sum(c.clause.role.is_rate_row for c in chosen) >= FEWEST_PRICES:
        table = _of_prices(reading, chosen, cite)
    else:
        table = _of_classes(reading, chosen, cite)
    return [table] if table is not None and len(table.rows) >= FEWEST_ROWS else []


def _of_levels(reading: Reading, compared: Sequence[Compared], cite: Cite) -> Table | None:
    by_class = _classes_by_level(reading, compared, cite)
    if by_class is not None:
        return by_class
    amounts = [amount_asked(reading, one.best) for one in compared if one.best is not None]
    with_amounts = all(amounts)
    rows: list[tuple[TableCell | None, ...]] = []
    for one in compared:
        name = TableCell(level_words(one.aspect.level or "", reading.language))
        if one.best is None:
            missing = TableCell(_missing_words(reading, one, compared))
            rows.append((name, missing, missing) if with_amounts else (name, missing))
            continue
        rule = _cell(one.best.text, one.best, cite)
        amount = _cell(amount_asked(reading, one.best), one.best, cite, _asked_object(reading, one.best))
        rows.append((name, amount, rule) if with_amounts else (name, rule))
    heads = ("level", "amount", "text") if with_amounts else ("level", "text")
    return _table(reading, "by_level", [phrase(head, reading.language) for head in heads], rows)


def _missing_words(reading: Reading, one: Compared, compared: Sequence[Compared]) -> str:
    return phrase("not_at_level" if is_missing(one, compared) else "see_clause", reading.language)


def _classes_by_level(reading: Reading, compared: Sequence[Compared], cite: Cite) -> Table | None:
    """Classes down, levels across; None unless several classes are asked for and two levels list them."""
    if not _asks_classes(reading):
        return None
    lists = [(one, _first_enumeration(reading, one.best) if one.best else ()) for one in compared]
    if sum(len(rows) >= FEWEST_CLASSES for _, rows in lists) < FEWEST_ROWS:
        return None
    objects: dict[frozenset[str], str] = {}
    for _, rows in lists:
        for row in rows:
            objects.setdefault(_class_key(row), row.object)
    heads = [phrase("class", reading.language)]
    for one, rows in lists:
        given = given_words(one.best.clause, rows[0]) if one.best and rows else ""
        level = level_words(one.aspect.level or "", reading.language)
        heads.append(f"{level}·{given}" if given else level)
    rows_of_table = [
        (TableCell(name), *(_class_cell(reading, one, rows, key, cite) for one, rows in lists))
        for key, name in objects.items()
    ]
    return _table(reading, "by_class", heads, rows_of_table)


def _class_cell(
    reading: Reading, one: Compared, rows: Sequence[Benefit], key: frozenset[str], cite: Cite
) -> TableCell | None:
    if one.best is None:
        return TableCell(phrase("not_at_level", reading.language))
    row = next((row for row in rows if _class_key(row) == key), None)
    if row is not None:
        return _cell(amount_words(row.figure), one.best, cite, row.object)
    return _unlisted(reading, one.best, key, cite)


def _unlisted(reading: Reading, candidate: Candidate, key: frozenset[str], cite: Cite) -> TableCell:
    """What stands for a class that a list leaves out."""
    # Another sentence of the clause, or "D 类及以上", may speak of the class: then only the clause itself can tell.
    said = key & tiers_of(candidate.clause.text.lower())
    words = phrase("see_clause" if said else "not_listed", reading.language)
    return TableCell(words, (cite(candidate.clause, candidate.span),))


def _of_items(reading: Reading, compared: Sequence[Compared], cite: Cite) -> Table | None:
    rows = [
        (TableCell(in_language(one.aspect.name, reading.language)), _joint_cell(one.beside, cite))
        for one in compared
        if one.best is not None
    ]
    return _table(reading, "by_item", [phrase("item", reading.language), phrase("text", reading.language)], rows)


def _of_prices(reading: Reading, chosen: Sequence[Candidate], cite: Cite) -> Table | None:
    rows: list[tuple[TableCell | None, ...]] = []
    for candidate in (c for c in chosen if c.clause.role.is_rate_row):
        heading = candidate.clause.path[-1].lstrip("—") if candidate.clause.path else ""
        name = _ROW_NAME.match(candidate.text)
        said = name[0].rstrip("：:") if name else ""
        value = candidate.text[name.end() :] if name else candidate.text
        rows.append((TableCell("·".join(part for part in (heading, said) if part)), _cell(value, candidate, cite)))
    return _table(reading, "prices", [phrase("item", reading.language), phrase("price", reading.language)], rows)


def _of_rows(reading: Reading, rows: Sequence[Candidate], cite: Cite) -> Table | None:
    """Rows of a table under its own column heads; bare numbers with the unit of their head."""
    filled = [by_column(row.clause) for row in rows]
    columns = list(dict.fromkeys(column for cells in filled for column in cells))
    if (
        not all(head for head, _ in columns)
        or len(columns) < FEWEST_COLUMNS
        or len({row.clause.path[-1] for row in rows}) > 1
    ):
        return None
    shown: list[tuple[TableCell | None, ...]] = []
    for row, cells in zip(rows, filled, strict=True):
        printed = {column: with_unit(cell, row.clause.text) for column, cell in cells.items()}
        shown.append(tuple(_cell(printed.get(column, ""), row, cite) for column in columns))
    return _table(reading, "table_rows", [column_head(head).words or head for head, _ in columns], shown)


def _of_classes(reading: Reading, chosen: Sequence[Candidate], cite: Cite) -> Table | None:
    """The classes of the first list among the chosen sentences, with what every list of the same classes gives them."""
    if not _asks_classes(reading):
        return None
    lists = [(c, rows) for c in chosen for rows in enumerations(c.clause, rows_inside(c)) if len(rows) > 1]
    lists.sort(key=lambda pair: not any(tiers_of(row.object.lower()) & reading.tiers for row in pair[1]))
    if not lists:
        return None
    first = {_class_key(row) for row in lists[0][1]}
    columns = [(c, rows) for c, rows in lists if len({_class_key(row) for row in rows} & first) > 1]
    keys: dict[frozenset[str], str] = {}
    for row in (row for _, rows in columns for row in rows):
        keys.setdefault(_class_key(row), row.object)
    if all(letter_tiers(name.lower()) for name in keys.values()):
        keys = dict(sorted(keys.items(), key=lambda item: sorted(item[0])))
    several_levels = len({c.clause.level for c, _ in columns}) > 1
    heads: list[str] = []
    for candidate, rows in columns:
        given = given_words(candidate.clause, rows[0]) or phrase("amount", reading.language)
        level = level_words(candidate.clause.level or "", reading.language)
        heads.append(f"{level}·{given}" if several_levels else given)
    rows_of_table: list[tuple[TableCell | None, ...]] = []
    for key, name in keys.items():
        cells: list[TableCell | None] = []
        for candidate, rows in columns:
            row = next((row for row in rows if _class_key(row) == key), None)
            if row is None:
                cells.append(_unlisted(reading, candidate, key, cite))
            else:
                cells.append(_cell(amount_words(row.figure), candidate, cite, row.object))
        rows_of_table.append((TableCell(name), *cells))
    return _table(reading, "by_class", [phrase("class", reading.language), *heads], rows_of_table)


def _asks_classes(reading: Reading) -> bool:
    """True when several classes or ranks are asked for, by name or all of them."""
    return len(reading.tiers) >= FEWEST_CLASSES or (
        not reading.tiers
        and _EVERY_CLASS.search(reading.last) is not None
        and bool({QuestionType.AMOUNT, QuestionType.LIST, QuestionType.COMPARISON} & reading.types)
    )


def _first_enumeration(reading: Reading, candidate: Candidate) -> tuple[Benefit, ...]:
    """The first list of the sentence; with classes named, the first that has one of them."""
    for rows in enumerations(candidate.clause, rows_inside(candidate)):
        if len(rows) >= FEWEST_CLASSES and (
            not reading.tiers or any(tiers_of(row.object.lower()) & reading.tiers for row in rows)
        ):
            return rows
    return ()


def _class_key(row: Benefit) -> frozenset[str]:
    """What makes two objects the same class: the letter, else the rank, else the printed name."""
    name = row.object.lower()
    return letter_tiers(name) or numbered_tiers(name) or ranks(name) or frozenset({row.object})


def amount_asked(reading: Reading, candidate: Candidate) -> str:
    """The amounts of the classes asked for, or the only amount of the sentence; "" when neither can be told."""
    rows = asked_rows(reading, candidate)
    if rows:
        return "；".join(dict.fromkeys(amount_words(row.figure) for row in rows))
    money = [figure for figure in candidate.figures if figure.unit.startswith(("元", "%"))]
    return amount_words(money[0]) if len(money) == 1 else ""


def _asked_object(reading: Reading, candidate: Candidate) -> str:
    return "、".join(row.object for row in asked_rows(reading, candidate))


def _cell(text: str, candidate: Candidate, cite: Cite, about: str = "") -> TableCell | None:
    """The text as a cell that cites the candidate's clause; None when the clause does not bear it out."""
    number = cite(candidate.clause, candidate.span)
    checked = grounded(text, (number,), {number: candidate.clause}, about)
    return None if checked is None else TableCell(text, checked.citations, checked.figures)


def _joint_cell(candidates: Sequence[Candidate], cite: Cite) -> TableCell | None:
    """Several rows of a rate list in one cell, one behind the other."""
    cells = [_cell(candidate.text, candidate, cite) for candidate in candidates]
    whole = [cell for cell in cells if cell is not None]
    if len(whole) < len(cells):
        return None
    text = "；".join(cell.text.rstrip("；") for cell in whole)
    citations = tuple(dict.fromkeys(n for cell in whole for n in cell.citations))
    return TableCell(text, citations, tuple(figure for cell in whole for figure in cell.figures))


def _table(
    reading: Reading, caption: str, columns: Sequence[str], rows: Sequence[tuple[TableCell | None, ...]]
) -> Table | None:
    whole = [tuple(cell for cell in row if cell is not None) for row in rows]
    if any(len(row) != len(columns) for row in whole):
        return None
    return Table(phrase(caption, reading.language), tuple(columns), tuple(whole))
