from __future__ import annotations

from typing import Any

import pytest

from bot.match.claims import claims_of, paid_of, worth_of
from bot.match.fact_pool import FactPool
from bot.match.types import Fact
from bot.types import Language
from ingest.entitlements.types import AmountRow
from tests.bot.match.conftest import asker, counted, row

GRADUATES = row("生活补贴", "1万元", "给予1万元一次性生活补贴", period="一次性")
INTERNS = row("生活补贴（每人）", "2000元/月", "按每人2000元/月标准", period="每月", term="最长补贴3个月")
SPOUSE = row("生活补贴", "1000元", "按照每月1000元标准给予生活补贴", period="每月", term="最长补贴24个月")
PER_HEAD = row("引才补贴", "1000元/人", "给予1000元/人引才补贴")
RESEARCH = (row("研发投入", "500万元", "最高500万元", bound="cap"), row("高新技术企业", "翻倍", "翻倍奖补"))


def claim(*rows: AmountRow, heads: int | None = None, facts: tuple[Fact, ...] = ()) -> str:
    return claims_of(rows, FactPool.of(asker(*facts), "company", Language.ZH), Language.ZH, heads)


@pytest.mark.parametrize(
    ("printed", "heads", "says"),
    [
        (GRADUATES, 15, "1万元×15人=15万元"),
        (PER_HEAD, 15, "1000元/人×15人=1.5万元"),
        (INTERNS, 3, "2000元/月×3人×3个月=1.8万元（按最长补贴3个月算）"),
        (SPOUSE, None, "1000元×24个月=2.4万元（按最长补贴24个月算）"),
        (GRADUATES, None, ""),
        (GRADUATES, 1, ""),
    ],
)
def test_a_sum_is_multiplied_by_heads_and_by_its_term(printed: AmountRow, heads: int | None, says: str) -> None:
    assert claim(printed, heads=heads) == says


ALLOWANCE: Any = {
    "base": "实际支付实习大学生生活补贴",
    "period": "每月",
    "term": "最长补贴6个月",
    "cap": "每人每月补贴不超过1500元",
}
INTERN_SHARE = row("企业接收大学生实习", "50%", "按50%给予补贴", **ALLOWANCE)


@pytest.mark.parametrize(
    ("paid", "months", "heads", "says"),
    [
        (3200, None, None, "每人每月补贴3200元×50%=1600元，上限每人每月补贴不超过1500元，按1500元算"),
        (
            3200,
            4,
            5,
            "每人每月补贴3200元×50%=1600元，上限每人每月补贴不超过1500元，按1500元算；1500元×5人×4个月=3万元",
        ),
        (2400, 9, 2, "每人每月补贴2400元×50%=1200元，上限每人每月补贴不超过1500元；1200元×2人×6个月=1.44万元"),
        (2400, None, 2, "每人每月补贴2400元×50%=1200元，上限每人每月补贴不超过1500元"),
    ],
)
def test_a_share_of_what_each_gets_is_for_all_and_their_months(
    paid: int, months: int | None, heads: int | None, says: str
) -> None:
    facts = (counted("monthly_allowance", paid, "元"),)
    facts += (counted("contract_months", months, "月"),) if months is not None else ()
    assert claim(INTERN_SHARE, heads=heads, facts=facts) == says


def test_what_all_get_is_limited_by_the_cap_of_the_whole() -> None:
    hired = row("引才补贴", "1000元/人", "1000元/人", cap="每家企业每年补贴总额不超过50万元")
    assert claim(hired, heads=800) == "1000元/人×800人=80万元，上限每家企业每年补贴总额不超过50万元，按50万元算"
    pay = row("补贴", "30%", "30%", base="税前年薪", cap="单人不超过30万元、同一单位补贴总额不超过50万元")
    facts = (counted("annual_salary", 1_500_000, "元"),)
    assert claim(pay, heads=2, facts=facts).endswith("按30万元算；30万元×2人=60万元，按50万元算")


@pytest.mark.parametrize(
    ("printed", "fact", "says"),
    [
        (
            row("配套", "10%", "10%", base="所获国家专项拨款额"),
            counted("earmarked", 8_000_000, "元"),
            "所获专项资金800万元×10%=80万元",
        ),
        (
            row("第一完成单位", "5倍", "5倍", base="国家奖金额度"),
            counted("prize_money", 600_000, "元"),
            "奖金60万元×5倍=300万元",
        ),
        (
            row("收益", "70%", "不低于70%", base="转化收益", bound="floor"),
            counted("contract_value", 2_000_000, "元"),
            "合同金额200万元×70%=不低于140万元",
        ),
        (row("用水", "10.4元/吨", "10.4元/吨"), counted("water_use", 3000, "吨"), "10.4元/吨×3000吨=3.12万元"),
        (
            row("用电", "0.477元/度", "0.477元/度"),
            counted("power_use", 200_000, "度"),
            "0.477元/度×200000度=9.54万元",
        ),
        (
            row("地价", "20-25万元/亩", "20-25万元/亩", bound="range"),
            counted("area", 100, "亩"),
            "20-25万元/亩×100亩=2000万元至2500万元",
        ),
        (row("供热", "29.5元/平方米", "29.5元/平方米"), counted("area", 100, "亩"), ""),
    ],
)
def test_a_base_or_a_measure_that_was_told_is_worked_out(printed: AmountRow, fact: Fact, says: str) -> None:
    assert claim(printed, facts=(fact,)) == says


def test_a_monthly_sum_over_years_and_a_bound_stay_what_they_are() -> None:
    monthly = row("生活补贴", "2000元/月", "2000元/月", period="每月", term="最长补贴2年")
    assert claim(monthly) == "2000元/月×24个月=4.8万元（按最长补贴2年算）"
    yearly = row("特聘补贴", "30万元/年", "最高30万元/年", bound="cap", period="每年", term="最长补贴10年")
    assert claim(yearly) == "30万元/年×10年=最高300万元（按最长补贴10年算）"


def test_the_bound_of_a_cap_that_is_printed_apart_is_said_once() -> None:
    share = row("补助", "5%", "按照研发投入的5%给予补助，最高50万元", base="研发投入", bound="cap", cap="50万元")
    facts = (counted("rd", 8_000_000, "元"),)
    assert claim(share, facts=facts) == "研发投入800万元×5%=40万元，上限50万元"


def test_a_sum_for_the_whole_is_not_multiplied_by_heads() -> None:
    assert claim(row("资助", "200万元", "给予用人单位最高200万元引才资助", bound="cap"), heads=3) == ""


def test_of_several_sums_nobody_knows_how_many_get_which() -> None:
    assert claim(GRADUATES, row("硕士", "3万元", "给予3万元", period="一次性"), heads=3) == ""


def test_doubled_is_worked_out() -> None:
    assert claim(*RESEARCH) == "最高500万元×2=最高1000万元（翻倍）"


def test_pieces_are_not_people() -> None:
    patents = row("发明专利", "3000元/件", "3000元/件一次性奖励")
    assert claim(patents, heads=2, facts=(counted("patents", 6, "件"),)) == "3000元/件×6=1.8万元"


def test_how_often_and_how_long_is_said_once() -> None:
    assert paid_of((SPOUSE,), Language.ZH) == "每月，最长补贴24个月"
    assert paid_of((INTERNS,), Language.ZH) == "最长补贴3个月"
    assert paid_of((row("托幼", "2000元", "每年2000元", period="每年"),), Language.ZH) == "每年"
    assert paid_of((SPOUSE, GRADUATES), Language.ZH) == ""


def test_what_rows_are_worth_is_their_largest_sum() -> None:
    assert worth_of((*RESEARCH, GRADUATES)) == 5_000_000
    assert worth_of((row("贴息", "50%", "50%"),)) == 0
