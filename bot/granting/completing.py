"""A composed answer with what checked grants add to it: what the figures come to, and whose the money is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.evidence.candidates import Candidate
from bot.granting.grants_told import Granting
from bot.granting.verdicts import say_verdict_by_grants
from bot.granting.working_out import say_worked_out
from bot.understand.reading import Reading

MOST_LOOKED_AT = 6  # sentences of clauses that the answer cites


def complete(draft: Draft, granting: Granting, reading: Reading, candidates: Sequence[Candidate]) -> None:
    """Add to ``draft``; ``candidates`` are the sentences it was composed from, the best first."""
    quoted = {clause.id: spans for clause, spans in draft.quoted()}
    said = [c for c in candidates if any(c.span.overlaps(span) for span in quoted.get(c.clause.id, ()))]
    judged = [granting.judged(candidate) for candidate in said[:MOST_LOOKED_AT]]
    say_worked_out(draft, reading, judged)
    say_verdict_by_grants(draft, reading, judged, speaks=granting.told.speaks)
