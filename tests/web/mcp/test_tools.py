"""The tools through the SDK's own client: over HTTP, in a process of its own over stdio, and what is refused."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from fastapi.testclient import TestClient
from mcp import Client, StdioServerParameters

from tests.web.conftest import TODAY, LittleBot
from tests.web.serving import serving
from web.answers.bot_pool import BotDoor
from web.api.answer_service import AnswerService
from web.http.api_keys import ApiKeys
from web.http.guards import Allowance
from web.mcp.tools import tool_server
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
        ("ask", {"question": "好", "levels": ["市"]}, "levels"),
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
    assert said in result.content[0].text


def test_over_http_when_it_is_set_and_behind_the_key(bot: LittleBot, settings: WebSettings, tmp_path: Path) -> None:
    door = BotDoor(1)
    door.open(bot)
    on = settings.model_copy(update={"mcp": True, "api_keys_file": tmp_path / "keys.json"})
    with serving(door, on) as address:
        tools = through(f"{address}/mcp", lambda client: client.list_tools()).tools
        assert {tool.name for tool in tools} == NAMES
        answer = called(f"{address}/mcp", "ask", question="人才安家补贴").structured_content
        assert answer["status"] == "answered"
        ApiKeys(tmp_path / "keys.json").add("portal")
        with pytest.raises(BaseException):  # noqa: B017 - the SDK's group of whatever its tasks raised
            through(f"{address}/mcp", lambda client: client.list_tools())


def test_off_unless_it_is_set(client: TestClient) -> None:
    assert client.post("/mcp", json={}).status_code in (404, 405)


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
