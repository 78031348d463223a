"""The sentences found, those of checked grants judged against what the asker told: whose money it is, and who is left out.

Only a record that a person accepted says anything here; a sentence without one stays as it was scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.evidence.candidates import Candidate
from bot.granting.told import Told
from bot.match.grant_judging import GrantJudged, Measures, judge_grants
from bot.match.judged_trees import LeafJudged, is_specific
from bot.match.matching import Matcher
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from ingest.entitlements.types import Attached, ReadableCondition

SOMEBODY_ELSES = 1.2  # score that money for another recipient is behind
FOR_OTHERS = 0.6  # the same for another class, degree or time than was told
FITS = 0.12  # score for each condition that what was told meets
MOST_FITTING = 3
WITHIN = 1.5  # score below the best within which a sentence on the asker's own money counts for dropping another's
# What one person or firm has one of: whoever is of another one is not meant.
_DECISIVE = frozenset(
    {"talent_class", "degree", "title", "skill_level", "arrival", "recognition.time", "recognition.level"}
)
_ASKS_OF_MONEY = frozenset({QuestionType.AMOUNT, QuestionType.YES_NO, QuestionType.SCENARIO})


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and the checked grants whose words stand in it."""

    candidate: Candidate
    grants: tuple[GrantJudged, ...]

    @property
    def is_somebody_elses(self) -> bool:
        """All it grants goes to others than who asks."""
        return bool(self.grants) and not any(grant.fits_recipient for grant in self.grants)

    @property
    def is_for_others(self) -> bool:
        """All it grants is for another class, degree or time than was told."""
        return bool(self.grants) and all(any(map(_bars, grant.whole)) for grant in self.grants)

    @property
    def fitting(self) -> int:
        """How many conditions of the grant that fits best are met by what was told."""
        own = (sum(leaf.status == "met" and is_specific(leaf) for leaf in grant.whole) for grant in self.grants)
        return max(own, default=0)


@dataclass(frozen=True, slots=True)
class Granting:
    """Judges what is found for one question. Made anew for each."""

    matcher: Matcher
    told: Told
    measures: Measures

    @classmethod
    def of(cls, reading: Reading, matcher: Matcher) -> Granting | None:
        """For the conversation of a question; None where the corpus has no checked record."""
        if not any(grant.accepted for grant in matcher.entitlements.attached):
            return None
        told = Told.of(reading.question.turns, matcher, reading.question.as_of)
        measures = Measures(matcher.places, matcher.classes, reading.question.as_of, reading.language)
        return cls(matcher, told, measures)

    def grants_in(self, candidate: Candidate) -> tuple[Attached, ...]:
        """The checked records whose words stand in the sentence."""
        at_clause = self.matcher.entitlements.by_clause.get(candidate.clause.id, ())
        return tuple(
            grant
            for grant in at_clause
            if grant.accepted
            and any(place.clause == candidate.clause.id and place.span.overlaps(candidate.span) for place in grant.places)
        )

    def judged(self, candidate: Candidate) -> Judged:
        """The sentence with its grants, each held against what was told."""
        return Judged(candidate, tuple(judge_grants(self.grants_in(candidate), self.told.facts, self.measures)))

    def in_favour(self, reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, the asker's own money first; without that of others, where there is any of the asker's own."""
        if not (reading.types & _ASKS_OF_MONEY and candidates and self.told.facts.facts):
            return list(candidates)
        judged = [self.judged(candidate) for candidate in candidates]
        if self.told.speaks:
            judged = _without_others_money(judged)
        asks_whether = QuestionType.YES_NO in reading.types
        scored = [replace(one.candidate, score=self._score(one, asks_whether=asks_whether)) for one in judged]
        return sorted(scored, key=lambda candidate: -candidate.score)

    def _score(self, one: Judged, *, asks_whether: bool) -> float:
        score = one.candidate.score
        if self.told.speaks and one.is_somebody_elses:
            return score - SOMEBODY_ELSES
        if one.is_for_others:
            return score if asks_whether else score - FOR_OTHERS
        return score + FITS * min(one.fitting, MOST_FITTING)


def _without_others_money(judged: Sequence[Judged]) -> list[Judged]:
    best = max(one.candidate.score for one in judged)
    own = [
        one
        for one in judged
        if one.grants and not one.is_somebody_elses and one.candidate.score >= best - WITHIN and one.candidate.figures
    ]
    return [one for one in judged if not one.is_somebody_elses] if own else list(judged)


def _bars(leaf: LeafJudged) -> bool:
    return leaf.status == "not_met" and isinstance(leaf.leaf, ReadableCondition) and leaf.leaf.attribute in _DECISIVE
