"""Which class of a talent catalogue an award, a title or a job is; a class holds in its own catalogue alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.match import wording
from bot.match.facts.titles.title_holders import is_candidate, is_listed_abroad, is_title_abroad
from bot.match.honours.levels import is_of_other_level
from bot.match.honours.prizes import Prize, prize_of
from bot.match.types import Fact, Status
from bot.match.words import Standing, standard_form, standing
from bot.text.bilingual import Say
from ingest.entitlements.types import AttachedCatalogue
from ingest.vocabulary.matching.inclusions import inclusions
from ingest.vocabulary.talk import talk_words

_QUALIFIED = re.compile(r"[（(].+[)）]|第[一二三]|前\s?\d|首席|负责人|主要|年龄")
_POST = re.compile(talk_words().ends_in_a_post)
_BARE = re.compile(r"[（(][^（）()]*[)）]")
_STEPS = ("degree", "skill_level")
_LEVEL = "recognition.level"
_OF_STUDIES = ("school", "age")  # which with a degree may be listed
_FEWEST_INSIDE = 4  # characters; shorter names stand inside too many others


@dataclass(frozen=True, slots=True)
class Listed:
    """An award that a catalogue lists. ``qualified``: the catalogue asks for more than its name."""

    said: str
    of: str
    letter: str
    fact: Fact
    qualified: bool
    by_rank: bool = False  # by a degree, a title or a grade of skill alone


@dataclass(frozen=True)
class TalentClasses:
    """The entries of all catalogues by whose they are: (standard form of the award, class, as printed)."""

    entries: Mapping[str, tuple[tuple[str, str, str], ...]]

    @classmethod
    def of_catalogues(cls, catalogues: Iterable[AttachedCatalogue]) -> TalentClasses:
        """What of the catalogues stands in the corpus."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for catalogue in catalogues:
            listed = found.setdefault(catalogue.catalogue.of, [])
            for attached in catalogue.entries:
                listed += [
                    (standard_form(_BARE.sub("", award)), attached.entry.letter, award)
                    for award in attached.entry.awards
                ]
        return cls({of: tuple(listed) for of, listed in found.items()})

    def of(self, honours: Iterable[Fact], catalogue: str | None) -> tuple[Listed, ...]:
        """The classes that honours give by the catalogue of ``catalogue`` (of all, where it is None), the best first."""
        wanted = self.entries if catalogue is None else {catalogue: self.entries.get(catalogue, ())}
        told = list(honours)
        known = [fact for fact in told if not fact.denied]
        posts = [word for fact in told if fact.attribute == "job" for word in fact.words]
        levels = {fact.of: fact.words for fact in known if fact.attribute == _LEVEL}
        known = [fact for fact in known if fact.attribute != _LEVEL]
        abroad = [fact for fact in known if fact.attribute == "award" and is_title_abroad(fact.words[0])]
        known = [fact for fact in known if fact not in abroad]
        facts = [fact for fact in known if _prize(fact) is None and fact.attribute not in _OF_STUDIES]
        found = [
            Listed(word, of, letter, fact, _is_qualified(printed, word))
            for fact in facts
            for word in fact.words
            for of, entries in wanted.items()
            for award, letter, printed in entries
            if fact.attribute not in _STEPS
            and _is_award(standard_form(word), award)
            and not is_of_other_level(printed, levels.get(word, ()))
            and (fact.attribute == "job" or not posts or _is_of_post(printed, award, standard_form(word), posts))
        ]
        found += [item for fact in known for item in _by_prize(fact, wanted)]
        found += self._by_rank([fact for fact in facts if fact.attribute in (*_STEPS, "title")], wanted)
        found += _by_school(known, wanted)
        found += _from_abroad(abroad, wanted)
        order = {letter: place for entries in wanted.values() for place, letter in enumerate(_letters(entries))}
        return tuple(sorted(found, key=lambda item: (order[item.letter], item.qualified)))

    @staticmethod
    def _by_rank(facts: Iterable[Fact], wanted: Mapping[str, tuple[tuple[str, str, str], ...]]) -> list[Listed]:
        """Classes that a degree, a title or a grade of skill alone gives; the authority still recognises the class."""
        return [
            Listed(word, of, letter, fact, True, by_rank=True)
            for fact in facts
            for word in fact.words
            for of, entries in wanted.items()
            for award, letter, _ in entries
            if _rank_alone(award) == standard_form(word)
        ]

    def listed_as_talent(
        self, asked: str, stated: Iterable[Fact], honours: Iterable[Fact], region: str | None
    ) -> Fact | None:
        """属高层次人才: the fact by which the catalogue of the giver's own place lists somebody by name."""
        if asked not in inclusions().listed_talent or region is None:
            return None
        own = next((fact for fact in stated if not fact.denied and self.is_of(fact, region)), None)
        return own or next((item.fact for item in self.of(honours, region) if not item.qualified), None)

    def holders(self, letter: str) -> tuple[str, ...]:
        """Whose catalogues have a class of that letter."""
        return tuple(of for of, entries in self.entries.items() if letter in _letters(entries))

    def is_of(self, fact: Fact, catalogue: str | None) -> bool:
        """Whether a class that was said is one of ``catalogue``: by whose it is, or as no other catalogue has it."""
        if catalogue is None or fact.of is not None:
            return catalogue is None or fact.of == catalogue
        holders = [of for of, entries in self.entries.items() if set(fact.words) & set(_letters(entries))]
        return holders == [catalogue]


def how_listed(item: Listed, fits: bool) -> tuple[Say, Status]:
    """What a condition comes to by what a catalogue lists. ``fits``: it asks for that class."""
    if not fits and item.fact.attribute == "job":
        # One job stands in several classes, by the kind of firm and by pay: another entry may list them higher.
        return wording.LISTED_LOWER, "open"
    if not fits:
        return wording.LISTED_OTHER, "not_met"
    return (wording.LISTED_IF, "open") if item.qualified else (wording.LISTED, "met")


def _prize(fact: Fact) -> Prize | None:
    """The prize of a fact that tells its grade or rank; such a one is listed by just these."""
    prize = prize_of(fact.words[0]) if fact.attribute == "award" and fact.words else None
    return prize if prize is not None and prize.is_told_apart else None


def _by_prize(fact: Fact, wanted: Mapping[str, tuple[tuple[str, str, str], ...]]) -> Iterator[Listed]:
    """The entries that list a prize of this grade, rank and age; qualified: they may, as not all of it was said."""
    prize = _prize(fact)
    if prize is None:
        return
    for of, entries in wanted.items():
        for _, letter, printed in entries:
            entry = prize_of(printed)
            fits = False if entry is None else prize.is_listed_by(entry)
            if fits is not False:
                yield Listed(prize.word, of, letter, fact, qualified=fits is None)


def _by_school(known: Iterable[Fact], wanted: Mapping[str, tuple[tuple[str, str, str], ...]]) -> Iterator[Listed]:
    """The entries that list a degree of a renowned university, for who is not too old; the class is still recognised."""
    told = list(known)
    schools = [word for fact in told if fact.attribute == "school" for word in fact.words]
    ages = [fact.number for fact in told if fact.attribute == "age" and fact.number is not None]
    for fact in told:
        if fact.attribute != "degree" or not fact.words:
            continue
        for of, entries in wanted.items():
            for _, letter, printed in entries:
                if _is_of_school(printed, fact.words[0], schools) and not _is_too_old(printed, ages):
                    yield Listed(f"{schools[0]}{fact.words[0]}", of, letter, fact, True, by_rank=True)


def _from_abroad(titles: Iterable[Fact], wanted: Mapping[str, tuple[tuple[str, str, str], ...]]) -> Iterator[Listed]:
    """The entries that may list a title of another country; which bodies they mean, the office decides."""
    for fact in titles:
        for of, entries in wanted.items():
            for _, letter, printed in entries:
                if is_listed_abroad(fact.words[0], printed):
                    yield Listed(fact.words[0], of, letter, fact, True)


def _is_of_school(printed: str, degree: str, schools: Sequence[str]) -> bool:
    """Whether an entry lists this degree of such a school, and asks for no achievements besides."""
    if not any(f"{degree}{word}" in printed for word in inclusions().of_every_rank):
        return False
    if any(word in printed for word in inclusions().more_asked):
        return False
    renowned = (kinds for name, kinds in inclusions().renowned.items() if name in printed)
    return any(
        standing("school", school, kind) is Standing.FITS for kinds in renowned for kind in kinds for school in schools
    )


def _is_too_old(printed: str, ages: Sequence[Decimal]) -> bool:
    most = re.search(inclusions().oldest, printed)
    return most is not None and any(age > int(most["most"]) for age in ages)


def _letters(entries: tuple[tuple[str, str, str], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(letter for _, letter, _ in entries))


@lru_cache(maxsize=10_000)
def _rank_alone(award: str) -> str:
    """博士 of 普通高校博士研究生学历学位: what is left of an award without the words every degree and title has."""
    for word in inclusions().of_every_rank:
        award = award.replace(word, "")
    return award


@lru_cache(maxsize=50_000)
def _is_award(said: str, award: str) -> bool:
    if said == award:
        return True
    if is_candidate(said) != is_candidate(award):
        return False  # 院士增选有效候选人 is none yet
    return len(said) >= _FEWEST_INSIDE and len(award) >= _FEWEST_INSIDE and (award in said or said in award)


def _is_of_post(printed: str, award: str, said: str, posts: Iterable[str]) -> bool:
    """Whether an entry that asks for a post in a firm asks for one of those told; the firm alone lists nobody."""
    if award in said or not _POST.search(award):
        return True
    return any(word[:_FEWEST_INSIDE] in printed for word in posts)


def _is_qualified(printed: str, said: str) -> bool:
    plain = standard_form(printed) == standard_form(said)
    return not plain and (
        _QUALIFIED.search(printed) is not None or standard_form(_BARE.sub("", printed)) not in standard_form(said)
    )
