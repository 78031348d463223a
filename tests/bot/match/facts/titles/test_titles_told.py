"""Stories of titles, projects and first firms against the whole compendium: what they come to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.match.facts.codes import FactCodes
from bot.match.matching import Matcher, MatchResult
from ingest.types import Corpus

DAY = date(2026, 11, 29)
HIRED = "伊旗一家民营企业，今年全职引进一位{}，签了5年合同。"


@pytest.fixture(scope="module")
def matcher(compendium: Corpus) -> Matcher:
    return Matcher.of(compendium)


def statuses(result: MatchResult, title: str) -> set[str]:
    shown = (*result.matches, *result.near_misses)
    return {match.status for match in shown if match.grant.record.title == title}


@pytest.mark.parametrize(
    ("who", "title", "status"),
    [
        ("中国工程院院士", "顶尖人才安家补贴", "met"),
        ("日本工程院院士", "顶尖人才安家补贴", "open"),
        ("丹麦皇家科学院院士", "顶尖人才安家补贴", "open"),
        ("中国工程院院士增选有效候选人", "高层次人才安家补贴", "met"),
        ("教育部长江学者特聘教授", "高层次人才安家补贴", "met"),
        ("长江学者", "高层次人才安家补贴", "open"),
        ("万人计划青年拔尖人才", "高层次人才安家补贴", "met"),
        ("万人计划专家", "高层次人才安家补贴", "open"),
        ("省杰青", "高层次人才安家补贴", "open"),
    ],
)
def test_a_title_gives_the_class_of_its_own_name(matcher: Matcher, who: str, title: str, status: str) -> None:
    assert statuses(matcher.match_profile(HIRED.format(who), DAY), title) == {status}


def test_a_candidate_is_no_academician(matcher: Matcher) -> None:
    result = matcher.match_profile(HIRED.format("中国工程院院士增选有效候选人"), DAY)
    assert "open" not in statuses(result, "顶尖人才安家补贴") | statuses(result, "顶尖人才平台建设科研经费")


@pytest.mark.parametrize(
    ("profile", "title", "status"),
    [
        (
            "伊旗企业，今年获得自治区科学技术进步奖二等奖，奖金20万元，第一完成单位。",
            "国家科技奖单位经费奖励",
            "not_met",
        ),
        ("伊旗企业，今年获得自治区科学技术进步奖二等奖，奖金20万元，第一完成单位。", "自治区科技奖单位奖励", "met"),
        ("伊旗企业，今年新认定自治区级制造业创新中心。", "国家级创新平台支持", "not_met"),
        ("伊旗企业，院士专家工作站刚批准成立。", "院士专家工作站资助", "met"),
        ("伊旗企业，今年我们的院士专家工作站批下来了。", "院士专家工作站资助", "met"),
        ("伊旗影视公司，今年新获得内蒙古自治区“五个一工程”奖，原创作品，申报权属于旗里。", "文艺原创作品奖励", "open"),
        ("伊旗民营企业，母公司是国家级专精特新小巨人，我们拿到了专项资金100万元。", "优质中小企业配套资金", "open"),
        ("伊旗民营企业，柔性引进一位国家重点研发计划课题负责人，一年付他90万元。", "国家科技计划项目配套", ""),
    ],
)
def test_what_was_won_is_of_its_level_and_of_who_won_it(
    matcher: Matcher, profile: str, title: str, status: str
) -> None:
    assert statuses(matcher.match_profile(profile, DAY), title) == ({status} if status else set())


@pytest.mark.parametrize(
    "profile",
    [
        "返乡农牧民，2025年6月第一次自己注册了一家小家政保洁公司，在伊旗，正常营业到现在一年多，雇了4个本地人。",
        "返乡农牧民，2025年6月第一次在伊金霍洛旗开了家家政店（个体户），雇了4个人，正常营业。",
        "我是伊旗返乡农牧民，2025年6月首次创办小微企业，正常经营1年以上，带动4人就业。",
        "我是返乡创业农牧民，2025年6月在伊旗首次创办小微企业，正常经营一年多，带动就业4人。",
    ],
)
def test_a_first_firm_told_in_other_words_comes_to_the_same(matcher: Matcher, profile: str) -> None:
    assert statuses(matcher.match_profile(profile, DAY), "一次性创业补贴") == {"met"}


@pytest.mark.parametrize(
    "profile", ["我在伊旗，打算明年第一次开一家饭馆，大学毕业生。", "我大学毕业，2025年4月在伊旗开的是第二家店。"]
)
def test_a_firm_that_is_planned_or_the_second_is_no_first_one(matcher: Matcher, profile: str) -> None:
    assert matcher.facts_of(profile, DAY).of("event") == ()


def test_those_who_were_placed_with_their_class_do_not_reach_it_later(matcher: Matcher) -> None:
    told = "我们是经认定的人力资源服务企业，在伊旗，今年举荐并协助旗里企业全职引进了2名市级认定的C类人才。"
    result = matcher.match_profile(f"{told}已入驻市级人力资源服务产业园。", DAY)
    assert statuses(result, "三年内达标引才荐才奖励") == {"not_met"}
    assert statuses(result, "机构引才荐才奖励") == {"met"}
    recognised = {word for fact in result.facts.of("recognition") for word in fact.words}
    assert recognised == {"经认定的人力资源服务企业"}
    assert result.facts.of("status") == tuple(fact for fact in result.facts.of("status") if fact.about == "talent")


def test_what_a_profile_states_as_a_record_prints_it_is_a_fact_of_its_link(matcher: Matcher) -> None:
    told = "我们是伊旗的丹麦独资企业，项目属于《鼓励外商投资产业目录》的产业，正在进口自用设备。"
    result = matcher.match_profile(told, DAY)
    assert "属于《鼓励外商投资产业目录》的产业" in {word for fact in result.facts.of("status") for word in fact.words}
    codes = FactCodes(matcher.known_places, matcher.listed)
    again = matcher.match(codes.facts(codes.of(result.facts)), DAY)
    assert [match.grant.key for match in again.met] == [match.grant.key for match in result.met] != []


def test_how_people_came_holds_for_each_of_a_list(matcher: Matcher) -> None:
    told = "伊旗企业今年全职引进4个人：一位日本工程院院士、一位长江学者特聘教授、一位全国技术能手、一位博士。"
    facts = matcher.facts_of(told, DAY)
    assert {fact.group for fact in facts.of("arrival") if "全职引进" in fact.words} == {1, 2, 3, 4}


def test_a_link_carries_a_title_of_another_country(matcher: Matcher) -> None:
    result = matcher.match_profile(HIRED.format("日本工程院院士"), DAY)
    codes = FactCodes(matcher.known_places, matcher.listed)
    again = matcher.match(codes.facts(codes.of(result.facts)), DAY)
    assert statuses(again, "顶尖人才安家补贴") == {"open"}
    assert len(again.benefits) == len(result.benefits)
