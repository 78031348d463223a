"""A service card at the end of an answer: on the page, in copied text, in Markdown, in Word, in a message, at /v1."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from docx import Document

from bot.types import Answered, Question
from ingest.service.cards import ServiceCard
from tests.web.conftest import TODAY, LittleBot
from web.answers.service_view import service_views
from web.chat.copy_text import markdown, plain_text
from web.chat.word_file import ConversationCopy, word_file
from web.openai_api.replies import notices_of

CARD = ServiceCard(document="甲[办]法", where="一楼\n3号窗口", link="https://example.gov.cn/a", telephone="12345")
MARK = "本局补充，非政策原文；其中的数字未经原文核对。"


def answered(bot: LittleBot) -> Answered:
    answer = bot.ask(Question(("全职引进的A类人才给多少安家补贴？",), TODAY))
    assert isinstance(answer, Answered)
    return replace(answer, service=(CARD,))


def test_the_page_gets_heading_lines_and_mark(bot: LittleBot) -> None:
    (view,) = service_views(answered(bot))
    assert view["heading"] == "办理指引：《甲[办]法》"
    assert [(line["field"], line["text"]) for line in view["lines"]] == [
        ("where", "一楼\n3号窗口"),
        ("link", "https://example.gov.cn/a"),
        ("telephone", "12345"),
    ]
    assert view["mark"] == MARK


def test_copied_text_and_markdown_say_whose_word_it_is(bot: LittleBot) -> None:
    answer = answered(bot)
    text = plain_text(answer, bot.corpus, "")
    assert (
        f"\n办理指引：《甲[办]法》\n办理地点：一楼 3号窗口\n网上办理：https://example.gov.cn/a\n咨询电话：12345\n{MARK}\n"
        in text
    )
    assert f"- {MARK}" in markdown(answer, bot.corpus)
    assert r"甲\[办\]法" in markdown(answer, bot.corpus), "what is typed stays text"
    assert notices_of(answer).endswith(f"咨询电话：12345\n{MARK}")


def test_word_says_it_too(bot: LittleBot) -> None:
    turn: dict[str, Any] = {
        "question": "问",
        "status": "answered",
        "sentences": [],
        "service": service_views(answered(bot)),
    }
    copy = ConversationCopy.model_validate({"turns": [turn]})
    document: Any = Document(io.BytesIO(word_file(copy, "题", "尾")))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[2:-1] == [
        "办理指引：《甲[办]法》",
        "办理地点：一楼\n3号窗口",
        "网上办理：https://example.gov.cn/a",
        "咨询电话：12345",
        MARK,
    ]
