"""Answers kept as transcripts, and what people say of them, so that staff can see what was asked and what it came to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.record_types import Asked, Feedback, Thumb
from bot.records import Records
from bot.types import Answer
from ingest.errors import RecordsUnusable, ServiceUnavailable

_log = logging.getLogger(__name__)


def now_utc() -> datetime:
    """The moment of asking."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a conversation, which is one visit of a page, and an address, which is kept as a hash only."""

    conversation: str
    client: str


class Ledger:
    """Keeps what goes out at the page and the HTTP interface; without records it keeps nothing.

    An answer is never lost for its record: when the record cannot be written, that is logged and the answer goes out.
    """

    def __init__(self, records: Records | None = None, now: Callable[[], datetime] = now_utc) -> None:
        self._records = records
        self._now = now

    @property
    def keeps(self) -> bool:
        """Whether answers are kept at all, and so whether feedback can be given."""
        return self._records is not None

    async def keep(self, answer: Answer, asker: Asker) -> str | None:
        """The id feedback is given under; None when the answer is not kept."""
        if self._records is None:
            return None
        asked = Asked(asker.conversation, asker.client, self._now())
        try:
            return await asyncio.to_thread(self._records.keep_turn, answer, asked)
        except RecordsUnusable as error:
            _log.warning("%s", error)
            return None

    async def keep_feedback(self, turn: str, thumb: Thumb, reason: str, words: str) -> None:
        """Keep what was said of an answer, in place of what was said before.

        Raises ServiceUnavailable without records, UnusableInput when there is no such answer, RecordsUnusable when
        the file cannot be written.
        """
        if self._records is None:
            raise ServiceUnavailable("No answers are kept here, so nothing can be said of them (POLICYQA_RECORDS).")
        said = Feedback(turn, self._now(), thumb, reason, words)
        await asyncio.to_thread(self._records.keep_feedback, said)
