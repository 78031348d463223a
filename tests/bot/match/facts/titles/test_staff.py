"""Whose titles an owner tells of, and what is told once for a list of people."""

from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Read


@pytest.mark.parametrize(
    ("said", "attribute", "about"),
    [
        ("我在伊旗开了一家食品公司，公司里一名员工是全国技术能手。", "award", "talent"),
        ("我在伊旗开了一家食品公司，店里的师傅是全国技术能手。", "award", "talent"),
        ("我在伊旗开了一家食品公司，手下有个博士。", "degree", "talent"),
        ("我在伊旗开了一家食品公司，公司里有个员工，去年考了中级职称。", "title", "talent"),
        ("我是全国技术能手，在伊旗开了一家食品公司，员工12人。", "award", "asker"),
        ("我在伊旗开了一家食品公司，有两名员工，我自己是硕士。", "degree", "asker"),
        ("我在旗里一家企业上班，是公司的员工，副高职称。", "title", "asker"),
    ],
)
def test_an_owner_tells_of_staff_and_of_themselves(read: Read, said: str, attribute: str, about: str) -> None:
    assert {fact.about for fact in read(said).of(attribute)} == {about}


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        ("今年引进了几个人：一位全国技术能手；一位博士；一位高级工程师。", {1: "引进", 2: "引进", 3: "引进"}),
        (
            "今年全职引进了三位人才：一位博士；一位高级工程师，柔性引进；一位硕士。",
            {1: "全职引进", 2: "柔性引进", 3: "全职引进"},
        ),
        ("今年引进了两个人。一位博士，签5年。另一位是硕士。", {1: "引进", 2: "引进"}),
        ("今年引进了两个人。一位博士。一位硕士。厂里的老职工是高级工程师。", {1: "引进", 2: "引进", 3: "本地培养"}),
        ("今年引进了一位博士；厂里有一位高级工程师。", {1: "引进"}),
    ],
)
def test_what_is_told_once_holds_for_each_of_a_list(read: Read, said: str, ways: dict[int, str]) -> None:
    facts = read(f"我们是伊旗的民企。{said}")
    assert {fact.group: fact.words[0] for fact in facts.of("arrival") if fact.about == "talent"} == ways


def test_being_retired_is_one_persons(read: Read) -> None:
    facts = read("我们是伊旗企业，一位全国技术能手和一位退休高级工程师今年全职引进。")
    assert [fact.group for fact in facts.of("status") if "退休" in fact.words] == [2]
    assert sorted(fact.group for fact in facts.of("status") if "全职" in fact.words) == [1, 2]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("我在伊旗注册的有限公司，做沙棘果汁，22个人。", True),
        ("我去年在伊旗办的食品厂，规上。", True),
        ("我爸在伊旗开的厂，我在厂里上班。", False),
        ("我在伊旗注册的公司上班，硕士。", False),
    ],
)
def test_a_firm_that_somebody_founded_is_their_own(read: Read, said: str, who: bool) -> None:
    assert ("company" in read(said).who) is who


@pytest.mark.parametrize(
    ("said", "foreign"),
    [
        ("研发总监是法国人，全职引进，签3年合同。", True),
        ("全职引进一位德国籍工程师。", True),
        ("从德国引进一位博士。", False),
        ("从德国引进一位中国籍博士。", False),
    ],
)
def test_whom_a_firm_brings_may_be_a_foreigner(read: Read, said: str, foreign: bool) -> None:
    facts = read(f"我们是伊旗的企业，{said}")
    assert any("外籍" in fact.words and fact.about == "talent" for fact in facts.of("status")) is foreign


@pytest.mark.parametrize(
    ("said", "new"),
    [
        ("今年注册了“某某沙棘”地理标志集体商标", True),
        ("今年注册了地理标志证明商标", True),
        ("2021年注册了“某某羊肉”地理标志证明商标", False),
        ("今年注册的公司，2022年拿到“某某”地理标志", False),
    ],
)
def test_a_registered_mark_is_new_when_it_was_registered(read: Read, said: str, new: bool) -> None:
    facts = read(f"我们是伊旗一家食品企业，{said}。")
    assert any("新认定" in fact.words for fact in facts.of("recognition.time")) is new


def test_what_is_counted_is_named(read: Read) -> None:
    facts = read("我们是伊旗的涂布企业，进口涂布机两台，办了一场交流会，两百人。")
    assert facts.of("vehicles") == facts.of("headcount") == ()
    assert [fact.number for fact in read("我们是物流公司，重卡30台。").of("vehicles")] == [30]


def test_a_firm_of_here_may_plan_to_move_within(read: Read) -> None:
    facts = read("我们是东胜区的光伏厂，打算把整个公司迁到伊旗。")
    assert [(fact.words[0], fact.planned) for fact in facts.of("place")] == [("东胜区", False), ("伊金霍洛旗", True)]
    assert [fact.planned for fact in facts.of("arrival") if "整体迁入" in fact.words] == [True]
