"""What of a profile its writer says of themselves: the rest is blanked, every offset as it was."""

from __future__ import annotations

from datetime import date

from bot.match.facts.profile_text import prepared
from bot.match.facts.reading import Reading

_BLANK = "。"


def own_words(profile: str, who: frozenset[str], as_of: date) -> str:
    """The profile without what it says of friends and neighbours, and of relatives who are told of at length."""
    reading = Reading(prepared(profile, as_of), who, as_of)
    signs = list(profile)
    for clause in reading.clauses:
        if reading.is_of_others(clause.start) or (reading.kin[clause].leads and reading.kin[clause].works):
            signs[clause.start : clause.end] = _BLANK * (min(clause.end, len(profile)) - clause.start)
    return "".join(signs)
