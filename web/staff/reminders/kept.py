"""What a service remembers of its reminders: since when each is due, and when it was mailed. One small file."""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from filelock import FileLock

from ingest.errors import UnusableInput

FILE = "reminders.json"
OWNER_ONLY = 0o600
LOCK_WAIT_S = 30.0  # as long as a mail may take
LONGEST_KEPT_DAYS = 800  # of what is due no more: longer than any reminder comes back


class RemindersUnusable(UnusableInput):
    """The file of reminders cannot be read or written."""


@dataclass
class Known:
    """By the key of a reminder: the day it was first due here, the day it was mailed."""

    first: dict[str, date] = field(default_factory=dict[str, date])
    mailed: dict[str, date] = field(default_factory=dict[str, date])


class ReminderFile:
    """The file, read again each time: the mails may be sent by another process."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Known:
        """What is known; nothing when there is no file. Raises RemindersUnusable."""
        try:
            given = cast("dict[str, dict[str, Any]]", json.loads(self._path.read_text("utf-8")))
            return Known(_days(given["first"]), _days(given["mailed"]))
        except FileNotFoundError:
            return Known()
        except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
            raise RemindersUnusable("web.file_cannot_be_read", path=self._path, reason=type(error).__name__) from error

    @contextmanager
    def changing(self, today: date) -> Generator[Known]:
        """What is known, to change while nobody else does; written when nothing was raised. Raises RemindersUnusable."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._path.with_name(f".{self._path.name}.lock"), timeout=LOCK_WAIT_S):
                known = self.read()
                yield known
                self._write(known, today)
        except (OSError, TimeoutError) as error:
            raise RemindersUnusable("web.entries_cannot_be_written", path=self._path, reason=error) from error

    def noticed(self, keys: Iterable[str], today: date) -> dict[str, date]:
        """Since when each of the reminders of today is due here. Raises RemindersUnusable."""
        due = list(keys)
        known = self.read()
        if any(key not in known.first for key in due):
            with self.changing(today) as known:
                for key in due:
                    known.first.setdefault(key, today)
        return {key: known.first[key] for key in due}

    def _write(self, known: Known, today: date) -> None:
        kept = {
            key: day
            for key, day in known.first.items()
            if (today - day).days <= LONGEST_KEPT_DAYS or key in known.mailed
        }
        body = {
            "first": {key: day.isoformat() for key, day in sorted(kept.items())},
            "mailed": {key: day.isoformat() for key, day in sorted(known.mailed.items())},
        }
        aside = self._path.with_name(f".{self._path.name}.{uuid4().hex}")
        try:
            descriptor = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(body, file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(self._path)
        except OSError:
            aside.unlink(missing_ok=True)
            raise


def _days(given: Mapping[str, str]) -> dict[str, date]:
    return {str(key): date.fromisoformat(day) for key, day in given.items()}
