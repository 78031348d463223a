from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我们公司2025年10月在伊旗注册，正常经营到现在", "years_operating=1.08年"),
        ("我们是2025.3成立的公司", "years_operating=1.67年"),
        ("我公司注册于2024年11月", "years_operating=1.98-2.06年"),
        ("我公司注册于2024年11月9日", "years_operating=2.04年"),
        ("我公司注册于2024年11月22日", "years_operating=2年"),
        ("我公司2024年11月23日成立", "years_operating=1.99年"),
        ("我们厂2023.9.6注册", "years_operating=3.21年"),
        ("我们公司注册于2025年11月3家分店", "years_operating=0.98-1.06年"),
        ("本公司2025年注册", "years_operating=0.92-1.92年"),
        ("我们企业落户开发区，2024年投产", "years_operating=1.92-2.92年"),
        ("我们公司2019年设立", "years_operating=7年 -arrival"),
        ("我们是猎头公司，2026年在伊旗注册了子公司", "years_operating=0-0.92年 arrival=新成立"),
        ("我们公司2026年从外省搬来", "-arrival=新成立"),
        ("我们公司2025年成立了研发中心，2026年新注册了1件商标", "-years_operating -arrival"),
        ("我们公司2025年注册了两个品牌", "-years_operating"),
        ("We are a company set up in Ordos in 2020.", "years_operating=6年"),
        ("我2021年本科毕业后就在厂里干", "years_working=5年 -years_operating"),
    ],
)
def test_years_are_counted_to_the_month_that_is_said(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    "profile",
    [
        "我是大学毕业生，头一回办企业，在伊旗2025年9月注册的小公司",
        "我在伊旗首次创办小微企业，高校毕业生，2025年9月注册，正常经营",
    ],
)
def test_who_founded_a_firm_tells_since_when_it_exists(holds: Holds, profile: str) -> None:
    holds(profile, "who=person event=首次创办小微企业 years_operating=1.17年")


@pytest.mark.parametrize("people", ["带动9名本地人就业", "带动9个人，都是本地的", "带动了9人就业"])
def test_whom_a_founder_gives_work_to_are_the_firms_people(holds: Holds, people: str) -> None:
    holds(f"我是大学毕业生，头一回办企业，在伊旗2025年9月注册的小公司，{people}", "headcount=9人")


def test_whom_others_give_work_to_are_no_staff(holds: Holds) -> None:
    holds("我们是伊旗的产业园，带动就业300人", "-headcount")


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我是博士，全职引进到旗里的企业，签了5年合同，上个月辞职了。", "!arrival=全职引进 !contract_years=5年"),
        ("我签过3年劳动合同，博士，刚被解聘，原来全职引进到旗里。", "!arrival=全职引进 !contract_years=3年"),
        ("我从北京辞职后全职引进到旗里的企业，签了5年合同。", "arrival=全职引进 contract_years=5年"),
        ("我去年离职，今年全职引进到旗里的企业，签了5年合同。", "arrival=全职引进 contract_years=5年"),
        ("返乡牧民，第一次创业，去年9月办的个体执照做奶茶，最近停业三个月。", "!years_operating=1.17年"),
        ("返乡牧民，第一次创业，去年9月开了花店，现在关门了。", "!years_operating=1.17年"),
        ("返乡牧民，第一次创业，去年9月开了花店，停业一个月后又开了。", "years_operating=1.17年"),
        ("返乡牧民，第一次创业，去年9月开了花店，隔壁关门了。", "years_operating=1.17年"),
        ("返乡牧民，第一次创业，去年9月开了公众号。", "-years_operating"),
    ],
)
def test_work_that_was_left_and_a_firm_that_closed_are_over(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("前年头一回开餐馆，个体户", "years_operating=1.92-2.92年 event=首次创办小微企业"),
        ("今年5月初次注册了一家公司，我是毕业生", "years_operating=0.5年 event=首次创办小微企业"),
        ("我去年7月第一次办厂，雇了4人", "years_operating=1.33年 headcount=4人"),
        ("我2025年7月第一次办厂，雇了4人", "years_operating=1.33年 headcount=4人"),
    ],
)
def test_a_first_firm_of_last_year_is_counted_from_it(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("今年2月第一次开了家早餐店", "years_operating=0.75年"),
        ("去年5月第一次开了家早餐店", "years_operating=1.5年"),
        ("2024年11月3日第一次开了家早餐店", "years_operating=2.05年"),
        ("2024年11月第一次开了家早餐店", "years_operating=1.98-2.06年"),
        ("2024年11月21日第一次开了家早餐店", "years_operating=2.01年"),
        ("2024年11月22日第一次开了家早餐店", "years_operating=2年"),
        ("2024年11月23日第一次开了家早餐店", "years_operating=1.99年"),
        ("2024年12月9日第一次开了家早餐店", "years_operating=1.95年"),
    ],
)
def test_a_first_firm_is_counted_from_its_year_and_day(holds: Holds, told: str, expected: str) -> None:
    holds(f"我在伊旗{told}，个体户。", f"event=首次创办小微企业 {expected}")
