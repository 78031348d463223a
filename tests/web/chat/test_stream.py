"""What the page's script asks, over HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.records.store import Records
from bot.types import Question
from ingest.errors import ServiceUnavailable
from tests.web.conftest import SOON_S, TODAY, LittleBot
from tests.web.serving import serving
from web.answers.bot_pool import BotDoor
from web.answers.recording import Ledger
from web.chat.stream import page_routes
from web.chat.turns import Desk
from web.http.error_replies import add_fault_replies
from web.http.guards import Allowance
from web.settings import WebSettings


def turns_of(reply: Any) -> list[dict[str, Any]]:
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/event-stream")
    return [json.loads(event.removeprefix("data: ")) for event in reply.text.split("\n\n") if event]


def test_an_answer_comes_as_messages_that_grow(client: TestClient) -> None:
    turns = turns_of(client.post("/page/ask", json={"question": " A类人才的安家补贴？ "}))
    assert [turns[0]["status"], turns[-1]["status"]] == ["working", "answered"]
    assert turns[-1]["question"] == "A类人才的安家补贴？"
    assert turns[-1]["cards"][0]["clause_id"] == "talent-30/1-2"


def test_it_is_read_with_what_was_asked_before(client: TestClient, bot: LittleBot) -> None:
    asked = {"question": "旗里呢？", "earlier": ["安家补贴？"], "level": "旗", "document": "hostile"}
    turns_of(client.post("/page/ask", json=asked))
    assert bot.asked[-1].turns == ("安家补贴？", "旗里呢？")
    assert bot.asked[-1].filters.levels == {"旗"}
    assert bot.asked[-1].filters.documents == {"hostile"}


def test_a_refusal_is_a_message_in_the_language_of_the_page(client: TestClient) -> None:
    (turn,) = turns_of(client.post("/page/ask", json={"question": "长" * 61, "tongue": "en"}))
    assert turn["status"] == "failed"
    assert "too long (61 characters)" in turn["message"]


@pytest.mark.parametrize(
    "asked",
    [{}, {"question": ""}, {"question": 7}, {"question": "问", "earlier": [{}]}, {"question": "问", "tongue": "xx"},
     {"question": "问", "conversation": "x" * 65}, []],
)  # fmt: skip
def test_what_is_no_question_is_refused_with_a_sentence(client: TestClient, asked: object) -> None:
    reply = client.post("/page/ask", json=asked)
    assert reply.status_code == 422
    assert reply.json()["error"]


def test_a_form_of_another_site_asks_nothing(client: TestClient, bot: LittleBot) -> None:
    before = len(bot.asked)
    reply = client.post("/page/ask", content='{"question": "安家"}', headers={"Content-Type": "text/plain"})
    assert reply.status_code == 415
    assert len(bot.asked) == before


def test_an_answer_is_kept_under_its_conversation(keeping_client: TestClient, records: Records, ledger: Ledger) -> None:
    asked = {"question": "安家补贴多少？", "conversation": "c0ffee"}
    kept = turns_of(keeping_client.post("/page/ask", json=asked))[-1]["kept"]
    assert ledger.settle(SOON_S)
    (turn,) = records.turns()
    assert (turn.id, turn.conversation) == (kept, "c0ffee")


def test_the_welcome_says_what_there_is(client: TestClient) -> None:
    reply = client.get("/page/welcome", params={"q": "安家", "clause": "talent-30/1-2"})
    assert reply.headers["cache-control"] == "no-store"
    assert reply.json()["about"]["documents"] == 3
    assert reply.json()["ask"] == "安家"


def test_the_welcome_waits_for_the_documents_but_not_for_ever(settings: WebSettings, bot: LittleBot) -> None:
    door = BotDoor(1)
    app = FastAPI()
    add_fault_replies(app)
    desk = Desk(door, Allowance(9), settings, lambda: TODAY)
    app.include_router(page_routes(desk, welcome_wait_s=0.05))
    with TestClient(app) as visiting:
        reply = visiting.get("/page/welcome")
        assert reply.status_code == 503
        assert "loaded" in reply.json()["error"]
        door.open(bot)
        assert visiting.get("/page/welcome").json()["about"]["clauses"] == 3


class EndlessBot(LittleBot):
    """Goes on until nobody listens."""

    def __init__(self) -> None:
        super().__init__()
        self.ended = threading.Event()

    def stream(self, question: Question) -> Iterator[Any]:
        sentence = next(super().stream(question))
        pause = threading.Event()
        try:
            while True:
                yield sentence
                pause.wait(0.01)
        finally:
            self.ended.set()


def test_who_stops_an_answer_frees_the_thread_that_writes_it(settings: WebSettings) -> None:
    endless = EndlessBot()
    door = BotDoor(1)
    door.open(endless)
    with serving(door, settings) as address, httpx.Client(base_url=address, trust_env=False) as visiting:
        with visiting.stream("POST", "/page/ask", json={"question": "安家"}) as reply:
            lines = reply.iter_lines()
            assert "working" in next(lines)
        assert endless.ended.wait(20)
        assert door.answering == 0


def test_a_door_that_is_closed_has_no_welcome(settings: WebSettings) -> None:
    with pytest.raises(ServiceUnavailable, match="loaded"):
        Desk(BotDoor(1), Allowance(9), settings, lambda: TODAY).welcome({})
