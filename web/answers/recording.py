"""Answers kept as transcripts, and what people say of them, so that staff can see what was asked and what it came to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.records.store import Records
from bot.records.types import Feedback, Thumb, TurnOrigin
from bot.types import Answer
from ingest.errors import ServiceUnavailable
from web.answers.durable_keeper import DurableKeeper
from web.answers.record_keeper import Keeping, RecordKeeper


def now_utc() -> datetime:
    """The moment of asking."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a conversation, which is one visit of a page, and an address, which is kept as a hash only.

    Where the conversation's name may be that of a person, it is kept as a hash as well.
    """

    conversation: str
    client: str
    names_a_person: bool = False


class Ledger:
    """Keeps what goes out at the page and the HTTP interface; without records it keeps nothing.

    An answer never waits for its record, and is never lost for it.
    """

    def __init__(self, records: Records | None = None, now: Callable[[], datetime] = now_utc) -> None:
        self._keeper = None if records is None else _keeper_of(records, now)
        self._now = now

    @property
    def keeps(self) -> bool:
        """Whether answers are kept at all, and so whether feedback can be given."""
        return self._keeper is not None

    def start(self) -> None:
        """Open the records before the first answer."""
        if self._keeper is not None:
            self._keeper.start()

    async def keep(self, answer: Answer, asker: Asker) -> str | None:
        """The id feedback is given under, at once; None when the answer is not kept."""
        if self._keeper is None:
            return None
        origin = TurnOrigin(asker.conversation, asker.client, self._now(), asker.names_a_person)
        if isinstance(self._keeper, DurableKeeper):  # it is on the disk before anybody is given its id
            return await asyncio.to_thread(self._keeper.keep_turn, answer, origin)
        return self._keeper.keep_turn(answer, origin)

    async def keep_feedback(self, turn: str, thumb: Thumb, reason: str, words: str) -> None:
        """Keep what was said of an answer, in place of what was said before.

        Raises UnusableInput when there is no such answer, ServiceUnavailable without records or when they cannot be
        reached just now.
        """
        if self._keeper is None:
            raise ServiceUnavailable("web.no_answers_kept")
        await asyncio.to_thread(self._keeper.keep_feedback, Feedback(turn, self._now(), thumb, reason, words))

    def keeping(self) -> Keeping:
        """How it goes."""
        return Keeping() if self._keeper is None else self._keeper.keeping()

    @property
    def is_shared(self) -> bool:
        """Whether answers go to a database that others share and that may be away."""
        return isinstance(self._keeper, DurableKeeper)

    def settle(self, within_s: float) -> bool:
        """Wait until all is written, no longer than that; whether it is."""
        return self._keeper is None or self._keeper.settle(within_s)

    def close(self) -> None:
        """Write what waits; a few seconds at most."""
        if self._keeper is not None:
            self._keeper.close()


def _keeper_of(records: Records, now: Callable[[], datetime]) -> RecordKeeper | DurableKeeper:
    return DurableKeeper(records, now) if records.is_shared else RecordKeeper(records, now)
