"""Somebody tells a field and asks for anything at all. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, AnswerKind, Question, SentenceRole

DAY = date(2026, 11, 22)


def _asked(bot: PolicyBot, asked: str) -> Answered:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    return answer


def test_what_is_printed_for_a_field_is_listed_and_it_is_asked_back(bot: PolicyBot) -> None:
    answer = _asked(bot, "我是搞光伏的，有啥？")
    assert answer.kind is AnswerKind.LIST
    assert all(words in answer.body for words in ("58%", "0.29—0.33元/度", "光伏产业链"))
    assert len(answer.questions) == 2


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("开饭店的，能有点扶持不", "饭店"),
        ("我做烘焙的，有啥好处", "烘焙"),
        ("理发店有没有什么扶持能申请", "理发店"),
    ],
)
def test_a_field_that_no_clause_names_is_said_before_the_overview(bot: PolicyBot, asked: str, field: str) -> None:
    answer = _asked(bot, asked)
    assert answer.kind is AnswerKind.CLARIFY
    assert answer.sentences[0].role is SentenceRole.HEDGE
    assert answer.sentences[0].text == f"条文没有专门写“{field}”。"
    assert "不符合" not in answer.body


def test_a_wish_to_invest_is_vague(bot: PolicyBot) -> None:
    answer = _asked(bot, "我想投资")
    assert answer.kind is AnswerKind.CLARIFY
    assert answer.questions
