"""Classes and ranks a policy grades people by: A 类 … F 类, 一类 … 六类, degrees, professional ranks, prizes.

Only what a question or heading names is read; nothing is inferred from one scale to another
(旗 D 类 and 市 D 类 are different people).
"""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.vocabulary.grades import ranks_of_people

CLASS_LETTERS = "A-H"  # as a range of a regular expression
CLASS_NUMBERS = "一二三四五六七八"

_LETTERS = re.compile(r"(?<![a-z])([a-h](?:\s*[、,，/和及或与]\s*[a-h])*)\s*[）)”\"]?\s*(?:类|级|档|层次)")
_LETTER_RANGE = re.compile(r"(?<![a-z])([a-h])\s*类?\s*(?:到|至|-|—|–|~|～|\bto\b)\s*([a-h])(?:\s*类|(?![a-z]))")
_RUN_OF_LETTERS = re.compile(r"(?<![a-zA-Z])(?P<run>[a-hA-H]{2,})(?=\s*类)")
_LETTERS_EN = re.compile(
    r"(?:class|category|tier|grade|type)[\s-]*([a-h])\b|\b(?:([b-h])[\s-]|a-)(?:class|category|tier|grade)\b"
)
_NUMBERED = re.compile(rf"第?([{CLASS_NUMBERS}])(?:[至到-]([{CLASS_NUMBERS}]))?类")
_NUMBERED_EN = re.compile(r"(?:class|category|tier)[\s-]*(one|two|three|four|five|six|[1-6])\b")
_ENGLISH_NUMBERS = {"one": "一", "two": "二", "three": "三", "four": "四", "five": "五", "six": "六"} | dict(
    zip("123456", CLASS_NUMBERS, strict=False)
)


def with_classes_apart(text: str) -> str:
    """``text`` with classes written in one run spelt out: ABCD类 as A、B、C、D类; not AAA."""
    return _RUN_OF_LETTERS.sub(lambda found: "、".join(found["run"]) if _rises(found["run"]) else found["run"], text)


def _rises(letters: str) -> bool:
    return all(first < second for first, second in pairwise(letters.upper()))


def letter_tiers(text: str) -> frozenset[str]:
    """``A`` … ``H`` named as a class in ``text`` (lower case, simplified), "E、F 类" and "A 到 F 类" spelt out."""
    found: set[str] = set()
    for match in _LETTERS.finditer(text):
        found.update(letter.upper() for letter in re.findall(r"[a-h]", match.group(1)))
    for match in _LETTER_RANGE.finditer(text):
        found.update(chr(code).upper() for code in range(ord(match.group(1)), ord(match.group(2)) + 1))
    for match in _LETTERS_EN.finditer(text):
        found.add((match.group(1) or match.group(2) or "a").upper())
    return frozenset(found)


def numbered_tiers(text: str) -> frozenset[str]:
    """``一`` … ``八`` named as a class, ranges such as 二至四类 spelt out."""
    found: set[str] = set()
    for match in _NUMBERED.finditer(text):
        first = CLASS_NUMBERS.index(match.group(1))
        last = CLASS_NUMBERS.index(match.group(2)) if match.group(2) else first
        found.update(CLASS_NUMBERS[first : last + 1])
    found.update(_ENGLISH_NUMBERS[match.group(1)] for match in _NUMBERED_EN.finditer(text))
    return frozenset(found)


def ranks(text: str) -> frozenset[str]:
    """Degrees and professional ranks named in ``text``."""
    return frozenset(rank.name for rank in ranks_of_people() if any(word in text for word in rank.words))


def tiers_of(text: str) -> frozenset[str]:
    """Every class and rank named in ``text`` (match form), as ``A``, ``一`` or 博士."""
    return letter_tiers(text) | numbered_tiers(text) | ranks(text)
