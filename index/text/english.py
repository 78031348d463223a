"""English text in, its words for term matching out: lower case, without endings, numbers without their commas.

A light stemmer in the manner of Porter's first step (1980): it need only do the same to a question and to a clause.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.normalise import search_form

_LATIN = re.compile(r"[A-Za-z]{2}")
_HAN = re.compile(r"[\u3400-\u9fff]")
# Two words in a row: a Chinese question holds names and codes (AEO, B2B, Pre-IPO), one that asks in English as well, words.
_PHRASE = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}[ \-][a-z]{2,}(?![A-Za-z])")
_COMMA = re.compile(r"(?<=\d),(?=\d{3})")
_POSSESSIVE = re.compile(r"['’]s\b")
_PIECE = re.compile(r"\d+(?:\.\d+)?%?|[a-z]+(?:&[a-z]+)?")
_VOWEL = re.compile(r"[aeiouy]")
SHORTEST_STEMMED = 4  # letters
LEAST_STEM = 3  # letters in front of -ing and -ed
REMEMBERED_WORDS = 16_384
_STOPWORDS = """
    a about am an and any are as at be been being but by can could did do does for from had has have he her his how i if in into
    is it its may me must my no not of on or our shall she should so such than that the their them there these they this to under
    us was we were what when where which who whom why will with would you your
"""
STOPWORDS = frozenset(_STOPWORDS.split())


def asks_in_english(text: str) -> bool:
    """Whether a text is English, or Chinese with English words in it; names and codes alone are none."""
    return _PHRASE.search(text) is not None or (not _HAN.search(text) and _LATIN.search(text) is not None)


def english_words(text: str) -> list[str]:
    """The stems of the English words of a text and its numbers, in their order, without words that tell nothing apart."""
    plain = _COMMA.sub("", _POSSESSIVE.sub("", search_form(text)))
    return [_stem(piece) for piece in _PIECE.findall(plain) if piece not in STOPWORDS]


@lru_cache(REMEMBERED_WORDS)
def _stem(word: str) -> str:
    if len(word) < SHORTEST_STEMMED or not word.isalpha():
        return word
    word = _without_plural(word)
    for ending in ("ing", "ed"):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= LEAST_STEM and _VOWEL.search(bare):
            doubled = bare[-1] == bare[-2] and bare[-1] not in "lsz"  # planned, but not selling
            word = bare[:-1] if doubled else bare
            break
    word = word.removesuffix("e") if len(word) >= SHORTEST_STEMMED else word
    return f"{word[:-1]}i" if word.endswith("y") and len(word) >= SHORTEST_STEMMED else word


def _without_plural(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
