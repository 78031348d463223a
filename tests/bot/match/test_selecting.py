from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.match.grant_judging import judge_grant
from bot.match.selecting import Selected, select
from bot.match.types import AskerFacts, Fact
from ingest.entitlements.types import Attached, TextCondition
from ingest.types import Validity
from tests.bot.match.conftest import MEASURES, asker, counted, grant, number, row, said, words

HIGH_TECH = words("recognition", "高新技术企业", operator="is")
HAS = said("recognition", "高新技术企业")
HERE = said("place", "伊金霍洛旗")


def selected(facts: AskerFacts, *grants: Attached) -> Selected:
    return select([judge_grant(item, facts, MEASURES) for item in grants], facts)


def ids(found: Selected) -> list[str]:
    return [item.match.grant.record.id for item in found.matches]


def test_a_grant_that_speaks_to_nothing_said_is_left_out() -> None:
    mine = grant("mine", HIGH_TECH, number("rd", "at_least", 1, unit="元"))
    other = grant("other", words("recognition", "绿色工厂"), words("place", "伊金霍洛旗"))
    assert ids(selected(asker(HAS, HERE), mine, other)) == ["mine"]


def test_little_that_is_met_of_much_is_left_out() -> None:
    conditions = [words("award", "甲奖"), words("event", "乙事"), number("rd", "at_least", 1, unit="元")]
    others = [grant(f"common{n}", HIGH_TECH) for n in range(3)]  # what everybody asks for is nothing rare
    assert "far" not in ids(selected(asker(HAS), *others, grant("far", HIGH_TECH, *conditions)))


def test_general_conditions_alone_show_it_only_when_somebody_decides_the_rest() -> None:
    decided = grant("decided", words("place", "伊金霍洛旗"), TextCondition("效益显著", "效益显著", decision=True))
    asked = grant("asked", words("place", "伊金霍洛旗"), words("award", "甲奖"))
    assert ids(selected(asker(HERE), decided, asked)) == ["decided"]


def test_what_it_is_for_speaks_to_what_was_done() -> None:
    rent = grant(
        "rent", number("contract_years", "at_least", 3, unit="年"), words("age", "青年"), title="租房补贴", who="person"
    )
    facts = asker(said("event", "租房"), said("plan", "落户"), counted("contract_years", 5, "年"), who=("person",))
    assert ids(selected(facts, rent)) == ["rent"]


def test_met_ones_come_first_then_what_is_met_most_and_soft_ones_last() -> None:
    grants = (
        grant("half", HIGH_TECH, number("rd", "at_least", 1, unit="元")),
        grant("soft", HIGH_TECH, soft=True),
        grant("anybody", words("place", "伊金霍洛旗"), title="落户服务"),
        grant("met", HIGH_TECH),
        grant("nearly", HIGH_TECH, TextCondition("择优", "择优", decision=True)),
    )
    assert ids(selected(asker(HAS, HERE), *grants)) == ["met", "anybody", "soft", "nearly", "half"]


def test_the_same_money_stands_once_and_as_met_where_one_printing_is() -> None:
    one = grant("a", HIGH_TECH, number("rd", "at_least", 1, unit="元"))
    other = grant("b", HIGH_TECH, same_as=(one.key,))
    found = selected(asker(HAS), one, other)
    assert ids(found) == ["b"]
    assert found.matches[0].status == "met"
    assert [again.record.id for again in found.matches[0].match.said_again_by] == ["a"]


def test_expired_ones_are_apart_and_only_those_that_would_fit() -> None:
    ended = Validity(valid_until=date(2025, 12, 31))
    fitting = grant("fitting", HIGH_TECH, validity=ended)
    other = grant("other", words("recognition", "绿色工厂"), validity=ended)
    found = selected(asker(HAS), fitting, other)
    assert ids(found) == []
    assert [item.match.grant.record.id for item in found.expired] == ["fitting"]


def test_what_fails_by_one_thing_is_a_near_miss() -> None:
    facts: tuple[Fact, ...] = (HAS, counted("rd", 5, "元"), said("size", "大型"))
    one = grant("one", HIGH_TECH, number("rd", "at_least", 10, unit="元"))
    two = grant("two", HIGH_TECH, number("rd", "at_least", 10, unit="元"), words("size", "小微"))
    bank = grant("bank", HIGH_TECH, who="bank")
    found = selected(asker(*facts), one, two, bank)
    assert [item.match.grant.record.id for item in found.near_misses] == ["one"]


def test_a_number_that_was_said_speaks_to_a_grant_by_its_condition_or_by_its_words() -> None:
    facts = asker(counted("fixed_assets", 6_200_000, "元"), counted("rd", 5_000_000, "元"))
    by_condition = grant("a", number("fixed_assets", "at_least", 5_000_000, unit="元"), words("size", "中小微"))
    check = TextCondition("研发投入强度", "按研发投入强度核定")
    by_words = grant("b", check, spans=("按照企业上年度研发投入强度给予奖补",), title="奖补")
    other = grant("c", TextCondition("保费", "按保费核定"), spans=("按照保费收入的10%给予补助",), title="补助")
    assert ids(selected(facts, by_condition, by_words, other)) == ["a", "b"]


def test_what_anybody_at_the_firm_gets_does_not_name_the_person_it_brings() -> None:
    facts = asker(HERE, said("degree", "博士", about="talent"))
    anybody = grant("anybody", words("place", "伊金霍洛旗"), who="household", title="居民供热价格")
    theirs = grant("theirs", words("degree", "博士"), words("place", "伊金霍洛旗"), who="person")
    assert ids(selected(facts, anybody, theirs)) == ["theirs"]


def test_what_few_grants_ask_for_is_shown_however_much_else_it_asks() -> None:
    disabled = said("event", "鉴定为完全丧失劳动能力")
    checks = [TextCondition(text, text) for text in ("未达到法定退休年龄", "一年内的鉴定结论", "未继续就业并缴费")]
    many = [words("event", "参加企业职工基本养老保险"), words("event", "因病致残"), *checks]
    pension = grant("pension", words("event", "鉴定为完全丧失劳动能力"), *many, who="person")
    restored = grant("restored", words("event", "鉴定为完全丧失劳动能力"), words("event", "暂停发放"), who="person")
    assert set(ids(selected(asker(disabled, who=("person",)), pension, restored))) == {"pension", "restored"}


def test_a_share_of_something_speaks_of_the_thing_itself() -> None:
    check = TextCondition("研发投入强度", "按研发投入强度核定", decision=True)
    by_words = grant("k3", check, spans=("按照企业上年度研发投入强度及增量增幅给予奖补",), title="奖补")
    assert ids(selected(asker(counted("rd_share", 4.1, "%")), by_words)) == ["k3"]


def test_what_is_nearly_met_comes_first_then_the_most_money_and_prices_last() -> None:
    far = (words("event", "上市"), words("size", "小微"))
    rows = {name: row(name, figure, figure) for name, figure in (("much", "500万元"), ("some", "20万元"))}
    grants = (
        grant("far", HIGH_TECH, *far, rows=(row("far", "1亿元", "1亿元"),)),
        *(grant(name, HIGH_TECH, rows=(rows[name],)) for name in ("some", "much")),
        grant("near", HIGH_TECH, TextCondition("择优", "择优", decision=True)),
    )
    price = grant("price", HIGH_TECH, rows=(row("水价", "10.4元/吨", "10.4元/吨"),))
    price = replace(price, record=replace(price.record, kind="价格"))
    found = selected(asker(HAS), price, *grants)
    assert ids(found) == ["much", "some", "near", "far", "price"]
    assert [item.match.is_tariff for item in found.matches] == [False, False, False, False, True]


def test_of_the_same_money_the_printing_that_holds_for_sure_is_shown() -> None:
    check = TextCondition("择优", "择优")
    trial = grant("a", HIGH_TECH, check, validity=Validity(undetermined="试行期一年"))
    other = grant("b", HIGH_TECH, check, same_as=(trial.key,))
    assert ids(selected(asker(HAS), trial, other)) == ["b"]


def test_money_that_is_shown_is_not_shown_again_as_expired_or_missed() -> None:
    ended = Validity(valid_until=date(2024, 12, 31))
    now = grant("now", HIGH_TECH, same_as=(grant("then").key, grant("near").key))
    then = grant("then", HIGH_TECH, validity=ended)
    near = grant("near", HIGH_TECH, words("ownership", "国有"))
    found = selected(asker(HAS, said("ownership", "民营")), now, then, near)
    assert (ids(found), found.expired, found.near_misses) == (["now"], (), ())
    alone = selected(asker(HAS, said("ownership", "民营")), then, near)
    assert [item.match.grant.record.id for item in (*alone.expired, *alone.near_misses)] == ["then", "near"]
