"""A bot whose answers are kept as transcripts, so that staff can see what was asked and what it came to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from bot.record_types import Asked
from bot.records import Records
from bot.types import Answer, AnswerSentence, Question
from ingest.errors import RecordsUnusable
from ingest.types import Corpus
from web.answering import Bot

_log = logging.getLogger(__name__)


def now_utc() -> datetime:
    """The moment of asking."""
    return datetime.now(UTC)


class RecordedBot:
    """Answers as the bot it is put around does, and keeps every answer.

    An answer is never lost for its record: when the record cannot be written, that is logged and the answer goes out.
    """

    def __init__(self, bot: Bot, records: Records, now: Callable[[], datetime] = now_utc) -> None:
        self._bot = bot
        self._records = records
        self._now = now

    @property
    def corpus(self) -> Corpus:
        """What it answers from."""
        return self._bot.corpus

    def ask(self, question: Question) -> Answer:
        """The whole answer, kept."""
        answer = self._bot.ask(question)
        self._keep(answer)
        return answer

    def stream(self, question: Question) -> Iterator[AnswerSentence | Answer]:
        """Each sentence when it is checked, then the whole answer, which is kept before it goes out."""
        for part in self._bot.stream(question):
            if not isinstance(part, AnswerSentence):
                self._keep(part)
            yield part

    def _keep(self, answer: Answer) -> None:
        # Who asked is not told apart: the address of a client reaches the limiter only, not the bot.
        try:
            self._records.keep_turn(answer, Asked(conversation="", client="", at=self._now()))
        except RecordsUnusable as error:
            _log.warning("%s", error)
