from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.match.facts.codes import FactCodes
from bot.match.matching import Matcher
from bot.match.types import AskerFacts, Fact
from ingest.errors import QuestionUnusable
from tests.web.conftest import TODAY
from tests.web.match.records_corpus import COMPANY
from web.match.given import MatchGiven, facts_given, link_of, merged


def given(*facts: dict[str, Any], who: tuple[str, ...] = ("company",), lang: str = "zh") -> MatchGiven:
    return MatchGiven.model_validate({"lang": lang, "who": who, "facts": facts})


def number(attribute: str, value: object, unit: str | None = None) -> dict[str, Any]:
    return {"attribute": attribute, "number": value, "unit": unit}


def words(attribute: str, *said: str, **more: object) -> dict[str, Any]:
    return {"attribute": attribute, "words": said, **more}


@pytest.mark.parametrize(
    ("value", "unit", "counted"),
    [
        ("2", "亿元", 200_000_000),
        ("0.07", "亿元", 7_000_000),
        ("800", "万元", 8_000_000),
        ("1.5", "百万美元", 1_500_000),
    ],
)
def test_an_amount_is_counted_exactly_whatever_its_unit(matcher: Matcher, value: str, unit: str, counted: int) -> None:
    (fact,) = facts_given(given(number("revenue", value, unit)), matcher.known_places).facts
    assert (fact.number, fact.unit) == (Decimal(counted), unit[-2:] if "美" in unit else "元")


def test_the_share_of_research_is_worked_out_anew(matcher: Matcher) -> None:
    stale = {**number("rd_share", "9", "%"), "because": "900万÷1亿=9%"}
    told = facts_given(given(number("revenue", 2, "亿元"), number("rd", 800, "万元"), stale), matcher.known_places)
    share = [fact for fact in told.facts if fact.attribute == "rd_share"]
    assert [(fact.number, fact.because) for fact in share] == [(Decimal(4), "800万÷2亿=4%")]


def test_a_place_of_the_form_lies_where_it_lies(matcher: Matcher) -> None:
    (fact,) = facts_given(given(words("place", "云浦县")), matcher.known_places).facts
    assert fact.words[0] == "云浦县"
    assert len(fact.words) > 1


@pytest.mark.parametrize(
    ("fact", "said"), [(number("age", "-35", "岁"), "-35岁"), (number("age", "900", "岁"), "900岁")]
)
def test_a_number_that_cannot_be_meant_is_one_sentence_and_no_fact(
    matcher: Matcher, fact: dict[str, Any], said: str
) -> None:
    told = facts_given(given(fact), matcher.known_places)
    assert told.facts == ()
    assert [said in fault for fault in told.contradictions] == [True]


@pytest.mark.parametrize(
    ("facts", "who", "key"),
    [
        ((words("colour", "红"),), (), "web.match_without_attribute"),
        ((number("degree", 3),), (), "web.match_fact_without_value"),
        ((words("revenue", "很多"),), (), "web.match_fact_without_value"),
        (({"attribute": "degree"},), (), "web.match_fact_without_value"),
        ((), ("emperor",), "web.match_without_recipient"),
    ],
)
def test_what_no_form_sends_is_one_sentence(
    matcher: Matcher, facts: tuple[dict[str, Any], ...], who: tuple[str, ...], key: str
) -> None:
    with pytest.raises(QuestionUnusable) as raised:
        facts_given(given(*facts, who=who), matcher.known_places)
    assert raised.value.sentence.key == key


def test_facts_of_the_form_take_the_place_of_those_read() -> None:
    revenue, degree = Fact("revenue", number=Decimal(5), unit="元"), Fact("degree", ("博士",))
    read = AskerFacts(frozenset({"company"}), (Fact("revenue", number=Decimal(9), unit="元"), degree))
    both = merged(read, AskerFacts(frozenset(), (revenue,)))
    assert both.facts == (revenue, degree)
    assert both.who == {"company"}
    assert merged(read, AskerFacts(frozenset())) is read


def test_a_link_carries_all_that_was_read_and_none_of_the_words(matcher: Matcher) -> None:
    codes = FactCodes(matcher.known_places, matcher.listed)
    read = matcher.match_profile(COMPANY, TODAY)
    link = link_of(read.facts, codes)
    assert link.isascii()
    again = matcher.match(codes.facts(dict(part.split("=") for part in link.split("&"))), TODAY)
    assert [match.grant.key for match in again.met] == [match.grant.key for match in read.met] != []
    assert {(f.attribute, f.words, f.number) for f in again.facts.facts} == {
        (f.attribute, f.words, f.number) for f in read.facts.facts
    }


def test_growth_worked_out_of_two_years_stays_in_the_link(matcher: Matcher) -> None:
    codes = FactCodes(matcher.known_places, matcher.listed)
    read = matcher.match_profile("我们公司2024年营收1亿元，2025年营收1.2亿元。", TODAY).facts
    assert [fact.number for fact in read.of("revenue_growth")] == [Decimal(20)]
    link = dict(part.split("=") for part in link_of(read, codes).split("&"))
    assert [fact.number for fact in codes.facts(link).of("revenue_growth")] == [Decimal(20)]
