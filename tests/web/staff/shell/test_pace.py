"""How long work will still take."""

from __future__ import annotations

import pytest

from tests.web.staff.conftest import Clock
from web.staff.shell.pace import Pace


@pytest.mark.parametrize(
    ("seconds", "done", "total", "minutes"), [(30, 0, 10, None), (30, 1, 10, 5), (100, 10, 10, 0), (1, 1, 2, 1)]
)
def test_by_the_pace_so_far(clock: Clock, seconds: float, done: int, total: int, minutes: int | None) -> None:
    pace = Pace(clock)
    clock.now += seconds
    assert pace.minutes_left(done, total) == minutes
