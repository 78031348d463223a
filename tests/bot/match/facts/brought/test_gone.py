from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Read

FIRM = "我们是伊旗的企业，"


@pytest.mark.parametrize(
    "told",
    [
        "去年全职引进的硕士，合同4年，今年3月跳槽了",
        "今年全职引进了一名硕士。他6月辞职了",
        "原打算引进的总工程师，最后没来",
        "举荐了一名C类人才，对方后来没有报到",
    ],
)
def test_nobody_is_left_of_those_who_are_gone_and_it_is_said(read: Read, told: str) -> None:
    facts = read(f"{FIRM}{told}。")
    assert not [fact for fact in facts.facts if fact.about == "talent" or "引进人才" in fact.words]
    assert any("没有按引进的人才核对" in sentence for sentence in facts.contradictions)


@pytest.mark.parametrize(
    ("told", "people"),
    [
        ("今年全职引进了三名硕士，其中一名8月离职了", 2),
        ("今年全职引进了三名硕士，是从上海离职后来的", 3),
        ("今年全职引进了三名硕士。另外有5个工人离职", 3),
        ("今年全职引进了三名硕士，没有人离职", 3),
        ("今年全职引进了三名硕士。原来的总监跳槽了", 3),
    ],
)
def test_who_is_still_there_is_counted(read: Read, told: str, people: int) -> None:
    facts = read(f"{FIRM}{told}。")
    assert {fact.people for fact in facts.of("degree") if fact.about == "talent"} == {people}
