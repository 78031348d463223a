"""Articles and parts of a document are counted from its clauses. Over the real index."""

from __future__ import annotations

import re
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
        ("新能源人才政策多少条？", "《伊金霍洛旗支持引进新能源新材料产业人才政策》共13条。"),
        ("国务院外资24条一共几条？", "《国务院关于进一步优化外商投资环境加大吸引外商投资力度的意见》共24条。"),
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


@pytest.mark.parametrize(
    ("asked", "count", "titles"),
    [
        ("鄂尔多斯市的有哪几份", "市，共2份", 2),
        ("旗级有几份", "旗，共2份", 2),
        ("外资外贸政策有多少个文件", "外资外贸政策，共8份", 8),
    ],
)
def test_documents_of_one_level_or_chapter(bot: PolicyBot, asked: str, count: str, titles: int) -> None:
    answer = _ask(bot, asked)
    assert answer.kind is AnswerKind.CORPUS
    assert answer.sentences[0].text.startswith(count)
    assert answer.body.count("《") - answer.body.count("《关于加快推动") >= titles
    assert recounts(re.sub("《[^《》]*》", "", answer.sentences[0].text), answer.sentences[0].counted, bot.corpus)
    assert not any("所问层级" in notice for notice in answer.notices)


def test_a_document_is_known_by_its_level_and_all_the_words_said(bot: PolicyBot) -> None:
    answer = _ask(bot, "市里人才若干措施一共几条，分几个部分")
    assert answer.sentences[0].text.startswith("《鄂尔多斯市关于实施更加积极开放有效人才政策")
    assert answer.sentences[0].role is SentenceRole.COUNT


def test_an_article_is_of_the_document_called_by_its_number_of_articles(bot: PolicyBot) -> None:
    answer = _ask(bot, "国务院外资24条一共几条？第十四条讲什么？")
    assert any("探索便利化的数据跨境流动安全管理机制" in one.text for one in answer.sentences)
    assert not any("病残津贴" in one.text for one in answer.sentences)


def test_what_a_document_lists_is_not_counted_by_its_articles(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("负面清单一共多少条限制？",), DAY))
    assert not any(one.role is SentenceRole.COUNT for one in getattr(answer, "sentences", ()))
