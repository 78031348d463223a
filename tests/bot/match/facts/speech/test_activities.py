from __future__ import annotations

from datetime import date

import pytest

from bot.match.facts.places import KnownPlaces
from bot.match.facts.read import read_facts
from bot.match.heard import heard_facts
from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我们是氢能企业，今年引进了两名D类人才，办了一场院士对接会。", "-talent:award=院士 talent:talent_class=D"),
        ("我公司今年引进一位总监，承办了博士论坛和院士专家座谈会", "-talent:award -talent:degree"),
        ("我是电工，参加过全国技术能手大赛", "-award"),
        ("我们引进了1位专家，办了C类人才交流会", "-talent:talent_class"),
        ("我们是软件公司，参加过氢能产业大会", "-industry=氢能 industry=软件"),
        ("我是全国技术能手，46岁", "award=全国技术能手"),
        ("我们引进了一位院士，还有一位博士", "talent:award=院士 talent:degree=博士"),
        ("We hired a manager and hosted an academician matching event.", "-talent:award"),
    ],
)
def test_names_of_activities_tell_of_nobody(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


def test_an_award_of_the_records_in_the_name_of_a_contest_is_not_held(known: KnownPlaces) -> None:
    profile, day = "我参加过“全国技术能手”大赛", date(2026, 11, 29)
    listed = {"award": frozenset({"“全国技术能手”"})}
    facts = read_facts(profile, known, day, listed)
    assert [
        fact for fact in (*facts.facts, *heard_facts(profile, facts, listed, day)) if fact.attribute == "award"
    ] == []


@pytest.mark.parametrize(
    "profile",
    [
        "修电动车的铺子，在旗里。",
        "我在旗里卖电动车。",
        "我们公司维修光伏设备。",
        "I sell electric vehicles in the banner.",
    ],
)
def test_whoever_repairs_or_sells_is_not_in_the_trade_that_makes(holds: Holds, profile: str) -> None:
    holds(profile, "-industry=新能源汽车 -industry=光伏 -industry=新能源")


def test_whoever_makes_and_sells_is_in_it(holds: Holds) -> None:
    holds("我们公司生产销售新能源汽车。", "industry=新能源汽车")
