"""Whether a document that is named, or what was just cited, still holds: said first. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question, SentenceRole

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("turns", "verdict", "printed"),
    [
        (("旗里的新能源人才政策现在还有效吗",), "无法判断：", "试行期一年"),
        (("市里的人才新政现在还有效吗",), "条文没有印出终止日期", "本政策自印发之日起施行"),
        (("租房补贴多少", "现在还有效吗"), "条文没有印出终止日期", "本政策自印发之日起施行"),
        (("A类人才在市里安家补贴多少", "现在还有效吗"), "条文没有印出终止日期", "本政策自印发之日起施行"),
        (("西部大开发15%的税率", "Is it still valid?"), "On the day of asking", "31 December 2030"),
        (("Is the city's talent policy still valid?",), "No end is printed", "takes effect from the date of issue"),
    ],
)
def test_the_verdict_comes_first_and_then_the_words_on_the_term(
    bot: PolicyBot, turns: tuple[str, ...], verdict: str, printed: str
) -> None:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    first, second, *rest = answer.sentences
    assert first.role is SentenceRole.VERDICT
    assert first.text.startswith(verdict)
    assert printed in second.text
    assert rest == []


def test_a_document_without_any_term_is_said_to_print_none(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("科技兴蒙还有效吗",), DAY))
    assert isinstance(answer, Answered)
    assert [one.text.endswith("没有印出施行日期或有效期，请向责任单位核实。") for one in answer.sentences] == [
        True,
        True,
    ]


def test_a_document_called_by_its_number_is_not_the_one_whose_title_has_its_words(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("财税〔2011〕58号里的企业所得税政策规定现在还执行吗？",), DAY))
    assert isinstance(answer, Answered)
    assert "停止执行" in answer.body
