"""Whether a clause asks about a rule: 想知道A类人才能拿多少, 高企首次认定奖30万吗. What is asked about is no fact of the asker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.match.facts.words import WordFinder, either, finder_of
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

_BESIDE = 6  # characters behind a number
_ASKED = re.compile(r"[?？]")


def asks_openly(text: str, start: int, end: int, _: tuple[int, int]) -> bool:
    """Whether a clause asks by what it says itself: 能不能算A类. Of a question, whose words tell of the case asked about."""
    told = next(_asking().find(text, start, end), None)
    return told is not None and _words().claims.search(text, start, told.start) is None


def asks(text: str, start: int, end: int, sentence: tuple[int, int]) -> bool:
    """Whether what stands from ``start`` to ``end`` asks; ``sentence`` is where the sentence around it stands."""
    words = _words()
    if _begins_as_question(text, sentence):
        return True
    lead = words.lead.search(text, start, end)
    if lead is not None and words.myself.search(text, lead.end(), end) is None:
        return True
    if asks_openly(text, start, end, sentence):
        return True
    if words.myself.search(text, start, end):
        return False
    cue = words.cue.search(text, start, end)
    if _has_happened(text, start, end if cue is None else cue.start()):
        return False
    if cue is not None:
        return True
    return (
        end == sentence[1] and _ends_in_a_question(text, sentence) and words.thing.search(text, start, end) is not None
    )


def _has_happened(text: str, start: int, end: int) -> bool:
    """Whether something is told to have happened: 刚认定为高企; 刚认定的高企 is any of that kind."""
    told = next(_words().happened.finditer(text, start, end), None)
    return told is not None and asker_speech().asks.attributive not in text[told.end() : end]


def names_the_reward(text: str, start: int, end: int, until: int) -> bool:
    """Whether a number at ``start`` to ``end`` is what a rule is thought to give: 是给300万吗, 30万奖励."""
    if text[max(0, start - 1) : start] in asker_speech().asks.gives:
        return True
    return _words().thing.search(text, end, min(until, end + _BESIDE)) is not None


def _ends_in_a_question(text: str, sentence: tuple[int, int]) -> bool:
    return _ASKED.search(text, sentence[1] - 1, sentence[1] + 1) is not None


def _begins_as_question(text: str, sentence: tuple[int, int]) -> bool:
    """Is the award for a first-time high-tech enterprise 300,000? without I and we."""
    words = _words()
    return (
        _ends_in_a_question(text, sentence)
        and words.begins_english.match(text, *sentence) is not None
        and words.myself_english.search(text, *sentence) is None
    )


@cache
def _asking() -> WordFinder:
    return finder_of(asker_speech().stance.asking)


@dataclass(frozen=True, slots=True)
class _Words:
    lead: re.Pattern[str]
    cue: re.Pattern[str]
    thing: re.Pattern[str]
    claims: re.Pattern[str]
    happened: re.Pattern[str]
    myself: re.Pattern[str]
    begins_english: re.Pattern[str]
    myself_english: re.Pattern[str]


@cache
def _words() -> _Words:
    words = asker_speech().asks
    return _Words(
        re.compile(either(words.leads)),
        re.compile(either(words.cues)),
        re.compile(any_of(words.things)),
        re.compile(rf"{any_of(words.claims)}|{either(words.claims_english)}"),
        re.compile(any_of(words.happened)),
        re.compile(rf"{any_of(words.myself)}|{either(words.myself_english)}"),
        re.compile(rf"\s*{either(words.begins_english)}"),
        re.compile(either(words.myself_english)),
    )
