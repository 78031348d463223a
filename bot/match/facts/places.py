"""The places of a corpus by what people call them, each with the places around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Protocol, TypeVar

from bot.match.facts.reading import Reading
from bot.match.facts.words import WordFinder, finder_of
from bot.match.types import Fact
from bot.text.jieba_dictionary import places_in
from index.glossary.glossary import Glossary
from index.text.levels_and_places import Places, places_of
from ingest.facts.administration import places_at_start
from ingest.types import Corpus
from ingest.vocabulary.levels import PROVINCE, TOWN, level_named, level_names, levels
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.places import latin_names, place_names

_SHORTEST_LATIN = 5  # letters; shorter pinyin is a word of English too often


@dataclass(frozen=True)
class KnownPlaces:
    """The places of a corpus. ``names`` leads from what people say to full names; ``region`` is where the corpus belongs.

    ``region`` is the widest place first; ``levels`` are the levels of government that the corpus has.
    """

    levels: Places
    region: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @cached_property
    def finder(self) -> WordFinder:
        """Finds every name of a known place."""
        return WordFinder(dict.fromkeys(self.names, ()))

    def chain(self, name: str) -> tuple[str, ...]:
        """A full name and the places around it, the narrowest first."""
        full = self.names.get(name, (name,))
        inside = [place for place in self.region if place in full]
        if not inside and re.search(rf"{_smallest_endings()}$", full[-1]):
            return tuple(
                dict.fromkeys((*full, *reversed(self.region)))
            )  # a park or town that the owner named lies here
        if not inside:
            return tuple(dict.fromkeys(full))
        lowest = max(self.region.index(place) for place in inside)
        rest = [place for place in full if place not in self.region]
        return tuple(dict.fromkeys((*rest, *reversed(self.region[: lowest + 1]))))


def names_of(full: str) -> tuple[str, ...]:
    """A place with its ending, and without: 鄂尔多斯市, 鄂尔多斯."""
    found = places_at_start(full)
    return tuple(dict.fromkeys((full, *(place.name for place in found[-1:]))))


def known_places(corpus: Corpus, glossary: Glossary, beside: Iterable[str] = ()) -> KnownPlaces:
    """The places of a corpus from its region, its documents and the rows of its glossary (what people call places).

    ``beside`` are counties that lie in the same city as the corpus's own.
    """
    places = places_of(corpus)
    chain = [place.full for place in places_at_start(corpus.region)]
    names: dict[str, tuple[str, ...]] = {}
    by_level = {level: listed[0] for level, listed in places.names.items() if listed}
    for level, listed in places.names.items():
        full = by_level[level]
        names |= {said.lower(): (full,) for said in listed}
        names |= dict.fromkeys(places.latin.get(level, ()), (full,))
        said_of = level_named(level)
        if said_of is not None and said_of.rank > PROVINCE:
            names |= {f"the {word}": (full,) for word in said_of.english if word.isalpha()}
            names |= {f"{said_of.said_of}{body}": (full,) for body in asker_speech().places.bodies if said_of.said_of}
    for said, full in glossary.places.items():
        meant = tuple(by_level.get(word, word) for word in full if _is_place(by_level.get(word, word)))
        if meant and not said.endswith("级") and not _is_level(said):
            names.setdefault(said, meant)
    around = tuple(reversed(chain[:-1]))
    for said, full in _counties_beside(beside):
        names.setdefault(said, (full, *around))
    for said, full in tuple(names.items()):
        if (
            not said.isascii() and len(said) > 1 and any(name.startswith(said) for name in full)
        ) or said in place_names().latin:
            names |= {
                latin: full for latin in latin_names(said) if len(latin) >= _SHORTEST_LATIN and latin not in names
            }
    return KnownPlaces(places, tuple(chain), names)


def _counties_beside(beside: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What people call the counties beside: 达拉特旗, 达拉特, 达旗."""
    for printed in beside:
        for place in places_at_start(max(places_in(printed), key=len, default="")):
            level = level_named(place.level)
            yield from ((said, place.full) for said in (place.full, place.name) if len(said) > 1)
            if level is not None and level.shortened:
                yield place.name[0] + place.level, place.full


@cache
def _smallest_endings() -> str:
    endings = place_names().endings
    return any_of(
        word for level in levels() if level.rank == TOWN and level.name in endings for word in endings[level.name].words
    )


@cache
def _place_endings() -> str:
    ends = [*(word for ending in place_names().endings.values() for word in ending.words), *place_names().provinces]
    return any_of(ends)


def _is_place(name: str) -> bool:
    return re.search(rf".{_place_endings()}$", name) is not None and name not in level_names()


@cache
def _level_words() -> frozenset[str]:
    return frozenset(f"{start}{level.said_of}" for level in levels() if level.said_of for start in "全")


def _is_level(said: str) -> bool:
    return said in _level_words() or said in level_names()


def with_areas(chain: tuple[str, ...]) -> tuple[str, ...]:
    """A place with the wide areas it lies in: 西部地区."""
    west = asker_speech().places.west
    return (*chain, *asker_speech().places.areas) if any(name.startswith(tuple(west)) for name in chain) else chain


def origin_words(chain: tuple[str, ...], known: bool, places: KnownPlaces) -> tuple[str, ...]:
    """The place itself and outside of what it lies: 甘肃 is 区外, 市外, 旗外 and 外省; nothing for the place of here."""
    words = asker_speech().places
    name = chain[0]
    outside = words.outside_behind
    each = tuple(f"{last_sign(full)}{outside}" for full in places.region)
    if name in words.countries or name in words.not_mainland:
        return (name, words.abroad[0], *each)
    if known:
        lowest = max(places.region.index(full) for full in chain if full in places.region)
        return (*chain, *each[lowest + 1 :])
    province = _province_of(name)
    home = next((full for full in places.region), "")
    if province and home.startswith(province):
        return (name, *each[1:])
    if province:
        return (name, words.outside_province[0], *each)
    return (name, *each[1:])


def outside_facts(reading: Reading, places: KnownPlaces) -> Iterator[Fact]:
    """外地, 外省, 境外 and, by the levels of the region, 区外, 市外, 旗外, where somebody comes from there."""
    words = asker_speech().places
    each = tuple(f"{last_sign(full)}{words.outside_behind}" for full in places.region)
    finder = finder_of([*words.outside, *words.outside_province, *words.abroad, *each])
    for clause in reading.clauses:
        part = reading.profile.of(clause)
        if clause.asking or not re.search(r"引进|聘|来|迁|搬|请|招|回|调|挖|from|人|引", part):
            continue
        for found in finder.find(reading.profile.text, clause.start, clause.end):
            said = found.names[0]
            if re.match(
                "[市场客合参投用]" if said in words.abroad else "[客市]",
                reading.profile.text[found.end : found.end + 1],
            ):
                continue
            yield Fact(
                "origin",
                _outside_words(said, each),
                about="asker" if reading.is_person or not reading.speaks_of_talent(clause) else "talent",
                said=reading.profile.span(found.start, found.end),
            )


def _outside_words(said: str, each: tuple[str, ...]) -> tuple[str, ...]:
    words = asker_speech().places
    if said in each:
        return tuple(dict.fromkeys((said, *each[each.index(said) :])))
    if said in words.abroad:
        return (words.abroad[0], *each)
    if said in words.outside_province:
        return (words.outside_province[0], *each)
    return (said, *each[-1:])


class SaidPlace(Protocol):
    """A place that a profile names: its chain, whether the corpus knows it, where it stands, and what is said of it."""

    @property
    def chain(self) -> tuple[str, ...]: ...
    @property
    def known(self) -> bool: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def stance(self) -> str: ...


_Said = TypeVar("_Said", bound=SaidPlace)


def own_seats(reading: Reading, said: Iterable[_Said], here: SaidPlace) -> Iterator[_Said]:
    """Other places in which a firm says to have a seat of its own."""
    if not reading.is_organisation:
        return
    for place in said:
        if (
            place.known
            and place.stance == "is"
            and place.role in ("here", "dealing")
            and place.chain != here.chain
            and not reading.profile.text[: place.start].endswith(asker_speech().places.dealing_before)
            and _seat().match(reading.profile.text, place.end) is not None
        ):
            yield place


@cache
def _seat() -> re.Pattern[str]:
    words = asker_speech().places
    return re.compile(rf"[\s的]?(?:{any_of(words.has_a_seat)})?{words.up_to_a_seat}(?:{any_of(words.seats)})")


def last_sign(full: str) -> str:
    """The sign of its level that a full name ends in."""
    return full[-1]


def _province_of(name: str) -> str | None:
    provinces = [p for listed in place_names().provinces.values() for p in listed]
    if province := next((p for p in provinces if name.startswith(p)), None):
        return province
    cities = asker_speech().places.cities
    return next((p for p, listed in cities.items() if name.startswith(listed)), None)


@cache
def level_signs() -> str:
    """What names of places end in and people say for a level: 省, 市, 县."""
    return any_of([*level_names(), *(level.said_of for level in levels() if level.said_of)])


def household(
    reading: Reading, places: KnownPlaces, said: Sequence[tuple[tuple[str, ...], int, int]]
) -> Iterator[Fact]:
    """本县户口, 本旗人: a household of here, at every level around it."""
    if not (reading.is_person or "individual_business" in reading.who):
        return
    text = reading.profile.text
    for chain, start, end in said:
        if re.match(r"户口|户籍|籍|人(?!民|才|员|社)|生源|本地人", text[end:]):
            own = tuple(
                asker_speech().places.household.format(level=last_sign(full)) for full in chain if full in places.region
            )
            source = tuple(
                asker_speech().places.student_of.format(place=name)
                for full in chain
                if full in places.region
                for name in names_of(full)
            )
            yield Fact("status", (*own, *source), said=reading.profile.span(start, end))
    for clause in reading.clauses:
        if match := re.search(
            rf"(?<![个名位])本(?:{level_signs()}|地)(?:人(?!才|民)|户口|户籍)", reading.profile.of(clause)
        ):
            own = [asker_speech().places.household.format(level=last_sign(full)) for full in places.region]
            start = clause.start + match.start()
            yield Fact("status", tuple(reversed(own)), said=reading.profile.span(start, clause.start + match.end()))
