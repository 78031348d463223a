"""What the sections of ``asker_speech.toml`` hold on what was won, missed, lost and left."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.vocabulary.load import Subject
from ingest.vocabulary.matching.speech_sections import Many


class Parts(Subject):
    """A part of what is counted, told behind the whole; ``home`` is what the rest is called beside one ``abroad``."""

    of_which: Many
    ends: str
    being: str
    abroad: Many
    home: str
    away: str
    other: str


class Over(Subject):
    """What was and is no more: work that was left, a firm that closed; ``then`` is a pattern."""

    former: Many
    again: Many
    then: str
    closed: Many
    open_again: Many
    of_another: Many


class Won(Subject):
    """Whether what somebody was up for was won: ``lost`` and ``pending`` words, and what may stand before them."""

    before: Many
    lost: Many
    pending: Many
    results: Many
    leads: Many
    printed_levels: Mapping[str, Many]
    of_lost: str
    short_of: str
    lost_events: Many
    of_title: str
    gained: Many


class Recognising(Subject):
    """Verbs by which somebody is recognised, words that hold one and are none, and what else may be the object."""

    verbs: Many
    of_one: Mapping[str, Many]
    no_verbs: Many
    holders: Many
    takes_on: Many
    people: Many
    applies: Many
    now: Many
    besides: Many
    counted: str
    time_goes_on: str
    time_of_another: str
    by_work: str
