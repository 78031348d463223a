from __future__ import annotations

import asyncio
import io
import json
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument
from fastapi.testclient import TestClient

import web.chat.word_file as word_file_module
from ingest.errors import ServiceUnavailable
from tests.web.conftest import TODAY, LittleBot
from web.answers.bot_pool import BotDoor
from web.chat.word_file import (
    MEDIA_TYPE,
    MOST_LINES,
    MOST_TABLES,
    MOST_TURNS,
    ConversationCopy,
    WordFiles,
    word_file,
)
from web.http.one_at_a_time import MOST_WAITING
from web.service import build_service
from web.settings import WebSettings

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


@pytest.mark.parametrize(("lang", "title", "times"), [("en", "Several Measures", 1), ("en", "", 0), ("zh", "", 0)])
def test_a_file_with_english_titles_says_that_the_chinese_prevails(lang: str, title: str, times: int) -> None:
    turn = {**TURN, "sources": [{**source, "document_english": title} for source in TURN["sources"]]}
    said = lines(made([turn, turn], lang))
    assert said.count("English is a reading aid; the Chinese text prevails.") == times


def test_what_was_declined_says_so_in_the_language_of_the_page() -> None:
    declined = {**TURN, "status": "declined", "tables": [], "notices": []}
    assert {"未能从收录的政策中得到答案", "最接近的条款（未必是您要的）"} <= set(lines(made([declined])))
    english = lines(made([declined], "en"))
    assert "Not answered by the documents here" in english
    assert "[1] 《若干措施》一、2. (City, p. 48, In force)“给予300万元安家补贴”; “分5年拨付”" in english


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
        {"turns": [{**TURN, "tables": [{"caption": "表", "columns": ["甲", "乙"], "rows": [[{"text": "一"}]]}]}]},
        {"turns": [{**TURN, "tables": [{"caption": "表", "columns": ["甲"], "rows": [[{"text": "一"}] * 2]}]}]},
        {"turns": [{**TURN, "tables": [{"caption": "表", "columns": ["甲"], "rows": [[]]}]}]},
    ],
)
def test_what_the_page_never_sends_is_refused(client: TestClient, conversation: dict[str, Any]) -> None:
    reply = client.post("/page/export", json=conversation)
    assert reply.status_code == 422
    assert set(reply.json()) == {"error"}


# ── How much work a stranger can ask for ───────────────────────────────────────────────────────


def table(rows: int, columns: int, text: str = "一") -> dict[str, Any]:
    return {"caption": "表", "columns": ["列"] * columns, "rows": [[{"text": text}] * columns] * rows}


BARE = {"question": "问", "status": "answered", "sentences": []}
# What costs most for its bytes, each part above its limit by itself.
TOO_LONG = [
    [BARE] * (MOST_TURNS + 1),
    [{**BARE, "tables": [table(200, 20, "")]}],
    [{**BARE, "tables": [table(0, 1)] * 20}] * (MOST_TABLES // 20 + 1),
    [{**BARE, "notices": ["注"] * 200}] * (MOST_LINES // 200),
    [{**BARE, "sentences": [{"text": "\n" * MOST_LINES}]}],
    [{**BARE, "tables": [table(1, 1, "\t" * MOST_LINES)]}],
]


@pytest.fixture(scope="module")
def open_client(bot: LittleBot, settings: WebSettings) -> Iterator[TestClient]:
    """The service with the limit of bytes that it has by default."""
    door = BotDoor(1)
    door.open(bot)
    usual = settings.model_copy(update={"max_request_bytes": WebSettings.model_fields["max_request_bytes"].default})
    with TestClient(build_service(door, usual, lambda: TODAY), raise_server_exceptions=False) as made:
        yield made


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("turns", TOO_LONG)
def test_more_than_a_conversation_has_is_refused_before_anything_is_made(
    open_client: TestClient, monkeypatch: pytest.MonkeyPatch, turns: list[dict[str, Any]], lang: str
) -> None:
    begun: list[object] = []
    monkeypatch.setattr(word_file_module, "Document", lambda: begun.append(1))
    reply = open_client.post("/page/export", json={"lang": lang, "turns": turns})
    assert (reply.status_code, begun) == (422, [])
    assert {"zh": "对话太长", "en": "too long"}[lang] in reply.json()["error"]


def test_more_bytes_than_a_request_may_have_are_refused(client: TestClient) -> None:
    reply = client.post(
        "/page/export", json={"turns": [{**BARE, "question": "问" * 4096}]}, headers={"Accept-Language": "zh"}
    )
    assert (reply.status_code, reply.json()) == (413, {"error": "发送的内容超过 4096 字节，请减少后再发。"})


def test_a_long_day_at_the_page_fits(open_client: TestClient) -> None:
    turn = {
        **TURN,
        "sentences": [{"text": "对全职引进的A类人才给予300万元安家补贴。", "citations": [1]}] * 4,
        "notices": ["就高不重复。"] * 3,
        "sources": [TURN["sources"][0]] * 4,
    }
    reply = open_client.post("/page/export", content=json.dumps({"turns": [turn] * 120}, ensure_ascii=False).encode(),
                             headers={"Content-Type": "application/json"})  # fmt: skip
    assert reply.status_code == 200
    assert len(Document(io.BytesIO(reply.content)).tables) == 120


def calls_for(rows: int) -> int:
    """Calls of functions, ours and those of the library, that a table of so many rows takes."""
    conversation = ConversationCopy.model_validate({"turns": [{**BARE, "tables": [table(rows, 10, "")]}]})
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        word_file(conversation, "题", "尾")
    finally:
        sys.setprofile(None)
    return calls


def test_a_cell_takes_few_steps_and_no_more_in_a_larger_table() -> None:
    calls_for(1)  # what is done once for all
    few, some, many = calls_for(20), calls_for(40), calls_for(80)
    assert many - some < 2.1 * (some - few)
    assert (many - some) / (40 * 10) < 60, "adding row after row takes 176 calls for each cell"


@pytest.mark.parametrize("caption", ["", "\x00", "  "])
def test_a_table_needs_no_caption(client: TestClient, caption: str) -> None:
    turn = {**BARE, "tables": [{**table(1, 1), "caption": caption}]}
    reply = client.post("/page/export", json={"turns": [turn]})
    assert reply.status_code == 200
    assert Document(io.BytesIO(reply.content)).tables[0].rows[1].cells[0].text == "一"


class SlowFiles:
    """Stands for ``word_file``: holds the first file back and counts what happens meanwhile."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.at_once: list[int] = []
        self.go_on = threading.Event()
        self._now = 0

    def __call__(self, conversation: ConversationCopy, heading: str, closing: str) -> bytes:
        self._now += 1
        self.at_once.append(self._now)
        self.begun.append(conversation.turns[0].question)
        assert self.go_on.wait(30)
        self._now -= 1
        return b"made"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowFiles:
    made = SlowFiles()
    monkeypatch.setattr(word_file_module, "word_file", made)
    return made


def copy_of(question: str) -> ConversationCopy:
    return ConversationCopy.model_validate({"turns": [{**BARE, "question": question}]})


def test_one_file_is_made_at_a_time_and_few_wait(slow: SlowFiles) -> None:
    async def ask() -> list[object]:
        files = WordFiles()
        asked = [asyncio.ensure_future(files.make(copy_of(str(n)), "", "")) for n in range(MOST_WAITING + 3)]
        await asyncio.sleep(0)  # all of them have begun to wait, or were refused
        slow.go_on.set()
        return list(await asyncio.gather(*asked, return_exceptions=True))

    made = asyncio.run(ask())
    assert [type(one) for one in made] == [bytes] * MOST_WAITING + [ServiceUnavailable] * 3
    assert set(slow.at_once) == {1}
    assert len(slow.begun) == MOST_WAITING


def test_a_file_nobody_waits_for_is_not_made(slow: SlowFiles) -> None:
    async def ask() -> None:
        files = WordFiles()
        first, gone, last = (asyncio.ensure_future(files.make(copy_of(name), "", "")) for name in ("先", "走", "后"))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.wait({gone})
        slow.go_on.set()
        await asyncio.gather(first, gone, last, return_exceptions=True)

    asyncio.run(ask())
    assert slow.begun == ["先", "后"]
