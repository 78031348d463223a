"""How, where and with which papers to apply: the steps of a document of its own, in its order. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question, SentenceRole

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    "asked",
    [
        "How do I apply for the disability allowance?",
        "Where do I apply for the disability allowance and which documents do I need?",
        "What is the procedure for the illness and disability allowance?",
    ],
)
def test_an_english_question_on_applying_gets_the_steps_in_printed_order(bot: PolicyBot, asked: str) -> None:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    assert answer.sentences[0].text == "In the order printed:"
    articles = [one.text.split()[1] for one in answer.sentences if one.text.startswith("Article")]
    assert articles[:4] == ["7", "10", "11", "12"]
    assert "shall hold an appraisal conclusion" in answer.body


def test_that_no_procedure_is_printed_comes_first(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("How do I apply for the talent settling-in allowance?",), DAY))
    assert isinstance(answer, Answered)
    assert answer.sentences[0].role is SentenceRole.HEDGE
    assert "does not describe how to apply" in answer.sentences[0].text
