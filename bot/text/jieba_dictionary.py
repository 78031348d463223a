"""What the general Chinese dictionary knows: words, nouns, places. The glossary's words are not among them."""

from __future__ import annotations

import re
from functools import cache

from index.text.tokens import WordSplitter, joining_tags, noun_tags
from ingest.vocabulary.levels import COUNTY, levels
from ingest.vocabulary.places import place_names

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_PLACE_SUFFIXES = (
    *("市", "省", "自治区", "盟"),
    *(f"{nationality}自治区" for nationality in place_names().nationalities.values()),
)
_COUNTY_ENDS = tuple(level.name for level in levels() if level.rank == COUNTY and len(level.name) == 1)
_NAMES = frozenset({"ns", "nr", "nrt"})  # the dictionary calls 乌审旗 a name of a person
# 直辖市 and 县级市 are in the dictionary, but 直辖 and 县级 are no places; a ministry (产业省) is none.
_NO_PLACES = frozenset({"直辖", "地级", "县级", "省级", "城", "都", "全", "本", "外", "中心", "产业"})


@cache
def _general() -> WordSplitter:
    return WordSplitter()


def words_in(text: str) -> list[str]:
    """A run of Chinese characters cut into dictionary words; characters that form no word come out one by one."""
    return _general().cut(text)


@cache
def joining_words() -> frozenset[str]:
    """Words that join, point and shade, and name nothing: adverbs, conjunctions, prepositions, pronouns, particles."""
    return joining_tags()


def nouns_in(text: str) -> list[str]:
    """The nouns of ``text`` with two characters or more, names of people, places and offices included."""
    tags = noun_tags()
    return [word for run in _HAN_RUN.findall(text) for word in words_in(run) if len(word) >= 2 and word in tags]


def times_counted(word: str) -> int:
    """How often the dictionary counted a word in the running text that it was made of (60 million words); 0 for an unknown one."""
    return _general().frequency(word)


def share_in_words(text: str) -> float:
    """Share of the Chinese characters of ``text`` that stand in words of two or more characters (0 without any)."""
    han = covered = 0
    for run in _HAN_RUN.findall(text):
        han += len(run)
        covered += sum(len(word) for word in words_in(run) if len(word) >= 2)
    return covered / han if han else 0.0


def counties_in(text: str) -> list[str]:
    """Counties, districts and banners named in ``text``, each with its last character: 康巴什区, 准格尔旗."""
    return [word for run in _HAN_RUN.findall(text) for word in words_in(run) if _is_county(word)]


def places_in(text: str) -> list[str]:
    """Chinese cities, prefectures and provinces named in ``text``, without 市 / 省 / 盟, in order.

    A place is a dictionary word that the dictionary also holds with 市, 省, 盟 or 自治区 after it: 深圳 and 江苏 are,
    韩国 is not; counties, districts and banners are given with their last character.
    """
    found: list[str] = []
    for run in _HAN_RUN.findall(text):
        for word in words_in(run):
            if _is_county(word) and word not in found:
                found.append(word)
                continue
            name = _without_suffix(word)
            if len(name) < 2 or name in _NO_PLACES or name in found or not _is_word(name):
                continue
            if any(_is_word(name + suffix) for suffix in _PLACE_SUFFIXES):
                found.append(name)
    return found


def _is_word(text: str) -> bool:
    return _general().frequency(text) > 0


def _is_county(word: str) -> bool:
    """True for 准格尔旗 and 东胜区, but not for 开发区: the word or what stands before its last character is a name."""
    return (
        len(word) > 2
        and word.endswith(_COUNTY_ENDS)
        and bool({noun_tags().get(word), noun_tags().get(word[:-1])} & _NAMES)
    )


def _without_suffix(word: str) -> str:
    for suffix in _PLACE_SUFFIXES:
        if len(word) > len(suffix) + 1 and word.endswith(suffix):
            return word[: -len(suffix)]
    return word
