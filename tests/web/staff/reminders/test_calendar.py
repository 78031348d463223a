"""What a calendar needs beside the days: signs escaped, one event for a day whatever it is reminded of how often."""

from __future__ import annotations

from datetime import date

from web.staff.reminders.calendar import calendar, event_id
from web.staff.reminders.due import Kind, Reminder

DAY = date(2026, 12, 31)


def ending(before: int) -> Reminder:
    return Reminder(f"ending-{before}:a:{DAY}", Kind.ENDING, "甲办法", "a", until=DAY, before=before)


def test_signs_of_the_format_are_escaped_and_no_line_begins_anew() -> None:
    made = calendar("提醒", [(ending(7), DAY)], lambda _: "a;b,c\\d\nEND:VCALENDAR", lambda _: "http://x/")
    assert "SUMMARY:a\\;b\\,c\\\\d END:VCALENDAR\r\n" in made
    assert made.count("\r\nEND:VCALENDAR") == 1


def test_one_last_day_is_one_event() -> None:
    assert event_id(ending(90)) == event_id(ending(30)) == "ending-a-2026-12-31"


def test_what_has_no_day_of_its_own_stands_on_the_day_it_was_noticed() -> None:
    words = Reminder("words:r:1", Kind.WORDS, "甲办法", "a", about="奖励")
    made = calendar("提醒", [(words, date(2026, 11, 30))], lambda _: "原文变了", lambda _: "http://x/")
    assert "DTSTART;VALUE=DATE:20261130\r\nDTEND;VALUE=DATE:20261201" in made
    assert "VALARM" not in made
