"""What is asked of a thing (materials, deadline, rent …), against the clauses that the answer would be made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.refuse.answerability import Searched
from bot.refuse.constraints.cited import citable, clause_words
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.wordings import either

LOOKED_AT = 4  # of the citable sentences: a deadline further down is that of another thing


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(either(words.asked)), re.compile(either(words.printed)))
        for name, words in constraint_words().attributes.items()
    )


def check_attributes(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each attribute that the last turn asks for; borne out where a citable clause prints one of its kind."""
    for name, asked, printed in _patterns():
        match = asked.search(searched.reading.last)
        if match is None:
            continue
        kind, fault = ConstraintKind.ATTRIBUTE, f"attribute.{name}"
        bearing = next((c for c in citable(searched)[:LOOKED_AT] if printed.search(clause_words(c))), None)
        if bearing is None:
            yield ConstraintCheck(kind, match[0], Outcome.NOT_MENTIONED, fault)
        else:
            yield ConstraintCheck(kind, match[0], Outcome.BORNE_OUT, fault, (), bearing.clause.id, bearing.span)
