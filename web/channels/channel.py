"""What a chat platform has to be able to do. Each platform is one file beside this one."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol


class Kind(Enum):
    """What somebody sent."""

    TEXT = auto()  # a question; may be empty
    UNREADABLE = auto()  # a picture, a file
    ARRIVED = auto()  # nothing yet: they opened the conversation


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message. ``person`` and ``chat`` are the platform's ids; they go into no record as they are."""

    id: str  # of the message: one that comes twice is answered once
    person: str
    chat: str
    kind: Kind
    text: str
    ticket: str  # what the platform wants to see on the reply
    alone: bool = True  # False in a group


class Channel(Protocol):
    """One platform. It reconnects by itself; what it cannot mend it raises as a PolicyQAError."""

    @property
    def name(self) -> str:
        """Its short name; stands before the person's id where limits count and records are hashed."""
        ...

    def messages(self) -> AsyncGenerator[Incoming]:
        """Messages as they come, until the channel is closed; closing it lets the line go. Raises PolicyQAError."""
        ...

    async def show(self, message: Incoming, markdown: str) -> None:
        """Show the reply as far as it is; may be left out when there is no connection or it comes too soon."""
        ...

    async def finish(self, message: Incoming, markdown: str) -> None:
        """Deliver the whole reply, once, as soon as there is a connection."""
        ...
