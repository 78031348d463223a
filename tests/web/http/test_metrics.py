"""What is counted, and who may see it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client import generate_latest

from bot.records.store import Records
from bot.records.types import Feedback, Thumb, TurnOrigin
from bot.types import Answer, Question
from index.types import Filters
from ingest.errors import ModelUnusable
from tests.web.conftest import TODAY, LittleBot
from web.answers.recording import Asker, Ledger
from web.http.api_keys import ApiKeys
from web.http.guards import PeerKept
from web.http.metrics import Counting, MeasuredDoor, Meter, Standing, metrics_routes, part_of


def question(text: str) -> Question:
    return Question((text,), TODAY, Filters())


def value(text: str, name: str, **labels: str) -> float:
    """The value of one line, its labels in any order."""
    for line in text.splitlines():
        found = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\S+)", line)
        if found and found[1] == name and dict(re.findall(r'(\w+)="([^"]*)"', found[2] or "")) == labels:
            return float(found[3])
    raise AssertionError(f"no {name} {labels} in\n{text}")


@pytest.fixture
def meter() -> Meter:
    return Meter()


@pytest.fixture
def door(meter: Meter, bot: LittleBot) -> MeasuredDoor:
    made = MeasuredDoor(2, meter)
    made.open(bot)
    return made


@pytest.fixture
def keys(tmp_path: Path) -> ApiKeys:
    return ApiKeys(tmp_path / "keys.json")


def service(meter: Meter, keys: ApiKeys, networks: str = "127.0.0.1, ::1, 10.0.0.0/8") -> FastAPI:
    app = FastAPI()
    app.include_router(metrics_routes(meter, keys, networks))

    @app.get("/library")
    def library() -> str:
        return "page"

    app.add_middleware(Counting, meter=meter)
    app.add_middleware(PeerKept)
    return app


@pytest.fixture
def client(meter: Meter, keys: ApiKeys) -> Iterator[TestClient]:
    with TestClient(service(meter, keys), client=("127.0.0.1", 5000)) as made:
        yield made


def test_questions_are_counted_by_what_they_came_to(door: MeasuredDoor, client: TestClient) -> None:
    async def ask() -> None:
        await door.ask(question("A类人才安家补贴"))
        await door.ask(question("天气"))
        async for _ in door.stream(question("A类人才安家补贴")):
            pass

    asyncio.run(ask())
    text = client.get("/metrics").text
    assert value(text, "policyqa_questions_total", status="answered", reason="") == 2
    assert value(text, "policyqa_questions_total", status="declined", reason="nothing_found") == 1
    assert value(text, "policyqa_answer_seconds_count") == 3
    assert value(text, "policyqa_answer_failures_total") == 0


def test_a_question_that_fails_is_counted_and_the_fault_goes_on(meter: Meter, client: TestClient) -> None:
    class Broken(LittleBot):
        def ask(self, question: Question) -> Answer:
            raise ModelUnusable("index.no_model_folder", name="gone")

    door = MeasuredDoor(1, meter)
    door.open(Broken())
    with pytest.raises(ModelUnusable):
        asyncio.run(door.ask(question("天气")))
    assert value(client.get("/metrics").text, "policyqa_answer_failures_total") == 1


def test_a_reader_who_leaves_is_no_failure_and_no_answer(door: MeasuredDoor, client: TestClient) -> None:
    async def leave() -> None:
        parts = door.stream(question("A类人才安家补贴"))
        await anext(parts)
        await parts.aclose()

    asyncio.run(leave())
    text = client.get("/metrics").text
    assert value(text, "policyqa_answer_failures_total") == 0
    assert value(text, "policyqa_answer_seconds_count") == 0


def test_what_holds_now_is_looked_up_when_asked(
    meter: Meter, door: MeasuredDoor, client: TestClient, tmp_path: Path
) -> None:
    records = Records.open(tmp_path)
    meter.registry.register(Standing(door, records))
    bot = door.bot
    at = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    turn = records.keep_turn(bot.ask(question("天气")), TurnOrigin("", "", at))
    assert value(client.get("/metrics").text, "policyqa_feedback", thumb="down") == 0
    records.keep_feedback(Feedback(turn, at, Thumb.DOWN))
    text = client.get("/metrics").text
    assert value(text, "policyqa_feedback", thumb="down") == 1
    assert value(text, "policyqa_ready") == 1
    assert value(text, "policyqa_corpus_info", digest="d" * 64) == 1
    assert value(text, "policyqa_corpus_size", what="clauses") == 3
    records.close()


def test_records_that_are_behind_or_lost_are_counted(
    meter: Meter, door: MeasuredDoor, client: TestClient, tmp_path: Path
) -> None:
    tmp_path.joinpath("records.sqlite").mkdir()
    records = Records(tmp_path)
    ledger = Ledger(records)
    meter.registry.register(Standing(door, records, ledger))
    assert value(client.get("/metrics").text, "policyqa_records_lost_total", kind="turn") == 0
    answer = door.bot.ask(question("天气"))
    assert asyncio.run(ledger.keep(answer, Asker("", ""))) is not None
    assert value(client.get("/metrics").text, "policyqa_records_waiting") == 1
    ledger.close()
    text = client.get("/metrics").text
    assert value(text, "policyqa_records_waiting") == 0
    assert value(text, "policyqa_records_lost_total", kind="turn") == 1
    assert value(text, "policyqa_records_lost_total", kind="feedback") == 0


def test_before_the_bot_is_there_it_is_not_ready(meter: Meter, client: TestClient) -> None:
    meter.registry.register(Standing(MeasuredDoor(1, meter), None))
    text = client.get("/metrics").text
    assert value(text, "policyqa_ready") == 0
    assert "policyqa_corpus" not in text
    assert "policyqa_feedback" not in text


def test_replies_and_refusals_are_counted_by_part(meter: Meter, client: TestClient) -> None:
    client.get("/library")
    client.get("/library")
    client.get("/nowhere/<script>")
    meter.too_many()
    text = client.get("/metrics").text
    assert value(text, "policyqa_replies_total", part="/library", status="2xx") == 2
    assert value(text, "policyqa_replies_total", part="page", status="4xx") == 1
    assert value(text, "policyqa_refused_total", why="too_many") == 1
    assert value(text, "policyqa_open_requests") == 1, "the one that asks"
    assert "<script>" not in text


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/api/ask", "/api"),
        ("/apiary", "page"),
        ("/staff", "/staff"),
        ("/", "page"),
        ("/library/talent-30", "/library"),
    ],
)
def test_parts_are_few(path: str, part: str) -> None:
    assert part_of(path) == part


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("10.1.2.3", {}, 200),
        ("192.0.2.7", {}, 403),
        ("::1", {}, 200),
        ("not-an-address", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 403),  # a visitor behind the proxy of this machine
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 403),  # … who lies
        ("127.0.0.1", {"Via": "1.1 proxy"}, 403),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, 403),
    ],
)
def test_the_numbers_are_for_machines_named(
    meter: Meter, keys: ApiKeys, peer: str, headers: dict[str, str], status: int
) -> None:
    with TestClient(service(meter, keys), client=(peer, 5000)) as client:
        assert client.get("/metrics", headers=headers).status_code == status


def test_a_key_opens_them_from_anywhere(meter: Meter, keys: ApiKeys) -> None:
    key = keys.add("prometheus")
    with TestClient(service(meter, keys, ""), client=("192.0.2.7", 5000)) as client:
        assert client.get("/metrics", headers={"Authorization": f"Bearer {key}"}).status_code == 200
        assert client.get("/metrics", headers={"Authorization": "Bearer guess"}).status_code == 403
        assert client.get("/metrics").status_code == 403


def test_connections_and_threads_that_ended_before_their_time_are_counted(meter: Meter) -> None:
    meter.connections.set_function(lambda: 7)
    for why in ("head", "head", "room"):
        meter.connection_ended(why)
    meter.background_failed("next-questions")
    told = generate_latest(meter.registry).decode()
    assert value(told, "policyqa_open_connections") == 7
    assert value(told, "policyqa_connections_ended_total", why="head") == 2
    assert value(told, "policyqa_connections_ended_total", why="room") == 1
    assert value(told, "policyqa_background_failures_total", thread="next-questions") == 1
