"""English words brought to one form, and which of the things that are said alike, in either language, stand in a text."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.verify.meaning.vocabulary import words
from ingest.vocabulary.wordings import either

_WORD = re.compile(r"[A-Za-z][A-Za-z&]*(?:[-'’][A-Za-z]+)*")
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ied",
    "ies",
    "edly",
    "ed",
    "ers",
    "er",
    "ors",
    "or",
    "es",
    "s",
    "ly",
    "e",
    "y",
)
SHORTEST = 3  # letters that stay when an ending goes
LONGEST = 6  # letters that tell words apart; behind them only endings differ


@lru_cache(16_384)
def stem(word: str) -> str:
    """``word`` in lower case without its ending."""
    word = re.sub(r"['’]s?$", "", word.lower()).replace("’", "'").replace("ise", "ize").replace("our", "or")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word[: -len(ending)]
            break
    return word[:LONGEST]


def words_of(text: str) -> list[str]:
    """The English words of ``text`` as written, compounds cut at their hyphens."""
    return [part for word in _WORD.findall(text) for part in re.split(r"[-]", word) if part]


def stems_of(text: str) -> list[str]:
    """The stems of the English words of ``text``, in order."""
    return [stem(word) for word in words_of(text)]


_HAN = re.compile(r"[\u3400-\u9fff]")


@cache
def _rows() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Rows by Chinese word and by English stem; of a phrase each word that is no word of ours."""
    chinese: dict[str, set[int]] = {}
    english: dict[str, set[int]] = {}
    for number, row in enumerate(words().alike):
        for word in row:
            if _HAN.search(word):
                chinese.setdefault(word, set()).add(number)
            else:
                for part in stems_of(word):
                    english.setdefault(part, set()).add(number)
    return ({k: frozenset(v) for k, v in chinese.items()}, {k: frozenset(v) for k, v in english.items()})


@cache
def _pattern() -> re.Pattern[str]:
    known = sorted(_rows()[0], key=len, reverse=True)
    return re.compile(f"(?=({either(map(re.escape, known))}))")


@cache
def own_stems() -> frozenset[str]:
    """Stems of the words that whoever retells in English brings along."""
    return frozenset(stem(word) for word in words().english_own.split())


@lru_cache(4_096)
def concepts_in(text: str) -> frozenset[int]:
    """The rows of ``words.toml`` of which a word stands in ``text``."""
    chinese, english = _rows()
    found: set[int] = set()
    for match in _pattern().finditer(text):
        if text[match.start() - 1 : match.start()] != "非":
            found |= chinese[match[1]]
    for one in stems_of(text):
        found |= english.get(one, frozenset())
    return frozenset(found)


def concepts_of_word(word: str) -> frozenset[int]:
    """The rows that hold ``word`` itself, Chinese as written or English in any ending."""
    chinese, english = _rows()
    return chinese.get(word, frozenset()) if _HAN.search(word) else english.get(stem(word), frozenset())
