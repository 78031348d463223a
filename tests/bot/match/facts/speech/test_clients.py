from __future__ import annotations

from datetime import date

import pytest

from bot.match.facts.places import KnownPlaces
from bot.match.facts.profile_text import prepared
from bot.match.facts.read import read_facts
from bot.match.facts.speech.clients import of_clients
from bot.match.heard import heard_facts
from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我们在伊旗做企业培训，客户是风电、氢能企业。", "-industry"),
        (
            "我们是猎头公司，今年举荐并协助旗里一家氢能企业全职引进了一名C类人才。",
            "-industry=氢能 industry=人力资源服务",
        ),
        ("我们是财税公司，主要服务高新技术企业和规上煤化工企业，20个人", "-industry -recognition -size headcount=20人"),
        ("我们帮民营、外资企业做代理，在东胜", "-ownership"),
        ("本公司在伊旗，去年帮12家企业申报了高企", "-recognition"),
        ("我们是猎头公司，推荐2名博士到一家新能源公司", "-industry=新能源"),
        ("我公司为民营风电装备企业，与一家氢能企业合作", "industry=风电 ownership=民营 -industry=氢能"),
        ("我们是面向煤化工行业的软件公司", "industry=软件 -industry=煤化工"),
        ("我们公司是和一家高新技术企业合资成立的，做光伏组件", "industry=光伏 -recognition"),
        ("我们公司被认定为高新技术企业，给我们企业带来不少订单", "recognition=高新技术企业"),
        ("我们是服务型制造企业，规上", "size=规模以上"),
        ("我服务于伊旗一家煤化工企业，签了3年合同", "industry=煤化工"),
        ("Our clients are hydrogen and wind companies.", "-industry"),
        ("We are a consultancy and helped a high-tech enterprise hire two people.", "-recognition"),
    ],
)
def test_what_clients_are_is_not_the_askers(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


def test_words_of_records_said_of_a_client_are_not_the_askers(known: KnownPlaces) -> None:
    profile, day = (
        "我们是猎头公司，还给旗里的战略性新兴产业企业办了一场活动，协助一家科技型中小企业招人。",
        date(2026, 11, 29),
    )
    listed = {"industry": frozenset({"战略性新兴产业"}), "recognition": frozenset({"科技型中小企业"})}
    facts = read_facts(profile, known, day, listed)
    heard = heard_facts(profile, facts, listed, day)
    assert {word for fact in (*facts.facts, *heard) for word in fact.words} & {
        "战略性新兴产业",
        "科技型中小企业",
    } == set()


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        ("我们为煤矿提供维修", ["煤矿"]),
        ("我公司为风电企业", []),
        ("我们帮我们公司招人", []),
        ("客户有银行、学校，自己是小厂", ["客户有银行", "学校"]),
    ],
)
def test_where_clients_are_told_of(profile: str, told: list[str]) -> None:
    assert [profile[start:end] for start, end in of_clients(prepared(profile))] == told
