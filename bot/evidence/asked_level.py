"""The sentence of the level that is asked about leads, where it answers nearly as well as one of another level."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evidence.candidates import Candidate
from bot.understand.reading import Reading

NEARLY = 0.45  # score; of the margin within which a sentence adds to an answer that is long enough


def asked_level_first(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates; where the first is of another level than the one asked about, the best of that level before it.

    "区里另外还有没有" behind a question about the city still finds what the city gives.
    """
    if len(reading.levels) != 1 or not candidates[0].features.get("other_level"):
        return candidates
    near = (c for c in candidates if c.score >= candidates[0].score - NEARLY)
    own = next((c for c in near if c.features.get("level_here") and not c.features.get("title_only")), None)
    return candidates if own is None else [own, *(c for c in candidates if c is not own)]
