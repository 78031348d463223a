"""Halves of characters and bytes that are no text, wherever a stranger can send one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.records.store import Records
from tests.web.conftest import SOON_S, LittleBot
from web.answers.recording import Ledger
from web.http.body_text import is_form_text, is_json_text

HALF = "\ud800"
TURN: dict[str, Any] = {"question": "问", "status": "answered", "sentences": []}
JSON = {"Content-Type": "application/json"}
SENTENCES = {
    "zh": "发送的内容里有不完整的字符，请删去乱码或残缺的表情符号后再发。",
    "en": "What you sent holds broken characters (half an emoji, or bytes that are not UTF-8); remove them and send it again.",
}
PLACES: list[tuple[str, dict[str, Any]]] = [
    ("/api/ask", {"question": f"安家{HALF}"}),
    ("/api/ask", {"question": "安家", "turns": [HALF]}),
    ("/api/ask", {"question": "安家", "level": HALF}),
    ("/api/ask", {"question": "安家", "document": HALF}),
    ("/api/ask", {"question": "安家", "conversation": HALF}),
    ("/page/ask", {"question": HALF}),
    ("/page/ask", {"question": "安家", "earlier": ["好", f"{HALF}补贴"]}),
    ("/page/ask", {"question": "安家", "conversation": HALF}),
    ("/page/ask", {"question": "安家", "level": HALF}),
    ("/page/ask", {"question": "安家", "document": HALF}),
    ("/page/feedback", {"turn": "t", "thumb": "down", "words": HALF}),
    ("/api/feedback", {"turn": HALF, "thumb": "up"}),
    ("/page/export", {"turns": [{**TURN, "question": HALF}]}),
    ("/page/export", {"turns": [{**TURN, "sentences": [{"text": HALF}]}]}),
    ("/page/export", {"turns": [{**TURN, "tables": [{"caption": HALF, "columns": [HALF], "rows": []}]}]}),
    ("/gradio_api/queue/join", {"data": [HALF], "fn_index": 0, "session_hash": HALF}),
    ("/staff/login", {"name": HALF}),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("path", "body"), PLACES)
def test_half_a_character_is_refused_in_the_readers_language(
    client: TestClient, bot: LittleBot, path: str, body: dict[str, Any], lang: str
) -> None:
    before = len(bot.asked)
    reply = client.post(path, content=json.dumps(body), headers={**JSON, "Accept-Language": lang})
    assert (reply.status_code, reply.json()) == (422, {"error": SENTENCES[lang]})
    assert len(bot.asked) == before


@pytest.mark.parametrize(
    ("path", "body", "address"),
    [
        ("/page/ask", {"question": HALF, "tongue": "en"}, ""),
        ("/page/export", {"lang": "en", "turns": [{**TURN, "question": HALF}]}, ""),
        ("/api/ask", {"question": HALF}, "?lang=en"),
    ],
)
def test_what_the_page_names_its_language_goes_before_the_browsers(
    client: TestClient, path: str, body: dict[str, Any], address: str
) -> None:
    headers = {**JSON, "Accept-Language": "zh-CN"}
    reply = client.post(path + address, content=json.dumps(body), headers=headers)
    assert (reply.status_code, reply.json()["error"]) == (422, SENTENCES["en"])


@pytest.mark.parametrize(
    "body",
    [
        rb'{"question": "\ud800"}',
        rb'{"question": "\uDFFF"}',
        rb'{"question": "\udc00\ud800"}',  # a pair the wrong way round
        rb'{"question": "\ud83d\ud83d\ude00"}',
        rb'{"question": "\ud83d\\ude00"}',
        rb'{"question": "\\\ud800"}',  # a backslash, then half a character
        rb'{"\udfff": 1, "question": "x"}',
        b'{"question": "\xed\xa0\x80"}',  # the same as bytes
        b'{"question": "\xff"}',
        b'{"question": "\xc0\xaf"}',
        '{"question": "好"}'.encode("gb18030"),
        '{"question": "好"}'.encode("utf-16-le"),
        '{"question": "好\x80"}'.encode("utf-16-be"),
        '{"question": "好"}'.encode("utf-32"),
        rb'{"question": "x", "turns": [[[["\ud800"]]]]}',
    ],
)
def test_every_way_to_write_one_is_known(client: TestClient, body: bytes) -> None:
    assert not is_json_text(body)
    for path in ("/api/ask", "/page/ask"):
        assert client.post(path, content=body, headers=JSON).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        rb'{"question": "\ud83d\ude00 \uD83D\uDE00"}',  # as Python writes an emoji
        rb'{"question": "\\ud800 \\\\udfff"}',  # backslashes and letters
        rb'{"question": "\u5b89\u5bb6\ud7ff\ue000\n\"\/"}',
        '{"question": "安家🏠𠮷"}'.encode(),
        '\ufeff{"question": "安家"}'.encode(),
        b"",
    ],
)
def test_whole_characters_pass(body: bytes) -> None:
    assert is_json_text(body)


def test_an_emoji_written_as_a_pair_is_one_character(client: TestClient, bot: LittleBot) -> None:
    reply = client.post("/api/ask", content=rb'{"question": "\ud83c\udfe0 \\ud800?"}', headers=JSON)
    assert reply.status_code == 200
    assert bot.asked[-1].last == "🏠 \\ud800?"


def test_a_form_of_bytes_that_are_no_text_is_refused(client: TestClient) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"name=%ED%A0%80", b"name=%FF", b"name=\xff", b"%ed%b0%80=x"):
        assert client.post("/staff/login", content=body, headers=form).status_code == 422
    assert is_form_text(b"name=%E5%AE%89+%F0%9F%8F%A0&x=%5Cud800")


@pytest.mark.parametrize(
    ("charset", "status"),
    [
        ("", 403),  # read, and refused for its missing word
        ("; charset=utf-8", 403),
        ('; charset="UTF-8"', 403),
        ("; charset=raw_unicode_escape", 422),
        ("; charset=unicode-escape", 422),
        ("; charset*=utf-8''raw_unicode_escape", 422),
        ("; charset=utf-8; charset=raw_unicode_escape", 422),
        ("; charset=utf-7", 422),
        ("; Charset = gbk", 422),
    ],
)
def test_a_form_with_files_is_read_as_utf_8_only(client: TestClient, charset: str, status: int) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800\r\n--b--\r\n'
    headers = {"Content-Type": f"multipart/form-data; boundary=b{charset}"}
    assert client.post("/staff/login", content=body, headers=headers).status_code == status


def test_control_characters_are_text(keeping_client: TestClient, records: Records, ledger: Ledger) -> None:
    asked = {"question": "安家\x00\x07\x1b[31m\u2028\u202e\ufffe补贴？", "turns": ["\x00"], "conversation": "\x00"}
    reply = keeping_client.post("/api/ask", json=asked)
    assert reply.status_code == 200
    assert ledger.settle(SOON_S)
    assert [turn.turns[-1] for turn in records.turns()] == [asked["question"]]
