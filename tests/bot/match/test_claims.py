from __future__ import annotations

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


def test_a_sum_for_the_whole_is_not_multiplied_by_heads() -> None:
    assert claim(row("资助", "200万元", "给予用人单位最高200万元引才资助", bound="cap"), heads=3) == ""


def test_of_several_sums_nobody_knows_how_many_get_which() -> None:
    assert claim(GRADUATES, row("硕士", "3万元", "给予3万元", period="一次性"), heads=3) == ""


def test_doubled_is_worked_out() -> None:
    assert claim(*RESEARCH) == "500万元×2=1000万元（翻倍）"


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
