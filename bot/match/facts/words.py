"""Finds the words of a vocabulary in a text: the longest at a place, "…" as a gap, English as whole words.

A pattern of a thousand alternatives would be tried at every character; here the first character chooses the few that can
begin there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

GAP = "…"
_CHINESE_GAP = r"[^，。；！？、,.;!?\n]{0,8}?"
_ENGLISH_GAP = r"[^,.;!?\n]{0,40}?"
_LATIN = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the vocabulary and where it is said. ``names`` are the rows that hold it."""

    names: tuple[str, ...]
    start: int
    end: int


class WordFinder:
    """Finds rows by their words. ``rows`` maps a name to what is said for it; a text must be simplified, lower case.

    ``decoys`` are words that hold one of these and mean something else: where they stand nothing is found.
    """

    def __init__(self, rows: Mapping[str, Iterable[str]], names_count: bool = True, decoys: Iterable[str] = ()) -> None:
        said: dict[str, list[str]] = {lowered(word): [] for word in decoys}
        for name, words in rows.items():
            for word in (name, *words) if names_count else words:
                names = said.setdefault(lowered(word), [])
                if name not in names:
                    names.append(name)
        self._names = {word: tuple(names) for word, names in said.items()}
        begins: dict[str, list[str]] = {}
        for word in sorted(said, key=lambda word: (-len(word.replace(GAP, "")), word)):
            begins.setdefault(word.lstrip(GAP)[0], []).append(word)
        self._at = {
            sign: (re.compile("|".join(f"({_pattern(word)})" for word in words)), tuple(words))
            for sign, words in begins.items()
        }
        signs = "".join(re.escape(sign) for sign in self._at)
        self._begins = re.compile(f"[{signs}]" if signs else "(?!)")

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """What stands in ``text[start:end]``, from left to right; of words that overlap the one that begins first."""
        stop = len(text) if end is None else end
        position = start
        while place := self._begins.search(text, position, stop):
            pattern, words = self._at[place[0]]
            if match := pattern.match(text, place.start(), stop):
                word = words[(match.lastindex or 1) - 1]
                if self._names[word]:
                    yield Found(self._names[word], match.start(), match.end())
                position = match.end()
            else:
                position = place.end()

    def stands_in(self, text: str, start: int = 0, end: int | None = None) -> bool:
        """Whether anything of it stands there."""
        return next(self.find(text, start, end), None) is not None


def finder_of(words: Iterable[str]) -> WordFinder:
    """A finder of plain words, each its own name."""
    return WordFinder(dict.fromkeys(words, ()))


def either(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, English ones whole."""
    each = (rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word) for word in words)
    return f"(?:{'|'.join(each)})"


def lowered(text: str) -> str:
    """A to z in lower case; every other character, and with it every offset, as it was."""
    return text.translate(_LOWER)


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def counted_plainly(text: str) -> str:
    """A text with 俩人 as 两人; every offset as it was."""
    return _pairs().sub(lambda pair: asker_speech().talent.pairs[pair[0]], text)


@cache
def _pairs() -> re.Pattern[str]:
    words = asker_speech().talent
    return re.compile(rf"{any_of(words.pairs)}(?={any_of(words.counters)})")


def _pattern(word: str) -> str:
    """A word as a regular expression without groups; a space and a hyphen of English are one."""
    english = (bool(_LATIN.search(word)) and word.isascii()) or bool(_LATIN.match(word.lstrip(GAP)[0]))
    parts = [re.escape(part).replace(r"\ ", r"[\s-]").replace(r"\-", r"[\s-]") for part in word.strip(GAP).split(GAP)]
    whole = (_ENGLISH_GAP if english else _CHINESE_GAP).join(parts)
    before = r"(?<![a-z0-9])" if _LATIN.match(word.lstrip(GAP)[0]) else ""
    behind = r"(?![a-z0-9])" if _LATIN.match(word[-1]) else ""
    return f"{before}{whole}{behind}"
