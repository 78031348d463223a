"""Which language a question is asked in."""

from __future__ import annotations

import re

from bot.types import Language
from ingest.normalise import to_simplified

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")

# A single character may differ by accident (著, 乾); two are a habit of the writer.
_FEWEST_TRADITIONAL = 2


def language_of(text: str) -> Language:
    """English when Latin words outnumber Chinese characters, else Chinese in the script it is written in."""
    han = len(_HAN.findall(text))
    latin = len(_LATIN_WORD.findall(text))
    if latin > han:
        return Language.EN
    changed = sum(1 for a, b in zip(text, to_simplified(text), strict=False) if a != b)
    few = han < 2 * _FEWEST_TRADITIONAL
    if changed >= _FEWEST_TRADITIONAL or (changed and few):
        return Language.ZH_HANT
    return Language.ZH
