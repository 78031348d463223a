"""Articles and parts of a document are counted from its clauses. Over the real index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, AnswerKind, Question, SentenceRole
from bot.verify.counts import recounts

DAY = date(2026, 11, 29)


def _ask(bot: PolicyBot, asked: str) -> Answered:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    return answer


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("病残津贴有多少条", "《企业职工基本养老保险病残津贴暂行办法》共14条。"),
        ("病残津贴暂行办法一共几条？", "《企业职工基本养老保险病残津贴暂行办法》共14条。"),
        ("2024年版负面清单有多少条？", "《外商投资准入特别管理措施（负面清单）（2024年版）》共11条。"),
    ],
)
def test_articles_are_counted_and_can_be_counted_again(bot: PolicyBot, asked: str, count: str) -> None:
    answer = _ask(bot, asked)
    first = answer.sentences[0]
    assert (answer.kind, first.role, first.text) == (AnswerKind.LIST, SentenceRole.COUNT, count)
    assert recounts(first.text, first.counted, bot.corpus)
    assert first.citations


def test_the_parts_are_named_by_their_headings(bot: PolicyBot) -> None:
    answer = _ask(bot, "旗里《关于加强新时代人才工作助推高质量发展的若干措施（试行）》一共多少条，分哪几大块？")
    assert answer.sentences[0].text.endswith("共30条。")
    assert answer.sentences[1].text.count("；") == 3
    assert "人才引进政策" in answer.sentences[1].text


def test_where_the_document_is_not_clear_nothing_is_counted(bot: PolicyBot) -> None:
    assert _ask(bot, "若干措施一共多少条？").kind is not AnswerKind.LIST
    assert _ask(bot, "英才兴蒙的科研经费，财政承担的那部分分几年拨付？").kind is not AnswerKind.LIST


def test_articles_of_another_corpus(other_corpus_bot: Callable[[str], PolicyBot]) -> None:
    answer = _ask(other_corpus_bot("county"), "招商引资优惠办法有多少条，分几章？")
    assert answer.sentences[0].text == "《云浦县招商引资优惠办法》共28条。"
    assert "第二章" in answer.sentences[1].text
