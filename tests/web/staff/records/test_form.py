"""Which records an address asks for."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest

from bot.records.queries import Opinion, RecordFilter
from web.staff.records.form import LONGEST_SEARCH, read_records_form, unanswered_of

TODAY = date(2026, 11, 22)


def test_without_days_it_is_the_last_thirty() -> None:
    form = read_records_form({}, TODAY)
    assert (form.wanted.first, form.wanted.last) == (date(2026, 10, 24), TODAY)
    assert form.faults == ()


def test_empty_days_are_all_days() -> None:
    assert read_records_form({"first": "", "last": " "}, TODAY).wanted == RecordFilter()


@pytest.mark.parametrize("day", ["22.11.2026", "2026-13-01", "x", "0001-01-01", "9999-12-31", "1999-12-31"])
def test_what_is_no_day_of_ours_is_said_and_the_usual_one_taken(day: str) -> None:
    form = read_records_form({"first": day, "last": day}, TODAY)
    assert form.faults == ("bad_day",)
    assert form.wanted.last == TODAY


@pytest.mark.parametrize("given", [{"status": "crashed"}, {"opinion": "<b>"}, {"opinion": ""}])
def test_what_is_no_choice_does_not_matter(given: dict[str, str]) -> None:
    wanted = read_records_form({"first": "", "last": "", **given}, TODAY).wanted
    assert wanted == RecordFilter()


def test_an_address_asks_for_the_same_again() -> None:
    given = {
        "first": "2026-11-01",
        "last": "",
        "status": "declined",
        "reason": "off_topic",
        "opinion": "down",
        "language": "zh-hant",
        "document": "投资要素成本 & <b>",
        "words": "水价 100%",
    }
    form = read_records_form(given, TODAY)
    assert form.wanted.opinion is Opinion.DOWN
    again = dict(parse_qsl(form.address(), keep_blank_values=True))
    assert read_records_form(again, TODAY) == form


def test_an_address_with_something_else_in_it() -> None:
    form = read_records_form({"reason": "garbage"}, TODAY)
    assert "reason=off_topic" in form.address(reason="off_topic")
    assert "older=2026" in form.address(older="2026~x")


def test_a_search_has_a_bearable_length() -> None:
    assert len(read_records_form({"words": "水" * 10_000}, TODAY).wanted.words) == LONGEST_SEARCH


def test_the_unanswered_are_the_declined_of_the_same_days() -> None:
    form = unanswered_of(read_records_form({"status": "answered", "first": "2026-11-01"}, TODAY))
    assert form.wanted.status == "declined"
    assert form.wanted.first == date(2026, 11, 1)
