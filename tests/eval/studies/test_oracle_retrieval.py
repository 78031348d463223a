"""Composing by itself: answers from the clauses that hold the evidence."""

from __future__ import annotations

from datetime import date

from bot.pipeline import PolicyBot
from eval.cases.cases import Case, Evidence
from eval.studies.oracle_retrieval import FromGold, answer_from_gold, gold_table

WATER = Case(
    "w", ("工商业用水多少钱一吨",), kind="single", answer=(("10.4",),), evidence=(Evidence("工商业用水：10.4元/吨"),)
)
LEVELS = Case(
    "l",
    ("引进C类人才，市里和旗里分别给单位多少钱？",),
    kind="comparison",
    answer=(("100万元",), ("50万元",)),
    evidence=(
        Evidence("分别给予200万元、150万元、100万元、50万元人才培养资助"),
        Evidence("分别给予用人单位最高200万元、150万元、50万元引才资助"),
    ),
)
MUST_BE_DECLINED = Case("d", ("你好",), kind="unanswerable:off-topic")
NOWHERE = Case("n", ("问",), kind="single", answer=(("3",),), evidence=(Evidence("语料里没有的一句话"),))


def test_questions_are_answered_from_their_own_clauses(compendium_bot: PolicyBot) -> None:
    water, levels = answer_from_gold(compendium_bot, [WATER, LEVELS, MUST_BE_DECLINED, NOWHERE], date(2026, 11, 22))
    assert (water.kind, water.all_said) == ("single", True)
    assert (levels.kind, levels.all_said) == ("comparison", True)
    assert 0 < water.characters < levels.characters
    assert water.milliseconds > 0


def test_the_table_has_a_line_for_each_kind() -> None:
    single = [FromGold("single", True, 100, 3.0), FromGold("single", False, 200, 5.0)]
    lines = gold_table([*single, FromGold("validity", True, 60, 1.0)])
    assert [line.split() for line in lines.splitlines()[1:]] == [
        ["all", "3", "0.667", "120", "3.0"],
        ["single", "2", "0.500", "150", "4.0"],
        ["validity", "1", "1.000", "60", "1.0"],
    ]
