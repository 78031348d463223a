from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Read


@pytest.mark.parametrize(
    ("told", "people"),
    [
        ("三名硕士，其中一名是全国技术能手", {1: 2, 2: 1}),
        ("两名硕士和两名博士，其中1名硕士是全国技术能手", {1: 1, 2: 2, 3: 1}),
        ("一名硕士，一名全国技术能手", {1: 1, 2: 1}),
    ],
)
def test_some_of_several_are_counted_once(read: Read, told: str, people: dict[int, int]) -> None:
    facts = read(f"我们是伊旗的企业，今年全职引进{told}。")
    assert {fact.group: fact.people for fact in facts.of("arrival")} == people


def test_what_is_told_of_all_is_theirs(read: Read) -> None:
    facts = read("我们是伊旗的企业，今年全职引进三名硕士，其中一名是全国技术能手。")
    one = next(fact for fact in facts.of("award"))
    assert "硕士" in {word for fact in facts.of("degree") if fact.group == one.group for word in fact.words}
