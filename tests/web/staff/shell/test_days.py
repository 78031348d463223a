from __future__ import annotations

from datetime import date

import pytest

from web.staff.shell.days import day_of


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        (" 2026-11-22\n", date(2026, 11, 22)),
        ("2026-02-31", None),
        ("22.11.2026", None),
        ("", None),
        ("None", None),
    ],
)
def test_a_day_of_a_form(given: str, day: date | None) -> None:
    assert day_of(given) == day
