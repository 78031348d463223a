"""Figures beyond what can be, and what is denied or told of somebody else, are no facts; each is said in one sentence."""

from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds, Read


@pytest.mark.parametrize(
    ("profile", "named"),
    [
        ("我们今年获得发明专利授权1亿件", "1亿件"),
        ("我们今年获得发明专利授权2.5件", "2.5件"),
        ("我们今年获得发明专利授权0件", "0件"),
        (f"我年薪{'9' * 35}元", f"{'9' * 35}元"),
        ("我年薪1e400元", "1e400元"),
    ],
)
def test_an_absurd_figure_is_named_and_left_out(read: Read, profile: str, named: str) -> None:
    facts = read(profile)
    assert [named in sentence for sentence in facts.contradictions] == [True]
    assert not facts.of("patents")
    assert not facts.of("annual_salary")


def test_many_figures_for_one_thing_are_named_in_one_short_sentence(read: Read) -> None:
    facts = read("我们是伊旗的公司，" + "，".join(f"去年营收{number}万元" for number in range(1, 401)))
    assert len(facts.contradictions) == 1
    assert "等400个" in facts.contradictions[0]
    assert len(facts.contradictions[0]) < 100


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我年薪1e6元", "annual_salary=1000000元"),
        ("我是社工，没有初级社工证，也没考过", "!event=初级社会工作者职业资格证书"),
        ("我是社工，初级社工证还没考下来", "!event=初级社会工作者职业资格证书"),
        ("我媳妇刚考下来初级社工证，我开店", "-event=初级社会工作者职业资格证书"),
        ("我是社工，刚考下来初级社工证", "event=初级社会工作者职业资格证书"),
    ],
)
def test_a_certificate_is_held_by_who_has_it(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


def test_a_student_is_not_retired(read: Read) -> None:
    assert len(read("我是在校大学生，62岁，已退休").contradictions) == 1
