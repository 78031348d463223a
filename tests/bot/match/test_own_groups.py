"""Claims, classes and places are each of their own group, catalogue and seat."""

from __future__ import annotations

from datetime import date

import pytest

from bot.match.matching import Matcher, MatchResult
from bot.match.types import Match
from ingest.types import Corpus

DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def matcher(corpus: Corpus) -> Matcher:
    return Matcher.of(corpus)


def of(result: MatchResult, identifier: str) -> Match:
    return next(match for match in result.matches if match.grant.record.id == identifier)


@pytest.mark.parametrize(
    ("told", "claim"),
    [
        ("接收10名大学生实习5个月，每人每月补贴2000元，新招本科毕业生12名", "1000元×10人×5个月=5万元"),
        ("接收10名大学生实习5个月，另有8名大学生实习4个月，每人每月补贴2000元", "1000元×8人×4个月=3.2万元"),
    ],
)
def test_heads_and_months_are_of_the_interns(matcher: Matcher, told: str, claim: str) -> None:
    profile = f"我们是伊金霍洛旗的企业，全职引进一位全国技术能手，签了3年合同；另外{told}"
    found = of(matcher.match_profile(profile, DAY), "k3-intern-employer").claim
    assert found.split("；")[0].startswith("每人每月补贴2000元×50%=1000元")
    assert claim in found.split("；")


def test_interns_who_stay_too_short_bring_nothing(matcher: Matcher) -> None:
    profile = "我们是伊旗企业，接收10名大学生实习5个月，另有10名大学生实习2个月，每人每月补贴2000元"
    assert "2个月" not in of(matcher.match_profile(profile, DAY), "k3-intern-employer").claim


def test_each_row_has_its_own_bound(matcher: Matcher) -> None:
    match = of(matcher.match_profile("34岁，普通大学博士，全职引进", DAY), "k27-settle-abcd")
    assert (match.amount, match.bound) == ("不低于300万元、最高300万元、最高200万元、最高80万元", None)


def test_a_class_not_said_leaves_all_rows_open(matcher: Matcher) -> None:
    match = of(matcher.match_profile("34岁，普通大学博士，全职引进", DAY), "c02-settle")
    assert (match.status, match.amount) == ("open", "300万元、250万元、200万元、100万元、80万元")


def test_a_young_doctor_of_a_well_known_university_may_be_listed(matcher: Matcher) -> None:
    profile = "我们是伊旗企业，全职引进一位清华大学博士，33岁，签3年合同。"
    result = matcher.match_profile(profile, DAY)
    assert [(m.status, m.amount) for m in (of(result, "c02-settle"), of(result, "k27-settle-abcd"))] == [
        ("open", "80万元"),
        ("open", "80万元"),
    ]
    older = matcher.match_profile(profile.replace("33岁", "47岁"), DAY)
    assert all(m.amount != "80万元" for m in older.matches if m.grant.record.id in ("c02-settle", "k27-settle-abcd"))


@pytest.mark.parametrize(
    ("said", "identifier"),
    [("拔尖人才（D类）", "c02-settle"), ("市D类人才", "c02-settle"), ("旗D类人才", "k27-settle-abcd")],
)
def test_a_class_is_of_the_catalogue_its_name_tells(matcher: Matcher, said: str, identifier: str) -> None:
    result = matcher.match_profile(f"我是{said}，全职引进到伊金霍洛旗", DAY)
    met = {m.grant.record.id for m in result.met} & {"c02-settle", "k27-settle-abcd"}
    assert met == {identifier}


def test_two_classes_of_one_list_are_two_groups(matcher: Matcher) -> None:
    result = matcher.match_profile("我们企业全职引进1名市级B类、2名市级D类人才到伊金霍洛旗", DAY)
    assert of(result, "c02-settle").claim == "B类人才1人：300万元；D类人才2人：200万元×2人=400万元"


def test_any_own_seat_meets_a_place(matcher: Matcher) -> None:
    result = matcher.match_profile(
        "上海总部的企业，在康巴什设有区域总部，在伊旗有子公司，是高新技术企业，整体迁入", DAY
    )
    assert of(result, "k19-hitech").status == "met"


def test_a_former_post_is_no_main_post(matcher: Matcher) -> None:
    result = matcher.match_profile("我们伊旗企业全职引进一位世界500强企业原首席技术官", DAY)
    reasons = [one.because for one in of(result, "k27-settle-abcd").conditions]
    assert not any("列为B类" in because for because in reasons)


def test_three_directors_are_three_times(matcher: Matcher) -> None:
    result = matcher.match_profile("我们伊旗企业全职引进三位国家技术创新中心主任", DAY)
    assert of(result, "c02-settle").claim == "250万元×3人=750万元"


def test_a_deduction_is_no_cash(matcher: Matcher) -> None:
    result = matcher.match_profile("我们是伊旗的科技型中小企业，研发投入800万元", DAY)
    assert of(result, "k6-deduct-100").claim == ""


@pytest.mark.parametrize(
    ("profile", "identifier"),
    [("柔性引进的专家，在伊旗", "k4-flexible"), ("新加坡来的海外人才，在伊旗工作", "k10-stay")],
)
def test_what_a_clause_asks_besides_is_asked(matcher: Matcher, profile: str, identifier: str) -> None:
    assert identifier not in {match.grant.record.id for match in matcher.match_profile(profile, DAY).met}


def test_who_was_recognised_as_an_agency_needs_no_decision_on_it(matcher: Matcher) -> None:
    profile = "我们是{}人力资源服务机构，在伊旗，举荐一名市C类、两名市D类人才全职到旗里一家氢能企业"
    told = of(matcher.match_profile(profile.format("经认定的"), DAY), "c06-agent")
    assert (told.status, told.claim) == ("met", "C类人才1人：30万元；D类人才2人：20万元×2人=40万元")
    assert of(matcher.match_profile(profile.format(""), DAY), "c06-agent").status == "open"


def test_the_trade_of_a_client_earns_an_agency_nothing(matcher: Matcher) -> None:
    profile = "我们在伊旗做企业培训，客户是风电、氢能企业，还给战略性新兴产业企业办了一场院士对接会"
    assert [match.grant.record.title for match in matcher.match_profile(profile, DAY).met] == []


def test_what_a_firm_pays_its_interns_is_shared(matcher: Matcher) -> None:
    profile = "伊旗的小公司，做沙棘饮料，我是大专毕业回乡第一次创业，今年夏天自己招了3个大学生实习了4个月，每人每月发2400元补贴"
    match = of(matcher.match_profile(profile, DAY), "k3-intern-employer")
    assert (match.status, match.claim.endswith("1200元×3人×4个月=1.44万元")) == ("met", True)


def test_an_award_in_full_is_listed_where_its_short_name_is(matcher: Matcher) -> None:
    for name in ("国家自然科学基金杰出青年科学基金获得者", "国家杰青"):
        match = of(matcher.match_profile(f"伊旗企业，全职引进一位{name}，51岁，签5年", DAY), "c02-settle")
        assert match.amount == "250万元"


def test_what_is_open_to_several_is_worked_out_for_as_many_as_are_named(matcher: Matcher) -> None:
    profile = "伊旗的光伏企业，今年全职引进3个博士、5个硕士，都签了5年劳动合同，交了社保。"
    match = of(matcher.match_profile(profile, DAY), "c04-retain")
    assert match.status == "open"
    assert "博士3人：3000元/月×3人×24个月=21.6万元" in match.claim
    assert "硕士5人：2000元/月×5人×24个月=24万元" in match.claim


@pytest.mark.parametrize(
    ("profile", "title", "status"),
    [
        (
            "我们是伊旗一家法国独资企业，今年用去年的利润3000万元再投资设了子公司。",
            "利润再投资暂不征预提税",
            "open",
        ),
        ("我们是伊旗一家法国独资企业，研发总监是法国人，全职引进，签3年合同。", "引进人才自愿落户", None),
        ("我们是伊旗企业，全职引进一位中国籍研发总监，签3年合同。", "引进人才自愿落户", "met"),
        ("我们是伊旗企业，今年引进了一位退休高级工程师，63岁。", "引进退休工程师补贴", "open"),
        (
            "我们是伊旗经认定的人力资源服务企业，今年举荐并协助旗里一家民企全职引进了两位鄂尔多斯市C类人才，还有一位鄂尔多斯市E类人才。",
            "三年内达标引才荐才奖励",
            "open",
        ),
        ("我们是东胜区的高新技术企业，打算把整个公司迁到伊旗。", "高企再次获批迁入奖补", "open"),
        ("我们是伊旗一家沙棘加工企业，今年注册了“某某沙棘”地理标志集体商标。", "地理标志奖励", "met"),
        ("我在伊旗开了一家食品公司，公司里一名员工是全国技术能手。", "人才卡", None),
    ],
)
def test_what_is_others_or_yet_to_come_makes_nothing_met(
    matcher: Matcher, profile: str, title: str, status: str | None
) -> None:
    told = {match.grant.record.title: match.status for match in matcher.match_profile(profile, DAY).matches}
    assert told.get(title) == status


WAYS = "我们是伊金霍洛旗的企业。今年全职引进"


@pytest.mark.parametrize(
    ("told", "claims"),
    [
        ("三名硕士，其中一名是全国技术能手。", 1),
        ("一名硕士。车间的老员工是全国技术能手。", 0),
        ("一名硕士，我们的合作企业有全国技术能手。", 0),
        ("一名硕士和一名全国技术能手。", 1),
        ("一名全国技术能手，5月离职了。", 0),
    ],
)
def test_an_award_is_paid_once_to_who_has_it_and_was_brought(compendium: Corpus, told: str, claims: int) -> None:
    result = Matcher.of(compendium).match_profile(f"{WAYS}{told}", DAY)
    met = [match for match in result.met if match.grant.record.title in ("高层次人才安家补贴", "A至D类人才安家补贴")]
    assert len(met) == 2 * claims
    assert not any("×" in match.claim or "；" in match.claim for match in met)


def test_a_firm_without_a_subject_is_no_person(compendium: Corpus) -> None:
    result = Matcher.of(compendium).match_profile("从常州整体迁到伊旗，韩国独资。", DAY)
    assert "company" in result.facts.who
    assert not [match for match in result.met if match.grant.record.recipient.who == "person"]


def test_what_nobody_holds_today_is_paid_nothing(compendium: Corpus) -> None:
    told = "我们是伊旗的规上企业，研发投入3000万元，营收5亿元，高新技术企业"
    matcher = Matcher.of(compendium)
    for end, doubles in (("证书2025年到期，未续", False), ("证书2028年到期", True)):
        result = matcher.match_profile(f"{told}{end}。", DAY)
        assert any("×2" in match.claim for match in result.met) is doubles
