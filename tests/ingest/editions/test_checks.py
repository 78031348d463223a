"""A program finds a wrong figure, date, class, bound, period or negation, and lets true English stand."""

import pytest

from ingest.editions.checks import differs

TRUE = [
    ("对全职引进的B类、C类、D类人才分别给予最高300万元、200万元、80万元安家补贴。",
     "Category B, C and D talent introduced full time is given a settling-in allowance of up to RMB 3 million, RMB 2 million and RMB 800,000 respectively."),
    ("分级分类给予最低5万元，最高不超过40万元的购房补贴。",
     "A home-purchase subsidy of at least RMB 50,000 and not more than RMB 400,000 is given by grade and category."),
    ("自2021年1月1日至2030年12月31日，对设在西部地区的鼓励类产业企业减按15%的税率征收企业所得税。",
     "From January 1, 2021 to December 31, 2030, enterprises in encouraged industries located in the western region pay corporate income tax at the reduced rate of 15%."),
    ("确定的六类市场化并网新能源项目，不适用本政策。",
     "This policy does not apply to the six categories of market-based grid-connected new-energy projects so determined."),
    ("非居民供热：29.5元/平方米", "Non-residential heating: RMB 29.5 per square metre"),
    ("对建成的给予一次性奖励5万元。", "Those completed are given a one-off reward of RMB 50,000."),
    ("最长补贴36个月。", "The subsidy is paid for up to 36 months."),
    ("五类、六类人才", "Class 5 and Class 6 talent"),
    ("一般不少于三分之一。", "It is generally not less than one third."),
    ("商务部等7部门关于便利境外人员住宿的通知", "Notice of the Ministry of Commerce and Six Other Departments on Facilitating Accommodation for Persons from Overseas"),
    ("择优给予50万至200万元科研经费。", "Research funds of RMB 500,000 to 2 million are given on merit."),
    ("万亩沙棘种植", "ten thousand mu of sea buckthorn"),
    ("半年评估", "half-yearly assessment"),
    ("配偶未就业的", "Where the spouse is unemployed"),
]  # fmt: skip
UNTRUE = [
    ("给予30万元奖励。", "A reward of RMB 3 million is given.", "ingest.english_lacks_figure"),
    ("给予奖励。", "A reward of RMB 300,000 is given.", "ingest.english_adds_figure"),
    ("有效期至2025年12月31日。", "Valid until December 31, 2026.", "ingest.english_lacks_figure"),
    ("按15%的税率征收。", "It is taxed at 15.5%.", "ingest.english_lacks_figure"),
    ("分别给予300万元、200万元。", "RMB 2 million and RMB 3 million are given respectively.", "ingest.english_orders_figures"),
    ("E类人才", "Category D talent", "ingest.english_lacks_class"),
    ("六类人才", "Class 5 talent", "ingest.english_lacks_class"),
    ("不低于200万元。", "RMB 2 million.", "ingest.english_without"),
    ("最高500万元。", "RMB 5 million.", "ingest.english_without"),
    ("同一企业不重复享受。", "The same company receives it again.", "ingest.english_without"),
    ("同一企业不重复享受。", "Each unit under the district discount enjoys it again.", "ingest.english_without"),
    ("每年给予200万元。", "RMB 2 million is given.", "ingest.english_without"),
    ("一次性给予30万元。", "RMB 300,000 is given.", "ingest.english_without"),
    ("不少于三分之一。", "It is not less than RMB 3.", "ingest.english_lacks_figure"),
    ("商务部等7部门", "The Ministry of Commerce and five other departments", "ingest.english_lacks_figure"),
    ("给予30万元奖励。", "给予 RMB 300,000.", "ingest.english_holds_chinese"),
    ("给予30万元奖励。", "  ", "ingest.english_is_empty"),
]  # fmt: skip


@pytest.mark.parametrize(("chinese", "english"), TRUE)
def test_true_english_stands(chinese: str, english: str) -> None:
    assert differs(chinese, english) == []


@pytest.mark.parametrize(("chinese", "english", "key"), UNTRUE)
def test_what_differs_is_named(chinese: str, english: str, key: str) -> None:
    assert key in [said.key for said in differs(chinese, english)]


def test_an_official_chinese_name_may_stand_in_brackets() -> None:
    assert differs("“英才兴蒙”工程", "the Talent for Inner Mongolia programme (“英才兴蒙”工程)") == []
