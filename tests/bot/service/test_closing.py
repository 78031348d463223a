"""Answers over a small corpus with cards: the bureau's own word at their end, and in place of what no text prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.output.json_form import answer_json
from bot.output.terminal import answer_text
from bot.pipeline import PolicyBot
from bot.service.closing import with_service
from bot.types import Answer, Answered, AnswerPart, Declined, PartStatus, Question, Reason, SentenceRole
from ingest.service.cards import ServiceCard, ServiceCards

DAY = date(2026, 11, 22)
TALENT = "云浦县引进急需紧缺人才若干措施"
CARD = ServiceCard(document=TALENT, where="政务服务大厅3号窗口", telephone="0747-8600000", materials="学历证书原件")


@pytest.fixture
def bot(other_corpus_bot: Callable[[str], PolicyBot]) -> PolicyBot:
    return replace(other_corpus_bot("county"), cards=ServiceCards((CARD,)))


def ask(bot: PolicyBot, *turns: str) -> Answer:
    return bot.ask(Question(turns, DAY))


def test_an_answer_ends_with_the_card_of_what_it_cites(bot: PolicyBot) -> None:
    answer = ask(bot, "博士研究生的安家补贴给多少？")
    assert isinstance(answer, Answered)
    assert answer.service == (CARD,)
    assert "8600000" not in answer.body
    form: Any = answer_json(answer)
    assert form["service"] == [
        {
            "document": TALENT,
            "words": "",
            "where": "政务服务大厅3号窗口",
            "materials": "学历证书原件",
            "telephone": "0747-8600000",
            "mark": "本局补充，非政策原文；其中的数字未经原文核对。",
        }
    ]
    assert "咨询电话：0747-8600000" in answer_text(answer)


def test_a_policy_without_card_has_none(bot: PolicyBot) -> None:
    answer = ask(bot, "工业用水价格是多少？")
    assert isinstance(answer, Answered)
    assert answer.service == ()


def test_materials_that_no_text_prints_are_told_by_the_card_and_marked(bot: PolicyBot) -> None:
    question = "申请安家补贴要带什么材料？"
    without = ask(replace(bot, cards=ServiceCards()), question)
    assert isinstance(without, Declined)
    answer = ask(bot, question)
    assert isinstance(answer, Answered)
    assert answer.sentences[0].text == without.body, "that no text prints it is said all the same"
    assert answer.sentences[1].role is SentenceRole.SERVICE
    assert answer.sentences[1].text == "本局补充（非政策原文）：所需材料：学历证书原件。"
    assert [part.status for part in answer.parts] == [PartStatus.PARTLY]
    assert answer.citations == without.citations


def test_a_telephone_in_english_is_marked_and_never_checked(bot: PolicyBot) -> None:
    answer = ask(bot, "What is the phone number for the settling-in allowance?")
    assert isinstance(answer, Answered)
    assert "not from the policy's text (本局补充): Telephone: 0747-8600000." in answer.body
    assert not any(sentence.figures for sentence in answer.sentences)
    assert answer.notices == (), "it no longer says that no telephone is held"


def test_where_is_said_in_the_body_though_clauses_were_found(bot: PolicyBot) -> None:
    answer = ask(bot, "安家补贴去哪里办理？")
    assert isinstance(answer, Answered)
    assert answer.sentences[-1].text == "本局补充（非政策原文）：办理地点：政务服务大厅3号窗口。"
    assert answer.parts[-1].sentences[-1] == len(answer.sentences) - 1


def test_a_printed_telephone_is_the_one_that_is_said(bot: PolicyBot) -> None:
    answer = ask(bot, "安家补贴的咨询电话是多少？")
    assert isinstance(answer, Answered)
    assert "0747-7226019" in answer.body
    assert "8600000" not in answer.body


def test_what_the_card_does_not_tell_either_stays_declined(bot: PolicyBot) -> None:
    declined = ask(replace(bot, cards=ServiceCards()), "申请安家补贴要带什么材料？")
    assert isinstance(declined, Declined)
    only_where = ServiceCards((ServiceCard(document=TALENT, where="三楼"),))
    assert with_service(declined, bot.corpus, only_where) == declined
    off_topic = replace(declined, reason=Reason.OFF_TOPIC)
    assert with_service(off_topic, bot.corpus, bot.cards) == off_topic


def test_a_part_that_was_not_found_is_told_at_the_end(bot: PolicyBot) -> None:
    answer = ask(bot, "博士研究生的安家补贴给多少？")
    assert isinstance(answer, Answered)
    parts = (*answer.parts, AnswerPart("要哪些材料", PartStatus.NOT_FOUND))
    told = with_service(replace(answer, parts=parts, service=()), bot.corpus, bot.cards)
    assert isinstance(told, Answered)
    assert told.sentences[:-1] == answer.sentences
    assert told.parts[-1] == AnswerPart("要哪些材料", PartStatus.PARTLY, None, (len(answer.sentences),))
