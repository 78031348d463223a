"""Rows of tables: how one is said by itself, which rows stand in one table, and which of them a question is about."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from bot.text.term_overlap import terms_of
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from ingest.facts.figures import find_figures
from ingest.facts.measures import MONEY_OR_SHARE
from ingest.facts.table_units import column_head, with_unit
from ingest.readers.table_grid import is_total
from ingest.types import Bound, Clause, Corpus, Figure, RowCell

MOST_ROWS_READ = 2000  # of one table, to find those that a question names
LONGEST_VALUE = 24  # characters; a longer cell with a figure is a sentence and needs no name in front
LEAST_LEAD = 0.25  # share of the best row's weight by which a row may lie behind and still be named as well
BETWEEN_CELLS = "｜"

_SERIAL = re.compile(r"(?:序|编|行)\s*号|No\.?", re.IGNORECASE)
_NOTHING = re.compile(r"[-—–－―/／\\\s无·.…]*")
_BEGINS_AS_VALUE = re.compile(r"[\d约每最不至超满低高上免全按一二两三四五六七八九十]")
_HOW_MUCH = re.compile(r"多少|几[万元年个月天成倍]|how (?:much|many|long)")
_SUM_ASKED = re.compile(r"合计|总计|小计|一共|总共|总额|全部加|加起来|in total|altogether|\btotal\b")
_RANGE = re.compile(r"至|到|[—–~～-]|以[上下内]|不足|不满|不超过|不低于|超过|以外|[≥≤<>＜＞]")
_PIECES_OF = re.compile(r"(?<=\d)\s*个(?=亿|万)")  # 7个亿


def is_table_row(clause: Clause) -> bool:
    """True for a row of a table, whose cells are known."""
    return bool(clause.cells)


@lru_cache(maxsize=4096)
def _said(text: str, cells: tuple[RowCell, ...], valued: tuple[bool, ...]) -> str:
    parts: list[str] = []
    named = False
    for cell, is_value in zip(cells, valued, strict=True):
        words = cell.span.of(text)
        name = column_head(cell.head).words
        if _SERIAL.fullmatch(name) or _NOTHING.fullmatch(words):
            continue
        value = with_unit(cell, text)
        if is_value and name and len(words) <= LONGEST_VALUE and not value.startswith(name):
            parts.append(f"{name}{'' if _BEGINS_AS_VALUE.match(value) else '：'}{value}")
            named = True
        elif named and name and not words.startswith(name):
            parts.append(f"{name}：{value}")
        else:
            parts.append(value)
    return BETWEEN_CELLS.join(parts) or text


def row_words(clause: Clause, reading: Reading | None = None) -> str:
    """A row said by itself: its names, then each value with the name and the unit of its column.

    Where ``reading`` asks for one amount and names the column of it, the other columns of values are left out.
    """
    valued = tuple(any(cell.span.contains(figure.span) for figure in clause.figures) for cell in clause.cells)
    asked = _asked_columns(reading, clause, valued) if reading is not None else ()
    shown = [place for place in range(len(valued)) if not asked or place in asked or not _has_name(clause, valued, place)]
    return _said(clause.text, tuple(clause.cells[n] for n in shown), tuple(valued[n] for n in shown))


def _has_name(clause: Clause, valued: Sequence[bool], place: int) -> bool:
    """True for a cell that is said with the name of its column: a value, and what stands behind the first value."""
    return bool(clause.cells[place].head) and True in valued[: place + 1] and not _is_condition(clause, place)


def _is_condition(clause: Clause, place: int) -> bool:
    """True for a range in front of the other values, as 500架次以上: the row holds for nothing else."""
    words = clause.cells[place].span.of(clause.text)
    return place < 2 and _RANGE.search(words) is not None


def _asked_columns(reading: Reading, clause: Clause, valued: Sequence[bool]) -> tuple[int, ...]:
    """The columns of values that the question names; none when it asks for several amounts or names all alike."""
    if len(reading.parts) > 1 or len(_HOW_MUCH.findall(reading.last)) > 1:
        return ()
    places = [place for place in range(len(valued)) if _has_name(clause, valued, place)]
    heads = [terms_of(clause.cells[place].head) for place in places]
    counts = Counter(term for terms in heads for term in terms)
    asked = terms_of(" ".join((reading.last, *reading.also)))
    scores = [sum(math.log(len(heads) / counts[term]) for term in terms & asked) for terms in heads]
    best = max(scores, default=0.0)
    return tuple(p for p, score in zip(places, scores, strict=True) if best and score >= (1 - LEAST_LEAD) * best)


def is_sum(clause: Clause) -> bool:
    """True for a row of sums (合计)."""
    return any(is_total(cell.span.of(clause.text)) for cell in clause.cells[:2])


def table_of(clause: Clause, corpus: Corpus) -> list[Clause]:
    """The rows of the table that ``clause`` stands in, in the order printed."""
    here = corpus.clause_by_id.place(clause.id)
    rows = [clause]
    for step in (-1, 1):
        place = here + step
        while 0 <= place < len(corpus.clauses) and len(rows) < MOST_ROWS_READ:
            other = corpus.clauses[place]
            if not _of_one_table(clause, other):
                break
            rows.append(other)
            place += step
    return sorted(rows, key=lambda row: row.span)


def _of_one_table(one: Clause, other: Clause) -> bool:
    heads = [cell.head for cell in one.cells]
    same_heads = one.path[-1:] == other.path[-1:] if any(heads) else one.path == other.path
    return bool(other.cells) and one.document == other.document and one.address == other.address and same_heads


def asked_rows(reading: Reading, rows: Sequence[Clause]) -> list[Clause]:
    """The rows that the question names, by the words of their cells or by a quantity that lies in their range.

    Empty when it names none of them, or all alike. Sums are named only by a question for sums.
    """
    if _SUM_ASKED.search(reading.last) and (sums := [row for row in rows if is_sum(row)]):
        return _named(reading, sums) or sums
    content = [row for row in rows if not is_sum(row)]
    fitting = _in_range(reading, content)
    named = _named(reading, fitting)
    if named:
        return named
    return fitting if len(fitting) < len(content) else []


def _named(reading: Reading, rows: Sequence[Clause]) -> list[Clause]:
    """The rows whose own words the question says, those of many rows counting less; [] when that parts no rows."""
    own = [_names_of(row) for row in rows]
    counts = Counter(term for terms in own for term in terms)
    weight = {term: math.log(len(rows) / count) for term, count in counts.items()}
    for text in (reading.last, " ".join(reading.also), reading.text):
        asked = terms_of(text)
        scores = [sum(weight[term] for term in terms & asked) for terms in own]
        best = max(scores, default=0.0)
        if best > 0:
            named = [row for row, score in zip(rows, scores, strict=True) if score >= (1 - LEAST_LEAD) * best]
            return named if len(named) < len(rows) else []
    return []


def _names_of(row: Clause) -> frozenset[str]:
    """The words of the cells that are no bare values, and the heading that the row stands under in its table."""
    names = [cell.span.of(row.text) for cell in row.cells]
    group = row.path[-2:-1] if len(row.path) > 1 else ()
    return terms_of(" ".join((*names, *group)))


def _in_range(reading: Reading, rows: Sequence[Clause]) -> list[Clause]:
    """The rows without those whose range a quantity of the question lies outside of; all when it parts none."""
    quantities = [figure for figure in find_figures(_PIECES_OF.sub("", reading.last)) if figure.upper is None]
    for quantity in quantities:
        for head in dict.fromkeys(cell.head for row in rows for cell in row.cells):
            tried = [(row, _holds(row, head, quantity)) for row in rows]
            told = [holds for _, holds in tried if holds is not None]
            if len(told) >= 2 and True in told and False in told:
                return [row for row, holds in tried if holds]
            if len(told) >= 2:
                break  # the first column of such ranges is the condition; what is given stands behind it
    return list(rows)


def _holds(row: Clause, head: str, quantity: Figure) -> bool | None:
    """Whether the cell under ``head`` is a range that holds ``quantity``; None when it is none of that unit."""
    cell = next((cell for cell in row.cells if cell.head == head), None)
    if cell is None or not _RANGE.search(cell.span.of(row.text)):
        return None
    figures = [f for f in row.figures if cell.span.contains(f.span) and f.unit == quantity.unit]
    if not figures:
        return None
    least, most = _ends(figures)
    return (least is None or quantity.value >= least) and (most is None or quantity.value <= most)


def _ends(figures: Sequence[Figure]) -> tuple[Decimal | None, Decimal | None]:
    """The ends of a range printed as one figure (5000万元以下, 100—499架次) or as two (1亿元（含）至5亿元)."""
    first, last = figures[0], figures[-1]
    if len(figures) > 1:
        return first.value, last.value
    if first.upper is not None:
        return first.value, first.upper
    if first.bound is Bound.AT_MOST:
        return None, first.value
    return first.value, None if first.bound is Bound.AT_LEAST else first.value


def tells_what_is_asked(reading: Reading, clause: Clause) -> bool:
    """False for a row of amounts where a day, a procedure or an office is asked and the row has none of it."""
    kinds = reading.types & {QuestionType.WHEN, QuestionType.HOW, QuestionType.OFFICE, QuestionType.CONTACT}
    kinds |= reading.types & {QuestionType.VALIDITY, QuestionType.OVERLAP, QuestionType.DEFINITION}
    if not kinds or QuestionType.AMOUNT in reading.types:
        return True
    if QuestionType.WHEN in kinds and any(figure.unit in _TIMES for figure in clause.figures):
        return True
    if QuestionType.OFFICE in kinds and clause.departments:
        return True
    units = {figure.unit.partition("/")[0] for figure in clause.figures}
    return not units & MONEY_OR_SHARE and bool(_named_heads(clause) & terms_of(reading.last))


_TIMES = frozenset({"年", "月", "日", "工作日", "周", "小时", "季度", "日期"})


def _named_heads(clause: Clause) -> frozenset[str]:
    return terms_of(" ".join(column_head(cell.head).words for cell in clause.cells))
