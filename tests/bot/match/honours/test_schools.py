"""Posts and doctorates at schools, where a catalogue lists them."""

from __future__ import annotations

import pytest

from bot.match.facts.places import KnownPlaces
from bot.match.facts.read import read_facts
from bot.match.honours.schools import with_schools
from bot.match.types import Fact
from tests.bot.match.facts.conftest import AS_OF

LISTED = frozenset(
    {
        "国内一流高校教授",
        "国内一流高校博导",
        "海内外知名高校博士学历学位的青年人才（年龄不超过45周岁）",
        "普通高校博士研究生学历学位",
    }
)
YOUNG = "海内外知名高校博士学历学位的青年人才"


def awards(known: KnownPlaces, profile: str) -> tuple[Fact, ...]:
    return with_schools(profile, read_facts(profile, known, AS_OF).facts, LISTED)


@pytest.mark.parametrize(
    ("profile", "listed"),
    [
        ("我们引进一位48岁的双一流高校教授、博导", {"国内一流高校教授", "国内一流高校博导"}),
        ("我是双一流大学的教授，45岁", {"国内一流高校教授"}),
        ("我们引进一位双一流高校副教授", set()),
        ("我们全职引进一位清华大学博士，33岁", {"清华博士", YOUNG}),
        ("我们全职引进一位清华大学博士，47岁", set()),
        ("我是普通本科院校的博士，30岁", set()),
        ("我是清华大学硕士，30岁", set()),
    ],
)
def test_what_a_catalogue_lists_by_schools(known: KnownPlaces, profile: str, listed: set[str]) -> None:
    facts = awards(known, profile)
    assert {word for fact in facts if fact.attribute == "award" for word in fact.words} == listed


def test_who_teaches_at_a_school_did_not_graduate_from_it_by_that(known: KnownPlaces) -> None:
    assert "school" not in {fact.attribute for fact in awards(known, "我们引进一位双一流高校教授")}
    assert "school" not in {fact.attribute for fact in awards(known, "我是985高校的副教授，45岁")}
    assert "school" in {fact.attribute for fact in awards(known, "我们引进一位教授，清华大学博士")}


def test_each_kind_of_people_by_itself(known: KnownPlaces) -> None:
    facts = awards(known, "我们公司引进2个清华大学博士，30岁和33岁，又引进1个普通大学博士，签5年")
    assert {fact.group for fact in facts if fact.attribute == "award"} == {1}
