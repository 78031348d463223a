"""Where a name belongs in Chinese administration: the places an issuer, a title or a region begins with, and its level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.vocabulary.levels import level_named
from ingest.vocabulary.load import any_of
from ingest.vocabulary.places import Ending, organs, place_names

# Which levels may follow one another in a name, the widest first.
_BELOW_PROVINCE = ("州", "地区", "盟", "市")
_COUNTIES = ("县", "旗", "区")
_HAN = r"[\u4e00-\u9fff]"
LONGEST_NAME = 9  # characters of one place without its ending: 克孜勒苏柯尔克孜 has 8
COUNTY_CITY = "县级市"
_LAW = re.compile(r"(?<!办)法$")  # only the nation makes one, whatever place it is about


@dataclass(frozen=True, slots=True)
class Place:
    """A place as printed: 江苏 and 省 for 江苏省; ``level`` is a name of ``levels.toml``."""

    name: str  # without its ending
    level: str
    full: str  # as printed


def places_at_start(text: str, known: Mapping[str, str] | None = None) -> tuple[Place, ...]:
    """The places that ``text`` begins with, the widest first: 江苏省, 苏州市, 昆山市 of 江苏省苏州市昆山市财政局.

    ``known`` gives the level of places by full name (``[places]`` in corpus.toml), where a name cannot tell it.
    """
    return _places_at_start(text, known) if known else _remembered(text)


@lru_cache(1 << 17)  # the titles and issuers of all documents are looked at several times
def _remembered(text: str) -> tuple[Place, ...]:
    return _places_at_start(text, None)


def _places_at_start(text: str, known: Mapping[str, str] | None) -> tuple[Place, ...]:
    text = re.sub(rf"^\s*{any_of(organs().party)}", "", text)
    text = re.sub(rf"^{any_of(organs().vertical)}(?={_province_pattern()})", "", text)
    return tuple(_read_on(text.strip(), known or {}))


def level_of(name: str, known: Mapping[str, str] | None = None) -> str | None:
    """The level of an organ, or of the place a title begins with; None when neither can be told.

    The most particular place counts: 内蒙古自治区鄂尔多斯市伊金霍洛旗人民政府 is 旗. A 县级市 under no city is taken
    for a 市 unless ``known`` says otherwise.
    """
    name = name.strip()
    if _LAW.search(name):
        return "国家"
    found = places_at_start(name, known)
    if found:
        return found[-1].level
    if re.match(any_of(organs().national), name):
        return "国家"
    if (bare := _bare_level(name)) is not None:
        return bare
    return "国家" if re.match(rf"{_HAN}{{2,10}}(?:部|总局|总署)(?:[ 　、等]|$)", name) else None


def _read_on(text: str, known: Mapping[str, str]) -> Iterator[Place]:
    if province := _province(text):
        yield province
        text = text[len(province.full) :]
    city = _place(text, _BELOW_PROVINCE, known)
    if city:
        yield city
        text = text[len(city.full) :]
        # 苏州市昆山市: a city inside a city is one of a county's rank.
        if city.level in _BELOW_PROVINCE and (below := _place(text, ("市",), known)):
            yield Place(below.name, COUNTY_CITY, below.full)
            text = text[len(below.full) :]
    for levels in (_COUNTIES, ("园区",), ("乡镇",)):
        if place := _place(text, levels, known):
            yield place
            text = text[len(place.full) :]


def _province(text: str) -> Place | None:
    match = re.match(_province_pattern(), text)
    if match is None:
        return None
    names = place_names()
    for level, listed in names.provinces.items():
        for name in listed:
            if match[0].startswith(name) or any(match[0].startswith(short) for short in names.short.get(name, ())):
                return Place(name, level, match[0])
    return None


@cache
def _province_pattern() -> str:
    names = place_names()
    full: list[str] = []
    bare: list[str] = []
    for level, listed in names.provinces.items():
        ending = "市" if level == "直辖市" else level
        for name in listed:
            full.append(f"{name}{names.nationalities.get(name, '')}{ending}")
            bare.append(rf"{name}(?!{_HAN}{{0,4}}自治州)")  # 海南藏族自治州 is in 青海
            bare += [rf"{short}(?!{name[len(short) :]})" for short in names.short.get(name, ())]
    return f"(?:{'|'.join([*full, *bare])})"


def _place(text: str, levels: tuple[str, ...], known: Mapping[str, str]) -> Place | None:
    """The place of one of ``levels`` that ``text`` begins with, the one that ends first."""
    for full, level in known.items():
        if text.startswith(full) and (level in levels or level == COUNTY_CITY):
            return Place(full[:-1], level, full)
    if _without_name().match(text):
        return None
    found = [match for level in levels for match in _matches(text, level)]
    return min(found, key=lambda place: len(place.full), default=None)


def _matches(text: str, level: str) -> Iterator[Place]:
    for pattern in _named_at(level):
        if match := pattern.match(text):
            yield Place(match["name"], level, match[0])


@cache
def _named_at(level: str) -> tuple[re.Pattern[str], ...]:
    """Patterns for the places of a level: those listed, and what ends as their names do."""
    names, ending = place_names().prefectures.get(level, ()), place_names().endings.get(level)
    listed = (re.compile(rf"(?P<name>{any_of(names)}){level}"),) if names else ()
    return (*listed, *((re.compile(_name_ending(ending)),) if ending else ()))


def _name_ending(ending: Ending) -> str:
    behind = "".join(f"(?<!{word})" for word in ending.unless_behind)
    ahead = f"(?!{any_of(ending.unless)})" if ending.unless else ""
    words = "|".join(f"{behind}{word}" if len(word) == 1 else word for word in ending.words)
    return rf"(?P<name>{_HAN}{{1,{LONGEST_NAME}}}?)(?:{words}){ahead}"


@cache
def _without_name() -> re.Pattern[str]:
    return re.compile(any_of(place_names().no_name.words))


def _bare_level(name: str) -> str | None:
    """The level of an organ that is named without its place: 自治区财政厅, 市科技局, 旗委."""
    ending = any_of(organs().endings)
    match = re.match(rf"(自治区|自治州|地区|省|市(?!场)|州|盟|县|区(?!块|域)|旗|全区)(?={_HAN}{{0,20}}?{ending})", name)
    if match is None:
        return None
    said = {"自治州": "州", "全区": "自治区"}.get(match[1], match[1])
    return said if level_named(said) else None
