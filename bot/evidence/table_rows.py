"""Rows of tables: how one is said by itself, which rows stand in one table, and which of them a question is about."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from bot.text.term_overlap import terms_of
from bot.understand.goods_and_uses import uses_named
from bot.understand.reading import Reading, asks_several
from index.text.question_types import QuestionType
from ingest.facts.figures import find_figures
from ingest.facts.measures import MONEY_OR_SHARE
from ingest.facts.table_units import BETWEEN_CELLS, column_head, lacks_unit, with_unit
from ingest.readers.table_grid import is_total
from ingest.types import Bound, Clause, Corpus, Figure, RowCell
from ingest.vocabulary.questions import question_words

MOST_ROWS_READ = 2000  # of one table, to find those that a question names
LONGEST_VALUE = 24  # characters; a longer cell with a figure is a sentence and needs no name in front
LEAST_SHARE_OF_SEVERAL = 0.5  # of the best row's weight, with which a row is named as well by 大型和中型
LEAST_SHARE_OF_HEAD = 0.75  # the same of the heads of columns
HALF = 0.5
FIRST_PLACES = 2  # of a row, where conditions stand
TINY = 1e-9
Column = tuple[str, int]

_NO_TERMS = frozenset[str]()
_SENDS = re.compile(r"(?:见|按照?|依照|参照|如|执行)[^。；，]{0,6}?(附件\s?\d*|附表\s?\d*|[上下]表|表\s?\d+)")
_SERIAL = re.compile(r"(?:序|编|行)\s*号|No\.?", re.IGNORECASE)
_NOTHING = re.compile(r"[-—–－―/／\\\s无·.…]*")
_BEGINS_AS_VALUE = re.compile(r"[\d约每最不至超满低高上免全按一二两三四五六七八九十]")
_ASKED = re.compile(r"多少|几|什么|哪|怎么|如何|多[久长大]|吗|\b(?:how|what|which|when|who)\b")
_SUM_ASKED = re.compile(question_words().besides.sum.pattern)
_RANGE = re.compile(r"至|到|[—–~～-]|以[上下内]|不足|不满|不超过|不低于|超过|以外|[≥≤<>＜＞]")
_SEVERAL_THINGS = re.compile(r"和|与|还是|\band\b|\bor\b|\bvs\b")
_IS_YEAR = re.compile(r"((?:19|20)\d\d)\s?(年度?)?")
_HEAD_OF_YEARS = re.compile(r"年")
_SEVERAL_YEARS = re.compile(r"历年|各年|每年|逐年|近.年|这.年|变化|增长|涨|降|趋势|\bover the years\b|\beach year\b")
_CLASS = re.compile(r"[a-z]\s?(?:类|级|档|等)|[一二三四五六七八九十]\s?(?:类|级|档|等|阶梯)")
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
    valued = tuple(_is_value(clause, cell) for cell in clause.cells)
    asked = _asked_columns(reading, clause, valued) if reading is not None else ()
    shown = [
        place for place in range(len(valued)) if not asked or place in asked or not _has_name(clause, valued, place)
    ]
    return _said(clause.text, tuple(clause.cells[n] for n in shown), tuple(valued[n] for n in shown))


def _is_value(clause: Clause, cell: RowCell) -> bool:
    """True for a cell with a figure, and for a word in a column of amounts: 免租 under 租金（元/月）."""
    return column_head(cell.head).unit is not None or any(cell.span.contains(figure.span) for figure in clause.figures)


def figure_words(clause: Clause, figure: Figure) -> str:
    """A figure of a clause as it is said: a bare number of a table with the unit of its column."""
    cell = next((cell for cell in clause.cells if cell.span.contains(figure.span)), None)
    words = with_unit(cell, clause.text) if cell is not None else ""
    return words[words.index(figure.text) :] if figure.text in words and lacks_unit(figure.text) else figure.text


def _has_name(clause: Clause, valued: Sequence[bool], place: int) -> bool:
    """True for a cell that is said with the name of its column: a value, and what stands behind the first value."""
    if not clause.cells[place].head or _is_condition(clause, place):
        return False
    return any(valued[n] and not _is_condition(clause, n) for n in range(place + 1))


def _is_condition(clause: Clause, place: int) -> bool:
    """True for a range or a size in front of the other values (500架次以上, 110千伏): the row holds for nothing else."""
    cell = clause.cells[place]
    sizes = [figure for figure in clause.figures if cell.span.contains(figure.span)]
    is_size = bool(sizes) and not any(_is_money(figure) for figure in sizes)
    return place < FIRST_PLACES and (is_size or _RANGE.search(cell.span.of(clause.text)) is not None)


def _asked_columns(reading: Reading, clause: Clause, valued: Sequence[bool]) -> tuple[int, ...]:
    """The columns of values that the question names; none when it asks for several amounts or names all alike."""
    if len(reading.parts) > 1 or len(_ASKED.findall(reading.last)) > 1:
        return ()
    places = [place for place in range(len(valued)) if _has_name(clause, valued, place)]
    heads = [_terms(column_head(clause.cells[place].head).words) for place in places]
    counts = Counter(term for terms in heads for term in terms)
    asked = _terms(" ".join((reading.last, *reading.also)))
    scores = [sum(math.log(len(heads) / counts[term]) for term in terms & asked) for terms in heads]
    best = max(scores, default=0.0)
    return tuple(p for p, score in zip(places, scores, strict=True) if best and score >= LEAST_SHARE_OF_HEAD * best)


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


def sends_to_table(text: str) -> str | None:
    """Where a sentence sends for its amounts (附件1, 下表), without blanks; None when it sends nowhere."""
    sent = _SENDS.search(text)
    return re.sub(r"\s", "", sent[1]) if sent else None


def rows_named(reading: Reading, rows: Sequence[Clause]) -> list[Clause]:
    """The rows that the question names, by the words of their cells or by a quantity that lies in their range.

    Empty when it names none of them, or all alike. Sums are named only by a question for sums.
    """
    if _SUM_ASKED.search(reading.last) and (sums := [row for row in rows if is_sum(row)]):
        return _named(reading, sums) or sums
    content = [row for row in rows if not is_sum(row)]
    uses = uses_named(reading.last)
    content = _of_the_year(reading, content)
    content = [row for row in content if uses & uses_named(row.text.lower())] or content
    fitting = _in_range(reading, content)
    named = _named(reading, fitting)
    if named:
        return named
    return fitting if len(fitting) < len(rows) - len([row for row in rows if is_sum(row)]) else []


def _of_the_year(reading: Reading, rows: Sequence[Clause]) -> list[Clause]:
    """Of a table by years the rows of the years asked about, else those of the last one that has begun.

    All rows where the years are set side by side, and where none is of the year asked about: that is said elsewhere.
    """
    years = [_year_of(row) for row in rows]
    if None in years or len(set(years)) < 2 or _SEVERAL_YEARS.search(reading.last) or asks_several(reading):
        return list(rows)
    asked = reading.time
    held = [year for year in years if year is not None and year <= asked.last.year]
    latest = max(held, default=None)
    wanted = range(asked.first.year, asked.last.year + 1) if asked.named else (latest,)
    return [row for row, year in zip(rows, years, strict=True) if year in wanted] or list(rows)


def _year_of(row: Clause) -> int | None:
    """The year that a row of a table by years is of; None where no cell is one."""
    for cell in row.cells:
        year = _IS_YEAR.fullmatch(cell.span.of(row.text).strip())
        if year and (year[2] or _HEAD_OF_YEARS.search(cell.head)):
            return int(year[1])
    return None


def _named(reading: Reading, rows: Sequence[Clause]) -> list[Clause]:
    """The rows whose own words the question says; [] when that parts no rows.

    Each column of names is looked at for itself: 省级 in one and 单项冠军 in another name the row that has both.
    """
    columns = _name_columns(rows)
    around = terms_of(" ".join(heading for row in rows[:1] for heading in row.path[:-1]))
    share = LEAST_SHARE_OF_SEVERAL if _SEVERAL_THINGS.search(reading.last) or asks_several(reading) else 1.0
    for text in (reading.last, " ".join(reading.also), reading.text):
        asked = _terms(text)
        named = [_best_of(column, asked, share, around) for column in columns]
        common = set(range(len(rows))).intersection(*(best for best in named if best)) if any(named) else set[int]()
        whole = [frozenset[str]().union(*terms) for terms in zip(*columns, strict=True)]
        found = common or set(_best_of(whole, asked, share, around))
        if found:
            return [row for place, row in enumerate(rows) if place in found] if len(found) < len(rows) else []
    return []


def by_column(row: Clause) -> dict[Column, RowCell]:
    """The cells of a row by the head of their column; of columns under one head, each by its place among them."""
    cells: dict[Column, RowCell] = {}
    counts: Counter[str] = Counter()
    for cell in row.cells:
        cells[cell.head, counts[cell.head]] = cell
        counts[cell.head] += 1
    return cells


def _name_columns(rows: Sequence[Clause]) -> list[list[frozenset[str]]]:
    """By column, the words of each row's cell in it; last the heading under which the row stands in its table."""
    filled = [by_column(row) for row in rows]
    columns: list[list[frozenset[str]]] = []
    for column in dict.fromkeys(column for cells in filled for column in cells):
        cells_of_rows = zip(rows, filled, strict=True)
        columns.append(
            [_cell_terms(row, cells[column]) if column in cells else _NO_TERMS for row, cells in cells_of_rows]
        )
    return [*columns, [_terms(row.path[-2]) if len(row.path) > 1 else _NO_TERMS for row in rows]]


def _cell_terms(row: Clause, cell: RowCell) -> frozenset[str]:
    """The words of a cell; of amounts none, since 15 in the name of a row is not 15万元."""
    figures = [figure for figure in row.figures if cell.span.contains(figure.span)]
    words = _terms(cell.span.of(row.text))
    return frozenset(term for term in words if not term[0].isdigit()) if any(_is_money(f) for f in figures) else words


def _is_money(figure: Figure) -> bool:
    return figure.unit.partition("/")[0] in MONEY_OR_SHARE


@lru_cache(maxsize=20_000)  # the cells of a table come again with every question on it
def _terms(text: str) -> frozenset[str]:
    """The words of a text, with classes and steps (A类, 一档) and its quantities."""
    lower = text.lower()
    quantities = {f"{figure.value}{figure.unit}" for figure in find_figures(text) if not _is_money(figure)}
    return terms_of(text) | frozenset(_CLASS.findall(lower)) | quantities


def _best_of(
    column: Sequence[frozenset[str]], asked: frozenset[str], share: float, around: frozenset[str]
) -> list[int]:
    """The places whose words the question says most of, those of many rows counting less; [] when it parts none.

    A part of a name that only says what stands ``around`` the table (低空 of 低空旅游, in 低空经济若干措施) names nothing.
    """
    counts = Counter(term for terms in column for term in terms)
    weights = {term: math.log(len(column) / count) for term, count in counts.items()}
    scores: list[float] = []
    for terms in column:
        said, whole = (sum(weights[term] for term in some) for some in (terms & asked, terms))
        names = whole > 0 and (not terms & asked <= around or said >= HALF * whole)
        scores.append(said * (1 + said / whole) if names else 0.0)  # 硕士 is more of 硕士研究生 than 毕业 of 本科毕业生
    best = max(scores, default=0.0)
    found = [place for place, score in enumerate(scores) if score >= share * best - TINY] if best > TINY else []
    # 市级中试基地的奖励和补助: the row that is called by its whole name, not 省级中试基地 beside it as well.
    whole_names = [place for place in found if column[place] and column[place] <= asked]
    return whole_names or found


def _in_range(reading: Reading, rows: Sequence[Clause]) -> list[Clause]:
    """The rows without those whose range a quantity of the question lies outside of; all when it parts none."""
    filled = [(row, by_column(row)) for row in rows]
    for quantity in find_figures(_PIECES_OF.sub("", reading.last)):
        if quantity.upper is not None:
            continue
        for column in dict.fromkeys(column for _, cells in filled for column in cells):
            tried = [(row, _figures_in(row, cells.get(column), quantity.unit)) for row, cells in filled]
            if any(
                _is_range(row, cells[column])
                for row, cells in filled
                if _figures_in(row, cells.get(column), quantity.unit)
            ):
                holding = [row for row, figures in tried if figures and _holds(figures, quantity.value)]
                if holding:
                    return holding
                break  # the first column of such ranges is the condition; what is given stands behind it
    return list(rows)


def _figures_in(row: Clause, cell: RowCell | None, unit: str) -> list[Figure]:
    return (
        [f for f in row.figures if cell.span.contains(f.span) and f.unit == (unit or "元")] if cell is not None else []
    )


def _is_range(row: Clause, cell: RowCell) -> bool:
    return _RANGE.search(cell.span.of(row.text)) is not None


def _holds(figures: Sequence[Figure], value: Decimal) -> bool:
    """Whether a range holds a value, printed as one figure (5000万元以下, 100—499架次) or two (1亿元（含）至5亿元)."""
    first, last = figures[0], figures[-1]
    if len(figures) > 1:
        return first.value <= value <= last.value
    if first.bound is Bound.AT_MOST:
        return value <= first.value
    return first.value <= value and (first.bound is Bound.AT_LEAST or value <= (first.upper or first.value))


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
