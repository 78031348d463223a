from __future__ import annotations

import logging
import threading

import pytest

from web.server.ending import LastCall


def test_it_ends_after_it_was_asked_and_says_who_hangs(caplog: pytest.LogCaptureFixture) -> None:
    ended, go_on = threading.Event(), threading.Event()
    statuses: list[int] = []

    def end(status: int) -> None:
        statuses.append(status)
        ended.set()

    hanging = threading.Thread(target=go_on.wait, name="hanging-work")
    hanging.start()
    status = [0]
    last_call = LastCall(lambda: status[0], within_s=0.0, end=end)
    assert not ended.is_set()
    status[0] = 2  # the status of the moment at which it ends
    with caplog.at_level(logging.WARNING):
        last_call.ask()
        last_call.ask()
        assert ended.wait(10)
    go_on.set()
    hanging.join()
    assert statuses == [2]
    assert "hanging-work" in caplog.text
