"""Whether a place an asker names lies in a place that a condition or a document names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.facts.administration import Place, places_at_start
from ingest.types import Corpus
from ingest.vocabulary.levels import COUNTY, PROVINCE, level_named, levels
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.inclusions import inclusions
from ingest.vocabulary.places import place_names, province_of

_KEPT = 4096  # names of places whose surroundings are kept
_WEST = "西部地区"
_NATION = ("中国", "全国", "国家", "境内")
_COUNTY_ENDINGS = any_of(level.name for level in levels() if level.rank == COUNTY and len(level.name) == 1)


@dataclass(frozen=True, slots=True)
class PlacesWithin:
    """The places of a corpus and what lies in them. ``region`` is the corpus's own place, the widest first.

    ``beside`` are counties that the corpus prints in one list with its own (东胜区、康巴什区、伊金霍洛旗): they lie
    in the same city.
    """

    region: tuple[Place, ...]
    beside: frozenset[str] = frozenset()

    @classmethod
    def of(cls, corpus: Corpus) -> PlacesWithin:
        """What titles, region and text of a corpus say of its places."""
        region = places_at_start(corpus.region)
        own = next((place.full for place in region if _rank(place) == COUNTY), None)
        lists = _lists_with(own, corpus) if own else ()
        return cls(region, frozenset(lists))

    def of_level(self, level: str | None) -> str | None:
        """The full name of the corpus's own place of a level; None where it has none, as for the nation."""
        return next((place.full for place in self.region if place.level == level), None)

    def lies_in(self, said: str, asked: str) -> bool | None:
        """Whether ``said`` lies in ``asked``; None when that cannot be told (the wider one was said, or it is unknown)."""
        asked, said = asked.strip(), said.strip()
        if asked in _NATION:
            return True
        if asked == _WEST:
            province = self._province(said)
            return None if province is None else province in inclusions().western
        wanted = _chain(self, asked)
        mine = _chain(self, said)
        if not wanted or not mine:
            return True if asked in said else False if asked in inclusions().zones else None
        for level, name in wanted.items():
            if level in mine and mine[level] != name:
                return False
        return True if set(wanted) <= set(mine) else None

    def is_within(self, said: Sequence[str], asked: Sequence[str]) -> bool | None:
        """The same for words that all speak of one place (鄂尔多斯市, 东胜区); the one that says most decides."""
        per_word = [[self.lies_in(word, wanted) for wanted in asked] for word in said]
        if any(True in results for results in per_word):
            return True
        return False if any(all(result is False for result in results) for results in per_word) else None

    def _province(self, said: str) -> str | None:
        return _chain(self, said).get(PROVINCE)

    def by_short_name(self, name: str) -> dict[int, str]:
        """The rank of a place that is called by a short name: 伊旗, 内蒙, 鄂尔多斯."""
        for place in self.region:
            short = place.name
            rank = _rank(place)
            if rank is not None and (name == short or name in _shortened(place)):
                return {rank: short}
        if any(name in listed for listed in place_names().provinces.values()):
            return {PROVINCE: name}
        if name in province_of():
            return {PROVINCE + 1: name}
        return {COUNTY: name} if self.is_beside(name) else {}

    def is_beside(self, short: str) -> bool:
        """True for a county that the corpus lists with its own, given without its ending."""
        return len(short) > 1 and any(full[:-1].endswith(short) for full in self.beside)


@lru_cache(maxsize=_KEPT)
def _chain(places: PlacesWithin, name: str) -> Mapping[int, str]:
    """Names by rank, as far as they are known: {1: 内蒙古, 2: 鄂尔多斯, 3: 东胜}."""
    found = places.by_short_name(name) or _by_rank(places_at_start(name))
    if not found:
        return {}
    own = _by_rank(places.region)
    deepest = max(found)
    if found[deepest] == own.get(deepest) or (deepest == COUNTY and places.is_beside(found[deepest])):
        return {**{rank: short for rank, short in own.items() if rank < deepest}, **found}
    for rank in sorted(found):
        province = province_of().get(found[rank])
        if rank > PROVINCE and province is not None:
            found.setdefault(PROVINCE, province)
    return found


def _by_rank(places: Iterable[Place]) -> dict[int, str]:
    return {rank: place.name for place in places if (rank := _rank(place)) is not None}


def _rank(place: Place) -> int | None:
    level = level_named(place.level)
    return None if level is None else level.rank


def _shortened(place: Place) -> Iterator[str]:
    """伊旗, 内蒙."""
    yield from place_names().short.get(place.name, ())
    level = level_named(place.level)
    if level is not None and level.shortened:
        yield place.name[0] + place.level


def _lists_with(own: str, corpus: Corpus) -> Iterator[str]:
    """Counties in one enumeration with the corpus's own, each without what else may stand in front of it."""
    name = rf"[一-鿿]{{2,6}}?{_COUNTY_ENDINGS}"
    listed = re.compile(rf"(?:{name}、)+{name}")
    beside = {place for words in (f"{own}、", f"、{own}") for place in corpus.lookup.holding(words)}
    for clause in corpus.at(sorted(beside)):
        if own not in clause.text:
            continue
        text = "".join(clause.text.split())
        for match in listed.finditer(text):
            names = match[0].split("、")
            if own in names or names[0].endswith(own):
                yield from (each for each in names if not each.endswith(own))
