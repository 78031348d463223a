"""Several people brought by one firm, each kind of them a group of its own: 3个博士、2个硕士，都签5年；又柔性请了1位教授."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, takewhile

from bot.match.facts.brought.of_which import is_of_which, with_parts
from bot.match.facts.checks import Language, label, sentence
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading, either
from bot.match.facts.titles.staff import end_of_list, opens_list
from bot.match.facts.words import WordFinder
from bot.match.types import Fact
from ingest.facts.numerals import IN_CHARACTERS, value_of
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

_NAMES_A_PERSON = frozenset({"degree", "title", "skill_level", "award", "job", "talent_class"})
_WAYS = frozenset({"arrival", "origin", "status"})  # said once before all that came that way: 全职引进3个博士、2个硕士
_PAY = "annual_salary"
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
    part: bool = False  # some of those before: 其中一人


def in_groups(reading: Reading, facts: Sequence[Fact]) -> tuple[list[Fact], bool]:
    """Facts of people brought, each under its group; of one kind of people only how many they are is told.

    True when more than MOST_GROUPS kinds are told: those behind are left out.
    """
    own = [fact for fact in facts if fact.about == "talent" and fact.said is not None]
    heads = list(_heads(reading, own))
    if len(heads) < 2:
        people = heads[0].people if heads else None
        kept = [replace(fact, people=people) if fact.about == "talent" else fact for fact in facts]
        return by_own_pay(kept), False
    until = heads[MOST_GROUPS].start if len(heads) > MOST_GROUPS else len(reading.profile.text)
    kept = [fact for fact in facts if fact.about != "talent" or fact.said is None or fact.said.start < until]
    grouped = [one for fact in kept for one in _of_each(reading, fact, heads[:MOST_GROUPS], own)]
    wholes = {n: _whole(reading, heads, n) for n, head in enumerate(heads[:MOST_GROUPS], 1) if head.part and n > 1}
    return by_own_pay(with_parts(grouped, wholes)), len(heads) > MOST_GROUPS


def _whole(reading: Reading, heads: Sequence[_Head], part: int) -> int:
    """Of whom some are: the people whose name is said again (其中1名博士), else the last ones counted before."""
    told = reading.profile.of(heads[part - 1].clause)
    named = [n for n in range(1, part) if any(name in told for name in heads[n - 1].names)]
    several = [n for n in range(1, part) if not heads[n - 1].part]
    return (named or several or [part - 1])[-1]


def came_along(reading: Reading, facts: Sequence[Fact]) -> Iterator[Fact]:
    """整体搬到…，带来5名博士: whom a firm from elsewhere brings along comes from there too, in what way is not said."""
    origin = any(fact.attribute == "origin" and fact.about == "asker" and not fact.denied for fact in facts)
    if not (origin and reading.is_organisation) or reading.is_person:
        return
    places = [fact.planned for fact in facts if fact.attribute == "place" and fact.about == "asker"]
    for group in sorted({fact.group for fact in facts if fact.about == "talent"}):
        own = [fact for fact in facts if fact.about == "talent" and fact.group == group]
        if any(fact.attribute == "arrival" for fact in own):
            continue
        named = next((fact for fact in own if fact.attribute in _NAMES_A_PERSON and fact.said), None)
        clause = None if named is None else reading.clause_at(named.said)
        if named is None or named.said is None or clause is None:
            continue
        first = reading.profile.sentence_clauses(clause)[0].start
        along = list(_along().finditer(reading.profile.text, first, named.said.start))
        if along:
            said = reading.profile.span(along[-1].start(), along[-1].end())
            words = (asker_speech().talent.brought,)
            planned = any(places) or reading.is_planned(named.said.start)
            yield Fact("arrival", words, about="talent", planned=planned, said=said, group=group, people=named.people)


@cache
def _along() -> re.Pattern[str]:
    return re.compile(any_of(asker_speech().talent.along))


def by_own_pay(facts: Sequence[Fact]) -> list[Fact]:
    """Facts with people of one kind told apart whose pay is told one by one: 两位院士，一位120万，一位60万."""
    groups = sorted({fact.group for fact in facts if fact.about == "talent"})
    parts = {group: _parts(facts, group) for group in groups}
    if sum(parts.values()) > MOST_GROUPS or all(count == 1 for count in parts.values()):
        return list(facts)
    first = dict(zip(groups, (1 + before for before in accumulate((0, *parts.values()))), strict=False))
    told = [fact for fact in facts if fact.about != "talent"]
    for group in groups:
        own = [fact for fact in facts if fact.about == "talent" and fact.group == group]
        for part in range(parts[group]):
            told += [
                replace(fact, group=first[group] + part, people=1 if parts[group] > 1 else fact.people)
                for fact in own
                if parts[group] == 1 or _is_of(part, fact, own, parts[group])
            ]
    return told


def _parts(facts: Sequence[Fact], group: int) -> int:
    """How many people of a group are told apart: all, where as many are paid differently, else they are one."""
    own = [fact for fact in facts if fact.about == "talent" and fact.group == group]
    people = next((fact.people for fact in own if fact.people), None) or 1
    return people if len({fact.number for fact in own if fact.attribute == _PAY}) == people else 1


def _is_of(part: int, fact: Fact, own: Sequence[Fact], parts: int) -> bool:
    """Whether a fact is of one of several people: the one at their place of as many numbers, or what is of all."""
    numbers = [other for other in own if other.attribute == fact.attribute and other.number is not None]
    return len(numbers) != parts or fact is numbers[part]


def with_one_age(reading: Reading, facts: Sequence[Fact], language: Language) -> tuple[list[Fact], list[str]]:
    """Facts with the ages of a group as a range (两名博士，30岁和33岁), and the sentences on one person with two ages."""
    faults: list[str] = []
    kept = list(facts)
    for group in sorted({fact.group for fact in facts}):
        ages = [f for f in kept if f.attribute == "age" and f.about == "talent" and f.group == group and f.said]
        values = sorted(fact.number for fact in ages if fact.number is not None)
        if len(set(values)) < 2:
            continue
        said = "、".join(reading.profile.said[fact.said.start : fact.said.end].strip() for fact in ages if fact.said)
        place = kept.index(ages[0])
        if len(ages) <= (ages[0].people or 1):
            kept[place] = replace(ages[0], number=values[0], upto=values[-1], because=said)
        else:
            faults.append(sentence("two_values", language, a=label("age", language), b=said))
            place = -1
        kept = [fact for number, fact in enumerate(kept) if number == place or fact not in ages]
    return kept, faults


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
    if (bracket := _bracket(reading.profile.text, at)) and not any(bracket < head.start <= at for head in heads):
        yield from before[-1:] or [1]  # 两名博士（30岁，没有房）和12名本科生
        return
    if fact.attribute in _WAYS and (ahead := _ahead(reading, clause, at, heads, own)):
        yield from ahead
        return
    if not before:
        yield 1
        return
    if heads[before[-1] - 1].clause == clause:
        alone = fact.attribute == "status" and not set(fact.words) & set(asker_speech().talent.ways)  # 一位退休工程师
        yield from _run(heads, before) if fact.attribute in _WAYS and not alone else before[-1:]
    elif named := [n for n in before if any(name in reading.profile.of(clause) for name in heads[n - 1].names)]:
        yield named[-1]  # CTO年薪100万: the group is named again
    elif _every().search(reading.profile.text, heads[before[-1] - 1].start, clause.end):
        yield from [n for n in before if heads[n - 1].clause.sentence == clause.sentence] or before
    else:
        yield from _run(heads, before)


def _ahead(reading: Reading, clause: Clause, at: int, heads: Sequence[_Head], own: Sequence[Fact]) -> list[int]:
    """The people told behind the way they came, up to the next way: 全职引进3个博士、2个硕士；②柔性引进1位教授.

    None where people are told before it and none in its own clause: 引进3个博士，从外省来的，还招了2个硕士.
    """
    if listed := _announced(reading, clause, heads, own):
        return listed
    later = [fact.said.start for fact in own if fact.said and fact.attribute == "arrival" and fact.said.start > at]
    until = min(later, default=heads[-1].start + 1)
    ahead = [
        n for n, head in enumerate(heads, 1) if at < head.start < until and head.clause.sentence == clause.sentence
    ]
    ahead = list(takewhile(lambda n: n == ahead[0] or not _hired_anew(reading, heads[n - 2], heads[n - 1]), ahead))
    told_before = any(head.clause.sentence == clause.sentence and head.start <= at for head in heads)
    return ahead if not told_before or any(heads[n - 1].clause == clause for n in ahead) else []


def _announced(reading: Reading, clause: Clause, heads: Sequence[_Head], own: Sequence[Fact]) -> list[int]:
    """今年引进了几个人：一位…；一位…: all in the list, but whoever came in a way of their own."""
    if any(head.clause == clause for head in heads) or not opens_list(reading.profile.text, clause):
        return []
    until = end_of_list(reading.profile.text, reading.clauses, clause)
    ends = [*(min(head.start, until) for head in heads[1:]), until]
    arrivals = [fact.said.start for fact in own if fact.said and fact.attribute == "arrival"]
    return [
        n
        for n, head in enumerate(heads, 1)
        if clause.end <= head.start < until and not any(head.start < at < ends[n - 1] for at in arrivals)
    ]


def _hired_anew(reading: Reading, before: _Head, head: _Head) -> bool:
    """…，又新招了2个硕士: people who are told of with a word of hiring of their own, behind those before them."""
    return _hires().stands_in(reading.profile.text, before.start, head.start)


@cache
def _hires() -> WordFinder:
    return WordFinder(dict.fromkeys(asker_speech().asker.bring, ()), decoys=asker_speech().talent.no_hiring)


def _bracket(text: str, at: int) -> int | None:
    """Where the bracket begins that something stands in."""
    start = max(text.rfind(sign, 0, at) for sign in "（(")
    closed = max(text.rfind(sign, 0, at) for sign in "）)")
    return start if start > closed else None


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
    called = [_Head(at, clause, 1, ()) for at, clause in reading.brought_by_name]
    told = [fact for fact in facts if fact.attribute in _NAMES_A_PERSON]
    taken = {head.clause.sentence for head in called}  # sentences that have a head
    yield from sorted([*called, *_heads_of(reading, sorted(told, key=_start), taken)], key=lambda head: head.start)


def _heads_of(reading: Reading, named: Sequence[Fact], taken: set[int]) -> Iterator[_Head]:
    """The heads that facts make, which are in order; ``taken`` are sentences that have one, and grows."""
    last = -1
    for fact in named:
        clause = next((c for c in reading.clauses if c.start <= _start(fact) < c.end), None)
        if clause is None or _start(fact) <= last:
            continue
        counted = _counted(reading, clause, fact, last)
        if counted is not None:
            part = is_of_which(reading.profile.text, clause.start, counted[0])
            yield _Head(counted[0], clause, counted[1], fact.words, part)
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
