"""Which of two is more is said of two amounts, never of one amount taken twice."""

from __future__ import annotations

from datetime import date

from bot.pipeline import PolicyBot
from bot.types import Answered, Question, SentenceRole


def test_one_printed_amount_is_not_set_beside_itself(compendium_bot: PolicyBot) -> None:
    question = "Which is cheaper for industrial users: power at below 1 kV or at 1-10 kV? Give both tariffs."
    answer = compendium_bot.ask(Question((question,), date(2026, 11, 22)))
    assert isinstance(answer, Answered)
    assert not [one.text for one in answer.sentences if one.role is SentenceRole.VERDICT]
    told = " ".join(one.text for one in answer.sentences)
    assert "0.504" in told
    assert "0.477" in told
