"""What somebody says of themselves in, every grant of a corpus that speaks to it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.match.grant_judging import GrantJudged, Measures, judge_grant
from bot.match.open_questions import first_questions, open_questions
from bot.match.places_within import PlacesWithin
from bot.match.selecting import select
from bot.match.talent_classes import TalentClasses
from bot.match.types import AskerFacts, Match
from bot.types import Language
from ingest.entitlements.files import files_digest
from ingest.entitlements.load import load_entitlements
from ingest.entitlements.types import Entitlements
from ingest.errors import QuestionUnusable
from ingest.types import Corpus


@dataclass(frozen=True, slots=True)
class MatchResult:
    """What a corpus grants to an asker. ``expired`` and ``near_misses`` are not met, and say why."""

    facts: AskerFacts
    matches: tuple[Match, ...]
    expired: tuple[Match, ...]
    near_misses: tuple[Match, ...]
    questions: tuple[str, ...]
    for_talent: frozenset[str]  # keys of grants that go to the person the asker brings
    as_of: date
    language: Language

    @property
    def met(self) -> tuple[Match, ...]:
        """The matches whose conditions are all met."""
        return tuple(match for match in self.matches if match.status == "met")


@dataclass(frozen=True)
class Matcher:
    """The grants of a corpus with all that conditions are compared by, read once. Safe to use from several threads."""

    corpus: Corpus
    entitlements: Entitlements
    places: PlacesWithin
    classes: TalentClasses

    @classmethod
    def of(cls, corpus: Corpus, entitlements: Entitlements | None = None) -> Matcher:
        """The grants of ``corpus``; those of its folder unless given. Raises EntitlementsUnusable."""
        known = entitlements if entitlements is not None else load_entitlements(corpus)
        return cls(corpus, known, PlacesWithin.of(corpus), TalentClasses.of_catalogues(known.catalogues))

    def match(self, facts: AskerFacts, as_of: date, language: Language = Language.ZH) -> MatchResult:
        """Every grant that speaks to the facts, judged on the day ``as_of``. Without facts only questions."""
        if not facts.facts:
            return MatchResult(facts, (), (), (), first_questions(language), frozenset(), as_of, language)
        measures = Measures(self.places, self.classes, as_of, language)
        judged = [judge_grant(grant, facts, measures) for grant in self.entitlements.attached]
        chosen = select(judged, facts)
        shown = (*chosen.matches, *chosen.expired, *chosen.near_misses)
        return MatchResult(
            facts=facts,
            matches=_matches(chosen.matches),
            expired=_matches(chosen.expired),
            near_misses=_matches(chosen.near_misses),
            questions=open_questions(chosen.matches, language) or (() if chosen.matches else first_questions(language)),
            for_talent=frozenset(item.match.grant.key for item in shown if item.about_talent),
            as_of=as_of,
            language=language,
        )


class MatcherKeeper:
    """Keeps the matcher of the corpus last asked for, until its text or its records change."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[str, str], Matcher] | None = None

    def of(self, corpus: Corpus) -> Matcher:
        """The matcher of ``corpus`` as it and its records are now. Raises EntitlementsUnusable."""
        key = (corpus.digest, files_digest(corpus.folder))
        kept = self._kept
        if kept is None or kept[0] != key:
            kept = self._kept = (key, Matcher.of(corpus))
        return kept[1]


def check_profile(profile: str, longest: int) -> None:
    """Raises QuestionUnusable when a profile is too long to be read."""
    if len(profile) > longest:
        raise QuestionUnusable(
            f"The profile has {len(profile):,} characters, at most {longest:,} are read: shorten it, "
            "or set POLICYQA_MAX_PROFILE_CHARS."
        )


def _matches(items: tuple[GrantJudged, ...]) -> tuple[Match, ...]:
    return tuple(item.match for item in items)
