"""Classes that a school trains for a firm: their size, those hired, and the money for each of them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.match.grant_judging import Measures, judge_grants
from bot.match.matching import Matcher
from bot.types import Language
from ingest.types import Corpus
from tests.bot.match.facts.conftest import Holds

DAY = date(2026, 11, 29)
SCHOOL = "我们是伊旗的技工学校，和旗里一家企业合办冠名班，{told}，还想引进两名博士。"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("每班36人，34人留在了这家企业", "class_size=36人 placed=34人 placed_share=94.44%"),
        ("全班共25人，24人就业", "class_size=25人 placed=24人 placed_share=96%"),
        ("全班共50人，计划40人就业", "class_size=50人 -placed"),
        ("一班36人，另一班30人", "-placed"),
    ],
)
def test_class_and_hired(holds: Holds, told: str, expected: str) -> None:
    holds(SCHOOL.format(told=told), expected)


def test_of_a_firm_nothing_of_it_is_read(holds: Holds) -> None:
    holds("我们是一家民企，和技工学校合办冠名班，一班36人，34人签了劳动合同", "-class_size -placed")


@pytest.fixture(scope="module")
def matcher(compendium: Corpus) -> Matcher:
    return Matcher.of(compendium)


@pytest.mark.parametrize(
    ("told", "size", "share", "claim"),
    [
        ("每班36人，34人留在了这家企业", "met", "met", "1000元/人×34人=3.4万元"),
        ("每班25人，24人留在了这家企业", "not_met", "met", ""),
        ("每班40人，35人留在了这家企业", "met", "not_met", ""),
        ("每班40人", "met", "open", ""),
    ],
)
def test_what_a_school_gets(matcher: Matcher, told: str, size: str, share: str, claim: str) -> None:
    facts = matcher.facts_of(SCHOOL.format(told=told), DAY)
    judged = judge_grants(
        matcher.entitlements.attached, facts, Measures(matcher.places, matcher.classes, DAY, Language.ZH)
    )
    found = next(item.match for item in judged if item.match.grant.record.id == "k3-order-class")
    by_text = {one.text: one.status for one in found.conditions}
    assert [next(s for t, s in by_text.items() if word in t) for word in ("每班人数", "占比")] == [size, share]
    assert found.claim == claim
