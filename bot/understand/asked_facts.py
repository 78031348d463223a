"""The fact that a question asks for (how long, how often, how many, which share), and whether a sentence prints one.

A sentence that says much of a question and leaves out what is asked answers nothing; one further down may.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.understand.reading import Reading
from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.wordings import either

COUNT = "count"
# 哪几个部门 and 几种贷款 ask which ones; 多少家 and 几场 ask how many.
_COUNTED = re.compile(constraint_words().speech.how_many)
_A_COUNT = re.compile(rf"{constraint_words().speech.number}\s?(?:{either(constraint_words().counted)})")


@dataclass(frozen=True, slots=True)
class AskedFact:
    """One fact asked for: what prints one, and what it is called in Chinese and English."""

    name: str
    printed: re.Pattern[str]
    called: tuple[str, str]
    told: tuple[
        str, ...
    ] = ()  # numbers of the question itself: what is asked about a rate of 15% is not answered by it

    def is_printed_in(self, text: str) -> bool:
        """Whether ``text`` prints a fact of the kind besides those that the question tells."""
        for number in self.told:
            text = re.sub(rf"(?<![\d.]){re.escape(number)}(?![\d.])", "", text)
        return self.printed.search(text) is not None


@cache
def _facts() -> tuple[tuple[re.Pattern[str], AskedFact], ...]:
    return tuple(
        (re.compile(either(words.asked)), AskedFact(name, re.compile(either(words.printed)), words.called))
        for name, words in constraint_words().facts.items()
    )


def facts_asked(reading: Reading) -> tuple[AskedFact, ...]:
    """What the last turn asks for besides money and offices."""
    last = reading.last
    found = [fact for asked, fact in _facts() if asked.search(last)]
    if _COUNTED.search(last) is not None:
        found.append(AskedFact(COUNT, _A_COUNT, ("数目", "the number asked for")))
    told = tuple(re.findall(r"\d+(?:\.\d+)?", last))
    return tuple(replace(fact, told=told) for fact in found)


def facts_unsaid(reading: Reading, said: Sequence[str]) -> tuple[AskedFact, ...]:
    """What a question of one turn asks for, and how many what goes on asks, where none of the sentences ``said`` prints any of it."""
    asked = tuple(one for one in facts_asked(reading) if one.name == COUNT or not reading.carried.earlier)
    return () if any(fact.is_printed_in(text) for fact in asked for text in said) else asked
