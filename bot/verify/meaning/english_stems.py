"""English words brought to one form, so that subsidies, subsidised and subsidy are one."""

from __future__ import annotations

import re
from functools import lru_cache

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
