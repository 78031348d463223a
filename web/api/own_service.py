"""The answer service in a process of its own, for doors that are no part of the web service."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date

from bot.pipeline import PolicyBot
from bot.records.store import Records
from ingest.database.database import database_at
from web.answers.bot_pool import BotDoor
from web.answers.record_keeper import LOCK_WAIT_S
from web.answers.recording import Ledger
from web.api.answer_service import AnswerService
from web.http.guards import Allowance
from web.settings import WebSettings


@contextmanager
def own_service(settings: WebSettings, today: Callable[[], date] = date.today) -> Generator[AnswerService]:
    """Open bot and records, and close the records in the end. Raises PolicyQAError when the bot cannot be opened."""
    door = BotDoor(settings.answers_at_once)
    door.open(PolicyBot.open(settings).warmed())
    database = database_at(settings.database_url)
    records = Records(settings.home, settings.keep_records_days, LOCK_WAIT_S, database) if settings.records else None
    ledger = Ledger(records)
    ledger.start()
    try:
        yield AnswerService(door, Allowance(settings.questions_per_minute), settings, today, ledger)
    finally:
        ledger.close()
