"""Whether anybody still waits for the answer that a thread works on. Whoever starts the work tells; its steps ask.

Told beside the question and not with it: no step has to hand it on, down to the one that waits for a language model.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar

from ingest.errors import PolicyQAError

_awaited: ContextVar[Callable[[], bool] | None] = ContextVar("awaited", default=None)


class NobodyWaits(PolicyQAError):
    """Whoever asked has gone; the rest of the answer is not worked out."""

    def __init__(self) -> None:
        super().__init__("bot.nobody_waits")


@contextmanager
def while_awaited(awaited: Callable[[], bool]) -> Generator[None]:
    """Within, an answer is given up at its next step once ``awaited`` says no."""
    before = _awaited.set(awaited)
    try:
        yield
    finally:
        _awaited.reset(before)


def check_awaited() -> None:
    """Raises NobodyWaits when whoever asked has gone. Where nobody told, somebody waits."""
    awaited = _awaited.get()
    if awaited is not None and not awaited():
        raise NobodyWaits
