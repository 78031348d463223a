from __future__ import annotations

from datetime import date

import pytest

from bot.match.matching import Matcher
from ingest.types import Corpus

DAY = date(2026, 11, 29)
HIRED = "伊旗一家民营企业，今年全职引进一位"


@pytest.fixture(scope="module")
def matcher(compendium: Corpus) -> Matcher:
    return Matcher.of(compendium)


@pytest.mark.parametrize(
    ("profile", "about"),
    [
        (f"{HIRED}获得过自治区科技进步奖一等奖的技术总监（第一完成人，2024年），签了5年合同。", "talent"),
        ("伊旗企业，今年引进一位总工程师，他2023年拿过国家技术发明奖二等奖，排名第2。", "talent"),
        ("伊旗企业，2025年我们的成果获自治区科技进步奖一等奖，我们是第一完成单位。", "asker"),
        ("伊旗企业，今年新获得中国专利金奖，还引进了一位博士。", "asker"),
        ("伊旗一家建筑企业，今年聘了自治区级建筑大师。", "talent"),
        ("伊旗医院聘请了省级医学会理事会会长。", "talent"),
    ],
)
def test_an_award_is_of_whom_it_is_told(matcher: Matcher, profile: str, about: str) -> None:
    assert {fact.about for fact in matcher.facts_of(profile, DAY).of("award")} == {about}


def test_what_somebody_won_before_they_were_hired_is_not_new(matcher: Matcher) -> None:
    told = matcher.facts_of(f"{HIRED}获得过自治区科技进步奖一等奖的技术总监", DAY)
    assert told.of("recognition.time") == ()
