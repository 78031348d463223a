"""When and where a recognition was told to be won: of a firm that moved, one won before it came is no new one of here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.match.facts.numbers import years_in
from bot.match.facts.places import KnownPlaces
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading
from bot.match.facts.words import WordFinder, finder_of
from bot.match.types import Fact
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.title_holders import title_holder_words
from ingest.vocabulary.places import place_names

_TIME = "recognition.time"
_NEAR = 6  # characters between a place and the verb of a recognition
_LATELY = 2  # years for which a recognition is still a late one


def won_here_and_now(reading: Reading, facts: Sequence[Fact], known: KnownPlaces) -> list[Fact]:
    """The facts without the times of recognitions that were won elsewhere, or long ago: 2024年在外地第二次认定."""
    came = _year_of_move(reading, facts)
    return [
        fact
        for fact in facts
        if fact.attribute != _TIME
        or fact.about != "asker"
        or set(fact.words) & {*title_holder_words().won.moves}
        or not _is_past(reading, tuple(_told(reading, fact)), known, came)
    ]


def _told(reading: Reading, fact: Fact) -> Iterator[Clause]:
    """The clause of a recognition, and the one behind that goes on with its time."""
    clause = reading.clause_at(fact.said)
    if clause is None:
        return
    yield clause
    for follows in reading.clauses[clause.number + 1 : clause.number + 2]:
        if follows.sentence == clause.sentence and _again().search(reading.profile.of(follows)):
            yield follows


def _is_past(reading: Reading, clauses: Sequence[Clause], known: KnownPlaces, came: int | None) -> bool:
    text = reading.profile.text
    if any(_is_of_the_verb(text, c, *place) for c in clauses for place in _elsewhere(text, c, known)):
        return True
    years = [year for clause in clauses for year, _ in years_in(text, clause.start, clause.end)]
    if years and came is not None and max(years) < came:
        return True
    if years:
        return reading.as_of.year - max(years) > _LATELY
    return any(_long_ago().search(text, clause.start, clause.end) for clause in clauses)


def _year_of_move(reading: Reading, facts: Sequence[Fact]) -> int | None:
    """The year a firm came from elsewhere; the year ahead where it only plans to; None where it did not move."""
    if not any(fact.attribute == "origin" and fact.about == "asker" for fact in facts) or not reading.is_organisation:
        return None
    planned = [fact.planned for fact in facts if fact.attribute == "place" and fact.about == "asker"]
    if planned and all(planned):
        return reading.as_of.year + 1
    text = reading.profile.text
    moved = (c for c in reading.clauses if _moves().search(text, c.start, c.end))
    told = [year for clause in moved for year, _ in years_in(text, clause.start, clause.end)]
    return max(told, default=None)


def _elsewhere(text: str, clause: Clause, known: KnownPlaces) -> Iterator[tuple[int, int]]:
    """Where a clause names places that the corpus does not know."""
    for found in places_known().find(text, clause.start, clause.end):
        if not set(known.chain(text[found.start : found.end])) & set(known.region):
            yield found.start, found.end


def _is_of_the_verb(text: str, clause: Clause, start: int, end: int) -> bool:
    """在厦门第二次认定, 深圳认定的: a place in which something was recognised."""
    words = title_holder_words().won
    within = re.search(rf"{any_of(words.places)}$", text[clause.start : start]) is not None
    verb = re.compile(rf"[^，。；]{{0,{_NEAR}}}?{any_of(words.verbs)}").match(text, end, clause.end)
    return verb is not None and (
        within or re.match(rf"{any_of(words.place_ends)}?{any_of(words.verbs)}", text[end:]) is not None
    )


@cache
def places_known() -> WordFinder:
    """Finds provinces, cities and countries, and what says that a place lies outside."""
    words = asker_speech().places
    provinces = [name for listed in place_names().provinces.values() for name in listed]
    cities = [name for listed in words.cities.values() for name in listed]
    outside = [*words.outside, *words.outside_province, *words.abroad]
    return finder_of(dict.fromkeys((*provinces, *cities, *place_names().cities.words, *words.countries, *outside)))


@cache
def _again() -> re.Pattern[str]:
    return re.compile(any_of((*asker_speech().times["再次"], *title_holder_words().won.verbs)))


@cache
def _moves() -> re.Pattern[str]:
    return re.compile(any_of(title_holder_words().won.moves))


@cache
def _long_ago() -> re.Pattern[str]:
    return re.compile("|".join(title_holder_words().won.long_ago))
