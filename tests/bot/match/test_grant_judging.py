from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.match.grant_judging import GrantJudged, judge_grant
from bot.match.selecting import merged
from bot.match.types import Fact
from ingest.entitlements.types import AllOf, AmountRow, AnyOf, Attached, TextCondition
from ingest.types import Validity
from tests.bot.match.conftest import DAY, DOCUMENT, GRANTED, MEASURES, asker, counted, grant, number, row, said, words

AGAIN = (
    words("recognition", "高新技术企业", operator="is"),
    words("recognition.time", "再次", "整体迁入", of="高新技术企业"),
)
HIGH_TECH_AGAIN_ASKED = AGAIN[0]
HIGH_TECH_AGAIN = (said("recognition", "高新技术企业"), said("recognition.time", "再次", of="高新技术企业"))
SETTLE = "对全职引进的B类、C类、D类人才分别给予最高300万元、200万元、80万元安家补贴"
CLASSES = ("B", "C", "D")
CLASS_ROWS = tuple(
    row(f"{letter}类", figure, SETTLE, words("talent_class", letter, of="伊金霍洛旗"), bound="cap")
    for letter, figure in zip(CLASSES, ("300万元", "200万元", "80万元"), strict=True)
)
PLATFORM = "对新引进落地或新获评的国家级、自治区级、市级人才科创载体平台，给予50万元、30万元、10万元奖励"
LEVEL_ROWS = tuple(
    row(f"{level}级", figure, PLATFORM, words("recognition.level", level, of="人才科创载体平台"))
    for level, figure in (("国家", "50万元"), ("自治区", "30万元"), ("市", "10万元"))
)


def judged(item: Attached, *facts: Fact, who: tuple[str, ...] = ("company", "employer")) -> GrantJudged:
    return judge_grant(item, asker(*facts, who=who), MEASURES)


def because(found: GrantJudged, status: str) -> list[str]:
    return [condition.because for condition in found.match.conditions if condition.status == status]


# ── Status ─────────────────────────────────────────────────────────────────────────────────────


def test_a_grant_is_met_when_nothing_is_open() -> None:
    found = judged(grant("k19", *AGAIN), *HIGH_TECH_AGAIN)
    assert found.status == "met"
    assert all(condition.span and condition.because for condition in found.match.conditions)


def test_one_open_condition_leaves_it_open_and_one_failed_fails_it() -> None:
    assert judged(grant("k19", *AGAIN), HIGH_TECH_AGAIN[0]).status == "open"
    first = said("recognition.time", "首次", of="高新技术企业")
    assert judged(grant("k19", *AGAIN), HIGH_TECH_AGAIN[0], first).status == "not_met"


def test_a_record_nobody_accepted_is_never_met() -> None:
    found = judged(grant("k19", *AGAIN, accepted=False), *HIGH_TECH_AGAIN)
    assert found.status == "open"
    assert because(found, "open") == ["机器识别，未经核对，以原文为准"]


def test_a_decision_keeps_it_open() -> None:
    found = judged(grant("k20", AGAIN[0], TextCondition("效益显著的", "效益显著", decision=True)), HIGH_TECH_AGAIN[0])
    assert found.status == "open"


def test_an_expired_grant_is_not_met_by_the_day() -> None:
    item = grant("k19", *AGAIN, validity=Validity(valid_until=date(2025, 12, 31)))
    found = judged(item, *HIGH_TECH_AGAIN)
    assert (found.status, found.expired) == ("not_met", True)
    assert because(found, "not_met") == ["执行期限至2025-12-31，到2026-11-29已过期"]
    before = replace(MEASURES, as_of=date(2025, 12, 31))
    assert judge_grant(item, asker(*HIGH_TECH_AGAIN), before).status == "met"


def test_a_grant_that_has_not_begun_is_not_met() -> None:
    found = judged(grant("k19", *AGAIN, validity=Validity(valid_from=date(2027, 1, 1))), *HIGH_TECH_AGAIN)
    assert (found.status, found.expired) == ("not_met", False)


# ── Recipient and place ────────────────────────────────────────────────────────────────────────


def test_money_for_a_bank_is_not_the_companys() -> None:
    found = judged(grant("k20-bank", AGAIN[0], who="bank"), HIGH_TECH_AGAIN[0])
    assert (found.status, found.fits_recipient) == ("not_met", False)
    assert because(found, "not_met") == ["钱或权利给银行，不给提问的一方"]


def test_money_for_the_employer_is_not_the_persons() -> None:
    item = grant("k6", words("degree", "博士"), who="employer")
    assert judged(item, said("degree", "博士"), who=("person",)).status == "not_met"
    assert judged(item, said("degree", "博士"), who=("person", "employer")).status == "met"


def test_what_goes_to_the_talent_a_firm_brings_is_shown_as_theirs() -> None:
    item = grant("k27", words("arrival", "全职引进"), who="person")
    found = judged(item, said("arrival", "全职引进", about="talent"))
    assert (found.status, found.about_talent) == ("met", True)
    assert judged(item, said("industry", "光伏")).status == "not_met"


def test_a_firm_is_the_institution_of_a_grant_once_it_has_what_it_is_for() -> None:
    item = grant("k17", words("recognition", "企业技术中心"), who="institution")
    assert judged(item, said("recognition", "企业技术中心")).fits_recipient
    assert not judged(item, said("recognition", "绿色工厂")).fits_recipient


def test_a_document_of_a_county_holds_there_without_saying_so() -> None:
    item = grant("k17", AGAIN[0], level="旗")
    assert judged(item, HIGH_TECH_AGAIN[0], said("place", "伊旗")).status == "met"
    assert judged(item, HIGH_TECH_AGAIN[0], said("place", "鄂尔多斯市", "东胜区")).status == "not_met"
    assert judged(item, HIGH_TECH_AGAIN[0]).status == "open"
    assert judged(grant("k17", AGAIN[0], level="国家"), HIGH_TECH_AGAIN[0]).status == "met"


# ── Rows ───────────────────────────────────────────────────────────────────────────────────────


def test_the_row_of_the_class_applies_and_is_quoted() -> None:
    item = grant("k27", words("talent_class", *CLASSES, of="伊金霍洛旗"), rows=CLASS_ROWS, who="person")
    found = judged(item, said("award", "全国技术能手"), who=("person",))
    assert (found.status, found.match.amount, found.match.bound) == ("met", "200万元", "cap")
    assert found.match.quotes == (SETTLE,)


@pytest.mark.parametrize(
    ("level", "status", "amount"), [("国家", "met", "50万元"), ("自治区", "met", "30万元"), ("旗", "not_met", "")]
)
def test_the_row_of_the_level_applies(level: str, status: str, amount: str) -> None:
    item = grant("k17", words("recognition", "企业技术中心"), rows=LEVEL_ROWS)
    found = judged(item, said("recognition", "企业技术中心"), said("recognition.level", level, of="企业技术中心"))
    assert (found.status, found.match.amount) == (status, amount)


def test_rows_that_are_open_are_all_shown() -> None:
    found = judged(
        grant("k17", words("recognition", "企业技术中心"), rows=LEVEL_ROWS), said("recognition", "企业技术中心")
    )
    assert (found.status, found.match.amount) == ("open", "50万元、30万元、10万元")


def test_of_two_degrees_the_better_row_applies() -> None:
    rows = (
        row("硕士", "1500元/人·月", "硕士1500元/人·月标准申请租房补贴", words("degree", "硕士")),
        row("博士", "2000元/人·月", "博士2000元/人·月标准申请租房补贴", words("degree", "博士")),
    )
    found = judged(
        grant("c20", rows=rows, who="person"), said("degree", "硕士"), said("degree", "博士"), who=("person",)
    )
    assert found.match.amount == "2000元/人·月"


def test_rows_without_conditions_all_apply() -> None:
    rows = (
        row("安家补贴", "300万元", "给予不低于300万元安家补贴", bound="floor"),
        row("科研经费", "1亿元", "最高1亿元"),
    )
    match = judged(grant("c01", AGAIN[0], rows=rows), HIGH_TECH_AGAIN[0]).match
    assert (match.amount, match.bound) == ("不低于300万元、1亿元", None)


def test_alternatives_inside_a_row_are_one_condition() -> None:
    either = AnyOf((words("degree", "硕士"), words("title", "副高级")))
    rows = (row("硕士或副高", "1500元/人·月", "硕士（或副高级职称人员）1500元/人·月", either),)
    found = judged(grant("c20", rows=rows, who="person"), said("age", "青年"), who=("person",))
    assert found.status == "open"
    assert [condition.text for condition in found.match.conditions] == ["任一即可：学历学位：硕士；职称：副高级"]


def test_short_words_are_quoted_with_their_part_of_the_sentence() -> None:
    span = "加快推进成果转化；对获评“伊金霍洛工匠”荣誉称号的给予2万元一次性奖励。另行规定"
    rows = (row("工匠", "2万元", "给予2万元一次性奖励"),)
    found = judged(grant("k10", AGAIN[0], rows=rows, spans=(span,)), HIGH_TECH_AGAIN[0])
    assert found.match.quotes == ("对获评“伊金霍洛工匠”荣誉称号的给予2万元一次性奖励",)


SPECIALISED = tuple(
    row(name, figure, f"市级“{name}”企业给予{figure}", words("recognition", name, operator="is"))
    for name, figure in (("专精特新", "10万元"), ("小巨人", "20万元"))
)


def test_what_lies_inside_another_thing_gets_its_own_row() -> None:
    both = said("recognition", "小巨人", "专精特新")
    assert judged(grant("k7", rows=SPECIALISED), both).match.amount == "20万元"
    assert judged(grant("k7", rows=SPECIALISED), said("recognition", "专精特新")).match.amount == "10万元"


def test_what_a_firm_only_plans_leaves_a_grant_to_its_investor_open() -> None:
    item = grant("k18", words("event", "利润再投资"), who="investor")
    assert judged(item, said("plan", "利润再投资")).status == "open"
    assert judged(item, said("ownership", "外资")).status == "not_met"


# ── Claims ─────────────────────────────────────────────────────────────────────────────────────


def claim(item: AmountRow, *facts: Fact) -> str:
    return judged(grant("k3", rows=(item,), who="employer"), *facts).match.claim


FLEX = row("引才补贴", "30%", "按实际给付引进人才税前年薪的30%给予", base="实际给付引进人才税前年薪", cap="30万元")


def test_a_share_of_a_known_base_is_worked_out_with_its_cap() -> None:
    assert claim(FLEX, counted("annual_salary", 800_000, "元")) == "年薪80万元×30%=24万元，上限30万元"


def test_without_the_base_nothing_is_claimed() -> None:
    assert claim(FLEX) == ""
    assert claim(FLEX, counted("revenue", 800_000, "元")) == ""


def test_two_bases_are_not_added() -> None:
    assert claim(FLEX, counted("annual_salary", 800_000, "元"), counted("annual_salary", 500_000, "元")) == ""


def test_so_much_for_each_is_multiplied_by_what_there_is() -> None:
    patents = row("国内发明专利", "3000元/件", "国内发明专利3000元/件")
    assert claim(patents, counted("patents", 3, "件")) == "3000元/件×3=9000元"
    assert claim(patents, counted("patents", 3, "件"), counted("patents", 1, "件")) == ""
    assert claim(patents) == ""


def test_a_grant_that_fails_claims_nothing() -> None:
    item = grant("k3", number("rd", "at_least", 5, unit="元"), rows=(FLEX,), who="employer")
    found = judged(item, counted("annual_salary", 800_000, "元"), counted("rd", 1, "元"))
    assert (found.status, found.match.claim) == ("not_met", "")


# ── Printed twice ──────────────────────────────────────────────────────────────────────────────


def test_the_same_money_is_one_match_with_the_words_of_both() -> None:
    one = judged(grant("a", *AGAIN, spans=("对首次获批的一次性奖励30万元",)), *HIGH_TECH_AGAIN)
    other = judged(grant("b", *AGAIN, spans=("一次性奖励30万元研发经费",)), *HIGH_TECH_AGAIN)
    both = merged(one, [other])
    assert both.match.quotes == ("对首次获批的一次性奖励30万元", "一次性奖励30万元研发经费")
    assert [item.record.id for item in both.match.said_again_by] == ["b"]


def test_the_overlap_rules_of_both_printings_are_kept() -> None:
    one = judged(grant("a", *AGAIN, overlap=("就高不重复",)), *HIGH_TECH_AGAIN)
    other = judged(grant("b", *AGAIN, overlap=("不叠加",)), *HIGH_TECH_AGAIN)
    assert merged(one, [other]).match.overlaps == ("就高不重复", "不叠加")


def test_overlap_rules_are_kept() -> None:
    found = judged(grant("k19", *AGAIN, overlap=("从优，就高、不叠加",)), *HIGH_TECH_AGAIN)
    assert found.match.overlaps == ("从优，就高、不叠加",)
    assert found.match.grant.record.document == DOCUMENT
    assert MEASURES.as_of == DAY


def test_a_trial_of_a_year_whose_last_day_is_not_printed_keeps_it_open() -> None:
    found = judged(grant("k4", HIGH_TECH_AGAIN_ASKED, validity=Validity(undetermined="试行期一年")), HIGH_TECH_AGAIN[0])
    assert (found.status, found.expired) == ("open", False)
    assert "试行期一年" in because(found, "open")[0]
    ended = Validity(valid_until=date(2027, 1, 1), undetermined="试行期一年")
    assert judged(grant("k4", HIGH_TECH_AGAIN_ASKED, validity=ended), HIGH_TECH_AGAIN[0]).status == "met"


def test_a_firm_that_moved_in_whole_is_asked_for_beside_the_first_time() -> None:
    first = words("recognition.time", "首次", "整体迁入", of="高新技术企业")
    again = said("recognition.time", "再次", of="高新技术企业")
    moved = judged(grant("k4", HIGH_TECH_AGAIN_ASKED, first), HIGH_TECH_AGAIN[0], again, said("arrival", "整体迁入"))
    assert moved.status == "met"
    assert judged(grant("k4", HIGH_TECH_AGAIN_ASKED, first), HIGH_TECH_AGAIN[0], again).status == "not_met"


def test_a_move_is_into_the_region_of_the_office_that_gives() -> None:
    first = words("recognition.time", "首次", "整体迁入", of="高新技术企业")
    moved = (HIGH_TECH_AGAIN[0], said("arrival", "整体迁入"), said("origin", "包头市", "市外", "旗外"))
    here = said("place", "伊金霍洛旗")
    levels = ("自治区", "市", "旗", "国家")
    found = [judged(grant("k4", HIGH_TECH_AGAIN_ASKED, first, level=level), *moved, here).status for level in levels]
    assert found == ["open", "met", "met", "met"]


def test_of_alternatives_the_one_that_was_spoken_of_stands_alone() -> None:
    both = AnyOf(
        tuple(
            AllOf((words("award", name), words("recognition.level", "市", of=name)))
            for name in ("优秀医师", "优秀护士")
        )
    )
    found = judged(grant("k6", both, who="person"), said("award", "优秀护士"), who=("person",))
    assert [leaf.status for leaf in found.leaves] == ["met", "open"]
    assert found.alternatives == ()


def test_a_shop_pays_as_a_firm_and_not_as_its_owner_s_household() -> None:
    here = words("place", "伊金霍洛旗")
    price = row("用水", "10.4元/吨", GRANTED)
    shop = ("individual_business", "person", "employer")
    fits: dict[str, bool] = {}
    for who in ("company", "household", "institution"):
        item = grant("price", here, rows=(price,), who=who)
        item = replace(item, record=replace(item.record, kind="价格"))
        fits[who] = judged(item, said("place", "伊金霍洛旗"), who=shop).fits_recipient
    assert fits == {"company": True, "household": False, "institution": False}


def test_of_many_alternatives_the_first_reasons_are_told_and_how_many_there_are() -> None:
    several = AnyOf(tuple(words("event", f"第{n}件事") for n in range(6)))
    found = judged(grant("k1", HIGH_TECH_AGAIN_ASKED, several), HIGH_TECH_AGAIN[0])
    [told] = because(found, "open")
    assert told.count("未说明") == 4
    assert told.endswith("（共6种，任一即可）")


def test_a_place_asked_for_in_one_way_only_holds_for_the_other_way_too() -> None:
    """再次获批或整体迁入本旗: whoever was recognised again elsewhere gets nothing of the banner."""
    moved = AllOf((words("recognition.time", "整体迁入", of="高新技术企业"), words("place", "伊金霍洛旗")))
    again = AnyOf((words("recognition.time", "再次", of="高新技术企业"), moved))
    item = replace(grant("k19", HIGH_TECH_AGAIN_ASKED, again), level="旗")
    elsewhere = judged(item, *HIGH_TECH_AGAIN, said("place", "东胜区", "鄂尔多斯市"))
    assert elsewhere.status == "not_met"
    assert because(elsewhere, "not_met") == ["在东胜区，条款限伊金霍洛旗"]
    assert judged(item, *HIGH_TECH_AGAIN, said("place", "伊金霍洛旗", "鄂尔多斯市")).status == "met"
