"""The tools through the SDK's own client: over HTTP, in a process of its own over stdio, and what is refused."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from fastapi.testclient import TestClient
from mcp import Client, StdioServerParameters

from tests.web.conftest import SOON_S, TODAY, LittleBot
from tests.web.serving import serving
from web.answers.bot_pool import BotDoor
from web.api.answer_service import AnswerService
from web.http.api_keys import ApiKeys
from web.http.guards import Allowance
from web.mcp.tools import tool_server
from web.service import build_service
from web.settings import WebSettings

NAMES = {"ask", "search", "get_clause", "match", "check_sentence"}
CLAUSE = "talent-30/1-2"
Told = TypeVar("Told")


@pytest.fixture
def service(bot: LittleBot, settings: WebSettings) -> AnswerService:
    door = BotDoor(1)
    door.open(bot)
    return AnswerService(door, Allowance(100), settings, lambda: TODAY)


def through(target: Any, do: Callable[[Client], Awaitable[Told]]) -> Told:
    async def talk() -> Told:
        async with Client(target) as client:
            return await do(client)

    return asyncio.run(talk())


def called(target: Any, name: str, **arguments: Any) -> Any:
    return through(target, lambda client: client.call_tool(name, arguments))


def test_all_tools_only_read(service: AnswerService) -> None:
    tools = through(tool_server(service), lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == NAMES
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
    assert all(tool.description for tool in tools)


def test_each_tool_tells_what_it_is_for(service: AnswerService) -> None:
    server = tool_server(service)
    answer = called(server, "ask", question="全职引进的A类人才给多少安家补贴？", level=["市"]).structured_content
    assert (answer["status"], answer["citations"][0]["clause_id"]) == ("answered", CLAUSE)
    assert called(server, "search", query="安家", k=1).structured_content["hits"][0]["clause_id"] == CLAUSE
    assert called(server, "get_clause", clause_id=CLAUSE).structured_content["page"] == 60
    assert called(server, "match", profile="我们是高新技术企业").structured_content["as_of"] == TODAY.isoformat()


@pytest.mark.parametrize(
    ("sentence", "borne_out", "missing"),
    [("给予A类人才300万元安家补贴。", True, []), ("给予A类人才500万元安家补贴。", False, ["500万元"])],
)
def test_a_sentence_is_held_against_its_clauses(
    service: AnswerService, sentence: str, borne_out: bool, missing: list[str]
) -> None:
    told = called(tool_server(service), "check_sentence", sentence=sentence, clauses=[CLAUSE]).structured_content
    assert (told["borne_out"], told["missing_figures"]) == (borne_out, missing)


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("ask", {"question": "好", "levels": ["市"]}, "levels: ask has no such argument; it takes question"),
        ("search", {"query": "好", "top_k": 3, "levels": "市"}, "top_k, levels: search has no such arguments"),
        ("search", {"query": "好", "document": "nowhere"}, "no document 'nowhere' here; search names their ids"),
        ("search", {"query": "\u200b"}, "The query is empty"),
        ("search", {"k": "many"}, "query: it is needed; k: input should be a valid integer"),
        ("ask", {"question": "好", "level": 5}, "level: input should be a valid string"),
        ("ask", {"question": "好", "as_of": "tomorrow"}, "as_of: "),
        ("ask", {"question": "好", "level": "省级"}, "省级"),
        ("ask", {"question": "长" * 61}, "61"),
        ("get_clause", {"clause_id": "nowhere"}, "nowhere"),
        ("check_sentence", {"sentence": "好", "clauses": []}, "1 to 50"),
        ("search", {"query": "好", "k": 1000}, "k"),
        ("delete", {}, "delete"),
    ],
)
def test_what_cannot_be_done_is_a_tool_error_of_one_sentence(
    service: AnswerService, name: str, arguments: dict[str, Any], said: str
) -> None:
    result = called(tool_server(service), name, **arguments)
    assert result.is_error
    text = result.content[0].text
    assert said in text
    assert not [word for word in ("pydantic", "Error executing", "/api", "GET ") if word in text]
    assert text.count("\n") == 0


def test_over_http_when_it_is_set_and_behind_the_key(bot: LittleBot, settings: WebSettings, tmp_path: Path) -> None:
    door = BotDoor(1)
    door.open(bot)
    on = settings.model_copy(update={"mcp": True, "api_keys_file": tmp_path / "keys.json"})
    with serving(door, on) as address:
        tools = through(f"{address}/mcp", lambda client: client.list_tools()).tools
        assert {tool.name for tool in tools} == NAMES
        answer = called(f"{address}/mcp", "ask", question="人才安家补贴").structured_content
        assert answer["status"] == "answered"
        assert called(f"{address}/mcp/", "get_clause", clause_id=CLAUSE).structured_content["page"] == 60
        ApiKeys(tmp_path / "keys.json").add("portal")
        assert "This needs an API key" in refused(f"{address}/mcp")


def refused(target: Any, name: str = "get_clause", **arguments: Any) -> str:
    """What the SDK's client says of a call that the service does not take."""
    with pytest.raises(BaseException) as raised:
        called(target, name, **(arguments or {"clause_id": CLAUSE}))
    left: list[BaseException] = [raised.value]
    said: list[str] = []
    while left:
        one = left.pop()
        left += one.exceptions if isinstance(one, BaseExceptionGroup) else []
        said.append(str(one))
    return " ".join(said)


def test_limits_of_the_service_are_said_in_a_sentence(bot: LittleBot, settings: WebSettings) -> None:
    door = BotDoor(1)
    door.open(bot)
    few = settings.model_copy(update={"mcp": True, "api_requests_per_minute": 8})
    with serving(door, few) as address:
        assert "larger than" in refused(f"{address}/mcp", "ask", question="长" * 5000)
        told = [refused(f"{address}/mcp", "ask", question="长" * 5000) for _ in range(8)][-1]
    assert "Too many requests from this address" in told


def test_reading_on_is_no_question(bot: LittleBot, settings: WebSettings) -> None:
    door = BotDoor(1)
    door.open(bot)
    server = tool_server(AnswerService(door, Allowance(1), settings, lambda: TODAY))

    async def talk(client: Client) -> list[Any]:
        calls = [
            ("search", {"query": "安家"}),
            *[("get_clause", {"clause_id": CLAUSE})] * 3,
            ("search", {"query": "好"}),
        ]
        return [await client.call_tool(name, arguments) for name, arguments in calls]

    told = through(server, talk)
    assert [one.is_error for one in told] == [False, False, False, False, True]
    assert "You have asked too many questions" in told[-1].content[0].text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:7860"}, 200),
        ({"Host": "zc.example.gov.cn"}, 200),
        ({"Host": "zc.example.gov.cn", "Origin": "https://zc.example.gov.cn"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://zc.example.gov.cn.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 400),
        ({"Accept": "text/html"}, 406),
    ],
)
def test_only_under_its_own_names_and_from_its_own_pages(
    bot: LittleBot, settings: WebSettings, headers: dict[str, str], status: int
) -> None:
    door = BotDoor(1)
    door.open(bot)
    known = settings.model_copy(update={"mcp": True, "public_url": "https://zc.example.gov.cn"})
    with TestClient(build_service(door, known), base_url="http://127.0.0.1:7860") as client:
        own = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        reply = client.post("/mcp", content=json.dumps(call), headers={**own, **headers})
    assert reply.status_code == status
    assert reply.json()["jsonrpc"] == "2.0"
    if status != 200:
        assert len(reply.json()["error"]["message"]) > 20


def test_off_it_says_how_it_is_switched_on(client: TestClient, bot: LittleBot, settings: WebSettings) -> None:
    for path in ("/mcp", "/mcp/"):
        for reply in (client.post(path, json={}), client.get(path)):
            assert (reply.status_code, reply.json()["jsonrpc"]) == (404, "2.0")
            assert "POLICYQA_MCP=1" in reply.json()["error"]["message"]
    door = BotDoor(1)
    door.open(bot)
    with serving(door, settings) as address:
        assert "POLICYQA_MCP=1" in refused(f"{address}/mcp")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_over_standard_input_it_ends_when_it_is_told_to(tmp_path: Path, sign: signal.Signals) -> None:
    first = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    call = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": first}
    project = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("little_stdio.py"))],
        env={**os.environ, "POLICYQA_HOME": str(tmp_path), "PYTHONPATH": str(project)},
        cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    print(json.dumps(call), file=process.stdin, flush=True)
    assert "PolicyQA" in process.stdout.readline()
    process.send_signal(sign)
    assert process.wait(SOON_S) == -sign
    process.communicate()


def test_over_standard_input_and_output(tmp_path: Path) -> None:
    project = Path(__file__).parents[3]
    little = StdioServerParameters(
        command=sys.executable,
        args=[str(Path(__file__).with_name("little_stdio.py"))],
        env={**os.environ, "POLICYQA_HOME": str(tmp_path), "PYTHONPATH": str(project)},
        cwd=project,
    )
    answer = called(little, "ask", question="全职引进的A类人才给多少安家补贴？").structured_content
    assert answer["turn"] is not None, "it is kept as at the other doors"
    assert answer["citations"][0]["clause_id"] == CLAUSE
