"""Names of places: provinces, prefectures, and how a name of each level ends."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pypinyin import lazy_pinyin

from ingest.vocabulary.load import Subject, read


class Ending(Subject):
    """How names of one level end."""

    words: tuple[str, ...]
    unless: tuple[str, ...]
    unless_behind: tuple[str, ...]


class _Words(Subject):
    words: tuple[str, ...]


class PlaceNames(Subject):
    """The whole of ``places.toml``, where the fields are described."""

    provinces: Mapping[str, tuple[str, ...]]
    nationalities: Mapping[str, str]
    short: Mapping[str, tuple[str, ...]]
    prefectures: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, Ending]
    no_name: _Words
    cities: _Words
    latin: Mapping[str, tuple[str, ...]]


@cache
def place_names() -> PlaceNames:
    """What is known of names of places."""
    return read("places", PlaceNames)


class _Provinces(Subject):
    """The whole of ``provinces.toml``."""

    within: Mapping[str, tuple[str, ...]]


@cache
def province_of() -> Mapping[str, str]:
    """The province in which a prefecture lies, both by their short names."""
    listed = read("provinces", _Provinces).within
    return {prefecture: province for province, below in listed.items() for prefecture in below}


@cache
def latin_names(name: str) -> tuple[str, ...]:
    """What a place, given without its ending, is called in Latin letters, lower case; its pinyin unless listed."""
    return place_names().latin.get(name) or ("".join(lazy_pinyin(name)).lower(),)


@cache
def places_by_latin_name() -> Mapping[str, str]:
    """Latin name → place, for all provinces, prefectures and cities of ``places.toml``."""
    known = place_names()
    listed = [*known.provinces.values(), *known.prefectures.values(), known.cities.words]
    return {latin: name for names in listed for name in names for latin in latin_names(name)}


class Organs(Subject):
    """The whole of ``organs.toml``, where the fields are described."""

    national: tuple[str, ...]
    vertical: tuple[str, ...]
    party: tuple[str, ...]
    endings: tuple[str, ...]


@cache
def organs() -> Organs:
    """What is known of organs of the state."""
    return read("organs", Organs)
