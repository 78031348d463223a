"""Whole profiles against the records of the compendium: what a grant asks for, to whom it goes, and what it comes to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.match.matching import Matcher
from bot.match.types import Match
from ingest.types import Corpus

DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def matcher(compendium: Corpus) -> Matcher:
    return Matcher.of(compendium)


def found(matcher: Matcher, profile: str, key: str) -> Match | None:
    shown = matcher.match_profile(profile, DAY).matches
    return next((match for match in shown if match.grant.record.id == key), None)


def status(matcher: Matcher, profile: str, key: str) -> str:
    match = found(matcher, profile, key)
    return "" if match is None else match.status


AGENCY = "我们是上海的猎头公司，在伊金霍洛旗注册了子公司，{0}人力资源服务机构，已入驻市级人力资源服务产业园。今年举荐并协助旗里一家企业全职引进了一名C类人才、两名D类人才。"


def test_what_an_agency_gets_once_is_not_multiplied_by_the_people_it_brought(matcher: Matcher) -> None:
    once = found(matcher, AGENCY.format("是经认定的"), "c24-agency")
    for_each = found(matcher, AGENCY.format("是经认定的"), "c06-agent")
    assert once is not None
    assert (once.amount, once.bound, once.claim) == ("100万元", "cap", "")
    assert for_each is not None
    assert for_each.claim == "C类人才1人：30万元；D类人才2人：20万元×2人=40万元"


@pytest.mark.parametrize(("said", "is_open"), [("是经认定的", False), ("是一家", True)])
def test_an_agency_that_says_so_is_recognised(matcher: Matcher, said: str, is_open: bool) -> None:
    match = found(matcher, AGENCY.format(said), "c06-agent")
    assert match is not None
    asked = [condition for condition in match.conditions if "经认定" in condition.text]
    assert [condition.status for condition in asked] == ["open" if is_open else "met"]


def test_a_doubled_upper_bound_stays_one(matcher: Matcher) -> None:
    match = found(matcher, "我们是伊旗规模以上高新技术企业，2025年营收6.5亿元，研发投入5200万元。", "k6-rd")
    assert match is not None
    assert match.claim == "最高500万元×2=最高1000万元（翻倍）"


def test_groups_of_people_are_told_apart_in_amounts_and_conditions(matcher: Matcher) -> None:
    profile = "我们是伊旗的光伏企业，全职引进一位国家杰青（51岁，签5年）和一位全国技术能手（46岁，签3年）。"
    match = found(matcher, profile, "k27-settle-degree")
    assert match is not None
    contracts = [condition.because for condition in match.conditions if condition.text.startswith("合同年限")]
    assert len(contracts) == len(set(contracts)) == 2
    assert all("1人：" in because for because in contracts)


STARTUP = "我在伊旗首次创办小微企业，高校毕业生，注册满13个月，正常经营{0}。"


@pytest.mark.parametrize(("staff", "amount"), [("，雇了6个人", "3万元"), ("，员工1人", "1万元")])
def test_the_higher_step_of_a_sum_takes_the_place_of_the_lower(matcher: Matcher, staff: str, amount: str) -> None:
    match = found(matcher, STARTUP.format(staff), "k12-startup")
    assert match is not None
    assert (match.status, match.amount) == ("met", amount)


# ── Patents: new ones, of whose country, of a person as of a firm ──────────────────────────────


@pytest.mark.parametrize(
    ("profile", "key", "claim"),
    [
        (
            "我们是伊旗的企业，今年新授权3件国内发明专利和2件国际发明专利。",
            "k23-patent",
            "1万元/件×2=2万元；3000元/件×3=9000元",
        ),
        ("我今年新授权3件国内发明专利，人在伊旗。", "k23-patent-person", "3000元/件×3=9000元"),
    ],
)
def test_patents_at_home_and_abroad_are_counted_apart(matcher: Matcher, profile: str, key: str, claim: str) -> None:
    match = found(matcher, profile, key)
    assert match is not None
    assert (match.status, match.claim) == ("met", claim)


@pytest.mark.parametrize("words", ["两项新获得授权的国际发明专利", "两项国际发明专利新获得授权"])
def test_a_patent_abroad_is_none_at_home(matcher: Matcher, words: str) -> None:
    match = found(matcher, f"我今年有{words}，人在伊旗。", "k23-patent-person")
    assert match is not None
    assert (match.status, match.amount) == ("met", "1万元/件")


def test_an_old_patent_is_not_new(matcher: Matcher) -> None:
    assert status(matcher, "我们是伊旗的企业，有3件发明专利，2019年授权的。", "k23-patent") == "open"


# ── What speaks against a condition ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("profile", "key", "expected"),
    [
        ("我是博士，全职引进到伊旗，无房，没享受过住房补贴。", "c20-rent", "met"),
        (
            "我是博士，全职引进到伊旗，原来无房，上个月刚在阿镇买了房，没享受过住房补贴。",
            "c20-rent",
            "",
        ),  # they own one now
        ("我是中国籍博士，全职引进到伊旗企业。", "k28-hukou", "met"),
        ("我是外籍博士，全职引进到伊旗企业。", "k28-hukou", ""),
        ("我是博士，伊旗企业的工程师。", "c19-nodegree", ""),
        ("我是大专，伊旗企业的工程师。", "c19-nodegree", "open"),
    ],
)
def test_what_was_said_may_speak_against(matcher: Matcher, profile: str, key: str, expected: str) -> None:
    assert status(matcher, profile, key) == expected


def test_who_was_brought_has_recommended_nobody(matcher: Matcher) -> None:
    profile = "我是湖北三甲医院的副主任医师，今年被伊旗人民医院刚性引进，是市里的引才大使。"
    match = found(matcher, profile, "c06-envoy")
    assert match is None or all(
        condition.status == "open" for condition in match.conditions if "举荐引进人才" in condition.text
    )


def test_a_listed_craftsman_is_no_medical_talent(matcher: Matcher) -> None:
    profile = "我们是伊旗的企业，全职引进一位“全国技术能手”，签了3年合同。"
    match = found(matcher, profile, "k6-settle")
    assert match is None or all(
        condition.status == "open" for condition in match.conditions if condition.text == "属高层次卫生健康人才"
    )


def test_hired_graduates_are_no_students(matcher: Matcher) -> None:
    profile = "我们是伊旗的企业，今年全职招了12名本科大学生，签了3年合同。"
    for key in ("c03-star", "k13-ambassador", "c03-intern"):
        assert found(matcher, profile, key) is None
    assert status(matcher, "我是伊旗生源的在校大学生，愿意来旗就业。", "k13-ambassador") == "open"


# ── Conditions and times of single records ─────────────────────────────────────────────────────


def test_the_day_of_another_part_of_a_sentence_ends_nothing(matcher: Matcher) -> None:
    match = found(matcher, "我们是伊旗的民营企业，今年没裁员，失业保险一直足额交。", "k10-return")
    assert match is not None
    assert match.status == "open"
    assert match.grant.validity.valid_until is None


@pytest.mark.parametrize(
    ("profile", "key", "open_text"),
    [
        ("我们是伊旗的光伏企业，民营。", "k9-power", "符合国家和自治区产业政策"),
        ("我是博士，伊旗事业单位的正式工作人员，签了5年聘用合同。", "k13-degree", "在职取得研究生双证"),
        ("我是博士，伊旗事业单位的正式工作人员，签了5年聘用合同。", "k13-degree", "承诺继续留在本旗工作"),
        ("我们是伊旗的企业，今年招聘了3名毕业生，签了4年合同。", "c12-hire", "稳定就业6个月"),
    ],
)
def test_a_printed_condition_stays_open(matcher: Matcher, profile: str, key: str, open_text: str) -> None:
    match = found(matcher, profile, key)
    if match is None and key == "k9-power":  # the same is printed by the region, which is shown in its place
        match = found(matcher, profile, "k4-power")
    assert match is not None
    assert [c.status for c in match.conditions if open_text in c.text or open_text in c.because] == ["open"]


def test_a_post_of_public_institutions_is_none_of_a_private_firm(matcher: Matcher) -> None:
    assert status(matcher, "我是中国工程院院士，全职在伊旗一家民营企业工作。", "k8-second") == ""


def test_pay_that_an_employer_may_agree_on_is_no_benefit(matcher: Matcher) -> None:
    result = matcher.match_profile("我是中国工程院院士，全职引进到伊旗一家民营企业。", DAY)
    assert "k7-salary" not in {match.grant.record.id for match in result.benefits}


# ── Classes ────────────────────────────────────────────────────────────────────────────────────

DOCTOR = "我是{0}博士，{1}岁，全职引进到伊旗一家企业，签了3年合同。"


@pytest.mark.parametrize(
    ("school", "age", "key", "amount", "listed"),
    [
        ("新加坡国立大学", 34, "c02-settle", "80万元", "鄂尔多斯市目录列为F类"),
        ("清华大学", 34, "c02-settle", "80万元", "鄂尔多斯市目录列为F类"),
        ("清华大学", 34, "k27-settle-abcd", "80万元", "伊金霍洛旗目录列为D类"),
        ("清华大学", 50, "c02-settle", "300万元、250万元、200万元、100万元、80万元", "未说明人才类别"),
    ],
)
def test_a_doctor_of_a_renowned_university_may_be_listed(
    matcher: Matcher, school: str, age: int, key: str, amount: str, listed: str
) -> None:
    match = found(matcher, DOCTOR.format(school, age), key)
    assert match is not None
    assert (match.status, match.amount) == ("open", amount)
    assert any(listed in condition.because for condition in match.conditions)


def test_what_a_doctor_may_be_listed_for_stands_first(matcher: Matcher) -> None:
    keys = [match.grant.record.id for match in matcher.match_profile(DOCTOR.format("清华大学", 34), DAY).matches]
    assert "c02-settle" in keys
    assert "c01-platform-a" not in keys  # of class A, for which nothing of the doctor may be listed


def test_a_class_of_nobodys_list_names_the_lists(matcher: Matcher) -> None:
    match = found(matcher, "我是C类人才，全职引进到伊旗企业。", "c02-settle")
    assert match is not None
    because = " ".join(condition.because for condition in match.conditions)
    assert "伊金霍洛旗、鄂尔多斯市的目录都有" in because or "鄂尔多斯市、伊金霍洛旗的目录都有" in because


# ── Whose time, whose unit ─────────────────────────────────────────────────────────────────────


def test_years_in_a_trade_are_no_years_at_the_firm(matcher: Matcher) -> None:
    profile = "我是博士，今年从北京全职引进到伊旗的国家高新技术企业，从业10年。"
    assert status(matcher, profile, "c04-retain") == "open"


@pytest.mark.parametrize(("unit", "expected"), [("旗人民医院", "met"), ("一家医院", "open"), ("一家企业", "")])
def test_a_hospital_of_the_banner_is_a_medical_unit_of_it(matcher: Matcher, unit: str, expected: str) -> None:
    profile = f"我在伊金霍洛旗{unit}工作，单位今年新获评市级医学重点领先学科，我是学科带头人。"
    assert status(matcher, profile, "k6-discipline-lead") == expected


def test_only_what_a_record_asks_the_time_of_is_new(matcher: Matcher) -> None:
    profile = "我们是伊旗企业，今年引进人才1名，接收了3名大学生实习4个月，今年新认定高新技术企业。"
    facts = matcher.match_profile(profile, DAY).facts.of("recognition.time")
    assert {fact.of for fact in facts} == {"高新技术企业"}


def test_nobody_is_counted_for_a_post_and_pay_that_were_not_said(matcher: Matcher) -> None:
    match = found(matcher, "我们是伊旗的国家高新技术企业，今年全职引进3名博士，签3年合同。", "c04-core")
    assert match is None or match.claim == ""


def test_interns_beside_hired_graduates_are_students_still(matcher: Matcher) -> None:
    profile = (
        "我们是伊旗的企业，今年招了12名本科大学生，签了3年合同。另外自己接收了3名大学生实习4个月，每人每月补贴2400元。"
    )
    match = found(matcher, profile, "k3-intern-employer")
    assert match is not None
    assert "×3人×4个月=1.44万元" in match.claim


def test_what_founders_get_is_not_multiplied_by_the_graduates_a_firm_hired(matcher: Matcher) -> None:
    match = found(matcher, "我们是伊旗的制造企业，规上，员工320人，今年新招22名本科毕业生。", "k12-startup")
    assert match is None or match.claim == ""


def test_of_two_printings_the_one_that_holds_leads(matcher: Matcher) -> None:
    profile = "我29岁，在伊旗一家企业上班，焊工高级工，失业保险交了48个月。"
    titles = [m for m in matcher.match_profile(profile, DAY).matches if m.grant.record.title == "技能提升补贴"]
    assert [match.grant.record.id for match in titles] == ["k10-skill"]


def test_riders_work_in_an_emerging_trade(matcher: Matcher) -> None:
    match = found(matcher, "我在伊旗送外卖，是外卖骑手，32岁。", "k10-emerging")
    assert match is not None
    assert match.status == "open"


@pytest.mark.parametrize("key", ["k4-benefit", "k4-medical", "k4-price", "k5-claim"])
@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("刚毕业没工作，没交过社保，在东胜区", "open"),
        ("我失业了", "open"),
        ("我失业了，交过两年失业保险", "met"),
    ],
)
def test_what_is_paid_from_unemployment_insurance_asks_for_contributions(
    matcher: Matcher, profile: str, expected: str, key: str
) -> None:
    assert status(matcher, profile, key) == expected


def test_a_purchase_subsidy_received_leaves_no_rent_subsidy(matcher: Matcher) -> None:
    profile = "博士，今年全职引进到东胜区企业，无房，租房，{0}购房补贴"
    assert status(matcher, profile.format("没享受过"), "c20-rent") == "met"
    assert status(matcher, profile.format("已享受"), "c20-rent") != "met"


def test_an_international_patent_is_no_domestic_one_besides(matcher: Matcher) -> None:
    mine = found(matcher, "我个人今年在伊金霍洛旗拿到一件国际发明专利授权", "k23-patent-person")
    firms = found(matcher, "我们公司在伊金霍洛旗，今年获得国际发明专利授权2件", "k23-patent")
    assert mine is not None
    assert firms is not None
    assert (mine.status, mine.amount) == ("met", "1万元/件")
    assert firms.claim == "1万元/件×2=2万元"


@pytest.mark.parametrize(
    ("said", "expected"),
    [("自治区优秀教师", {"F", "D"}), ("全国优秀教师", {"D", "C"})],
)
def test_an_award_is_listed_at_its_own_level(matcher: Matcher, said: str, expected: set[str]) -> None:
    shown = matcher.match_profile(f"我是{said}", DAY).matches
    reasons = [
        condition.because for match in shown for condition in match.conditions if "优秀教师”" in condition.because
    ]
    assert {letter for because in reasons for letter in "ABCDEF" if f"{letter}类" in because} == expected


@pytest.mark.parametrize(("said", "expected"), [("今年新取得", "met"), ("2015年取得", "open"), ("我有", "open")])
def test_a_title_newly_got_is_a_certificate_newly_got(matcher: Matcher, said: str, expected: str) -> None:
    assert status(matcher, f"我是伊金霍洛旗农牧民，{said}副高级专业技术资格", "k9-title") == expected


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("伊旗的数据中心公司，接入蒙西电网。", "met"),
        ("We plan a data centre in Ejin Horo Banner on the West Inner Mongolia grid.", "met"),
        ("伊旗的数据中心公司。", "open"),
        ("伊旗的数据中心公司，用的是蒙东电网的电。", ""),
    ],
)
def test_the_price_of_one_grid_is_not_that_of_another(matcher: Matcher, profile: str, expected: str) -> None:
    prices = matcher.match_profile(profile, DAY).prices
    price = next((match for match in prices if match.grant.record.id == "price-power-emerging"), None)
    assert ("" if price is None else price.status) == expected


def test_what_a_plan_only_promises_to_put_into_effect_is_open(matcher: Matcher) -> None:
    assert status(matcher, "伊旗的小微企业，科技型中小企业。", "k6-small-tax") == "open"
