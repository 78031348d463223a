from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Read


@pytest.mark.parametrize(
    ("told", "degrees"),
    [
        ("今年全职引进周一鸣，硕士，签3年；全职引进陆萍，博士", {1: "硕士", 2: "博士"}),
        ("今年全职引进三个人：周一鸣，硕士；陆萍，博士；何力，本科", {1: "硕士", 2: "博士", 3: "本科"}),
    ],
)
def test_each_who_is_named_has_their_own_degree_and_came(read: Read, told: str, degrees: dict[int, str]) -> None:
    facts = read(f"我们是伊旗的企业。{told}。")
    assert {fact.group: fact.words[0] for fact in facts.of("degree")} == degrees
    assert {fact.group for fact in facts.of("arrival") if "全职引进" in fact.words} == set(degrees)


@pytest.mark.parametrize("told", ["今年引进设备，花了300万", "今年引进高管，硕士", "周边有煤矿，路况好"])
def test_what_is_no_name_is_nobody(read: Read, told: str) -> None:
    facts = read(f"我们是伊旗的企业。{told}。")
    assert {fact.group for fact in facts.facts} == {0}
