"""One written form for comparing texts: width, 繁→简, spaces, thousands commas, number ranges.

Used wherever texts are matched or scored, never for display: what a person reads is the source itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Protocol, cast

import opencc

# Zero-width characters survive `\s` and NFKC, and come with text copied from web pages.
_BLANK = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
_BLANK_NOT_BETWEEN_LATIN = re.compile(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# The dash of a range, also doubled. NFKC has already made － of full width and ～ into - and ~.
_RANGE_SIGN = r"(?:[-—–−‐‑―~〜∼]+|至|到)"
_RANGE_UNIT = "%‰°℃年月日号时天周岁个人名家亿万千百十元亩吨度项条款类级档底末初"
_DIGIT = "0-9〇零一二三四五六七八九十百"
# "20万元至25万元", "一至四类", "a-f类"; 达到13家 stays, because 达 is no unit, and 2025年到期, because 期 is no digit.
_RANGE = re.compile(rf"(?<=[{_DIGIT}{_RANGE_UNIT}]){_RANGE_SIGN}(?=[{_DIGIT}])|(?<=[a-z]){_RANGE_SIGN}(?=[a-z]类)")

# Radicals that PDF writers print in place of the characters they look like. Those of Kangxi (U+2F00 on) decompose by
# NFKC; for the supplement (U+2E81 to U+2EF3, in this order, U+2E9A is none) Unicode keeps EquivalentUnifiedIdeograph.txt.
_SUPPLEMENT = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵旡日月歺母民氵氺灬爫爫丬牛"
    "犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶"
    "辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_IDEOGRAPHS = {
    **dict(zip((code for code in range(0x2E81, 0x2EF4) if code != 0x2E9A), _SUPPLEMENT, strict=True)),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    0x2F3E: "户",  # fonts of the mainland draw 户 by it, those of Taiwan never 戶
}
_RADICAL = re.compile("[\u2e80-\u2fdf]")


def ideographs(text: str) -> str:
    """``text`` with every radical (⻓, ⽤) as the character it stands for (长, 用); as long as before."""
    return text.translate(_IDEOGRAPHS) if _RADICAL.search(text) else text


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter(scheme: str) -> _Converter:
    """The converter of a scheme of OpenCC, its tables read once and only when needed."""
    return cast(_Converter, opencc.OpenCC(scheme))  # its types are only half written


def to_simplified(text: str) -> str:
    """Traditional characters written Simplified; everything else as it was."""
    return _converter("t2s").convert(text)


def to_traditional(text: str) -> str:
    """Simplified characters written Traditional; everything else as it was."""
    return _converter("s2t").convert(text)


def match_form(text: str) -> str:
    """The form in which two texts are compared: equal forms mean the same words and the same figures.

    Radicals as characters, NFKC, lower case, 繁→简, white space removed, thousands commas removed, number ranges written "-":
    ``match_form("２０ 萬元～25万元") == match_form("20万元至25万元")``.
    """
    return _RANGE.sub("-", _plain(_BLANK.sub("", _folded(text))))


@lru_cache(1 << 17)  # some 300 bytes each
def title_form(title: str) -> str:
    """As :func:`match_form`, remembered: the titles of all documents are looked at for many a question."""
    return match_form(title)


def search_form(text: str) -> str:
    """As :func:`match_form`, but a space between Latin words or numbers stays, so that words can be told apart."""
    spaced = _BLANK.sub(" ", _folded(text)).strip()
    return _RANGE.sub("-", _plain(_BLANK_NOT_BETWEEN_LATIN.sub("", spaced)))


def _folded(text: str) -> str:
    return to_simplified(unicodedata.normalize("NFKC", ideographs(text)).lower())


def _plain(text: str) -> str:
    return _THOUSANDS.sub("", text)
