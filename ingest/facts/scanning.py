"""Looks for a pattern only where it can begin.

A pattern of many alternatives is tried by :mod:`re` at every character. Where all of them begin with a few
characters (a digit, 第, a bracket), a search for one of these is several times faster and finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

STRUCK = "\0"
"""Stands for a character that another finding has taken; no pattern matches it."""


def beginning(*ways: tuple[str, str]) -> re.Pattern[str]:
    """A pattern for one character that a match can begin with: of the first part of a way, where its second part holds.

    The parts are what stands in a class of characters, and what is looked at behind it. All classes are searched for at
    once, which :mod:`re` does several times faster than one alternative after the other.
    """
    first = "".join(characters for characters, _ in ways)
    told = "|".join(rf"(?<=[{characters}]){condition}" for characters, condition in ways)
    return re.compile(rf"[{first}](?:{told})")


def first_match(
    pattern: re.Pattern[str], begins: re.Pattern[str], text: str, position: int = 0
) -> re.Match[str] | None:
    """What ``pattern.search(text, position)`` gives; ``begins`` matches one character wherever a match can begin."""
    while place := begins.search(text, position):
        if match := pattern.match(text, place.start()):
            return match
        position = place.end()
    return None


def matches(pattern: re.Pattern[str], begins: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, for a pattern that matches at least one character."""
    position = 0
    while match := first_match(pattern, begins, text, position):
        yield match
        position = match.end()


def struck_out(pattern: re.Pattern[str], begins: re.Pattern[str], text: str) -> str:
    """``text``, equally long, with every match of ``pattern`` struck out."""
    parts: list[str] = []
    position = 0
    for match in matches(pattern, begins, text):
        parts += (text[position : match.start()], STRUCK * (match.end() - match.start()))
        position = match.end()
    return "".join([*parts, text[position:]]) if parts else text
