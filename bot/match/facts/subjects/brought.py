"""The relative who is the talent: 我爱人是博士，被一家企业引进. Their facts are read as those of a person, and kept as a relative's.

Of two relatives who were brought nobody's facts are told apart, and none is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading, finder
from bot.match.facts.words import either
from bot.match.types import Fact
from ingest.vocabulary.matching.asker_speech import asker_speech

_NOT_THEIRS = frozenset({"relation", "relative_age", "relative_status", "relative_jobless_months", "plan"})
_BROUGHT = frozenset({"arrival", "talent_class"})
_BETWEEN = frozenset("，。,.；;、：:（）()！!？?\n")
_JOBLESS_IN = "status"
_I, _I_AM = "i", "i am"


def facts_of_brought(reading: Reading, read: Callable[[str], Sequence[Fact]]) -> list[Fact]:
    """The facts of the relative who was brought, and which of them it is. ``read`` reads a person's own profile."""
    if not reading.is_person:
        return []
    found = {relation: list(read(_as_own(reading, clauses))) for relation, clauses in _told_of(reading).items()}
    brought = {relation: facts for relation, facts in found.items() if _is_brought(facts)}
    if len(brought) != 1:
        return []
    relation, facts = next(iter(brought.items()))
    own = [fact for fact in facts if fact.attribute not in _NOT_THEIRS and fact.about == "asker"]
    said = next(fact.said for fact in own if fact.attribute in _BROUGHT)
    who = Fact("relative_status", (asker_speech().kin.talent,), of=relation, about="relative", said=said)
    return [who, *(replace(fact, about="relative") for fact in own)]


def _told_of(reading: Reading) -> dict[str, list[Clause]]:
    """The clauses of each relative who is told of as one who works."""
    found: dict[str, list[Clause]] = {}
    working: set[str] = set()
    for clause in reading.clauses:
        kin = reading.kin[clause]
        if len(set(kin.relations)) != 1 or not kin.leads or clause.asking or reading.is_of_others(clause.start):
            continue
        found.setdefault(kin.relations[0], []).append(clause)
        working |= set(kin.relations) if kin.works else set()
    return {relation: clauses for relation, clauses in found.items() if relation in working}


def _is_brought(facts: Sequence[Fact]) -> bool:
    """Brought here, or a talent by a catalogue; not one who has no work, which is told of somebody else."""
    jobless = asker_speech().kin.jobless
    told = any(f.attribute == _JOBLESS_IN and jobless in f.words and not f.denied for f in facts)
    return not told and any(f.attribute in _BROUGHT and f.about == "asker" and not f.denied for f in facts)


def _as_own(reading: Reading, clauses: Sequence[Clause]) -> str:
    """The profile as that relative would tell it: every offset as it was, all other words blank, and I for 我爱人 and 他."""
    said, text = reading.profile.said, reading.profile.text
    signs = [sign if sign in _BETWEEN else "，" for sign in said]
    sentences = {clause.sentence for clause in clauses}
    for clause in reading.clauses:
        if clause in clauses:
            signs[clause.start : clause.end] = said[clause.start : clause.end]
        else:
            blank = "，" if clause.sentence in sentences else "。"
            signs[clause.start : clause.end] = blank * (clause.end - clause.start)
    for clause in clauses:
        named = next(finder("relation").find(text, clause.start, clause.end), None)
        pronoun = _pronoun().match(text, clause.start, clause.end)
        end = named.end if named is not None else pronoun.end() if pronoun else None
        if end is not None:
            signs[clause.start : end] = _first_person(text, clause.start, end)
            if verb := _is().match(text, end, clause.end):
                signs[clause.start : verb.end()] = _I_AM.rjust(verb.end() - clause.start)
    return "".join(signs)


def _first_person(text: str, start: int, end: int) -> str:
    return _I.rjust(end - start) if text[end - 1].isascii() else f"{'，' * (end - start - 1)}我"


@cache
def _pronoun() -> re.Pattern[str]:
    return re.compile(rf"\s*{either(asker_speech().others.one)}(?!{asker_speech().others.plural})")


@cache
def _is() -> re.Pattern[str]:
    """My husband is: so that I am stands for it."""
    return re.compile(r"\s(?:is|was)(?=\s)")
