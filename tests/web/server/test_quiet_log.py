from __future__ import annotations

import io
import logging

import pytest

from web.server.quiet_log import SAID, WHILE_S, Repeats, keep_quiet


class Log:
    """A logger with the filter, and a clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.written = io.StringIO()
        handler = logging.StreamHandler(self.written)
        handler.addFilter(Repeats(lambda: self.now))
        self.log = logging.Logger("tried")
        self.log.addHandler(handler)

    @property
    def lines(self) -> list[str]:
        return self.written.getvalue().splitlines()


def test_what_repeats_is_said_a_few_times_and_then_counted() -> None:
    tried = Log()
    for number in range(1000):
        tried.log.warning("request %d was bad", number)
        tried.now += 0.1  # a thousand within 100 seconds
    assert len(tried.lines) == 2 * SAID
    assert tried.lines[SAID] == f"request 600 was bad ({int(WHILE_S * 10) - SAID} more like this were left out)"


def test_one_that_talks_does_not_silence_another() -> None:
    tried = Log()
    for _ in range(100):
        tried.log.warning("noise")
    tried.log.warning("something else")
    assert tried.lines == ["noise"] * SAID + ["something else"]


def fail(kind: type[Exception]) -> None:
    if kind is KeyError:
        raise KeyError("one place")
    raise kind("another")


def test_faults_are_told_apart_by_where_they_were_raised() -> None:
    tried = Log()
    for kind in [KeyError] * 50 + [ValueError] * 50:
        try:
            fail(kind)
        except (KeyError, ValueError):
            tried.log.exception("a request failed")
    assert sum("KeyError: 'one place'" in line for line in tried.lines) == SAID
    assert sum("ValueError: another" in line for line in tried.lines) == SAID


def test_whatever_goes_to_standard_error_is_held_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    last = logging.StreamHandler(io.StringIO())
    monkeypatch.setattr(logging, "lastResort", last)
    keep_quiet()
    assert [type(one) for one in last.filters] == [Repeats]
