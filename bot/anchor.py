"""What a follow-up is drawn to: the sentences that answered the turns before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.evidence.candidates import Candidate
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading
from index.types import Hit


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the turns before a follow-up were answered from, and how strongly the follow-up is drawn to it."""

    chosen: Sequence[Candidate]  # the sentences that answered
    pull: float  # score that a sentence of their first clause is ahead

    @property
    def hit(self) -> Hit:
        """The clause of the first sentence that answered."""
        return self.chosen[0].hit

    def keeping_level(self, reading: Reading, places: Places) -> Reading:
        """The follow-up asked of the level that answered before, unless it names one that gives: 在旗里一家企业上班 names none."""
        level = self.hit.clause.level
        if level is None or places.givers_named(reading.last):
            return reading
        return replace(reading, levels=(level,))
