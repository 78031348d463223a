"""What a family claims when the talent is one of it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.match.matching import Matcher, MatchResult
from bot.match.types import Match
from ingest.types import Corpus

DAY = date(2026, 11, 29)
SPOUSE = "我老公是博士，今年5月被伊旗一家氢能企业全职引进，签了5年合同，已认定为鄂尔多斯市E类人才。我跟过来的，本科，{out}没上班，公公今年74岁。"
PARENT = "我儿子是博士，今年被伊旗一家新材料企业全职引进，签了5年，鄂尔多斯市E类人才。我今年{age}岁。"


@pytest.fixture(scope="module")
def matcher(compendium: Corpus) -> Matcher:
    return Matcher.of(compendium)


def of(result: MatchResult, title: str) -> Match:
    return next(match for match in (*result.matches, *result.near_misses) if match.grant.record.title == title)


def status_of(match: Match, words: str) -> str:
    return next(one.status for one in match.conditions if words in one.because)


def test_the_talents_money_says_whose_it_is(matcher: Matcher) -> None:
    result = matcher.match_profile(SPOUSE.format(out="9个月"), DAY)
    settled = of(result, "高层次人才安家补贴")
    assert settled.grant.key in result.for_talent
    assert "您的配偶" in settled.conditions[0].because
    assert settled.amount == "100万元"
    assert settled.status == "open"
    assert all(one.status == "met" for one in settled.conditions[1:])


@pytest.mark.parametrize(("out", "status"), [("9个月", "met"), ("5个月", "not_met")])
def test_the_spouse_claims_by_months_without_work(matcher: Matcher, out: str, status: str) -> None:
    own = of(matcher.match_profile(SPOUSE.format(out=out), DAY), "人才配偶未就业生活补贴")
    assert status_of(own, "未就业月数") == status
    assert own.grant.key not in matcher.match_profile(SPOUSE.format(out=out), DAY).for_talent


@pytest.mark.parametrize(("age", "status"), [("72", "met"), ("66", "not_met")])
def test_a_parent_claims_as_a_parent(matcher: Matcher, age: str, status: str) -> None:
    result = matcher.match_profile(PARENT.format(age=age), DAY)
    parents = of(result, "人才父母养老补贴")
    assert status_of(parents, "亲属年龄") == status
    assert not result.met  # the child is the talent


def test_who_is_the_talent_claims_as_before(matcher: Matcher) -> None:
    result = matcher.match_profile(
        "我是博士，今年5月被伊旗一家氢能企业全职引进，签了5年合同，已认定为鄂尔多斯市E类人才，老婆9个月没上班。", DAY
    )
    assert of(result, "高层次人才安家补贴").status == "met"
    assert not result.for_talent
