"""What is kept of a question: the turn with its answer, and what a person said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ingest.errors import UnusableInput

LONGEST_WORDS = 4000  # characters of free words and of a corrected answer: two printed pages
LONGEST_REASON = 200
MOST_CLAUSES = 50  # pointed at in one feedback


class Thumb(StrEnum):
    """What a person thinks of an answer."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class TurnOrigin:
    """Around a question: which conversation it belongs to, who asked (an address, kept only as a hash), when."""

    conversation: str
    client: str
    at: datetime  # with time zone
    names_a_person: bool = False  # the conversation may: then it is kept only as a hash, too


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer, as it was kept."""

    id: str
    conversation: str
    asked_at: datetime
    client: str  # salted hash
    as_of: date
    turns: tuple[str, ...]  # of the conversation, the question last
    level: str | None  # the level the answer was limited to
    answer: Mapping[str, Any]  # as ``bot ask --json`` gives it
    status: str
    reason: str | None
    took_ms: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person said of one answer. Given again, the later one counts alone."""

    turn: str  # Turn.id
    given_at: datetime  # with time zone
    thumb: Thumb
    reason: str = ""  # one of the page's offered reasons
    words: str = ""
    correction: str = ""  # the answer as it should have been
    clauses: tuple[str, ...] = ()  # ids of the clauses it should rest on

    def __post_init__(self) -> None:
        """Raises UnusableInput for words that are too long or too many clauses."""
        longest = max(len(self.words), len(self.correction))
        if longest > LONGEST_WORDS:
            raise UnusableInput("bot.feedback_too_long", most=longest, longest_words=LONGEST_WORDS)
        if len(self.reason) > LONGEST_REASON:
            raise UnusableInput("bot.reason_too_long", characters=len(self.reason), most=LONGEST_REASON)
        if len(self.clauses) > MOST_CLAUSES:
            raise UnusableInput("bot.too_many_clauses", number=len(self.clauses), most=MOST_CLAUSES)

    @property
    def complains(self) -> bool:
        """True when the answer was not as it should be."""
        return self.thumb is Thumb.DOWN or bool(self.correction.strip())
