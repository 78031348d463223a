from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument
from fastapi.testclient import TestClient

from web.word_file import MEDIA_TYPE, ConversationCopy, word_file

TURN: dict[str, Any] = {
    "question": "各级安家补贴分别是多少？",
    "status": "answered",
    "sentences": [{"text": "市里给300万元。", "citations": [1, 2]}, {"text": "旗里未见规定。"}],
    "tables": [
        {
            "caption": "各层级对照",
            "columns": ["层级", "规定"],
            "rows": [[{"text": "市"}, {"text": "300万元", "citations": [1]}], [{"text": "旗"}, {"text": "该层级未见规定"}]],
        }
    ],
    "notices": ["就高不重复。"],
    "sources": [
        {
            "n": 1, "document": "若干措施", "address": "一、2.", "level": "市", "page": 48, "standing": "current",
            "quotes": ["给予300万元安家补贴", "分5年拨付"],
        },
        {"n": 2, "document": "通知", "address": "二、", "standing": "expired"},
    ],
}  # fmt: skip


def made(turns: list[dict[str, Any]], lang: str = "zh") -> WordDocument:
    conversation = ConversationCopy.model_validate({"lang": lang, "turns": turns})
    return Document(io.BytesIO(word_file(conversation, "投资政策问答 2026-11-22", "仅供参考。")))


def lines(document: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_everything_the_page_shows_is_in_the_file() -> None:
    document = made([TURN])
    assert lines(document) == [
        "投资政策问答 2026-11-22",
        "各级安家补贴分别是多少？",
        "市里给300万元。[1][2]",
        "旗里未见规定。",
        "各层级对照",
        "请注意：就高不重复。",
        "依据",
        "[1] 《若干措施》一、2.（市级，第 48 页，现行）“给予300万元安家补贴”；“分5年拨付”",
        "[2] 《通知》二、（未分级，已到期）",
        "仅供参考。",
    ]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [["层级", "规定"], ["市", "300万元[1]"], ["旗", "该层级未见规定"]]


def test_what_was_declined_says_so_in_the_language_of_the_page() -> None:
    declined = {**TURN, "status": "declined", "tables": [], "notices": []}
    assert {"未能从收录的政策中得到答案", "最接近的条款（未必是您要的）"} <= set(lines(made([declined])))
    english = lines(made([declined], "en"))
    assert "Not answered by the documents here" in english
    assert "[1] 《若干措施》一、2.（City，p. 48，In force）“给予300万元安家补贴”；“分5年拨付”" in english


def test_chinese_has_a_font_that_has_chinese() -> None:
    normal = made([TURN]).styles["Normal"]
    assert 'w:eastAsia="Microsoft YaHei"' in normal.element.xml


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (
            "<w:t>不是标记</w:t> & &amp; ${x} {{y}} [点](javascript:z)",
            "<w:t>不是标记</w:t> & &amp; ${x} {{y}} [点](javascript:z)",
        ),
        ("控制\x00字\x0b符\x1b[31m\ud800后面", "控制字符[31m后面"),
        ("𠮷野家 🏠", "𠮷野家 🏠"),
        ("=cmd|'/c calc'!A1", "=cmd|'/c calc'!A1"),
    ],
)
def test_words_stay_words(words: str, kept: str) -> None:
    turn = {**TURN, "question": words, "notices": [words], "sentences": [{"text": words}]}
    said = lines(made([turn]))
    assert said[1] == said[2] == kept
    assert f"请注意：{kept}" in said


def test_a_row_of_another_length_does_no_harm() -> None:
    table = {
        "caption": "表",
        "columns": ["甲", "乙"],
        "rows": [[{"text": "一"}], [{"text": "二"}, {"text": "三"}, {"text": "四"}]],
    }
    rows = [[cell.text for cell in row.cells] for row in made([{**TURN, "tables": [table]}]).tables[0].rows]
    assert rows == [["甲", "乙"], ["一", ""], ["二", "三"]]


def test_the_file_comes_as_a_download(client: TestClient) -> None:
    reply = client.post("/page/export", json={"lang": "zh", "turns": [{**TURN, "tables": [], "sources": []}]})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == MEDIA_TYPE
    assert reply.headers["content-disposition"] == 'attachment; filename="policyqa-2026-11-22.docx"'
    assert reply.headers["cache-control"] == "no-store"
    said = lines(Document(io.BytesIO(reply.content)))
    assert said[0] == "投资政策问答 2026-11-22"
    assert "仅供参考" in said[-1]


@pytest.mark.parametrize(
    "conversation",
    [
        {},
        {"turns": []},
        {"turns": [{**TURN, "status": "<b>"}]},
        {"lang": "xx", "turns": [TURN]},
        {"turns": [{"question": "问"}]},
        {"turns": [{**TURN, "sources": [{"n": 1, "document": "x", "address": "y", "standing": "z"}]}]},
        {"turns": [{**TURN, "tables": [{"caption": "表", "columns": ["甲"] * 21, "rows": []}]}]},
        {"turns": [{**TURN, "tables": [{"caption": "表", "columns": [], "rows": [[]]}]}]},
    ],
)
def test_what_the_page_never_sends_is_refused(client: TestClient, conversation: dict[str, Any]) -> None:
    reply = client.post("/page/export", json=conversation)
    assert reply.status_code == 422
    assert set(reply.json()) == {"error"}
