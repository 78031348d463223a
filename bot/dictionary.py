"""The one place where the bot looks into jieba's dictionary (untyped); everything here is typed."""

from __future__ import annotations

import logging
import re
from typing import cast

import jieba  # pyright: ignore[reportMissingTypeStubs]  # jieba ships no types

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_PLACE_SUFFIXES = ("市", "省", "自治区", "维吾尔自治区", "壮族自治区", "回族自治区", "盟")
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
    韩国 is not.
    """
    known = _frequencies()
    found: list[str] = []
    for run in _HAN_RUN.findall(text):
        for word in words_in(run):
            name = _without_suffix(word)
            if len(name) < 2 or name in _NO_PLACES or name in found or not known.get(name):
                continue
            if any(known.get(name + suffix) for suffix in _PLACE_SUFFIXES):
                found.append(name)
    return found


def _without_suffix(word: str) -> str:
    for suffix in _PLACE_SUFFIXES:
        if len(word) > len(suffix) + 1 and word.endswith(suffix):
            return word[: -len(suffix)]
    return word
