"""English sentences beside those of the edition: one word of a pair said for the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from bot.verify.meaning.concepts import own_stems, stems_of
from bot.verify.meaning.passages import Passage
from bot.verify.meaning.types import Difference, Kind
from bot.verify.meaning.vocabulary import words

_HAN = re.compile(r"[\u3400-\u9fff]")
_IS_DENIED = re.compile(r"(?:\b(?:not|no|never|nor|without|rather than|instead of)|n't)\s(?:\w+\s)?$", re.IGNORECASE)
NEIGHBOURS = 3  # content words on either side that tell what a word is said of


def turned_in_english(said: str, rests: Sequence[Passage]) -> Iterator[Difference]:
    """What ``said`` turns round of the English sentences it rests on; nothing where it is Chinese or none is there."""
    printed = [one.text for one in rests if one.english]
    if not printed or _HAN.search(said):
        return
    yield from _opposites(said, printed)


def _opposites(said: str, printed: Sequence[str]) -> Iterator[Difference]:
    for pair in _pairs():
        for own, other in (pair, pair[::-1]):
            if any(own.search(text) for text in printed) or other.search(said):
                continue
            theirs = {sign for text in printed for at in other.finditer(text) for sign in _beside(text, at.span())}
            for at in own.finditer(said) if theirs else ():
                if theirs & _beside(said, at.span()) and not _IS_DENIED.search(said[: at.start()]):
                    yield Difference(Kind.CONDITION, at[0], other.pattern)


def _beside(text: str, span: tuple[int, int]) -> frozenset[str]:
    return frozenset([*_content(text[: span[0]])[-NEIGHBOURS:], *_content(text[span[1] :])[:NEIGHBOURS]])


@lru_cache(8_192)
def _content(text: str) -> list[str]:
    return [one for one in stems_of(text) if one not in own_stems() and len(one) > 1]


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    made = [tuple(re.compile(rf"\b(?:{one})\b", re.IGNORECASE) for one in pair) for pair in words().english_opposites]
    return tuple((first, second) for first, second in made)
