"""Several people brought by one firm: each kind of them has its number and facts of its own."""

from __future__ import annotations

import pytest

from bot.match.facts.codes import FactCodes
from bot.match.facts.places import KnownPlaces
from bot.match.types import AskerFacts
from tests.bot.match.facts.conftest import Holds, Read

THREE = "我司在伊旗，今年全职引进3个博士、2个硕士，都签5年，又柔性请了1位长江学者，每年来40天，劳务费28万。"


def told(facts: AskerFacts, group: int) -> set[str]:
    """The facts of a group: the first word, or the number."""
    return {
        f"{fact.attribute}={fact.words[0] if fact.words else fact.number}"
        for fact in facts.facts
        if fact.about == "talent" and fact.group == group and fact.attribute != "recognition.time"
    }


def numbers(facts: AskerFacts) -> dict[int, int | None]:
    return {fact.group: fact.people for fact in facts.facts if fact.about == "talent"}


def test_each_kind_of_people_has_its_number_and_its_own_facts(read: Read) -> None:
    facts = read(THREE)
    assert numbers(facts) == {1: 3, 2: 2, 3: 1}
    assert told(facts, 1) == {"degree=博士", "arrival=全职引进", "status=全职", "contract_years=5"}
    assert told(facts, 2) == {"degree=硕士", "arrival=全职引进", "status=全职", "contract_years=5"}
    assert told(facts, 3) == {"award=长江学者", "arrival=柔性引进", "annual_salary=280000"}


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我们公司今年新招了12个本科和3个硕士，都签了三年。", {1: 12, 2: 3}),
        ("我们厂今年引进博士2名、硕士5名。", {1: 2, 2: 5}),
        ("我们公司今年全职引进十二个博士、三个硕士。", {1: 12, 2: 3}),
        ("伊旗企业，今年新招30个本科生，引进一位CTO，年薪85万，签3年。", {1: 30, 2: 1}),
        ("我们公司全职引进了一位副教授，签了5年。", {0: 1}),
    ],
)
def test_people_are_counted(read: Read, profile: str, expected: dict[int, int]) -> None:
    assert numbers(read(profile)) == expected


def test_what_is_said_behind_a_list_is_of_all_in_it(read: Read) -> None:
    facts = read("我们公司全职引进3个博士、2个硕士，从外省来的。")
    assert {fact.group for fact in facts.facts if fact.attribute == "origin"} == {1, 2}


def test_what_is_said_of_the_last_one_is_of_nobody_else(read: Read) -> None:
    facts = read("伊旗企业，今年新招30个本科生，引进一位CTO，年薪85万，签3年。")
    assert [fact.group for fact in facts.facts if fact.attribute == "annual_salary"] == [2]


SEVERAL = (
    "伊旗风电企业，今年全职引进一位国家杰青（51岁，签5年）和一位全国技术能手（46岁，从天津来，签3年）；柔性引进一位院士；"
    "另外全职新招两名清华大学博士（30歲和33歲，市外來的，簽3年合同，在本市沒有房）和12名本科生。"
)


def test_what_stands_in_brackets_is_of_those_before_them(read: Read) -> None:
    facts = read(SEVERAL)
    assert facts.contradictions == ()
    assert {fact.group: (fact.number, fact.upto) for fact in facts.facts if fact.attribute == "age"} == {
        1: (51, None),
        2: (46, None),
        4: (30, 33),
    }
    assert {"status=无房", "status=全职", "contract_years=3", "arrival=全职引进", "origin=市外"} <= told(facts, 4)
    assert told(facts, 5) == {"degree=本科", "status=大学生", "status=全职"}
    assert "contract_years=3" in told(facts, 2)


@pytest.mark.parametrize(
    ("profile", "ages", "faults"),
    [
        ("我们公司全职引进两名全国技术能手，一位46岁，一位50岁。", [(46, 50)], 0),
        ("我司引进一位教授，45岁，其实他47岁", [], 1),
        ("我今年35岁，在伊旗上班，我36岁", [], 1),
        ("我们公司引进三名博士，31岁、35岁和40岁", [(31, 40)], 0),
    ],
)
def test_ages_of_several_people_are_no_contradiction(
    read: Read, profile: str, ages: list[tuple[int, int]], faults: int
) -> None:
    facts = read(profile)
    assert [(fact.number, fact.upto) for fact in facts.facts if fact.attribute == "age"] == ages
    assert len(facts.contradictions) == faults


def test_each_part_of_a_list_has_its_own_way(read: Read) -> None:
    facts = read("我公司今年：①柔性引进1名院士；②全职引进3名博士，签5年；③全职引进1名硕士。")
    ways = {fact.group: fact.words[0] for fact in facts.facts if fact.attribute == "arrival"}
    assert ways == {1: "柔性引进", 2: "全职引进", 3: "全职引进"}


def test_what_is_said_before_others_are_hired_is_not_of_them(read: Read) -> None:
    facts = read("我们厂今年引进3个博士，从外省来的，没有房，又新招了2个硕士")
    assert {fact.group for fact in facts.facts if fact.attribute in ("origin", "status", "arrival")} == {1}


def test_a_way_is_of_all_that_are_joined_behind_it(read: Read) -> None:
    facts = read("我们公司今年柔性引进一位院士和一位长江学者，院士付了150万元，长江学者付了60万元")
    for group, pay in ((1, 1_500_000), (2, 600_000)):
        assert {"arrival=柔性引进", f"annual_salary={pay}"} <= told(facts, group)


def test_a_way_behind_a_list_is_of_all_in_it(read: Read) -> None:
    facts = read("我们举荐一名市C类、两名市D类人才全职到旗里企业")
    assert {fact.group for fact in facts.facts if fact.attribute == "arrival"} == {1, 2}


def test_a_link_keeps_the_groups(read: Read, known: KnownPlaces) -> None:
    facts, codes = read(THREE), FactCodes(known)
    assert numbers(codes.facts(codes.of(facts))) == {1: 3, 2: 2, 3: 1}
    assert told(codes.facts(codes.of(facts)), 1) == told(facts, 1)


def test_more_kinds_of_people_than_are_told_apart_are_left_out_and_said(read: Read) -> None:
    names = ("博士", "硕士", "副教授", "教授", "高级技师", "高级工", "电工", "焊工")
    facts = read("我们公司今年全职引进" + "、".join(f"{n}个{name}" for n, name in enumerate(names, 2)) + "。")
    assert facts.groups == (1, 2, 3, 4, 5, 6)
    assert [fact.words[0] for fact in facts.facts if fact.about == "talent" and fact.attribute == "job"] == []
    assert "引进的人分了6类以上，后面的没有读：请分几次描述。" in facts.contradictions


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "对象没工作，我自己在企业上班，本科",
            "degree=本科 status=在职 -status=失业 relative:relative_status@配偶=失业",
        ),
        ("我对象是博士，我在东胜区企业上班", "status=在职 -degree"),
        ("我在一家服务对象是老人的机构上班，博士", "degree=博士"),
        ("女婿是硕士，今年全职来东胜区工作，我在家带孩子", "-degree -arrival -status"),
        ("我老板是博士，2026年全职引进到企业，我是保安", "-degree -arrival -employer_kind"),
        ("我们老总是博士，我是保安", "-degree"),
        ("My boss is a PhD and I am the driver", "-degree"),
        ("My colleague won the Nobel Prize; I am the driver", "-award"),
        ("我是公司老板，博士", "degree=博士"),
    ],
)
def test_what_another_person_is_the_asker_is_not(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我们是西安一家民营企业，今年整体搬到伊旗，带来5名博士，都签了5年合同。", "talent:arrival=引进"),
        ("我们在厦门，计划2027年整体迁入伊旗，会带12人的团队过来，其中5名博士。", "~talent:arrival=引进"),
        ("伊旗一家民营企业，带着2名博士做项目。", "-talent:arrival"),
        ("我们是西安一家民营企业，今年搬到伊旗，柔性引进了1名博士。", "talent:arrival=柔性引进"),
    ],
)
def test_whom_a_firm_from_elsewhere_brings_along_comes_from_there(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
