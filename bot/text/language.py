"""Which language a question is asked in."""

from __future__ import annotations

import re

from bot.text.gibberish import is_garbage
from bot.types import Language, Question
from ingest.normalise import to_simplified

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")

# A single character may differ by accident (著, 乾); two are a habit of the writer.
_FEWEST_TRADITIONAL = 2
MOST_ABBREVIATIONS = 2
# An abbreviation is the same in both languages; more letters may be a word that is shouted.
_ABBREVIATION = re.compile(r"[A-Z]{1,4}")


def language_of_question(question: Question) -> Language:
    """The one that was chosen; else of its last turn, of the page it is asked on when that is in no language."""
    if question.chosen_language is not None:
        return question.chosen_language
    if question.page_language is not None and _is_in_none(question.last):
        return question.page_language
    return language_of(question.last)


def _is_in_none(text: str) -> bool:
    """True for what holds no words (asdkjhaskd, 12345, ？？) or only an abbreviation or two (VPN, AEO)."""
    if _HAN.search(text):
        return False
    words = _LATIN_WORD.findall(text)
    short = len(words) <= MOST_ABBREVIATIONS and all(_ABBREVIATION.fullmatch(word) for word in words)
    return short or is_garbage(text)


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
