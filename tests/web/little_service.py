"""``app.py`` with the little bot in place of the real one, as a process of its own: it needs no index.

``LITTLE_FAULT`` names what loading the bot raises; ``LITTLE_JOB`` starts a job that hears nothing; ``LITTLE_CHILD``
names a file for the number of a child process that ends with the service.
"""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import app
import bot.pipeline
from bot.types import Answer, AnswerSentence, Question
from tests.web.conftest import LittleBot, little_corpus

STUCK = "卡住"  # a question whose answer never comes
ENDLESS = "人才长谈"  # one whose answer is longer than any buffer between two sockets
SENTENCES = 400
LONG = "对全职引进的人才给予安家补贴。" * 2000  # 90 kB


class SlowBot(LittleBot):
    """The little bot, which can be stuck and can talk."""

    def stream(self, question: Question) -> Iterator[AnswerSentence | Answer]:
        if STUCK in question.last:
            threading.Event().wait()
        if ENDLESS in question.last:
            for _ in range(SENTENCES):
                yield AnswerSentence(LONG, (1,), ())
        yield from super().stream(question)

    def ask(self, question: Question) -> Answer:
        if STUCK in question.last:
            threading.Event().wait()
        return super().ask(question)


class Opened:
    """Stands for ``bot.pipeline.PolicyBot``."""

    @classmethod
    def open(cls, settings: object) -> Opened:
        fault = os.environ.get("LITTLE_FAULT", "")
        if fault:
            raise getattr(builtins, fault)("out of the blue")
        return cls()

    corpus = little_corpus()

    def warmed(self) -> SlowBot:
        return SlowBot()


def with_something_running() -> None:
    """An office in which a job is at work already."""
    import web.staff.pages

    opened = web.staff.pages.open_office

    def open_office(*given: Any) -> Any:
        office = opened(*given)
        if "LITTLE_JOB" in os.environ:
            office.jobs.start("stuck", "nobody", lambda progress: str(threading.Event().wait()))
        if "LITTLE_CHILD" in os.environ:
            child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
            Path(os.environ["LITTLE_CHILD"]).write_text(str(child.pid), "utf-8")
            close = office.jobs.close

            def close_both() -> None:
                close()
                child.kill()

            office.jobs.close = close_both
        return office

    web.staff.pages.open_office = open_office


if __name__ == "__main__":
    bot.pipeline.PolicyBot = Opened  # pyright: ignore[reportAttributeAccessIssue] what app.py opens
    with_something_running()
    sys.exit(app.main(sys.argv[1:]))
