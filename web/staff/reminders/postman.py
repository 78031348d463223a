"""Sends the reminders by mail while the service runs: soon after it has started, and from then on as they become due."""

from __future__ import annotations

import logging
import threading
from typing import Self

from ingest.errors import PolicyQAError
from web.staff.reminders.desk import ReminderDesk
from web.staff.reminders.mail import mail_due
from web.staff.shell.office import Office

FIRST_LOOK_S = 60.0  # the texts are being loaded meanwhile
EVERY_S = 3600.0
SERVICE = "service"  # who, in the log of changes
_log = logging.getLogger(__name__)


class Postman:
    """Looks every hour; a mail that was not taken is tried again at the next look."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._desk = ReminderDesk(office)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="reminders", daemon=True)

    def start(self) -> Self:
        """Begin, where a mail server is set; returns itself."""
        if self._office.settings.smtp_host:
            self._thread.start()
        return self

    def close(self) -> None:
        """No further look; a mail that is under way is not waited for."""
        self._over.set()

    def look(self) -> str:
        """Send what is due; returns what went wrong, or nothing."""
        try:
            mailed = mail_due(self._desk.due(), self._desk.file, self._office.settings, self._office.today())
        except PolicyQAError as error:
            _log.warning("%s", error)
            return error.sentence
        if mailed is not None:
            refused = {"refused": ", ".join(mailed.refused)} if mailed.refused else {}
            self._office.audit.note_visit(SERVICE, "reminders_mailed", str(mailed.count), **refused)
        return ""

    def _work(self) -> None:
        pause = FIRST_LOOK_S
        while not self._over.wait(pause):
            self.look()
            pause = EVERY_S
