from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Read

PRIZE = "省部级科学技术进步奖"


@pytest.mark.parametrize(
    ("told", "groups"),
    [
        ("全职引进了一名硕士和一名博士，博士是浙江省科学技术进步奖一等奖第一完成人", {2}),
        ("全职引进了三名硕士，其中1人获得过浙江省科学技术进步奖一等奖，排名第二", {2}),
        ("全职引进了一名硕士。又引进了一名高级工程师，她是浙江省科技进步奖一等奖第一完成人", {2}),
    ],
)
def test_a_prize_is_of_the_person_it_is_told_of(read: Read, told: str, groups: set[int]) -> None:
    facts = read(f"我们是伊旗的企业。今年{told}。")
    assert {fact.group for fact in facts.of("award") if PRIZE in fact.words and fact.about == "talent"} == groups


def test_a_prize_of_the_firm_is_the_firms(read: Read) -> None:
    facts = read("我们是伊旗的企业，公司的成果获得浙江省科学技术进步奖一等奖。今年全职引进了一名硕士。")
    assert {fact.about for fact in facts.of("award") if PRIZE in fact.words} == {"asker"}
