from __future__ import annotations

import json
import threading

import anyio
import httpx
import pytest
from fastapi.testclient import TestClient

from bot.types import Language
from web.answers.bot_pool import BotDoor
from web.api.routes import SIGN_OF_LIFE
from web.service import build_service

ASKED = {"question": "全职引进的A类人才给多少安家补贴？", "turns": [], "as_of": None, "level": None}
KEYS = {"status", "reason", "answer", "sentences", "citations", "notices", "took_ms"}


def events(body: str) -> list[tuple[str, dict[str, object]]]:
    pairs = [block.split("\n", 1) for block in body.strip().split("\n\n") if not block.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in pairs]


def test_an_answer_has_the_keys_of_the_contract(client: TestClient) -> None:
    reply = client.post("/api/ask", json=ASKED)
    assert reply.status_code == 200
    answer = reply.json()
    assert set(answer) >= KEYS
    assert answer["status"] == "answered"
    assert answer["citations"][0]["clause_id"] == "talent-30/1-2"
    assert answer["sentences"][0]["figures"][0]["text"] == "300万元"
    assert "300万元" in answer["answer"]


def test_only_the_question_is_needed(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": "今天天气"}).json()["status"] == "declined"


def test_turns_day_and_level_reach_the_bot(client: TestClient, bot) -> None:
    client.post("/api/ask", json={**ASKED, "turns": ["旗里呢？"], "as_of": "2024-01-31", "level": "市"})
    asked = bot.asked[-1]
    assert asked.turns == ("旗里呢？", ASKED["question"])
    assert asked.as_of.isoformat() == "2024-01-31"
    assert asked.filters.levels == {"市"}


def test_a_language_may_be_chosen(client: TestClient, bot) -> None:
    client.post("/api/ask", json={**ASKED, "lang": "en"})
    assert bot.asked[-1].chosen_language is Language.EN
    client.post("/api/ask", json=ASKED)
    assert bot.asked[-1].chosen_language is None
    assert client.post("/api/ask", json={**ASKED, "lang": "fr"}).status_code == 422


def test_without_a_day_the_service_takes_its_own(client: TestClient, bot) -> None:
    client.post("/api/ask", json=ASKED)
    assert bot.asked[-1].as_of.isoformat() == "2026-11-22"


def test_a_stream_gives_sentences_and_then_the_answer_that_is_given_unstreamed(client: TestClient) -> None:
    reply = client.post("/api/ask", json=ASKED, headers={"Accept": "text/event-stream"})
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert reply.headers["x-accel-buffering"] == "no"
    assert reply.text.startswith(SIGN_OF_LIFE)  # before anything is known
    *sentences, (last, answer) = events(reply.text)
    assert [name for name, _ in sentences] == ["sentence", "sentence"]
    assert last == "done"
    whole = client.post("/api/ask", json=ASKED).json()
    assert {key: answer[key] for key in KEYS - {"took_ms"}} == {key: whole[key] for key in KEYS - {"took_ms"}}
    assert [data for _, data in sentences] == whole["sentences"]


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 422, "question"),
        ({"question": 7}, 422, "question"),
        ({"question": "好", "turns": "不是列表"}, 422, "turns"),
        ({"question": "好", "as_of": "2026-13-45"}, 422, "as_of"),
        ({"question": "好", "level": "省级"}, 422, "国家"),  # names the levels there are
        ({"question": "长" * 61}, 422, "61"),
        ({"question": "好", "turns": ["长" * 61]}, 422, "61"),
        ({"question": "长" * 4000}, 413, "4096"),
    ],
)
def test_a_wrong_question_gets_one_sentence(
    client: TestClient, body: dict[str, object], status: int, words: str
) -> None:
    reply = client.post("/api/ask", json=body)
    assert reply.status_code == status
    assert set(reply.json()) == {"error"}
    assert words in reply.json()["error"]


def test_a_body_that_is_not_json_is_refused(client: TestClient) -> None:
    reply = client.post("/api/ask", content=b"{question", headers={"Content-Type": "application/json"})
    assert (reply.status_code, reply.json()) == (400, {"error": "The body is not valid JSON."})


def test_a_body_without_length_is_cut_off_at_the_limit(client: TestClient) -> None:
    reply = client.post("/api/ask", content=(b"x" * 1000 for _ in range(10)))
    assert reply.status_code == 413


def test_one_client_may_ask_so_many_questions_a_minute(bot, settings) -> None:
    door = BotDoor(1)
    door.open(bot)
    with TestClient(build_service(door, settings.model_copy(update={"questions_per_minute": 5}))) as client:
        replies = [client.post("/api/ask", json=ASKED) for _ in range(6)]
    assert [reply.status_code for reply in replies] == [200] * 5 + [429]
    assert int(replies[-1].headers["retry-after"]) > 0
    assert "try again" in replies[-1].json()["error"]


def test_a_clause_by_its_id(client: TestClient) -> None:
    clause = client.get("/api/clauses/refund-2024/2").json()
    assert clause["address"] == "二、"
    assert clause["standing"] == "expired"
    assert clause["valid_until"] == "2024-12-31"
    assert clause["departments"] == ["人力资源社会保障部"]
    missing = client.get("/api/clauses/nowhere")
    assert (missing.status_code, "nowhere" in missing.json()["error"]) == (404, True)


def test_documents_with_their_facts(client: TestClient) -> None:
    documents = client.get("/api/documents").json()
    assert [document["id"] for document in documents] == ["talent-30", "refund-2024", "hostile"]
    assert documents[0]["number"] == "鄂府发〔2023〕30号"
    assert documents[0]["clauses"] == 1


def test_healthy_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "clauses": 3}


def test_health_is_told_while_every_thread_is_held(client: TestClient) -> None:
    statuses: list[int] = []

    async def run() -> None:
        limiter = anyio.to_thread.current_default_thread_limiter()
        go_on = threading.Event()
        async with anyio.create_task_group() as group:
            for _ in range(int(limiter.total_tokens)):
                group.start_soon(anyio.to_thread.run_sync, go_on.wait)
            while limiter.available_tokens:
                await anyio.sleep(0)
            try:
                with anyio.fail_after(10):
                    transport = httpx.ASGITransport(client.app)
                    async with httpx.AsyncClient(transport=transport, base_url="http://here") as asking:
                        statuses.append((await asking.get("/healthz")).status_code)
                        statuses.append((await asking.get("/readyz")).status_code)
            finally:
                go_on.set()

    anyio.run(run)
    assert statuses == [200, 200]


def test_before_the_bot_is_there_the_service_is_healthy_but_not_ready(closed_client: TestClient) -> None:
    assert closed_client.get("/healthz").status_code == 200
    assert closed_client.get("/").status_code == 200
    for reply in (
        closed_client.get("/readyz"),
        closed_client.post("/api/ask", json=ASKED),
        closed_client.get("/api/documents"),
        closed_client.get("/library"),
    ):
        assert reply.status_code == 503
        assert "loaded" in reply.json()["error"]


def test_a_fault_of_ours_is_one_sentence_without_its_inside(settings, bot, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(question: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(bot, "ask", broken)
    door = BotDoor(1)
    door.open(bot)
    with TestClient(build_service(door, settings), raise_server_exceptions=False) as client:
        reply = client.post("/api/ask", json=ASKED)
    assert reply.status_code == 500
    assert set(reply.json()) == {"error"}
    assert "secret" not in reply.text


def test_the_interface_describes_itself_without_another_host(client: TestClient) -> None:
    assert set(client.get("/openapi.json").json()["paths"]) >= {"/api/ask", "/api/documents", "/healthz", "/readyz"}
    assert "cdn" not in client.get("/docs").text
