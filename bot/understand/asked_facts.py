"""The fact that a question asks for (how long, how often, how many, which share), and whether a sentence prints one.

A sentence that says much of a question and leaves out what is asked answers nothing; one further down may.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.understand.reading import Reading
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.wordings import either

COUNT, ANY_NUMBER = "count", "any"
# 哪几个部门 and 几种贷款 ask which ones; 多少家 and 几场 ask how many.
_COUNTED = re.compile(constraint_words().speech.how_many)
_A_COUNT = re.compile(rf"{constraint_words().speech.number}\s?(?:{either(constraint_words().counted)})")


# 几家机组之间怎么分, 补多少由谁定: another thing is asked about what there are some of.
_ASKED_OTHERWISE = re.compile(constraint_words().speech.asked_otherwise)
_PART_END = re.compile(r"[，,。；;？?！!]")
_NO_NUMBER = re.compile(either(question_words().said.no_number))
# Dates, days counted from one, file numbers and numbers of articles and items: none says how much.
_NOT_COUNTED = re.compile(constraint_words().speech.not_counted)


@dataclass(frozen=True, slots=True)
class AskedFact:
    """One fact asked for: what prints one, and what it is called in Chinese and English."""

    name: str
    printed: re.Pattern[str]
    called: tuple[str, str]
    told: tuple[
        str, ...
    ] = ()  # numbers of the question itself: what is asked about a rate of 15% is not answered by it
    without: re.Pattern[str] | None = None  # stretches that are none, whatever stands in them

    def is_printed_in(self, text: str) -> bool:
        """Whether ``text`` prints a fact of the kind besides those that the question tells."""
        if self.without is not None:
            text = self.without.sub("", text)
        for number in self.told:
            text = re.sub(rf"(?<![\d.]){re.escape(number)}(?![\d.])", "", text)
        return self.printed.search(text) is not None


@cache
def _facts() -> tuple[tuple[re.Pattern[str], AskedFact], ...]:
    return tuple(
        (re.compile(either(words.asked)), AskedFact(name, re.compile(either(words.printed)), words.called))
        for name, words in constraint_words().facts.items()
    )


@cache
def _number_patterns() -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {
        name: (re.compile(either(words.asked)), re.compile(either(words.printed)))
        for name, words in constraint_words().numbers.items()
    }


def facts_asked(reading: Reading) -> tuple[AskedFact, ...]:
    """What the last turn asks for besides money and offices."""
    last = reading.last
    found = [fact for asked, fact in _facts() if asked.search(last)]
    if _COUNTED.search(last) is not None:
        found.append(AskedFact(COUNT, _A_COUNT, ("数目", "the number asked for")))
    told = tuple(re.findall(r"\d+(?:\.\d+)?", last))
    return tuple(replace(fact, told=told) for fact in found)


def numbers_asked(reading: Reading) -> tuple[AskedFact, ...]:
    """The numbers that a question of one turn asks for, in whatever unit."""
    if reading.carried.earlier:
        return ()
    parts, told = _PART_END.split(reading.last), tuple(re.findall(r"\d+(?:\.\d+)?", reading.last))
    found: dict[str, AskedFact] = {}
    for at, part in enumerate(parts):
        for name, words in constraint_words().numbers.items():
            match = _number_patterns()[name][0].search(part)
            behind = "" if match is None else part[match.end() :]
            if match is None or any(_ASKED_OTHERWISE.search(one) for one in (behind, *parts[at + 1 :])):
                continue
            without = _NOT_COUNTED if name == ANY_NUMBER else None
            found[name] = AskedFact(name, _number_patterns()[name][1], words.called, told, without)
    return tuple(found.values())


def facts_unsaid(reading: Reading, said: Sequence[str]) -> tuple[AskedFact, ...]:
    """What a question of one turn asks for, and how many what goes on asks, where none of the sentences ``said`` prints any of it.

    Of the numbers asked for in whatever unit each that no sentence prints, unless a sentence says that others set it.
    """
    asked = tuple(one for one in facts_asked(reading) if one.name == COUNT or not reading.carried.earlier)
    if asked and not any(fact.is_printed_in(text) for fact in asked for text in said):
        return asked
    if any(_NO_NUMBER.search(text) for text in said):
        return ()
    return tuple(one for one in numbers_asked(reading) if not any(one.is_printed_in(text) for text in said))
