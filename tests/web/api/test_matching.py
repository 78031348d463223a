from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import TODAY, LittleBot
from web.answers.bot_pool import BotDoor
from web.service import build_service
from web.settings import WebSettings

ASKED = {"profile": "我们是一家国家高新技术企业，规模以上。", "as_of": "2026-11-29"}


def test_a_profile_is_matched_with_the_keys_of_the_contract(client: TestClient) -> None:
    reply = client.post("/api/match", json=ASKED)
    assert reply.status_code == 200
    told = reply.json()
    assert {"facts", "matches", "questions"} <= told.keys()
    assert told["as_of"] == "2026-11-29"
    assert [who["code"] for who in told["facts"]["who"]] == ["employer", "company"]
    assert reply.headers["cache-control"] == "no-store"


def test_only_the_profile_is_needed_and_its_language_is_kept(client: TestClient) -> None:
    told = client.post("/api/match", json={"profile": "We are a data centre operator."}).json()
    assert (told["as_of"], told["language"]) == ("2026-11-22", "en")
    assert client.post("/api/match", json={**ASKED, "lang": "en"}).json()["language"] == "en"


def test_an_empty_profile_is_asked_who_it_is(client: TestClient) -> None:
    told = client.post("/api/match", json={"profile": ""}).json()
    assert (told["matches"], len(told["questions"])) == ([], 3)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "profile"),
        ({"profile": "我" * 101}, "101 characters"),
        ({"profile": "我们公司", "as_of": "yesterday"}, "as_of"),
        ({"profile": "我们公司", "lang": "fr"}, "lang"),
        ({"profile": 5}, "profile"),
    ],
)
def test_what_cannot_be_matched_is_refused_with_one_sentence(
    body: dict[str, object], said: str, client: TestClient
) -> None:
    reply = client.post("/api/match", json=body)
    assert reply.status_code == 422
    assert said in reply.json()["error"]
    assert reply.json().keys() == {"error"}


def test_before_the_documents_are_loaded_it_says_so(settings: WebSettings) -> None:
    service = build_service(BotDoor(1), settings, today=lambda: TODAY)
    assert TestClient(service).post("/api/match", json=ASKED).status_code == 503


def test_as_often_as_questions_may_be_asked(bot: LittleBot, settings: WebSettings) -> None:
    door = BotDoor(1)
    door.open(bot)
    few = settings.model_copy(update={"questions_per_minute": 2})
    asking = TestClient(build_service(door, few, today=lambda: TODAY))
    assert [asking.post("/api/match", json=ASKED).status_code for _ in range(3)] == [200, 200, 429]


def test_the_words_of_a_profile_go_to_no_record(client: TestClient, bot: LittleBot) -> None:
    before = len(bot.asked)
    reply = client.post("/api/match", json=ASKED)
    assert "turn" not in reply.json()
    assert len(bot.asked) == before
