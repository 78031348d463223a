from __future__ import annotations

from dataclasses import replace

import pytest

from bot.match.condition_judging import Judge
from bot.match.heard import Heard
from bot.match.judged_trees import names_in
from bot.match.talent_classes import TalentClasses
from bot.types import Language
from ingest.entitlements.types import AllOf, AnyOf, ReadableCondition, TextCondition
from tests.bot.match.conftest import counted, judge, number, said, words

HIGH_TECH = words("recognition", "高新技术企业", operator="is")


def status(by: Judge, condition: ReadableCondition | TextCondition) -> str:
    return by.leaf(condition).status


# ── Each operator, both ways ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("condition", "value", "wanted"),
    [
        (number("rd", "at_least", 50_000_000, unit="元"), 110_000_000, "met"),
        (number("rd", "at_least", 50_000_000, unit="元"), 50_000_000, "met"),
        (number("rd", "at_least", 50_000_000, unit="元"), 49_999_999, "not_met"),
        (number("rd", "more_than", 50_000_000, unit="元"), 50_000_001, "met"),
        (number("rd", "more_than", 50_000_000, unit="元"), 50_000_000, "not_met"),
        (number("rd", "at_most", 1_000_000, unit="元"), 1_000_000, "met"),
        (number("rd", "at_most", 1_000_000, unit="元"), 1_000_001, "not_met"),
        (number("rd", "less_than", 1_000_000, unit="元"), 999_999, "met"),
        (number("rd", "less_than", 1_000_000, unit="元"), 1_000_000, "not_met"),
        (number("rd", "between", 1_000, 2_000, unit="元"), 2_000, "met"),
        (number("rd", "between", 1_000, 2_000, unit="元"), 2_001, "not_met"),
        (number("rd", "is", 1_000, unit="元"), 1_000, "met"),
        (number("rd", "is", 1_000, unit="元"), 1_001, "not_met"),
    ],
)
def test_numbers_are_compared(condition: ReadableCondition, value: float, wanted: str) -> None:
    assert status(judge(counted("rd", value, "元")), condition) == wanted


@pytest.mark.parametrize(
    ("condition", "degree", "wanted"),
    [
        (words("degree", "硕士", operator="at_least"), "博士", "met"),
        (words("degree", "硕士", operator="at_least"), "本科", "not_met"),
        (words("degree", "硕士", operator="is"), "硕士", "met"),
        (words("degree", "硕士", operator="is"), "博士", "not_met"),
        (words("degree", "硕士", "博士"), "博士", "met"),
        (words("degree", "硕士", "博士"), "高中", "not_met"),
    ],
)
def test_steps_are_compared_by_their_ladder(condition: ReadableCondition, degree: str, wanted: str) -> None:
    assert status(judge(said("degree", degree), who=("person",), recipient="person"), condition) == wanted


def test_a_recognition_that_was_said_is_met_and_one_that_was_not_is_open() -> None:
    found = judge(said("recognition", "国家高新技术企业")).leaf(HIGH_TECH)
    assert (found.status, found.because) == ("met", "认定：国家高新技术企业，符合“高新技术企业”")
    found = judge(said("recognition", "科技型中小企业")).leaf(HIGH_TECH)
    assert (found.status, found.because) == ("open", "未说明是否有“高新技术企业”，须有")


def test_what_was_denied_is_not_met() -> None:
    by = judge(said("recognition", "高新技术企业", denied=True))
    assert by.leaf(HIGH_TECH).status == "not_met"
    assert by.leaf(words("recognition.level", "国家", of="高新技术企业")).status == "not_met"
    assert by.leaf(words("recognition", "科技型中小企业", operator="is")).status == "open"


def test_another_industry_is_not_met_when_the_table_knows_both() -> None:
    asked = words("industry", "新能源", "新材料", "装备制造")
    assert status(judge(said("industry", "氢能装备")), asked) == "met"
    assert status(judge(said("industry", "酒店")), asked) == "not_met"
    assert status(judge(said("industry", "殡葬")), asked) == "open"


@pytest.mark.parametrize(
    ("origin", "region", "wanted"),
    [
        (("包头", "市外", "旗外"), "内蒙古自治区", "not_met"),
        (("呼和浩特", "市外", "旗外"), "内蒙古自治区", "not_met"),
        (("东胜区", "鄂尔多斯市", "内蒙古自治区", "旗外"), "鄂尔多斯市", "not_met"),
        (("包头", "市外", "旗外"), "鄂尔多斯市", "met"),
        (("包头", "市外", "旗外"), "伊金霍洛旗", "met"),
        (("宁夏", "外省", "区外", "市外", "旗外"), "内蒙古自治区", "met"),
        (("外地", "旗外"), "内蒙古自治区", "met"),
        (("包头", "市外", "旗外"), None, "met"),
    ],
)
def test_who_was_in_the_region_already_did_not_move_into_it(
    origin: tuple[str, ...], region: str | None, wanted: str
) -> None:
    by = judge(said("arrival", "整体迁入"), said("origin", *origin), region=region)
    assert status(by, words("arrival", "整体迁入")) == wanted
    assert status(by, words("recognition.time", "整体迁入", of="高新技术企业")) == wanted


def test_who_did_not_move_in_may_still_be_recognised_for_the_first_time() -> None:
    asked = words("recognition.time", "首次", "整体迁入", of="高新技术企业")
    high_tech = said("recognition", "高新技术企业")
    moved = (high_tech, said("arrival", "整体迁入"), said("origin", "包头", "市外", "旗外"))
    found = judge(*moved, region="内蒙古自治区").leaf(asked)
    assert found.status == "open"
    assert found.because.startswith("从包头迁来，原来就在内蒙古自治区内，不算迁入内蒙古自治区；")
    again = said("recognition.time", "再次", of="高新技术企业")
    assert status(judge(*moved, again, region="内蒙古自治区"), asked) == "not_met"
    first = said("recognition.time", "首次", of="高新技术企业")
    assert status(judge(*moved, first, region="内蒙古自治区"), asked) == "met"


def test_what_is_only_planned_stays_open() -> None:
    found = judge(said("plan", "设立研发中心")).leaf(words("event", "设立研发中心", operator="is"))
    assert (found.status, found.because) == ("open", "您说的是计划（设立研发中心）；落实后才符合“设立研发中心”")


# ── Levels and times of recognitions ───────────────────────────────────────────────────────────


def test_a_level_is_of_the_recognition_that_the_grant_names() -> None:
    named = ("企业技术中心", "重点实验室")
    by = judge(
        said("recognition", "自治区级企业技术中心"),
        said("recognition.level", "自治区", of="企业技术中心"),
        said("recognition.level", "国家", of="绿色工厂"),
        named=named,
    )
    assert status(by, words("recognition.level", "自治区", of="人才科创载体平台")) == "met"
    found = by.leaf(words("recognition.level", "国家", of="人才科创载体平台"))
    assert (found.status, found.because) == (
        "not_met",
        "认定级别（人才科创载体平台）为自治区，条款要求国家",
    )


def test_a_recognition_may_say_its_level_by_its_name() -> None:
    by = judge(said("recognition", "高新技术企业"))
    assert status(by, words("recognition.level", "国家", of="高新技术企业")) == "met"
    assert status(by, words("recognition.level", "市", of="高新技术企业")) == "not_met"


def test_a_level_that_was_not_said_is_open() -> None:
    by = judge(said("recognition", "企业技术中心"), named=("企业技术中心",))
    assert status(by, words("recognition.level", "自治区", of="企业技术中心")) == "open"


def test_the_first_time_is_not_the_second() -> None:
    by = judge(said("recognition", "高新技术企业"), said("recognition.time", "再次", of="高新技术企业"))
    assert status(by, words("recognition.time", "再次", "整体迁入", of="高新技术企业")) == "met"
    assert status(by, words("recognition.time", "首次", of="高新技术企业")) == "not_met"


# ── Places, classes, exclusions, texts ─────────────────────────────────────────────────────────


def test_a_place_is_met_open_or_not_met() -> None:
    asked = words("place", "伊金霍洛旗")
    assert status(judge(said("place", "伊旗")), asked) == "met"
    assert status(judge(said("place", "鄂尔多斯市")), asked) == "open"
    assert status(judge(said("place", "鄂尔多斯市", "康巴什区")), asked) == "not_met"
    assert status(judge(), asked) == "open"


def test_an_award_has_a_class_in_each_catalogue() -> None:
    by = judge(said("award", "全国技术能手", about="talent"), recipient="employer")
    found = by.leaf(words("talent_class", "A", "B", "C", of="伊金霍洛旗"))
    assert (found.status, found.because) == ("met", "“全国技术能手”列为伊金霍洛旗C类")
    found = by.leaf(words("talent_class", "A", "B", "C", "D", of="鄂尔多斯市"))
    assert (found.status, found.because) == (
        "not_met",
        "“全国技术能手”在鄂尔多斯市目录列为E类，条款要求A、B、C、D类",
    )


def test_a_class_that_was_said_holds_in_its_own_catalogue_only() -> None:
    by = judge(said("talent_class", "B", of="鄂尔多斯市"), who=("person",), recipient="person")
    assert status(by, words("talent_class", "B", "C", of="鄂尔多斯市")) == "met"
    assert status(by, words("talent_class", "A", of="鄂尔多斯市")) == "not_met"
    assert status(by, words("talent_class", "B", of="伊金霍洛旗")) == "open"


def test_a_class_of_which_nobody_says_whose_it_is_stays_open() -> None:
    bare = said("talent_class", "C")
    by = judge(bare, who=("person",), recipient="person")
    by = replace(
        by, classes=TalentClasses(dict.fromkeys(("伊金霍洛旗", "鄂尔多斯市"), (("技术能手", "C", "技术能手"),)))
    )
    found = by.leaf(words("talent_class", "B", "C", of="伊金霍洛旗"))
    assert (found.status, found.because) == (
        "open",
        "只说了C类，伊金霍洛旗、鄂尔多斯市的目录都有，未说明是哪一个；须为伊金霍洛旗目录的B或C类",
    )
    assert status(by, words("talent_class", "A", of="伊金霍洛旗")) == "not_met"
    assert status(by, words("talent_class", "C")) == "met"


def test_a_bare_class_is_of_the_one_catalogue_that_has_it_or_of_an_award() -> None:
    only = judge(said("talent_class", "F"), who=("person",), recipient="person")
    assert status(only, words("talent_class", "F", of="鄂尔多斯市")) == "met"
    assert status(only, words("talent_class", "F", of="自治区")) == "open"
    both = judge(said("talent_class", "A"), said("award", "中国科学院院士"), who=("person",), recipient="person")
    assert status(both, words("talent_class", "A", of="伊金霍洛旗")) == "met"
    assert status(only, words("talent_class", "A", of="伊金霍洛旗")) == "not_met"
    none = judge(said("talent_class", "A", denied=True), said("award", "中国科学院院士"), who=("person",))
    assert status(none, words("talent_class", "A", of="伊金霍洛旗")) == "not_met"


def test_a_class_with_further_conditions_is_open() -> None:
    by = judge(said("award", "国家社会科学基金重点项目第一负责人"), who=("person",), recipient="person")
    assert status(by, words("talent_class", "E", of="鄂尔多斯市")) == "open"


def test_exclusions() -> None:
    asked = words("not_in", "单晶硅", "多晶硅")
    assert status(judge(said("industry", "单晶硅")), asked) == "not_met"
    assert status(judge(said("not_in", "单晶硅", "多晶硅")), asked) == "met"
    assert status(judge(said("industry", "风电")), asked) == "met"
    assert status(judge(said("industry", "殡葬")), asked) == "open"
    projects = words("not_in", "六类市场化并网新能源项目")
    assert status(judge(said("not_in", "六类市场化并网项目")), projects) == "met"
    assert status(judge(said("not_in", "六类市场化并网项目", denied=True)), projects) == "not_met"
    assert status(judge(said("industry", "风电")), projects) == "open"


def test_what_somebody_decides_is_open_whatever_was_said() -> None:
    found = judge(said("status", "择优")).leaf(TextCondition("择优给予", "择优", decision=True))
    assert (found.status, found.because) == ("open", "由有关部门或单位决定（择优），须申请后才知")


def test_a_text_is_met_when_it_was_said_or_is_certain() -> None:
    text = TextCondition("依法参加失业保险", "依法参加失业保险")
    by = judge(counted("insured_months", 52, "月"), who=("person",), recipient="person")
    assert status(by, text) == "met"
    assert status(judge(), text) == "open"
    listed = TextCondition("列入目录", "企业列入重点产业企业目录")
    assert status(judge(said("status", "企业列入重点产业企业目录")), listed) == "met"
    assert status(judge(said("status", "企业列入重点产业企业目录", denied=True)), listed) == "not_met"


# ── Numbers of a kind ──────────────────────────────────────────────────────────────────────────


def test_the_share_of_research_is_worked_out_and_shown() -> None:
    by = judge(counted("rd", 8_000_000, "元"), counted("revenue", 200_000_000, "元"))
    found = by.leaf(number("rd_share", "at_least", 3, unit="%"))
    assert found.status == "met"
    assert found.because == "研发投入800万元 ÷ 营业收入2亿元 = 4%，条款要求3%以上（含）"


def test_months_and_years_are_one_measure() -> None:
    by = judge(counted("contract_years", 5, "年"), who=("person",), recipient="person")
    assert status(by, number("contract_months", "at_least", 36, unit="月")) == "met"
    assert status(by, number("contract_months", "at_least", 61, unit="月")) == "not_met"


def test_another_currency_is_not_converted() -> None:
    found = judge(counted("investment", 160_000_000, "美元")).leaf(number("investment", "at_least", 1e8, unit="元"))
    assert found.status == "open"
    assert "换算" in found.because


# ── Trees ──────────────────────────────────────────────────────────────────────────────────────

SHARE = number("rd_share", "at_least", 3, unit="%")
SPENT = number("rd", "at_least", 50_000_000, unit="元")


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ((counted("rd_share", 2.9, "%"), counted("rd", 110_000_000, "元")), "met"),
        ((counted("rd_share", 2.9, "%"),), "open"),
        ((counted("rd_share", 2.9, "%"), counted("rd", 1, "元")), "not_met"),
    ],
)
def test_one_alternative_is_enough(facts: tuple[object, ...], wanted: str) -> None:
    assert judge(*facts).tree(AnyOf((SHARE, SPENT))).status == wanted  # type: ignore[arg-type]


def test_of_alternatives_only_the_one_that_is_met_is_shown() -> None:
    tree = judge(counted("rd_share", 2.9, "%"), counted("rd", 110_000_000, "元")).tree(AnyOf((SHARE, SPENT)))
    assert [leaf.leaf for leaf in tree.leaves] == [SPENT]
    assert tree.alternatives == ()


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ((HIGH_TECH,), "met"),
        ((HIGH_TECH, SPENT), "open"),
        ((HIGH_TECH, words("size", "中小微")), "not_met"),
        ((), "met"),
    ],
)
def test_all_of_several_must_hold(parts: tuple[ReadableCondition, ...], wanted: str) -> None:
    by = judge(said("recognition", "高新技术企业"), said("size", "大型"))
    assert by.tree(AllOf(parts)).status == wanted


def test_reasons_are_said_in_the_language_asked_for() -> None:
    found = judge(said("recognition", "高新技术企业"), language=Language.EN).leaf(SPENT)
    assert found.because == "R&D spending is not stated; it must be at least RMB 50,000,000"
    hant = judge(language=Language.ZH_HANT).leaf(SPENT)
    assert hant.because.startswith("未說明")


def test_names_of_a_grant() -> None:
    assert names_in(AllOf((HIGH_TECH, AnyOf((words("award", "中国专利金奖"),)))), None) == (
        "高新技术企业",
        "中国专利金奖",
    )


def test_the_first_time_of_one_thing_is_not_that_of_another() -> None:
    named = ("科技型企业", "自治区股权交易市场科创板挂牌")
    by = judge(said("recognition.time", "首次", of="高新技术企业"), said("recognition", "高新技术企业"), named=named)
    assert status(by, words("recognition.time", "首次", of="自治区股权交易市场科创板挂牌")) == "open"
    centre = judge(said("recognition.time", "新认定", of="企业技术中心"), named=("企业技术中心",))
    assert status(centre, words("recognition.time", "新认定", of="企业技术（研发）中心")) == "met"


def test_a_number_is_said_by_its_own_name() -> None:
    found = judge(counted("rd_share", 4, "%")).leaf(words("event", "发生研发费用"))
    assert (found.status, found.because) == ("met", "研发投入占比4%，符合“发生研发费用”")


def test_what_a_trade_counts_as_leaves_nothing_open_about_another() -> None:
    butcher = said("industry", "农畜产品加工", "农畜产品", "制造业")
    assert judge(butcher).leaf(words("industry", "光伏材料")).status == "not_met"
    assert judge(butcher).leaf(words("industry", "制造业")).status == "met"


def test_what_was_said_keeps_its_own_name() -> None:
    found = judge(said("degree", "硕士")).leaf(words("school", "普通高校"))
    assert (found.status, found.because) == ("met", "学历学位：硕士，符合“普通高校”")


def test_a_job_that_a_catalogue_lists_low_may_be_listed_higher_elsewhere() -> None:
    classes = TalentClasses({"鄂尔多斯市": (("技术研发带头人", "E", "技术研发带头人"), ("总监", "D", "总监"))})
    listed = replace(judge(said("job", "技术研发带头人"), who=("person",), recipient="person"), classes=classes)
    assert listed.leaf(words("talent_class", "D", of="鄂尔多斯市")).status == "open"
    assert listed.leaf(words("talent_class", "E", of="鄂尔多斯市")).status == "met"
    award = replace(judge(said("award", "技术研发带头人"), who=("person",), recipient="person"), classes=classes)
    assert award.leaf(words("talent_class", "D", of="鄂尔多斯市")).status == "not_met"


@pytest.mark.parametrize(
    ("owner", "asked", "status"),
    [
        ("民营", ("国有企业", "事业单位"), "not_met"),
        ("国有", ("国有企业", "事业单位"), "met"),
        ("国有", ("市直国有企业",), "open"),
        ("民营", ("市直国有企业",), "not_met"),
        ("民营", ("重点企业",), "open"),
        ("外资", ("外商投资企业",), "met"),
    ],
)
def test_who_owns_a_firm_says_of_which_kind_it_is(owner: str, asked: tuple[str, ...], status: str) -> None:
    assert judge(said("ownership", owner)).leaf(words("employer_kind", *asked)).status == status


def test_a_status_in_the_words_of_the_condition_is_met() -> None:
    heard = Heard.of("我院获得国家科学技术奖，是第一完成单位。")
    leaf = words("status", "第一完成单位")
    assert judge(heard=heard).leaf(leaf).status == "met"
    assert judge(heard=Heard.of("我院不是第一完成单位。")).leaf(leaf).status == "open"
