"""A process of its own that reads one file and cuts it up, ended at a limit of time or memory.

Reading and cutting hold the interpreter for as long as a file wants, and no thread of Python can be ended. The process
is told what to do on its standard input, which stays open: where it ends, the service has gone and the process goes too.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from subprocess import PIPE, Popen

from pydantic import TypeAdapter

from ingest.corpus_config import SourceConfig
from ingest.errors import LosslessnessBroken, SourceUnreadable
from ingest.readers.limits import Limits
from ingest.sentences import Sentence
from ingest.settings import PROJECT

log = logging.getLogger(__name__)

MODULE = "web.staff.corpus.cutting_child"


@dataclass(frozen=True, slots=True)
class CutOrder:
    """What a process is to do."""

    path: Path
    name: str  # as the file is called in the draft
    config: SourceConfig  # what corpus.toml says of it
    limits: Limits
    max_memory_mb: int
    into: Path  # a folder to be made, for what web.staff.corpus.kept_cuts writes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it; a file that was cut has no fault."""

    fault: str = ""  # name of an error of ours
    said: Sentence | None = None


ORDERS = TypeAdapter(CutOrder)
VERDICTS = TypeAdapter(Verdict)


@dataclass(frozen=True, slots=True)
class Cutting:
    """A process at work on an order."""

    order: CutOrder
    process: Popen[bytes]
    begun: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long it has been at work."""
        return time.monotonic() - self.begun

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; whether the process is done. Raises SourceUnreadable when its time is used up."""
        left = self.order.limits.max_seconds - self.seconds
        try:
            self.process.wait(max(0.0, min(seconds, left)))
        except subprocess.TimeoutExpired:
            if seconds < left:
                return False
            _end(self.process)
            raise SourceUnreadable(
                "web.not_read_after_seconds", name=self.order.name, max_seconds=self.order.limits.max_seconds
            ) from None
        return True

    def check(self) -> None:
        """Raise what the process had to say against the file: SourceUnreadable or LosslessnessBroken."""
        assert self.process.stdout is not None
        status = self.process.returncode
        if status == 0:
            verdict = VERDICTS.validate_json(self.process.stdout.read())
            if verdict.said is None:
                return
            if verdict.fault == LosslessnessBroken.__name__:
                log.error("%s", verdict.said)
                raise LosslessnessBroken(verdict.said)
            raise SourceUnreadable(verdict.said)
        log.error("the process that read %s ended with status %s", self.order.name, status)
        if status in (-signal.SIGKILL, -signal.SIGABRT):  # the machine, or a library in C, found no memory
            raise memory_used_up(self.order)
        raise SourceUnreadable("web.reading_broke_off_log_service", name=self.order.name)


def memory_used_up(order: CutOrder) -> SourceUnreadable:
    """What is said of a file that needs more memory than it may have."""
    return SourceUnreadable("web.needs_more_mb_memory_read", name=order.name, max_memory_mb=order.max_memory_mb)


@contextmanager
def cutting(order: CutOrder) -> Generator[Cutting]:
    """A process at work on ``order``; at the end it is gone, whatever happened.

    To be entered and left by one thread: the system ends the process together with the thread that began it.
    """
    process = Popen(
        [sys.executable, "-m", MODULE],
        cwd=PROJECT,
        # It reads what anybody may have made; our keys and passwords are none of its business.
        env={name: value for name, value in os.environ.items() if not name.startswith("POLICYQA_")},
        stdin=PIPE,
        stdout=PIPE,
        start_new_session=True,  # Ctrl+C in the terminal is for the service, which ends the process itself
    )
    with process:
        try:
            _tell(process, order)
            yield Cutting(order, process)
        finally:
            _end(process)


def _end(process: Popen[bytes]) -> None:
    """End it with whatever it has begun itself, as LibreOffice: it leads a group of its own."""
    with suppress(ProcessLookupError, PermissionError):  # it has ended
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _tell(process: Popen[bytes], order: CutOrder) -> None:
    assert process.stdin is not None
    told = replace(order, path=order.path.absolute(), into=order.into.absolute())  # it works in another folder
    try:
        process.stdin.write(ORDERS.dump_json(told) + b"\n")
        process.stdin.flush()
    except BrokenPipeError:  # it has ended at once; check() tells it
        with suppress(BrokenPipeError):
            process.stdin.close()
