from __future__ import annotations

from datetime import date

import pytest

from bot.match.honours.won import with_honours
from bot.match.types import AskerFacts, Fact
from tests.bot.match.conftest import said

DAY = date(2026, 11, 29)
BARE = said("award", "国家科学技术进步奖")
PERSON = frozenset({"person"})


def awards(profile: str, *facts: Fact) -> list[tuple[str, ...]]:
    found = with_honours(profile, AskerFacts(PERSON, facts), DAY, ())
    return [fact.words for fact in found.of("award")]


def test_grade_and_rank_stand_in_place_of_the_bare_name() -> None:
    assert awards("我获得过国家科技进步奖二等奖，排名第二。", BARE) == [
        ("国家科学技术进步奖二等奖第2完成人", "国家科学技术进步奖", "国家科学技术奖")
    ]


@pytest.mark.parametrize(
    ("profile", "word"),
    [
        ("我以第三完成人获得省科技进步一等奖。", "省部级科学技术进步奖一等奖第3完成人"),
        ("我2023年获得省科技进步一等奖（第一完成人）。", "省部级科学技术进步奖一等奖第1完成人（近5年）"),
        ("我2015年获得省科技进步一等奖，第一完成人。", "省部级科学技术进步奖一等奖第1完成人（5年以前）"),
        ("我获得国家科技进步奖，二等奖。我是第二完成人。", "国家科学技术进步奖二等奖第2完成人"),
    ],
)
def test_rank_and_year_may_stand_before_or_behind(profile: str, word: str) -> None:
    assert awards(profile)[0][0] == word


@pytest.mark.parametrize(
    "profile",
    ["我打算申报国家科技进步奖一等奖。", "我获得过国家科技进步奖。", "我没有获得国家科技进步奖二等奖。"],
)
def test_what_was_not_won_or_is_not_told_apart_stays_as_it_was(profile: str) -> None:
    assert awards(profile, BARE) == [("国家科学技术进步奖",)]


def test_a_regions_own_prize_counts_as_its_prize() -> None:
    assert "自治区科学技术奖" in awards("我获得自治区科技进步奖一等奖，第一完成人。")[0]
    assert "自治区科学技术奖" not in awards("我获得省科技进步奖一等奖，第一完成人。")[0]
