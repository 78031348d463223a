"""Reads the numbering that Chinese policies and laws print in front of headings and items.

编/章/节/条 as in 《行政法规制定程序条例》 and 《立法法》; 一、（一）1.（1） as in GB/T 9704-2012 §7.3.3
(结构层次序数); the rest is what real files hold: full-width or spaced digits, ⑴, ⒈, ①, 第十二条之一, 附件2.
A label says what a line *could* be; whether it is one is decided by continuity in :mod:`ingest.structure.outline`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of numbering, from the outermost to the innermost."""

    PART = "篇"
    BOOK = "编"
    SUBBOOK = "分编"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    CN = "一、"
    CN_PAREN = "（一）"
    NUM = "1."
    NUM_PAREN = "（1）"
    CIRCLED = "①"
    DASH = "——"


RANK = {kind: rank for rank, kind in enumerate(Kind)}
LEGAL = frozenset({Kind.PART, Kind.BOOK, Kind.SUBBOOK, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE})


@dataclass(frozen=True, slots=True)
class Label:
    """A number in front of a line. ``length`` counts its characters with the blanks behind it."""

    kind: Kind
    value: int
    sub: int  # 之一 → 1, otherwise 0
    length: int
    spaced: bool  # a blank, a bracket or the line's end follows, as after a real 条 label

    @property
    def printed(self) -> str:
        """The number in one spelling, as used in addresses."""
        match self.kind:
            case Kind.CN:
                return f"{chinese(self.value)}、"
            case Kind.CN_PAREN:
                return f"（{chinese(self.value)}）"
            case Kind.NUM:
                return f"{self.value}."
            case Kind.NUM_PAREN:
                return f"（{self.value}）"
            case Kind.CIRCLED:
                return chr(0x2460 + self.value - 1)
            case Kind.DASH:
                return "——"
            case _:
                tail = f"之{chinese(self.sub)}" if self.sub else ""
                return f"第{chinese(self.value)}{self.kind.value}{tail}"

    def follows(self, before: Label) -> bool:
        """Whether this is the next number of a list of the same kind: 第四条 or 第三条之一 after 第三条."""
        if self.value == before.value + 1 and not self.sub:
            return True
        return self.value == before.value and self.sub == before.sub + 1


def rank_of(label: Label, holds: bool = False) -> float:
    """The rank of a numbering; a heading that holds articles (一、 above 第N条) stands between 节 and 条."""
    return RANK[Kind.SECTION] + RANK[label.kind] / len(RANK) if holds else RANK[label.kind]


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CN = "〇○零一二三四五六七八九十百千两"


def parse_number(text: str) -> int | None:
    """``十二`` → 12, ``一千零四十六`` → 1046, ``〇`` → 0, ``１ ２`` → 12, ``二〇`` → 20; None when it is no number."""
    if not all(c in _DIGITS or c in _UNITS for c in text):
        text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            return None
    return total + digit


def chinese(number: int) -> str:
    """12 → 十二, 1046 → 一千零四十六; above 9999, which no text counts to, in digits."""
    if number == 0:
        return "〇"
    if number > 9999:
        return str(number)
    names, out, gap = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap and out else "") + names[digit] + name
            gap = False
        else:
            gap = bool(out)
    return out.removeprefix("一") if out.startswith("一十") else out


# A label in front of an item or a heading, for those who say it without: "（一）", "3.", "二、", "第十条", "①", "——".
ITEM_LABEL = re.compile(
    rf"\s*(?:——|[（(][{_CN}\d]{{1,3}}[）)]|\d{{1,3}}[.．、](?!\d)|[{_CN}]{{1,3}}、|第[{_CN}\d]{{1,6}}[条章节篇]|[①-⑳])\s*"
)


def without_labels(text: str) -> str:
    """``text`` without the labels it begins with: "三、（二）2.强化保障" → 强化保障."""
    while match := ITEM_LABEL.match(text):
        text = text[match.end() :]
    return text


_LEGAL_LABEL = re.compile(
    rf"第\s*([{_CN}0-9０-９][{_CN}0-9０-９\s]{{0,14}}?)\s*(分?编|[章节条篇])(?:\s*之\s*([{_CN}]{{1,3}}))?"
)
_CN_LABEL = re.compile(rf"([{_CN}]{{1,5}})\s*[、．](?!\s*$)")
_CN_PAREN_LABEL = re.compile(rf"[（(〔]\s*([{_CN}]{{1,5}})\s*[）)〕]")
_NUM_LABEL = re.compile(r"([0-9０-９]{1,3})\s*[.．、](?![0-9０-９])")
_NUM_PAREN_LABEL = re.compile(r"[（(]\s*([0-9０-９]{1,3})\s*[）)]|([0-9０-９]{1,2})[）)]")
_DASH_LABEL = re.compile(r"(?:——|──|--|—)\s*")
_BLANK = re.compile(r"[\s　]*")
# Code points of numbers that are one character: ①…⑳, ⑴…⒇, ⒈…⒛, ㈠…㈩.
_SINGLE = (
    (0x2460, 20, Kind.CIRCLED),
    (0x2474, 20, Kind.NUM_PAREN),
    (0x2488, 20, Kind.NUM),
    (0x3220, 10, Kind.CN_PAREN),
)
_POSSIBLE_START = re.compile(rf"[第（(〔0-9０-９—─{_CN}\u2460-\u249b\u3220-\u3229-]")


def read_label(line: str) -> Label | None:
    """The label a line (already stripped) begins with, or None.

    ``2.03 亿吨`` and ``（国办发`` have none; ``第三条规定执行`` has one that is not ``spaced``.
    """
    if not line or _POSSIBLE_START.match(line) is None:
        return None
    first = ord(line[0])
    for start, count, kind in _SINGLE:
        if start <= first < start + count:
            return _label(line, kind, first - start + 1, 1)
    if match := _LEGAL_LABEL.match(line):
        value = parse_number(match[1])
        if value is None:
            return None
        sub = parse_number(match[3]) if match[3] else 0
        return _label(line, Kind(match[2]), value, match.end(), sub or 0)
    for pattern, kind in ((_CN_PAREN_LABEL, Kind.CN_PAREN), (_CN_LABEL, Kind.CN), (_NUM_LABEL, Kind.NUM)):
        if match := pattern.match(line):
            value = parse_number(match[1])
            return None if value is None else _label(line, kind, value, match.end())
    if match := _NUM_PAREN_LABEL.match(line):
        return _label(line, Kind.NUM_PAREN, int(parse_number(match[1] or match[2]) or 0), match.end())
    if (match := _DASH_LABEL.match(line)) and len(match[0].strip()) > 1:
        return _label(line, Kind.DASH, 0, match.end())
    return None


def _label(line: str, kind: Kind, value: int, end: int, sub: int = 0) -> Label:
    blank = _BLANK.match(line, end)
    after = blank.end() if blank else end
    spaced = after > end or end == len(line) or line[end] in "（(【〔"
    return Label(kind, value, sub, after, spaced)


ANNEX_LINE = re.compile(rf"附(?:\s*(?:件|录|表))?\s*([0-9０-９{_CN}]{{0,3}})\s*(?:[：:．.、]\s*(.*)|[\s　]+(.*))?$")
"""A line that begins an annex: 附, 附件2, 附表一 …: group 1 its number, group 2 or 3 what follows."""
