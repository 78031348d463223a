"""What is asked of a thing (materials, deadline, so many days, so many per cent), against the clauses the answer would be made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.evidence.candidates import Candidate
from bot.refuse.answerability import Searched
from bot.refuse.constraints.cited import asks_beside, citable, clause_words, plain
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from ingest.facts.figures import find_figures
from ingest.vocabulary.refusing.constraints import MeasureWords, constraint_words
from ingest.vocabulary.wordings import either

LOOKED_AT = 4  # of the citable sentences, with their clauses: a deadline further down is that of another thing
MEASURED_IN = 2  # of the citable sentences, each by itself: nearly every clause prints some number of days


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(either(words.asked)), re.compile(either(words.printed)))
        for name, words in constraint_words().attributes.items()
    )


@cache
def _measures() -> tuple[tuple[str, MeasureWords, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (name, words, re.compile(either(words.asked)), re.compile(either(words.printed)))
        for name, words in constraint_words().measures.items()
    )


def check_attributes(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each attribute that the last turn asks for; borne out where a citable clause prints one of its kind."""
    for name, asked, printed in _patterns():
        match = asked.search(searched.reading.last)
        if match is not None:
            bearing = next((c for c in citable(searched)[:LOOKED_AT] if printed.search(clause_words(c))), None)
            yield _checked(match[0], f"attribute.{name}", bearing, searched)


def check_measures(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each measure that the last turn asks a number in; borne out where one of the best sentences prints a figure in it."""
    for name, words, asked, printed in _measures():
        match = asked.search(searched.reading.last)
        if match is not None:
            # What is asked beside has the best sentences to itself: the number may stand in any.
            beside = asks_beside(searched.reading, match[0])
            looked_at = searched.candidates if beside else citable(searched)[:MEASURED_IN]
            bearing = next((c for c in looked_at if _prints(c, words, printed)), None)
            yield _checked(match[0], f"measure.{name}", bearing, searched)


def _checked(asked: str, fault: str, bearing: Candidate | None, searched: Searched) -> ConstraintCheck:
    kind = ConstraintKind.ATTRIBUTE
    if bearing is None:
        beside = asks_beside(searched.reading, asked)
        return ConstraintCheck(kind, asked, Outcome.NOT_MENTIONED, fault, beside=beside)
    return ConstraintCheck(kind, asked, Outcome.BORNE_OUT, fault, (), bearing.clause.id, bearing.span)


def _prints(candidate: Candidate, words: MeasureWords, printed: re.Pattern[str]) -> bool:
    text = " ".join((*candidate.clause.path[-1:], candidate.text))
    units = {figure.unit.partition("/")[0] for figure in find_figures(text)}
    return not units.isdisjoint(words.units) or printed.search(plain(text)) is not None
