"""People whom a firm had before: its own retired engineer taken back (返聘) was not brought here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from bot.match.facts.reading import Reading
from bot.match.types import Fact
from ingest.vocabulary.matching.title_holders import title_holder_words


def own_people(reading: Reading, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts with those who were taken back as people of the firm's own, in no way brought."""
    words = title_holder_words().own_people
    for fact in facts:
        clause = reading.clause_at(fact.said)
        taken_back = fact.attribute in ("arrival", "event") and words.taken_back.get(fact.attribute) in fact.words
        if not taken_back or clause is None or _retired().search(reading.profile.of(clause)) is None:
            yield fact
        elif fact.attribute == "arrival":
            yield replace(fact, words=(words.own,))
        else:
            yield replace(fact, words=(words.taken_back["event"],))


@cache
def _retired() -> re.Pattern[str]:
    return re.compile("|".join(title_holder_words().own_people.retired))
