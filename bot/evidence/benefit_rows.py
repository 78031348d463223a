"""Rows of a parallel enumeration, C 类 → 100 万元: those a question asks for, and how one is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.evidence.candidates import Candidate
from bot.types import Language
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading, asks_several
from bot.verify.attribution import named_in, names_of
from bot.verify.english_amounts import in_english
from ingest.facts.measures import MONEY_OR_SHARE
from ingest.normalise import to_simplified
from ingest.types import Benefit, Bound, Clause, Figure, Span
from ingest.vocabulary.levels import level_names, levels
from ingest.vocabulary.load import any_of
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.wordings import either

_PART_END = re.compile(r"[，；。]")
# What is given stands behind the last figure of its row: …、50万元人才培养资助。
_GIVEN = re.compile(r"^的?(?:标准|以内)?可?(?:给予|申请|享受)?(?:的)?([一-鿿]{2,12}?)(?=用于|[，。；、（(]|$)")
# What money is given for, where policies give it for several things to the same people.
_PURPOSE = re.compile(either(question_words().said.purposes))
_AGAIN = re.compile(r"的?(?:标准)?再")
_LEVEL_IN_FRONT = re.compile(rf"^{any_of(level_names())}级?")
# As likely the giver of a benefit as its object.
_BARE_LEVELS = frozenset(
    {"全国", "中央", *level_names(), *(f"全{level.said_of}" for level in levels() if level.said_of)}
)
_BOUNDS = {Bound.AT_MOST: "最高", Bound.AT_LEAST: "不低于"}


def asked_rows(reading: Reading, candidate: Candidate) -> tuple[Benefit, ...]:
    """The rows inside the sentence that the question asks for, by class or rank or by name; none when all or none are."""
    inside = rows_inside(candidate)
    asked = tuple(b for b in inside if tiers_of(b.object.lower()) & reading.tiers)
    if not asked and not asks_several(reading):
        asked = tuple(b for group in enumerations(candidate.clause, inside) for b in _named_rows(reading, group))
    of_one_name = len({row.object for row in asked}) < len(
        asked
    )  # to the leader and to the hospital: only all of it tells
    if of_one_name or len(asked) == len(inside) or any(_is_given_again(candidate.clause, row) for row in asked):
        return ()
    return tuple(row for row in asked if not _is_for_another_purpose(reading, candidate.clause, row))


def purposes_asked(reading: Reading) -> frozenset[str]:
    """What the last turn asks money for (安家, 租房), in its own words or in those of the policies for them."""
    return frozenset(_PURPOSE.findall(" ".join((reading.last, *reading.also))))


def purposes_named(reading: Reading) -> frozenset[str]:
    """The same in its own words alone, where they are Chinese: what the glossary has for them may be one of several purposes."""
    return purposes_asked(reading) if reading.language is Language.EN else frozenset(_PURPOSE.findall(reading.last))


def given_for_first(asked: str, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates; where ``asked`` names what money is given for, the best that gives it for that leads one for another thing.

    What deducts 安家补贴 from money for something else names it too.
    """
    wanted = frozenset(_PURPOSE.findall(asked))
    if not (wanted and candidates) or not (given := purposes_given(candidates[0])) or wanted & given:
        return candidates
    right = next((c for c in candidates if wanted & purposes_given(c)), None)
    return candidates if right is None else [right, *(c for c in candidates if c is not right)]


def purposes_given(candidate: Candidate) -> frozenset[str]:
    """What the sentence gives money for, as printed right behind its amounts; empty when nothing is printed there."""
    money = (figure for figure in candidate.figures if figure.unit.partition("/")[0] in MONEY_OR_SHARE)
    return frozenset[str]().union(*(purposes_behind(candidate.clause, figure, candidate.span) for figure in money))


def purposes_behind(clause: Clause, figure: Figure, sentence: Span) -> frozenset[str]:
    """What an amount is given for, as printed right behind it or behind the enumeration that it stands in."""
    row = next((row for row in clause.benefits if row.figure.span == figure.span), None)
    match = _GIVEN.match(clause.text[figure.span.end : sentence.end])
    given = given_words(clause, row) if row else match[1] if match else ""
    return frozenset(_PURPOSE.findall(given))


def _is_for_another_purpose(reading: Reading, clause: Clause, row: Benefit) -> bool:
    """True for 人才培养资助 where 安家补贴 is asked for: in front of the answer it would pass for that."""
    asked, given = purposes_asked(reading), set(_PURPOSE.findall(given_words(clause, row)))
    return bool(asked and given) and asked.isdisjoint(given)


def _is_given_again(clause: Clause, row: Benefit) -> bool:
    """True for what is paid on top of a first time (分别按…200万元、100万元再给予): said alone it would pass for the first."""
    return _AGAIN.match(_behind(clause, row)) is not None


def _named_rows(reading: Reading, group: Sequence[Benefit]) -> tuple[Benefit, ...]:
    """The rows of one enumeration whose object the last turn names (国内发明专利, 银奖, 市级), unless it names all."""
    names = {row: _people_say(row.object) for row in group}
    said = set(named_in(to_simplified(reading.last), frozenset[str]().union(*names.values())))
    named = tuple(row for row, own in names.items() if own & said)
    return named if len(named) < len(group) else ()


def _people_say(printed: str) -> frozenset[str]:
    """How an object is called in questions: with and without the level in front (国家引才引智示范基地)."""
    names = frozenset(names_of(printed.strip("“”")))
    return (names | {bare for name in names if len(bare := _LEVEL_IN_FRONT.sub("", name)) > 3}) - _BARE_LEVELS


def rows_inside(candidate: Candidate) -> tuple[Benefit, ...]:
    """The certain rows of the clause whose figures stand in the sentence."""
    return tuple(b for b in candidate.clause.benefits if candidate.span.contains(b.figure.span))


def enumerations(clause: Clause, rows: Sequence[Benefit]) -> list[tuple[Benefit, ...]]:
    """The rows, those of one enumeration together: figures that no comma divides, each object once."""
    groups: list[list[Benefit]] = []
    for row in sorted(rows, key=lambda row: row.figure.span):
        last = groups[-1] if groups else []
        between = clause.text[last[-1].figure.span.end : row.figure.span.start] if last else ""
        if last and not _PART_END.search(between) and all(row.object != other.object for other in last):
            last.append(row)
        else:
            groups.append([row])
    return [tuple(group) for group in groups]


def given_words(clause: Clause, row: Benefit) -> str:
    """What the row gives, as printed behind its enumeration: 人才培养资助; "" when it cannot be told."""
    match = _GIVEN.match(_behind(clause, row))
    return match[1] if match else ""


def _behind(clause: Clause, row: Benefit) -> str:
    """The text behind the enumeration the row stands in."""
    group = next((g for g in enumerations(clause, clause.benefits) if row in g), (row,))
    return clause.text[group[-1].figure.span.end :].lstrip()


def amount_words(figure: Figure) -> str:
    """The figure with its bound, and a period that stands before it: 最高50万元, 每人每月不低于1500元."""
    bound = _BOUNDS.get(figure.bound, "")
    period = figure.period if figure.period and figure.period.startswith("每") else ""
    return f"{period}{bound}{figure.text}"


def row_words(clause: Clause, row: Benefit, language: Language) -> str:
    """One row in a line: C类：最高50万元引才资助; for English readers with the amount in their words."""
    given = given_words(clause, row)
    if language is not Language.EN:
        return f"{row.object}：{amount_words(row.figure)}{given}"
    english = in_english(row.figure)
    return f"{row.object}: {amount_words(row.figure)}{given}" + (f" ({english})" if english else "")
