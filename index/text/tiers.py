"""Classes a text names: A 类 … H 类, 一类 … 八类, ranges and lists of them spelt out."""

from __future__ import annotations

import re

CLASS_LETTERS = "A-H"  # as a range of a regular expression
CLASS_NUMBERS = "一二三四五六七八"

_LETTERS = re.compile(r"(?<![a-z])([a-h](?:\s*[、,，/和及或与]\s*[a-h])*)\s*[）)”\"]?\s*(?:类|级|档|层次)")
_LETTER_RANGE = re.compile(r"(?<![a-z])([a-h])\s*类?\s*(?:到|至|-|—|–|~|～|\bto\b)\s*([a-h])(?:\s*类|(?![a-z]))")
_LETTERS_EN = re.compile(
    r"(?:class|category|tier|grade|type)[\s-]*([a-h])\b|\b(?:([b-h])[\s-]|a-)(?:class|category|tier|grade)\b"
)
# "class A, B and C", "classes B to D": several behind one word.
_SEVERAL_EN = re.compile(
    r"\b(?:class|classes|category|categories|tier|tiers|grade|grades)[\s-]+"
    r"(?P<several>[a-h](?:\s*(?:,\s*(?:and|or|&)?|\band\b|\bor\b|&|/|\bto\b|-|–)\s*[b-h]\b)+)"
)
_RUN_EN = re.compile(r"([a-h])\s*(?:\bto\b|-|–)\s*([b-h])")
_NUMBERED = re.compile(rf"第?([{CLASS_NUMBERS}])(?:[至到-]([{CLASS_NUMBERS}]))?类")
_NUMBERED_EN = re.compile(r"(?:class|category|tier)[\s-]*(one|two|three|four|five|six|[1-6])\b")
_ENGLISH_NUMBERS = {"one": "一", "two": "二", "three": "三", "four": "四", "five": "五", "six": "六"} | dict(
    zip("123456", CLASS_NUMBERS, strict=False)
)


def letter_tiers(text: str) -> frozenset[str]:
    """``A`` … ``H`` named as a class in ``text`` (lower case, simplified), "E、F 类" and "A 到 F 类" spelt out."""
    found: set[str] = set()
    for match in _LETTERS.finditer(text):
        found.update(letter.upper() for letter in re.findall(r"[a-h]", match.group(1)))
    for match in _LETTER_RANGE.finditer(text):
        found.update(chr(code).upper() for code in range(ord(match.group(1)), ord(match.group(2)) + 1))
    for match in _LETTERS_EN.finditer(text):
        found.add((match.group(1) or match.group(2) or "a").upper())
    for match in _SEVERAL_EN.finditer(text):
        found.update(_spelt_out(match["several"]))
    return frozenset(found)


def _spelt_out(several: str) -> set[str]:
    """The letters of "a, b and d" and of "b to d"."""
    letters = {letter.upper() for letter in re.findall(r"\b[a-h]\b", several)}
    for first, last in _RUN_EN.findall(several):
        letters.update(chr(code).upper() for code in range(ord(first), ord(last) + 1))
    return letters


def numbered_tiers(text: str) -> frozenset[str]:
    """``一`` … ``八`` named as a class, ranges such as 二至四类 spelt out."""
    found: set[str] = set()
    for match in _NUMBERED.finditer(text):
        first = CLASS_NUMBERS.index(match.group(1))
        last = CLASS_NUMBERS.index(match.group(2)) if match.group(2) else first
        found.update(CLASS_NUMBERS[first : last + 1])
    found.update(_ENGLISH_NUMBERS[match.group(1)] for match in _NUMBERED_EN.finditer(text))
    return frozenset(found)
