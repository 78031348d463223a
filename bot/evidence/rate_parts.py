"""The part of a printed rate that a question names: 220 千伏 of four voltages, 空港 of two parks; the others are not asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.evidence.candidates import Candidate
from bot.evidence.table_rows import is_table_row
from bot.understand.goods_and_uses import goods_named, uses_named
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from ingest.facts.measures import MONEY_OR_SHARE
from ingest.types import Span
from ingest.vocabulary.talk import talk_words

_VOLTAGE = re.compile(r"(\d+)(?:\s*[-—–~～至到]\s*(\d+))?\s*(?:千伏|kv)", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\d+(?=\s*(?:的|呢|以上|以下|[？?，,]|$))")  # 220的呢, but not 10万度
_PART = re.compile(r"[^；;]+[；;]?")
_KEY = re.compile(r"^(?:[^：:\d]{2,6}[：:](?=[^：:]*$))?([^\d：:]{4,})")  # 蒙苏经济技术开发区, behind 基准价格： or not
_LABEL = re.compile(r"^([^：:，。；]{3,12})[：:]")  # 110KV：0.401元/度
_HEADING = re.compile(r"^[^：:\d]{2,6}[：:](?=[^\d])")
NEW_INDUSTRY, BUSINESS = talk_words().use_of_new_industries, talk_words().use_of_businesses
WITHIN = 2.0  # score below the best within which a price of the good asked for answers
MOST_PRICES = 4
LEAST_ALIKE = 2  # characters by which people call a place they both know: 空港, 蒙苏


def named_parts(reading: Reading, rows: Sequence[Candidate]) -> list[Candidate]:
    """The sentences, rows of rate lists cut to the parts the last turn names; a list of which it names nothing stays."""
    rows = for_the_use(reading, rows) if all(row.clause.role.is_rate_row for row in rows) else rows
    named = {row.clause.path for row in rows if _named_spans(reading, row)}
    cut: list[Candidate] = []
    for row in rows:
        if row.clause.path not in named or not row.clause.role.is_rate_row:
            cut.append(row)
        elif spans := _named_spans(reading, row):
            cut.append(_cut(row, spans))
    return cut


def _named_spans(reading: Reading, row: Candidate) -> list[Span]:
    """Where in the row's own text the parts stand that the question names."""
    if not row.clause.role.is_rate_row or is_table_row(row.clause):
        return []
    parts = _parts(row.text)
    if len({bool(_voltages(part.of(row.text))) for part in parts}) > 1:
        parts = [Span(0, len(row.text))]  # 不满1KV：一档…；二档…: the voltage in front is that of all steps
    return [span for span in parts if _is_named(reading, span.of(row.text))]


def _parts(text: str) -> list[Span]:
    return [Span(*found.span()) for found in _PART.finditer(text)]


def _is_named(reading: Reading, part: str) -> bool:
    own = _voltages(part)
    if own:
        asked = _voltages(reading.last)
        if not asked and reading.carried.earlier:  # 220的呢？ after a question about 110 千伏
            asked = {int(number) for number in _BARE_NUMBER.findall(reading.last)}
        return not own.isdisjoint(asked)
    key = _KEY.match(part)
    return key is not None and key[1][:LEAST_ALIKE] in reading.last


def _voltages(text: str) -> set[int]:
    return {int(number) for found in _VOLTAGE.finditer(text) for number in found.groups() if number}


def _cut(row: Candidate, spans: Sequence[Span]) -> Candidate:
    """The row from its first to its last part named; a heading in front (基准价格：) is said with any part."""
    first, last = spans[0], spans[-1]
    heading = _HEADING.match(row.text)
    said = row.text[first.start : last.end]
    if heading and first.start > 0:
        said = heading[0] + said
    start = row.span.start + first.start
    return replace(row, span=Span(start, row.span.start + last.end), text=said)


def price_of_its_list(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The price, where the best sentence is none: that under its heading when it only says for whom (支持行业：数据中心…).

    Else the prices of the good that is asked for (水价), for the use that is told.
    """
    lead = candidates[0]
    goods = goods_named(reading.last) or goods_named(reading.text)
    if (reading.types and QuestionType.AMOUNT not in reading.types) or _prints_money(lead) or not goods:
        return []
    rows = [c for c in candidates if c.clause.role.is_rate_row and not is_table_row(c.clause) and _prints_money(c)]
    if goods & goods_named(" ".join(lead.clause.path[-2:])):
        price = next((c for c in rows if c.clause.path == lead.clause.path), None)
        if price is not None:
            return [price, lead]
    own = [c for c in rows if goods & goods_named(_printed(c)) and c.score >= lead.score - WITHIN]
    return for_the_use(reading, own[:MOST_PRICES])


def for_the_use(reading: Reading, rows: Sequence[Candidate]) -> list[Candidate]:
    """The rows; of a list that has none for new industries (数据中心), those for businesses, when it is them who ask."""
    uses = {row.clause.id: uses_named(_printed(row)) for row in rows}
    asked = uses_named(reading.spoken)
    if NEW_INDUSTRY not in asked or any(NEW_INDUSTRY in own for own in uses.values()):
        return list(rows)
    return [row for row in rows if BUSINESS in uses[row.clause.id]] or list(rows)


def _printed(row: Candidate) -> str:
    return " ".join((*row.clause.path[-2:], row.text)).lower()


def priced_parts(reading: Reading, row: Candidate) -> list[tuple[str, Span]]:
    """The parts of a row that the question names, each by its own name and where it stands in the clause."""
    found: list[tuple[str, Span]] = []
    for span in _named_spans(reading, row):
        key = _KEY.match(span.of(row.text)) or _LABEL.match(span.of(row.text))
        if key is not None:
            found.append((key[1], Span(row.span.start + span.start, row.span.start + span.end)))
    return found


def _prints_money(candidate: Candidate) -> bool:
    return any(figure.unit.partition("/")[0] in MONEY_OR_SHARE for figure in candidate.figures)
