from __future__ import annotations

import threading

import pytest

from web.answers.background import Watched


def ended(work) -> list[BaseException | None]:
    told: list[BaseException | None] = []
    thread = Watched("work", work, told.append)
    assert thread.daemon
    thread.start()
    thread.join()
    return told


def test_work_that_is_done_says_so() -> None:
    assert ended(lambda: None) == [None]


@pytest.mark.parametrize(
    "fault", [MemoryError(), RuntimeError("no"), SystemExit(3), KeyboardInterrupt(), OSError(24, "x")]
)
def test_whatever_ends_it_is_told(fault: BaseException) -> None:
    def work() -> None:
        raise fault

    unheard: list[object] = []
    before, threading.excepthook = threading.excepthook, unheard.append
    try:
        assert ended(work) == [fault]
    finally:
        threading.excepthook = before
    assert unheard == []
