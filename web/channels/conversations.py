"""What each person of a channel asked before, for a while and in memory only; and which messages were seen already."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

MOST_PEOPLE = 10_000  # the longest silent one is forgotten first
MOST_SEEN = 10_000  # messages; a platform repeats one within minutes


@dataclass(slots=True)
class Conversation:
    """One person's questions. Its id is made up, so that records group by it and name nobody."""

    last_used: float
    id: str = field(default_factory=lambda: uuid4().hex)
    turns: list[str] = field(default_factory=list[str])


class Conversations:
    """Follow-ups by person: in a group each has their own."""

    def __init__(self, silence_s: float, most_turns: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._silence_s = silence_s
        self._most_turns = most_turns
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], Conversation] = OrderedDict()

    def of(self, chat: str, person: str) -> Conversation:
        """The conversation that goes on, or a new one after a silence."""
        now = self._clock()
        known = self._known.pop((chat, person), None)
        if known is None or now - known.last_used > self._silence_s:
            known = Conversation(now)
        known.last_used = now
        self._known[chat, person] = known
        if len(self._known) > MOST_PEOPLE:
            self._known.popitem(last=False)
        return known

    def asked(self, conversation: Conversation, question: str) -> None:
        """A question was answered; the next may follow it up."""
        conversation.turns = [*conversation.turns, question][-self._most_turns :]


class SeenMessages:
    """Ids of messages; a platform that sends one twice is not answered twice."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()

    def is_new(self, message_id: str) -> bool:
        """Whether it comes for the first time."""
        if message_id in self._ids:
            return False
        self._ids[message_id] = None
        if len(self._ids) > MOST_SEEN:
            self._ids.popitem(last=False)
        return True
