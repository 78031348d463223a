"""What somebody says of themselves in, every grant of a corpus that speaks to it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.match import wording
from bot.match.facts.places import KnownPlaces, known_places
from bot.match.facts.read import read_facts
from bot.match.facts.subjects.household import as_the_talent, talent_among_relatives
from bot.match.facts.subjects.own_words import own_words
from bot.match.grant_judging import GrantJudged, Measures, judge_grants
from bot.match.heard import TIMED, Heard, heard_facts, stated_facts
from bot.match.honours.class_names import ClassNames, class_names, with_catalogues
from bot.match.honours.won import with_honours
from bot.match.judged_trees import names_in
from bot.match.open_questions import OpenQuestion, first_questions, open_questions
from bot.match.places_within import PlacesWithin
from bot.match.selecting import for_family, select
from bot.match.talent_classes import TalentClasses
from bot.match.types import AskerFacts, Match
from bot.text.language import language_of
from bot.types import Language
from index.glossary.of_corpus import glossary_of
from ingest.entitlements.files import FileState, files_state
from ingest.entitlements.load import load_entitlements
from ingest.entitlements.types import Entitlements, ReadableCondition, TextCondition, leaves
from ingest.errors import QuestionUnusable
from ingest.types import Corpus

NOTHING = Heard()
IN_WORDS = "text"  # under which conditions in words stand beside the words of attributes
_TIME = "recognition.time"
_NAMED = frozenset({"award", "event", "industry", "recognition", "job"})  # a profile may name these as a record does


@dataclass(frozen=True, slots=True)
class MatchResult:
    """What a corpus grants to an asker. ``expired`` and ``near_misses`` are not met, and say why."""

    facts: AskerFacts
    matches: tuple[Match, ...]
    expired: tuple[Match, ...]
    near_misses: tuple[Match, ...]
    asked: tuple[OpenQuestion, ...]  # what is worth asking next
    for_talent: frozenset[str]  # keys of grants that go to the person the asker brings
    as_of: date
    language: Language
    about_profile: tuple[str, ...] = ()  # nothing was understood; it is a question

    @property
    def benefits(self) -> tuple[Match, ...]:
        """The matches besides prices and encouragements: what is counted everywhere."""
        return tuple(match for match in self.matches if not match.is_tariff and not match.grant.record.soft)

    @property
    def encouragements(self) -> tuple[Match, ...]:
        """Services and encouragements, which promise nothing in particular; counted by themselves."""
        return tuple(match for match in self.matches if not match.is_tariff and match.grant.record.soft)

    @property
    def prices(self) -> tuple[Match, ...]:
        """What everybody of its kind pays: no benefit, but worth knowing."""
        return tuple(match for match in self.matches if match.is_tariff)

    @property
    def questions(self) -> tuple[str, ...]:
        """What is worth asking next, in words."""
        return tuple(question.text for question in self.asked)

    @property
    def met(self) -> tuple[Match, ...]:
        """The benefits whose conditions are all met."""
        return tuple(match for match in self.benefits if match.status == "met")

    @property
    def notices(self) -> tuple[str, ...]:
        """What the reader should know of what they wrote: one sentence each."""
        return (*self.about_profile, *self.facts.contradictions)


@dataclass(frozen=True)
class Matcher:
    """The grants of a corpus with all that conditions are compared by, read once. Safe to use from several threads."""

    corpus: Corpus
    entitlements: Entitlements
    places: PlacesWithin
    classes: TalentClasses
    known_places: KnownPlaces
    listed: Mapping[str, frozenset[str]]  # words of the records by attribute: what a profile may name
    class_names: ClassNames

    @classmethod
    def of(cls, corpus: Corpus, entitlements: Entitlements | None = None) -> Matcher:
        """The grants of ``corpus``; those of its folder unless given. Raises EntitlementsUnusable."""
        known = entitlements if entitlements is not None else load_entitlements(corpus)
        classes = TalentClasses.of_catalogues(known.catalogues)
        places = PlacesWithin.of(corpus)
        named = known_places(corpus, glossary_of(corpus), places.beside)
        return cls(corpus, known, places, classes, named, _words_of(known), class_names(known.attached))

    def facts_of(self, profile: str, as_of: date) -> AskerFacts:
        """What is read from a profile in somebody's own words."""
        return self._read(profile, as_of)[0]

    def _read(self, profile: str, as_of: date) -> tuple[AskerFacts, str]:
        """The facts of a profile, and its words without those on somebody else."""
        facts = read_facts(profile, self.known_places, as_of, self.listed)
        more = tuple(heard_facts(profile, facts, self.listed, as_of))
        whole = replace(facts, facts=(*facts.facts, *more))
        own = own_words(profile, whole.who, as_of)
        stated = tuple(stated_facts(own, whole, self.listed.get(IN_WORDS, ())))
        whole = replace(whole, facts=(*whole.facts, *stated))
        whole = with_catalogues(profile, whole, self.class_names)
        return with_honours(profile, whole, as_of, self.listed.get("award", frozenset())), own

    def match_profile(self, profile: str, as_of: date, language: Language | None = None) -> MatchResult:
        """The same for a profile in somebody's own words; in its own language unless another is given."""
        whole, own = self._read(profile, as_of)
        spoken = language or language_of(profile)
        result = self.match(whole, as_of, spoken, Heard.of(own))
        said = [wording.IS_QUESTION] if Heard.of(profile).is_question else []
        said += [] if whole.facts or whole.contradictions else [wording.NOTHING_UNDERSTOOD]
        return replace(result, about_profile=tuple(say.to(spoken) for say in said))

    def match(
        self, facts: AskerFacts, as_of: date, language: Language = Language.ZH, heard: Heard = NOTHING
    ) -> MatchResult:
        """Every grant that speaks to the facts, judged on the day ``as_of``. Without facts only questions.

        ``heard`` is the profile itself, where there is one.
        """
        if not facts.facts:
            return MatchResult(facts, (), (), (), first_questions(language), frozenset(), as_of, language)
        measures = Measures(self.places, self.classes, as_of, language, heard)
        judged = judge_grants(self.entitlements.attached, facts, measures)
        theirs, relation, of_relative = as_the_talent(facts), talent_among_relatives(facts), frozenset[str]()
        if theirs is not None and relation is not None:  # the talent is one of the family, and somebody else asks
            by_talent = judge_grants(self.entitlements.attached, theirs, replace(measures, heard=NOTHING))
            judged, of_relative = for_family(judged, by_talent, relation, language)
        chosen = select(judged, facts, heard.prices_of, of_relative)
        shown = (*chosen.matches, *chosen.expired, *chosen.near_misses)
        return MatchResult(
            facts=facts,
            matches=_matches(chosen.matches),
            expired=_matches(chosen.expired),
            near_misses=_matches(chosen.near_misses),
            asked=open_questions(chosen.matches, language) or (() if chosen.matches else first_questions(language)),
            for_talent=frozenset(item.match.grant.key for item in shown if item.about_talent) | of_relative,
            as_of=as_of,
            language=language,
        )


def _words_of(entitlements: Entitlements) -> Mapping[str, frozenset[str]]:
    """The words that conditions of records ask for, by attribute, conditions in words, and the awards of catalogues."""
    found: dict[str, set[str]] = {}
    for grant in entitlements.attached:
        asked = (grant.record.conditions, *(row.when for row in grant.record.amounts))
        if any(
            isinstance(leaf, ReadableCondition) and leaf.attribute == _TIME for one in asked for leaf in leaves(one)
        ):
            found.setdefault(TIMED, set()).update(names_in(*asked))
        for condition in asked:
            for leaf in leaves(condition):
                if isinstance(leaf, TextCondition):
                    found.setdefault(IN_WORDS, set()).add(leaf.text)
                elif leaf.attribute in _NAMED:
                    found.setdefault(leaf.attribute, set()).update(leaf.words)
    for catalogue in entitlements.catalogues:
        for attached in catalogue.entries:
            found.setdefault("award", set()).update(attached.entry.awards)
    return {attribute: frozenset(words) for attribute, words in found.items()}


class MatcherKeeper:
    """Keeps the matcher of the corpus last asked for, until its text or its records change."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[str, tuple[FileState, ...]], Matcher] | None = None

    def of(self, corpus: Corpus) -> Matcher:
        """The matcher of ``corpus`` as it and its records are now. Raises EntitlementsUnusable."""
        key = (corpus.digest, files_state(corpus.folder))
        kept = self._kept
        if kept is None or kept[0] != key:
            kept = self._kept = (key, Matcher.of(corpus))
        return kept[1]


def check_profile(profile: str, longest: int) -> None:
    """Raises QuestionUnusable when a profile is too long to be read."""
    if len(profile) > longest:
        raise QuestionUnusable("bot.profile_too_long", characters=len(profile), most=longest)


def _matches(items: tuple[GrantJudged, ...]) -> tuple[Match, ...]:
    return tuple(item.match for item in items)
