"""Replies rest on no clause; what they count is counted again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.talk.replies import topics_of
from bot.types import Answered, AnswerKind, Question, SentenceRole
from bot.verify.counts import recounts
from ingest.types import Corpus

DAY = date(2026, 11, 22)


def _ask(bot: PolicyBot, asked: str) -> Answered:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    assert answer.citations == ()
    return answer


def test_a_greeting_says_what_can_be_asked(bot: PolicyBot) -> None:
    answer = _ask(bot, "你好")
    assert answer.kind is AnswerKind.TALK
    assert bot.corpus.title in answer.body
    assert len(answer.questions) == 1


@pytest.mark.parametrize("corpus_name", ["county", "province"])
def test_the_documents_are_counted_by_level(other_corpus_bot: Callable[[str], PolicyBot], corpus_name: str) -> None:
    bot = other_corpus_bot(corpus_name)
    answer = _ask(bot, "有哪些政策文件？")
    assert answer.kind is AnswerKind.CORPUS
    assert {sentence.role for sentence in answer.sentences} == {SentenceRole.COUNT}
    assert all(recounts(sentence.text, sentence.counted, bot.corpus) for sentence in answer.sentences)
    held = [document for document in bot.corpus.documents if document.kind == "policy"]
    assert answer.sentences[0].text == f"收录政策文件，共{len(held)}份。"
    assert answer.notices == ("回答以2026-11-22为准。",)


def test_a_vague_wish_gets_the_topics_and_questions_back(bot: PolicyBot) -> None:
    answer = _ask(bot, "有什么政策")
    assert answer.kind is AnswerKind.CLARIFY
    assert 2 <= len(answer.questions) <= 3
    assert [sentence.role for sentence in answer.sentences[1:]] == [SentenceRole.QUESTION] * len(answer.questions)
    assert topics_of(bot.corpus)[0] in answer.sentences[0].text


def test_topics_are_no_levels(corpus: Corpus) -> None:
    assert not [topic for topic in topics_of(corpus) if topic.endswith(("级政策", "自治区政策", "市政策", "旗政策"))]


def test_whoever_asks_for_a_person_is_told_where_one_is(bot: PolicyBot) -> None:
    assert "责任单位" in _ask(bot, "转人工").body
    settings = bot.settings.model_copy(update={"contact": "投资促进局 0477-1234567"})
    answer = _ask(replace(bot, finder=replace(bot.finder, settings=settings)), "转人工")
    assert answer.body == "请联系：投资促进局 0477-1234567"
    assert answer.sentences[0].role is SentenceRole.OFFICE


def test_thanks_in_english_are_answered_in_english(bot: PolicyBot) -> None:
    assert _ask(bot, "thank you").body == "You are welcome."
