"""The one place where the bot looks into jieba's dictionary (untyped); everything here is typed."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import cast

import jieba  # pyright: ignore[reportMissingTypeStubs]  # jieba ships no types
import jieba.posseg as tagged  # pyright: ignore[reportMissingTypeStubs]  # as above

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_PLACE_SUFFIXES = ("市", "省", "自治区", "维吾尔自治区", "壮族自治区", "回族自治区", "盟")
_COUNTY_ENDS = ("旗", "县", "区")
_NAMES = frozenset({"ns", "nr", "nrt"})  # the dictionary calls 乌审旗 a name of a person
# 直辖市 and 县级市 are in the dictionary, but 直辖 and 县级 are no places.
_NO_PLACES = frozenset({"直辖", "地级", "县级", "省级", "城", "都", "全", "本", "外", "中心"})


def _frequencies() -> dict[str, int]:
    jieba.setLogLevel(logging.WARNING)  # pyright: ignore[reportUnknownMemberType]
    jieba.initialize()  # pyright: ignore[reportUnknownMemberType]
    return cast("dict[str, int]", jieba.dt.FREQ)  # pyright: ignore[reportUnknownMemberType]  # as above


def is_word(text: str) -> bool:
    """True for a word of the general Chinese dictionary."""
    return bool(_frequencies().get(text))


def words_in(text: str) -> list[str]:
    """``text`` cut into dictionary words; characters that form no word come out one by one."""
    _frequencies()
    return cast("list[str]", jieba.lcut(text, HMM=False))  # pyright: ignore[reportUnknownMemberType]


@cache
def _tags() -> dict[str, str]:
    """Part of speech by word, read from the dictionary at the first question that needs it (about half a second)."""
    _frequencies()
    tagged.dt.initialize()  # pyright: ignore[reportUnknownMemberType]  # as above
    return cast("dict[str, str]", tagged.dt.word_tag_tab)  # pyright: ignore[reportUnknownMemberType]  # as above


def nouns_in(text: str) -> list[str]:
    """The nouns of ``text`` with two characters or more, names of people, places and offices included."""
    tags = _tags()
    return [
        word
        for run in _HAN_RUN.findall(text)
        for word in words_in(run)
        if len(word) >= 2 and tags.get(word, "")[:1] == "n"
    ]


def share_in_words(text: str) -> float:
    """Share of the Chinese characters of ``text`` that stand in words of two or more characters (0 without any)."""
    han = covered = 0
    for run in _HAN_RUN.findall(text):
        han += len(run)
        covered += sum(len(word) for word in words_in(run) if len(word) >= 2)
    return covered / han if han else 0.0


def places_in(text: str) -> list[str]:
    """Chinese cities, prefectures and provinces named in ``text``, without 市 / 省 / 盟, in order.

    A place is a dictionary word that the dictionary also holds with 市, 省, 盟 or 自治区 after it: 深圳 and 江苏 are,
    韩国 is not; counties, districts and banners are given with their last character.
    """
    known = _frequencies()
    found: list[str] = []
    for run in _HAN_RUN.findall(text):
        for word in words_in(run):
            if _is_county(word) and word not in found:
                found.append(word)
                continue
            name = _without_suffix(word)
            if len(name) < 2 or name in _NO_PLACES or name in found or not known.get(name):
                continue
            if any(known.get(name + suffix) for suffix in _PLACE_SUFFIXES):
                found.append(name)
    return found


def _is_county(word: str) -> bool:
    """True for 准格尔旗 and 东胜区, but not for 开发区: the word or what stands before its last character is a name."""
    return len(word) > 2 and word.endswith(_COUNTY_ENDS) and bool({_tags().get(word), _tags().get(word[:-1])} & _NAMES)


def _without_suffix(word: str) -> str:
    for suffix in _PLACE_SUFFIXES:
        if len(word) > len(suffix) + 1 and word.endswith(suffix):
            return word[: -len(suffix)]
    return word
