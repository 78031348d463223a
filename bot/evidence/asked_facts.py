"""The fact that a question asks for (how long, how often, how many, which share), and whether a sentence prints one.

A sentence that says much of a question and leaves out what is asked answers nothing; one further down may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.evidence.candidates import Candidate
from bot.evidence.table_rows import is_table_row
from bot.evidence.weights import weights_in_use
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from index.types import Hit
from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.wordings import either

LOOKED_FURTHER = 8  # hits behind the first, where none of those prints the fact asked for
LOOKED_BELOW = 0.9  # score below the best sentence at which another is still taken for one on the same thing
LEAST_OF_WORDS = 0.6  # of what the best sentence, with its headings, covers of the question
# What is asked beside the fact, and said by other clauses.
_ASKED_TOO = frozenset(
    {
        QuestionType.OFFICE,
        QuestionType.HOW,
        QuestionType.LIST,
        QuestionType.OVERLAP,
        QuestionType.VALIDITY,
        QuestionType.WHO,
    }
)
_NUMBER = r"[\d.一二三四五六七八九十百两半]+\s?[万亿]?(?:余|多|左右)?"
# 哪几个部门 and 几种贷款 ask which ones; 多少家 and 几场 ask how many.
_COUNTED = re.compile(constraint_words().speech.how_many)
_A_COUNT = re.compile(rf"{_NUMBER}\s?(?:{either(constraint_words().counted)})")


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
        found.append(AskedFact("count", _A_COUNT, ("数目", "the number asked for")))
    told = tuple(re.findall(r"\d+(?:\.\d+)?", last))
    return tuple(replace(fact, told=told) for fact in found)


def asked_fact_first(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates; where the best prints nothing of the kind asked for, the best on the same thing that does leads."""
    asked = facts_asked(reading)
    if not asked or not candidates or QuestionType.YES_NO in reading.types or is_table_row(candidates[0].clause):
        return candidates
    right = candidates[0]
    if not any(fact.is_printed_in(right.text) for fact in asked):
        right = next(_telling(asked, candidates), None)
    if right is None:
        return candidates
    # What prints no such fact in another clause only stands near.
    alone = len(reading.parts) == 1 and not reading.types & _ASKED_TOO
    return [
        right,
        *(
            c
            for c in candidates
            if c is not right
            and (not alone or c.clause.id == right.clause.id or any(fact.is_printed_in(c.text) for fact in asked))
        ),
    ]


def rule_asked_first(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates; asked nothing but whether two things can be had, the best sentence on that leads one that only grants."""
    alone = QuestionType.OVERLAP in reading.types and QuestionType.AMOUNT not in reading.types
    if not alone or not candidates or candidates[0].features.get("rule_wanted"):
        return candidates
    least = candidates[0].score - LOOKED_BELOW
    right = next((c for c in candidates if c.features.get("rule_wanted") and c.score >= least), None)
    return candidates if right is None else [right, *(c for c in candidates if c is not right)]


def tells_asked_fact(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether a sentence on what the best one is on prints a fact of the kind asked for; True where none is asked for."""
    asked = facts_asked(reading)
    return not asked or not candidates or next(_telling(asked, candidates), None) is not None


def _telling(asked: Sequence[AskedFact], candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The sentences that print a fact asked for and are on the same thing as the best one."""
    lead = candidates[0]
    least = LEAST_OF_WORDS * lead.features.get("covers_with_path", 0.0)
    for candidate in candidates:
        if candidate.score < lead.score - LOOKED_BELOW or candidate.tells_nothing:
            continue
        covers = candidate.features.get("covers_with_path", 0.0) >= least
        if covers and any(fact.is_printed_in(candidate.text) for fact in asked):
            yield candidate


def with_further(
    found: Sequence[Candidate], further: Sequence[Candidate], hits: Sequence[Hit], behind: Sequence[Hit]
) -> list[Candidate]:
    """The sentences of the first clauses and of those ``behind`` them, the best first.

    Those behind were scored as if the first of their clauses were the best of all ``hits``.
    """
    share = behind[0].score / (hits[0].score or 1.0) if behind else 0.0
    pull = weights_in_use().all["clause"] * (share - 1.0)
    return sorted((*found, *(replace(c, score=c.score + pull) for c in further)), key=lambda c: -c.score)


def facts_unsaid(reading: Reading, said: Sequence[str]) -> tuple[AskedFact, ...]:
    """What a question of one turn asks for, where none of the sentences ``said`` prints any of it."""
    asked = () if reading.carried.earlier else facts_asked(reading)
    return () if any(fact.is_printed_in(text) for fact in asked for text in said) else asked
