from __future__ import annotations

import pytest

from bot.match.facts.profile_text import prepared
from bot.match.facts.reading import Reading
from bot.match.facts.speech.studies import is_under_way
from bot.match.facts.words import Found
from tests.bot.match.facts.conftest import AS_OF, Holds


@pytest.mark.parametrize(
    ("profile", "word", "goes_on"),
    [("我读硕士二年级", "读硕士", True), ("我2015年读硕士", "读硕士", False), ("我读硕士毕业了", "读硕士", False)],
)
def test_whether_studies_go_on(profile: str, word: str, goes_on: bool) -> None:
    text = prepared(profile, AS_OF)
    start = text.text.index(word)
    reading = Reading(text, frozenset({"person"}), AS_OF)
    assert is_under_way(reading, text.clauses[0], Found(("在读",), start, start + len(word))) is goes_on


@pytest.mark.parametrize(
    "profile",
    [
        "My PhD was revoked. I work in the banner.",
        "I dropped out of a PhD; recruited full time to the banner.",
        "我的博士学位被撤销了，在旗里工作。",
        "我是肄业的博士，在旗里工作。",
    ],
)
def test_a_degree_that_was_taken_away_or_left_is_not_held(holds: Holds, profile: str) -> None:
    holds(profile, "!degree=博士 -degree=博士")


@pytest.mark.parametrize(
    ("school", "expected"),
    [
        ("唐山大学", "-school"),
        ("华北理工大学", "-school"),
        ("山大", "school=985"),
        ("山东大学", "school=985"),
        ("北京理工大学", "school=985"),
    ],
)
def test_a_short_name_inside_another_school_is_none(holds: Holds, school: str, expected: str) -> None:
    holds(f"我是{school}毕业的硕士，全职引进到伊旗企业。", f"degree=硕士 {expected}")
