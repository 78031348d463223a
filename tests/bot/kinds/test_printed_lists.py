"""A list printed in one sentence with its number is complete and counted by its items. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, AnswerKind, Question, SentenceRole
from bot.verify.counts import recounts


@pytest.mark.parametrize("asked", ["战略性新兴产业包括哪些行业，共几个", "战新目录有多少个行业"])
def test_the_industries_are_counted_one_by_one(bot: PolicyBot, asked: str) -> None:
    answer = bot.ask(Question((asked,), date(2026, 11, 29)))
    assert isinstance(answer, Answered)
    count, quote = answer.sentences
    assert (answer.kind, count.role, count.text) == (AnswerKind.LIST, SentenceRole.COUNT, "共12个行业：")
    assert len(count.counted) == 12
    assert recounts(count.text, count.counted, bot.corpus)
    assert "先进硅材料" in quote.text


def test_a_number_of_something_else_is_not_taken(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("引进企业的行业有几个",), date(2026, 11, 29)))
    assert not (isinstance(answer, Answered) and answer.sentences[0].role is SentenceRole.COUNT)
