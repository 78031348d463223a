"""Values as a sheet shows them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from ingest.readers.sheets.shown import shown


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, "General", ""),
        (9.8, "0.00", "9.80"),
        (0.1 + 0.2, "General", "0.3"),
        (100.0, "General", "100"),
        (0.05, "0%", "5%"),
        (0.0125, "0%", "1.25%"),  # nothing is rounded away
        (1234567, "#,##0", "1,234,567"),
        (30, '0"万元"', "30万元"),
        (2025, "0", "2025"),
        (9.8, "0.00_ ", "9.80"),
        (5, "[Red]0", "5"),
        (True, "General", "TRUE"),
        ("甲\n乙", "@", "甲 乙"),
        (datetime(2026, 1, 1), "yyyy-mm-dd", "2026-01-01"),  # noqa: DTZ001 - sheets know no zones
        (datetime(2026, 1, 1, 8, 30), "", "2026-01-01 08:30:00"),  # noqa: DTZ001 - sheets know no zones
        (date(2026, 1, 1), "", "2026-01-01"),
        (time(8, 30), "", "08:30:00"),
    ],
)
def test_values(value: object, form: str, text: str) -> None:
    assert shown(value, form) == text
