"""Feedback over HTTP: taken for answers that are kept, once each, from anybody who got the answer."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from fastapi.testclient import TestClient

from bot.records.store import Records
from bot.records.types import Thumb
from bot.types import Question
from tests.web.conftest import SOON_S, LittleBot, locked
from web.answers.bot_pool import BotDoor
from web.answers.recording import Asker, Ledger
from web.service import build_service
from web.settings import WebSettings
from web.staff.pages import open_office

QUESTION = {"question": "全职引进的A类人才给多少安家补贴？", "conversation": "mine"}


def asked(client: TestClient) -> str:
    return client.post("/api/ask", json=QUESTION).json()["turn"]


def test_an_answer_names_what_feedback_is_given_under(
    keeping_client: TestClient, records: Records, ledger: Ledger
) -> None:
    identity = asked(keeping_client)
    assert ledger.settle(SOON_S)
    turn = records.turn(identity)
    assert turn is not None
    assert (turn.conversation, turn.status) == ("mine", "answered")
    assert len(turn.client) == 32


def test_a_streamed_answer_is_kept_once(keeping_client: TestClient, records: Records, ledger: Ledger) -> None:
    reply = keeping_client.post("/api/ask", json=QUESTION, headers={"Accept": "text/event-stream"})
    assert ledger.settle(SOON_S)
    (turn,) = records.turns()
    assert f'"turn": "{turn.id}"' in reply.text


def test_without_records_an_answer_has_no_turn(client: TestClient) -> None:
    assert client.post("/api/ask", json=QUESTION).json()["turn"] is None
    said = client.post("/api/feedback", json={"turn": "x", "thumb": "up"})
    assert (said.status_code, "POLICYQA_RECORDS" in said.json()["error"]) == (503, True)


def test_a_thumb_is_changed_and_explained(keeping_client: TestClient, records: Records, ledger: Ledger) -> None:
    turn = asked(keeping_client)
    for said in (
        {"turn": turn, "thumb": "up"},
        {"turn": turn, "thumb": "down", "reason": "数字不对", "words": " <img src=x onerror=pwn()> ${x} "},
    ):
        assert keeping_client.post("/api/feedback", json=said).json() == {"status": "kept"}
    assert ledger.settle(SOON_S)
    ((_, kept),) = records.complaints()
    assert (kept.thumb, kept.reason, kept.words) == (Thumb.DOWN, "数字不对", "<img src=x onerror=pwn()> ${x}")


def test_a_thumb_is_noted_while_another_program_writes(
    keeping_client: TestClient, records: Records, ledger: Ledger
) -> None:
    with locked(records):
        turn = asked(keeping_client)
        reply = keeping_client.post("/page/feedback", json={"turn": turn, "thumb": "down", "words": "少了一半"})
        assert (reply.status_code, reply.json()) == (200, {"status": "kept"})
        assert list(records.turns()) == [], "nothing could be written yet"
    ledger.close()
    ((kept, said),) = records.complaints()
    assert (kept.id, said.words) == (turn, "少了一半")


def test_what_cannot_be_looked_up_is_said_without_naming_a_file(keeping_client: TestClient, records: Records) -> None:
    records.path.unlink()
    records.path.mkdir()
    reply = keeping_client.post("/page/feedback", json={"turn": "0" * 32, "thumb": "up"})
    assert reply.status_code == 503
    assert "try again later" in reply.json()["error"]
    assert "sqlite" not in reply.text


def test_a_service_that_ends_writes_what_waits_and_takes_no_more(
    bot: LittleBot, settings: WebSettings, records: Records
) -> None:
    door = BotDoor(1)
    door.open(bot)
    office = open_office(door, settings, date.today, records)
    with TestClient(build_service(door, settings, office=office)) as client:
        turn = asked(client)
    assert [kept.id for kept in records.turns()] == [turn]
    answer = bot.ask(Question(("天气怎么样？",), date(2026, 11, 22)))
    assert asyncio.run(office.ledger.keep(answer, Asker("", ""))) is None


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"turn": "0" * 32, "thumb": "up"}, 404),
        ({"thumb": "up"}, 422),
        ({"turn": "x", "thumb": "sideways"}, 422),
        ({"turn": "x", "thumb": "down", "reason": "我的理由"}, 422),  # the reasons are offered, words are free
        ({"turn": "x", "thumb": "down", "words": "长" * 1001}, 422),
        ({"turn": "x" * 65, "thumb": "up"}, 422),
    ],
)
def test_feedback_that_cannot_be_kept_gets_one_sentence(
    keeping_client: TestClient, said: dict[str, str], status: int
) -> None:
    reply = keeping_client.post("/api/feedback", json=said)
    assert (reply.status_code, set(reply.json())) == (status, {"error"})


def test_feedback_has_its_own_allowance(bot, settings, records: Records) -> None:
    door = BotDoor(1)
    door.open(bot)
    few = settings.model_copy(update={"questions_per_minute": 2})
    office = open_office(door, few, date.today, records)
    with TestClient(build_service(door, few, office=office)) as client:
        turn = asked(client)
        replies = [client.post("/api/feedback", json={"turn": turn, "thumb": "up"}) for _ in range(3)]
        assert [reply.status_code for reply in replies] == [200, 200, 429]
        assert client.post("/api/ask", json=QUESTION).status_code == 200
