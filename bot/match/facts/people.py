"""Several people brought by one firm, each kind of them a group of its own: 3个博士、2个硕士，都签5年；又柔性请了1位教授."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading, either
from bot.match.types import Fact
from ingest.facts.numerals import IN_CHARACTERS, value_of
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

_NAMES_A_PERSON = frozenset({"degree", "title", "skill_level", "award", "job", "talent_class"})
_WAYS = frozenset({"arrival", "origin", "status"})  # said once before all that came that way: 全职引进3个博士、2个硕士
MOST_GROUPS = 6  # kinds of people told apart; each is judged by itself
_REACH = 12  # characters between a number and what is counted: 3名来自外省的博士
_BEHIND = 2  # characters between what is counted and its number: 博士3名


@dataclass(frozen=True, slots=True)
class _Head:
    """People of one kind: where their number or name begins, and how many they are."""

    start: int
    clause: Clause
    people: int | None
    names: tuple[str, ...]


def in_groups(reading: Reading, facts: Sequence[Fact]) -> tuple[list[Fact], bool]:
    """Facts of people brought, each under its group; of one kind of people only how many they are is told.

    True when more than MOST_GROUPS kinds are told: those behind are left out.
    """
    own = [fact for fact in facts if fact.about == "talent" and fact.said is not None]
    heads = list(_heads(reading, own))
    if len(heads) < 2:
        people = heads[0].people if heads else None
        return [replace(fact, people=people) if fact.about == "talent" else fact for fact in facts], False
    until = heads[MOST_GROUPS].start if len(heads) > MOST_GROUPS else len(reading.profile.text)
    kept = [fact for fact in facts if fact.about != "talent" or fact.said is None or fact.said.start < until]
    grouped = [one for fact in kept for one in _of_each(reading, fact, heads[:MOST_GROUPS], own)]
    return grouped, len(heads) > MOST_GROUPS


def _of_each(reading: Reading, fact: Fact, heads: Sequence[_Head], own: Sequence[Fact]) -> Iterator[Fact]:
    """A fact once for each group it is of."""
    if fact.about != "talent" or fact.said is None:
        yield fact
        return
    for group in _groups_of(reading, fact, fact.said.start, heads, own):
        yield replace(fact, group=group, people=heads[group - 1].people)


def _groups_of(reading: Reading, fact: Fact, at: int, heads: Sequence[_Head], own: Sequence[Fact]) -> Iterator[int]:
    clause = next((c for c in reading.clauses if c.start <= at < c.end), heads[0].clause)
    before = [number for number, head in enumerate(heads, 1) if head.start <= at]
    if fact.attribute in _WAYS:
        later = [
            other.said.start for other in own if other.said and other.attribute == "arrival" and other.said.start > at
        ]
        until = min(later, default=len(reading.profile.text))
        ahead = [
            number
            for number, head in enumerate(heads, 1)
            if at < head.start < until and head.clause.sentence == clause.sentence
        ]
        if ahead:
            yield from ahead
            return
    if not before:
        yield 1
        return
    if heads[before[-1] - 1].clause == clause:
        yield before[-1]
    elif named := [n for n in before if any(name in reading.profile.of(clause) for name in heads[n - 1].names)]:
        yield named[-1]  # CTO年薪100万: the group is named again
    elif _every().search(reading.profile.of(clause)):
        yield from [n for n in before if heads[n - 1].clause.sentence == clause.sentence] or before
    else:
        yield from _run(heads, before)


def _run(heads: Sequence[_Head], before: Sequence[int]) -> Iterator[int]:
    """The last heads that are told in one breath: 引进3个博士、2个硕士，从外省来的."""
    last = heads[before[-1] - 1]
    for number in before:
        between = [heads[n - 1].clause for n in before if n > number]
        if heads[number - 1].clause.sentence == last.clause.sentence and all(
            clause.joined or clause == heads[number - 1].clause for clause in between
        ):
            yield number


def _heads(reading: Reading, facts: Sequence[Fact]) -> Iterator[_Head]:
    """The people that are named, in their order: each number with a name behind it, and each name in a sentence without."""
    named = sorted((fact for fact in facts if fact.attribute in _NAMES_A_PERSON), key=_start)
    taken: set[int] = set()  # sentences that have a head
    last = -1
    for fact in named:
        clause = next((c for c in reading.clauses if c.start <= _start(fact) < c.end), None)
        if clause is None or _start(fact) <= last:
            continue
        counted = _counted(reading, clause, fact, last)
        if counted is not None:
            yield _Head(counted[0], clause, counted[1], fact.words)
        elif clause.sentence not in taken:
            yield _Head(_start(fact), clause, None, fact.words)
        else:
            continue
        taken.add(clause.sentence)
        last = _start(fact)


def _start(fact: Fact) -> int:
    return fact.said.start if fact.said is not None else -1


def _counted(reading: Reading, clause: Clause, fact: Fact, last: int) -> tuple[int, int] | None:
    """Where the number of the people stands that a fact names, and what it is: 3个博士, 博士3名."""
    text, at = reading.profile.text, _start(fact)
    end = fact.said.end if fact.said is not None else at
    first = max(clause.start, last, at - _REACH)
    found = list(_number().finditer(text, first, at))
    if found:
        return found[-1].start(), _value(found[-1]["number"] or found[-1]["word"])
    behind = _number().search(text, end, min(clause.end, end + _BEHIND + 6))
    if (
        behind is not None
        and behind.start() - end <= _BEHIND
        and text[behind.end() : behind.end() + 1] in "，、。；,;.)）和"
    ):
        return at, _value(behind["number"] or behind["word"])
    return None


def _value(number: str) -> int:
    """The number of people: in digits, in one of our words (俩, three), or written out (十二)."""
    if number.isdecimal():
        return int(number)
    known = asker_speech().talent.number_words.get(number)
    return known if known is not None else int(value_of(number) or 0)


@cache
def _number() -> re.Pattern[str]:
    words = asker_speech().talent
    chinese = any_of(word for word in words.number_words if not word.isascii())
    english = either(tuple(word for word in words.number_words if word.isascii()))
    counters = any_of(words.counters)
    return re.compile(
        rf"(?:(?<![\d.前第名])(?P<number>\d{{1,4}}|{IN_CHARACTERS}|{chinese})\s?(?:{counters})|(?<![\d.a-z])(?P<word>\d{{1,3}}|{english})(?=\s[a-z]))"
    )


@cache
def _every() -> re.Pattern[str]:
    return re.compile(either(asker_speech().talent.every))
