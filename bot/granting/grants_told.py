"""The sentences found, those of checked grants judged against what the asker told: whose money it is, and who is left out.

Only a record that a person accepted says anything here; a sentence without one stays as it was scored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.compose.estimates import is_paid_by_asker
from bot.evidence.candidates import Candidate
from bot.granting.told import Told
from bot.match.grant_judging import GrantJudged, Measures, judge_grants
from bot.match.judged_trees import LeafJudged, is_specific
from bot.match.matching import Matcher
from bot.text.jieba_dictionary import nouns_in
from bot.types import Language
from bot.understand.reading import Reading, asks_several
from bot.verify.worked_out import YUAN
from index.text.question_types import QuestionType
from ingest.entitlements.types import Attached, ReadableCondition
from ingest.facts.figures import find_figures, same_figure
from ingest.normalise import to_simplified
from ingest.types import Figure
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.talk import talk_words

SOMEBODY_ELSES = 1.2  # score that money for another recipient is behind
FOR_OTHERS = 0.6  # the same for another class, degree or time than was told
FITS = 0.12  # score that a grant is behind for each condition that another one meets and it does not
MOST_FITTING = 3
AS_NAMED = 0.5  # score for an amount that the question names itself
WITHIN = 1.5  # score below the best within which a sentence on the asker's own money counts for dropping another's
# What one person or firm has one of: whoever is of another one is not meant.
_DECISIVE = frozenset(
    {"talent_class", "degree", "title", "skill_level", "arrival", "recognition.time", "recognition.level"}
)
_OF_ONE = frozenset({"talent_class", "degree", "skill_level"})
_PAID_OUT = frozenset(talk_words().paid_out)
_PERSONAL = frozenset({"person", "household"})
_FIRMS = frozenset({"company", "employer", "intermediary"})
_EVERYBODY = frozenset(
    (*(both[0] for both in entitlement_words().recipients.values()), *talk_words().everybody.split())
)  # words that name no recipient in particular
MOST_KEPT = 4  # questions
_Key = tuple[tuple[str, ...], str, date, Language]
_MONEY = re.compile(question_words().besides.money.pattern)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and the checked grants whose words stand in it."""

    candidate: Candidate
    grants: tuple[GrantJudged, ...]
    told: Told
    asked: str  # everything that was asked

    @property
    def is_somebody_elses(self) -> bool:
        """All it grants goes to others than who asks."""
        return bool(self.grants) and all(map(self.is_other, self.grants))

    def is_other(self, grant: GrantJudged) -> bool:
        """Whether the recipient is clearly another than who asks: a person and a firm, a firm and an agency."""
        recipient = grant.match.grant.record.recipient
        if grant.match.grant.record.kind not in _PAID_OUT:
            return False
        if grant.fits_recipient and not (self.told.only_employer and recipient.who in _PERSONAL):
            return False
        is_firm = self.told.facts.who.isdisjoint(_PERSONAL)
        clear = (_PERSONAL | {"intermediary"}) - self.told.facts.who if is_firm else _FIRMS
        named = (noun for noun in nouns_in(recipient.span or "") if noun not in _EVERYBODY)
        return recipient.who in clear and not any(noun in self.asked for noun in named)

    @property
    def is_for_others(self) -> bool:
        """All it grants is for another class, degree or time than was told."""
        return bool(self.grants) and all(any(map(_bars, grant.whole)) for grant in self.grants)

    def gives(self, named: Sequence[Figure]) -> bool:
        """Whether it grants an amount that somebody names: 每月3000元."""
        return bool(self.grants) and any(same_figure(own, one) for own in self.candidate.figures for one in named)

    @property
    def is_share_of_pay(self) -> bool:
        """Whether it grants a share of what is paid every month: 按实际支付的50%."""
        return any(map(is_share_of_pay, self.grants))

    @property
    def is_for_another_class(self) -> bool:
        """The same where a class or a degree, which nobody has two of, decides."""
        return bool(self.grants) and all(any(_bars(leaf, _OF_ONE) for leaf in grant.whole) for grant in self.grants)

    @property
    def fitting(self) -> int:
        """How many conditions of the grant that fits best are met by what was told."""
        return max(map(met_of, self.grants), default=0)

    @property
    def likely_grants(self) -> list[GrantJudged]:
        """The grants that may be the asker's: to such a recipient, and none of them ruled out."""
        return [grant for grant in self.grants if grant.fits_recipient and not any(map(_bars, grant.whole))]


@dataclass(frozen=True, slots=True)
class Granting:
    """Judges what is found for one question. Made anew for each."""

    matcher: Matcher
    told: Told
    measures: Measures
    asked: str  # all turns, simplified

    @classmethod
    def of(cls, reading: Reading, matcher: Matcher) -> Granting | None:
        """For the conversation of a question; None where the corpus has no checked record."""
        if not any(grant.accepted for grant in matcher.entitlements.attached):
            return None
        turns = (*reading.question.earlier, reading.carried.asked)  # the last one without its mistyped words
        told = Told.of(turns, matcher, reading.question.as_of)
        measures = Measures(matcher.places, matcher.classes, reading.question.as_of, reading.language)
        return cls(matcher, told, measures, to_simplified(" ".join(turns)))

    def grants_in(self, candidate: Candidate) -> tuple[Attached, ...]:
        """The checked records whose words stand in the sentence."""
        at_clause = self.matcher.entitlements.by_clause.get(candidate.clause.id, ())
        return tuple(
            grant
            for grant in at_clause
            if grant.accepted
            and any(
                place.clause == candidate.clause.id and place.span.overlaps(candidate.span) for place in grant.places
            )
        )

    def judged(self, candidate: Candidate) -> Judged:
        """The sentence with its grants, each held against what was told."""
        grants = judge_grants(self.grants_in(candidate), self.told.facts, self.measures)
        return Judged(candidate, tuple(grants), self.told, self.asked)

    def in_favour(self, reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, the asker's own money first; without that of others, where there is any of the asker's own."""
        if not (_asks_of_money(reading) and candidates and self.told.facts.facts):
            return list(candidates)
        of_all = QuestionType.YES_NO in reading.types or asks_several(reading)
        judged = [self.judged(candidate) for candidate in candidates]
        if self.told.speaks:
            judged = _without(judged, lambda one: one.is_somebody_elses)
        if not of_all:
            judged = _without(judged, lambda one: one.is_for_another_class)
        money = [figure for figure in find_figures(reading.last) if figure.unit.partition("/")[0] == YUAN]
        named = [figure for figure in money if not is_paid_by_asker(reading.last, figure)]
        pays = len(named) < len(money)
        most = max((min(one.fitting, MOST_FITTING) for one in judged), default=0)
        scored = [
            replace(
                one.candidate,
                score=self._score(one, most, of_all=of_all)
                + AS_NAMED * (one.gives(named) or (pays and one.is_share_of_pay)),
            )
            for one in judged
        ]
        return sorted(scored, key=lambda candidate: -candidate.score)

    def _score(self, one: Judged, most: int, *, of_all: bool) -> float:
        """Behind its own score as far as what it grants fits worse than the ``most`` fitting; else what stands beside would fall away."""
        score = one.candidate.score
        if self.told.speaks and one.is_somebody_elses:
            return score - SOMEBODY_ELSES
        if of_all or not one.grants:
            return score
        if one.is_for_others:
            return score - FOR_OTHERS
        return score - FITS * (most - min(one.fitting, MOST_FITTING))


class GrantingKeeper:
    """Keeps what was made for the last few questions: one question is looked at several times. Safe from several threads."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[_Key, Matcher, Granting | None], ...] = ()

    def of(self, reading: Reading, matcher: Matcher) -> Granting | None:
        """What judges for a question by the records of ``matcher``; None where none of them is checked."""
        question = reading.question
        key = (question.turns, reading.carried.asked, question.as_of, reading.language)
        for known, by, granting in self._kept:
            if known == key and by is matcher:
                return granting
        granting = Granting.of(reading, matcher)
        self._kept = ((key, matcher, granting), *self._kept[: MOST_KEPT - 1])
        return granting


def _asks_of_money(reading: Reading) -> bool:
    if QuestionType.AMOUNT in reading.types:
        return True
    return QuestionType.YES_NO in reading.types and _MONEY.search(reading.last) is not None


def is_share_of_pay(grant: GrantJudged) -> bool:
    """Whether one of its rows is a share of something paid every month or year."""
    return any(row.base and row.period and row.figure.endswith("%") for row in grant.match.grant.record.amounts)


def met_of(grant: GrantJudged) -> int:
    """How many conditions that not everybody meets are met by what was told."""
    return sum(leaf.status == "met" and is_specific(leaf) for leaf in grant.whole)


def _without(judged: Sequence[Judged], is_not_meant: Callable[[Judged], bool]) -> list[Judged]:
    """The sentences without those not meant, where a sentence nearly as good as the best is meant and prints a figure."""
    best = max(one.candidate.score for one in judged)
    near = [one for one in judged if one.grants and one.candidate.figures and one.candidate.score >= best - WITHIN]
    if all(map(is_not_meant, near)):
        return list(judged)
    return [one for one in judged if not is_not_meant(one)]


def _bars(leaf: LeafJudged, attributes: frozenset[str] = _DECISIVE) -> bool:
    return leaf.status == "not_met" and isinstance(leaf.leaf, ReadableCondition) and leaf.leaf.attribute in attributes
