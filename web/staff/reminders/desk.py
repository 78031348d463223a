"""The reminders of a service: what is due today, remembered until the texts or the day are others."""

from __future__ import annotations

import threading
from datetime import date

from ingest.types import Corpus
from web.staff.reminders import addresses, kept
from web.staff.reminders.addresses import FeedAddresses
from web.staff.reminders.due import Reminder, reminders
from web.staff.reminders.kept import ReminderFile
from web.staff.shell.office import Office


class ReminderDesk:
    """What pages, feeds and mails of reminders work with."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.file = ReminderFile(office.settings.home / kept.FILE)
        self.addresses = FeedAddresses(office.settings.home / addresses.FILE, office.accounts)
        self._lock = threading.Lock()
        self._known: tuple[Corpus, date, list[Reminder]] | None = None

    def due(self) -> list[Reminder]:
        """What is due today in the texts that serve; nothing while they are being loaded.

        Raises EntitlementsUnusable, CorpusUnusable.
        """
        if not self.office.door.is_open:
            return []
        corpus, today = self.office.door.bot.corpus, self.office.today()
        with self._lock:
            known = self._known
            if known is None or known[0] is not corpus or known[1] != today:
                known = self._known = (corpus, today, reminders(corpus, today))
            return known[2]
