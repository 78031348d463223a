from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Read


@pytest.mark.parametrize(
    ("profile", "pay"),
    [
        ("我们柔性引進一位中國工程院院士，今年實際付他120萬元", {0: 1_200_000}),
        ("伊旗企业，柔性引进一位院士，今年实际付给他劳动报酬120万元", {0: 1_200_000}),
        ("我们公司柔性引进1名教授，每年给他30万报酬", {0: 300_000}),
        ("伊旗企业，柔性引进两位院士，今年分别付120万元和60万元", {1: 1_200_000, 2: 600_000}),
        ("我们柔性请了两位院士，一位一年120万，一位一年60万", {1: 1_200_000, 2: 600_000}),
        ("我们公司柔性引进两名院士，报酬分别是120万、60万", {1: 1_200_000, 2: 600_000}),
        ("我们公司柔性引进两名院士，都是一年80万", {0: 800_000}),
        ("我们公司引进一位教授，给了项目经费100万", {}),
        ("我们公司去年付房租12万元", {}),
    ],
)
def test_what_people_who_were_brought_are_paid(read: Read, profile: str, pay: dict[int, int]) -> None:
    facts = [fact for fact in read(profile).facts if fact.attribute == "annual_salary"]
    assert {fact.group: fact.number for fact in facts} == pay
    assert all(fact.people == 1 for fact in facts if fact.group)
