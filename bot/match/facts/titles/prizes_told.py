"""Prizes of science by their whole names, read where they stand: so each of several people has their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading, worded
from bot.match.facts.titles.award_holders import whose_award
from bot.match.facts.words import Found
from bot.match.honours.prizes import names_in, prize_of, written
from bot.match.types import Fact


def prizes_told(reading: Reading, known: Sequence[Fact]) -> Iterator[Fact]:
    """A fact for each prize that no fact of ``known`` tells of; grade and rank are read once all facts are known."""
    for clause in reading.clauses:
        if clause.asking or clause.of_others or reading.relatives_in(clause):
            continue
        for found in _found(reading, clause):
            if reading.is_of_others(found.start) or reading.is_nobodys("award", clause, found):
                continue
            if not any(_is_told(fact, found, clause) for fact in known):
                about = reading.about(clause, "award") if reading.is_person else whose_award(reading, clause, found)
                yield worded(reading, clause, found, "award", found.names, about)


def _found(reading: Reading, clause: Clause) -> Iterator[Found]:
    """The prizes of a clause, each up to where its name ends in the profile's own spelling."""
    said, count = reading.profile.of(clause), 0
    if next(names_in(written(said)), None) is None:
        return
    for end in range(1, len(said) + 1):
        names = list(names_in(written(said[:end])))
        if len(names) > count:
            count, name = len(names), names[-1][0]
            yield Found((name,), max(clause.start, clause.start + end - len(name)), clause.start + end)


def _is_told(fact: Fact, found: Found, clause: Clause) -> bool:
    if fact.attribute != "award" or fact.said is None or not clause.start <= fact.said.start < clause.end:
        return False
    prize = prize_of(fact.words[0])
    return prize is not None and prize.name == found.names[0]
