"""Whether what somebody was up for was won: the words that tell of a refusal, a loss, or a decision that is yet to come."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ingest.facts.numerals import IN_CHARACTERS
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

_BETWEEN_UNDONE = 4  # characters between what is named and that it was never done
UP_FOR = 12  # characters between an award and the word that it was not won
_FAR_ENGLISH = 45


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What tells beside an award whether it was won, as patterns."""

    before: re.Pattern[str]
    lost: re.Pattern[str]  # a whole clause
    lost_behind: re.Pattern[str]  # up to the end of a clause
    lost_before: re.Pattern[str]  # up to the award: 被撤销的…
    pending: re.Pattern[str]
    results: re.Pattern[str]  # the beginning of a clause
    unsettled: re.Pattern[str]  # anywhere in a clause


@cache
def outcomes() -> Outcomes:
    """The words of ``[won]`` as patterns."""
    words = asker_speech().won
    lead = rf"(?:{any_of(words.leads)}|[\s\d])*"
    lost, pending, before = rf"(?:{any_of(words.lost)}|{words.short_of})", any_of(words.pending), any_of(words.before)
    over = r"[了过啦的]*\W*"
    behind = rf"(?:[^，。,.;；]{{0,{UP_FOR}}}?|[a-z\s]{{0,{_FAR_ENGLISH}}}?)(?<![a-z]){lost}{over}$"
    return Outcomes(
        re.compile(before),
        re.compile(rf"{lead}(?<![a-z]){lost}{over}"),
        re.compile(behind),
        re.compile(rf"{lost}{words.of_lost}[^，。；]{{0,8}}$"),
        re.compile(pending),
        re.compile(rf"{lead}{any_of(words.results)}"),
        re.compile(rf"{before}|{pending}|{lost}{over}$"),
    )


def can_be_missed(words: Iterable[str]) -> bool:
    """Whether an event is one that somebody is up for, and may not reach: a certificate, a patent granted."""
    return not set(asker_speech().won.lost_events).isdisjoint(words)


def is_undone(text: str, start: int, end: int) -> bool:
    """失业险从来没交过: what is named first, and then denied; not 没有交过36个月, which is too short."""
    return _undone().match(text, start, end) is not None


@cache
def _undone() -> re.Pattern[str]:
    words = asker_speech().stance
    never = rf"{any_of(words.not_at_all)}*{any_of(words.not_done)}{any_of(words.deeds)}"
    spell = any_of((*asker_speech().units["months"], *asker_speech().units["years"]))
    near = rf"[^，。,.;；但]{{0,{_BETWEEN_UNDONE}}}?"
    return re.compile(rf"{near}{never}(?!\w?\s?(?:\d|{IN_CHARACTERS}\s?{spell}))")
