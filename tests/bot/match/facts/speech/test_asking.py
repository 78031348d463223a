from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我想知道鄂尔多斯市A类人才全职引进能拿多少？我自己是卖菜的", "-talent_class -arrival"),
        ("我想问问高新技术企业首次认定能拿多少钱？我们是伊旗的餐馆", "-recognition industry=餐饮"),
        ("自治区级非遗传承人新认定奖励是5万吗？我在旗里上班", "-award status=在职"),
        ("院士全职引进到鄂尔多斯是给300万安家补贴吗？我是出租车司机", "-award -annual_salary"),
        ("国家科学技术进步奖一等奖奖励？我在旗里当老师", "-award job=教师"),
        ("Is the award for a first-time high-tech enterprise 300,000 yuan? We run a noodle shop.", "-recognition"),
        ("今年新认定的高企能拿多少奖励？我们是伊旗的餐馆", "-recognition"),
        ("已经全职引进的院士是不是给300万？我在旗里开出租", "-award -annual_salary -arrival"),
        ("我想咨询一下，我是博士，签了5年合同，有什么补贴？", "degree=博士 contract_years=5年"),
        ("请问我是鄂尔多斯市B类人才，全职引进，能拿多少？", "talent_class@鄂尔多斯市=B"),
        ("今年刚评上国家高新技术企业，有多少奖励？", "recognition=高新技术企业"),
        ("我们这样的高新技术企业能拿什么？", "recognition=高新技术企业"),
    ],
)
def test_what_is_asked_about_is_no_fact(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
