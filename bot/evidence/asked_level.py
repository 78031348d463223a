"""The sentence of the level that is asked about leads, where it answers nearly as well as one of another level.

Behind an answer of one level, what another gives is looked for in the rule that is most like the one said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.evidence.candidates import Candidate
from bot.text.term_overlap import sentence_terms
from bot.understand.reading import Reading
from ingest.types import Clause

LIKENESS = 1.5  # score of a sentence all of whose terms stand in the rule said before
NEARLY = 0.45  # score; of the margin within which a sentence adds to an answer that is long enough

NEARLY_FROM_ANOTHER = 1.5  # where the words of the asker's own place draw what is given there


def asked_level_first(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates; where the first is of another level than the one asked about, the best of that level before it.

    "区里另外还有没有" behind a question about the city still finds what the city gives.
    """
    if len(reading.levels) != 1 or not candidates[0].features.get("other_level"):
        return candidates
    nearly = NEARLY_FROM_ANOTHER if reading.is_from_another_level else NEARLY
    near = (c for c in candidates if c.score >= candidates[0].score - nearly)
    own = next((c for c in near if c.features.get("level_here") and not c.features.get("title_only")), None)
    if own is None:
        return candidates
    apart = reading.is_from_another_level  # what the own place gives is not asked
    return [own, *(c for c in candidates if c is not own and not (apart and c.features.get("other_level")))]


def like_what_was_said(reading: Reading, candidates: Sequence[Candidate], said: Sequence[Clause]) -> list[Candidate]:
    """The candidates, the best first, where another level than before is asked: what is most like the rule said before is ahead.

    旗里也给吗 behind the city's 柔性引才补贴 asks for the banner's rule on that, not for whatever else it gives.
    """
    levels = {clause.level for clause in said}
    if not said or not reading.levels or not levels.isdisjoint(reading.levels):
        return list(candidates)
    terms = sentence_terms(" ".join(clause.text for clause in said))
    ahead = [
        replace(c, score=c.score + LIKENESS * len(c.terms & terms) / (len(c.terms) or 1))
        if c.clause.level in reading.levels
        else c
        for c in candidates
    ]
    return sorted(ahead, key=lambda candidate: -candidate.score)
