"""How much of one source file is read at most, and for how long."""

from __future__ import annotations

import time
from dataclasses import dataclass

from ingest.errors import SourceUnreadable

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source file may cost. The caller takes the values from its settings."""

    max_bytes: int = 64 * MEGABYTE  # of the file itself
    max_unpacked_bytes: int = 512 * MEGABYTE  # of everything a compressed file unpacks to
    max_seconds: float = 120.0  # from opening to the finished text


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment by which one source has to be read. Readers call :meth:`check` inside their loops."""

    name: str
    max_seconds: float
    ends_at: float  # of time.monotonic()

    @classmethod
    def start(cls, name: str, limits: Limits) -> Deadline:
        """Begin to count now."""
        return cls(name, limits.max_seconds, time.monotonic() + limits.max_seconds)

    def check(self) -> None:
        """Raise SourceUnreadable when the time is used up."""
        if time.monotonic() > self.ends_at:
            raise SourceUnreadable("ingest.not_read_in_time", name=self.name, max_seconds=self.max_seconds)
