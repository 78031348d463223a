"""The two things of which it is asked whether they may be had together."""

from __future__ import annotations

from datetime import date

import pytest

from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question
from bot.verdicts.same_document import things_named


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("病残津贴和失业保险金能同时领吗？", ("病残津贴", "失业保险金")),
        ("市里的租房补贴和免租金人才公寓可以一起享受吗？", ("租房补贴", "免租金人才公寓")),
        ("工业用电多少钱一度？", ()),
    ],
)
def test_the_things_are_read_from_in_front_of_what_is_asked(asked: str, named: tuple[str, ...], places: Places) -> None:
    reading = read_question(Question((asked,), date(2026, 11, 29)), places, 4)
    assert things_named(reading) == named
