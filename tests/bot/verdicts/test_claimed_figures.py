"""Figures that somebody takes for granted, without a bot: which of them are claims."""

from __future__ import annotations

import pytest

from bot.verdicts.claimed_figures import claimed_figures, presupposed_figures


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("年薪100万，给单位补30%对吧", ["30%"]),
        ("父母满60岁就有，对吗", ["60岁"]),
        ("干满一年就能拿40万购房补贴吧", ["40万", "一年"]),
        ("2035年才结束，对吗", []),
    ],
)
def test_what_is_claimed_is_told_from_what_somebody_tells_of_himself(said: str, claimed: list[str]) -> None:
    assert [figure.text for figure in claimed_figures(said)] == claimed


@pytest.mark.parametrize(
    ("asked", "presupposed"),
    [
        ("首次获批高新技术企业自治区一次性给50万研发经费，这50万能不能用来发工资？", ["50万"]),
        ("配偶生活补贴每月2000发36个月，是打到谁卡上？", ["36个月"]),
        ("预提所得税减按5%征，这5%是什么时候交？", ["5%"]),
        ("我们交了200万失业保险，能返还多少？", []),  # their own
        ("如果给50万，怎么申请？", []),
        ("年薪50万，能补多少？", []),
        ("A类人才给多少，B类呢？", []),
        ("旗里给50万", []),  # nothing is asked
    ],
)
def test_a_figure_told_as_a_fact_in_front_of_a_question_is_presupposed(asked: str, presupposed: list[str]) -> None:
    assert [figure.text for figure in presupposed_figures(asked)] == presupposed
