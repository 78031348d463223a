"""The examples of docs/programs.md, run as they are printed, against a service and a stand-in on this machine."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.web.channels.wecom_server import BOT, SECRET, wecom_server
from tests.web.conftest import TODAY, LittleBot
from tests.web.serving import serving
from web.answers.bot_pool import BotDoor
from web.api.answer_service import AnswerService
from web.channels.wecom import WeCom
from web.http.guards import Allowance
from web.settings import WebSettings

GUIDE = Path(__file__).parent.parent / "docs" / "programs.md"
LONGEST = 12  # lines of an example, blank ones not counted
HERE = "http://127.0.0.1:7860"


def examples() -> dict[str, str]:
    """The code under each heading."""
    parts = re.split(r"^## ", GUIDE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0]: code for part in parts for code in re.findall(r"```python\n(.*?)```", part, re.S)}


@pytest.fixture
def settings(tmp_path: Path) -> WebSettings:
    values: dict[str, Any] = {"home": tmp_path, "mcp": True}
    return WebSettings(**values)


def open_door() -> BotDoor:
    door = BotDoor(2)
    door.open(LittleBot())
    return door


@pytest.mark.parametrize(
    ("heading", "printed"),
    [("HTTP", "1 1.0 鄂尔多斯市打造一流人才高地若干措施"), ("OpenAI", "300万元"), ("MCP", "'borne_out': True")],
)
def test_an_example_does_what_it_says(
    heading: str, printed: str, settings: WebSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    code = examples()[heading]
    assert HERE in code
    with serving(open_door(), settings) as address:
        exec(compile(code.replace(HERE, address), str(GUIDE), "exec"), {})
    assert printed in capsys.readouterr().out


def test_the_example_of_a_channel_answers(settings: WebSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    import web.api.own_service
    import web.settings

    known = settings.model_copy(update={"wecom_bot_id": BOT})
    service = AnswerService(open_door(), Allowance(9), known, lambda: TODAY)

    @contextmanager
    def own(_: WebSettings) -> Generator[AnswerService]:
        yield service

    monkeypatch.setattr(web.api.own_service, "own_service", own)
    monkeypatch.setattr(web.settings, "WebSettings", lambda: known)
    code = examples()["WeCom"].replace("asyncio.run(", "made.append(")
    made: list[Any] = []

    async def talk() -> str:
        async with wecom_server() as server:
            monkeypatch.setattr(WeCom, "of", lambda _: WeCom(server.url, BOT, SECRET))
            exec(compile(code, str(GUIDE), "exec"), {"made": made})
            running = asyncio.create_task(made[0])
            await server.sends("全职引进的A类人才给多少安家补贴？")
            (reply,) = await server.seen(1)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            return reply["body"]["stream"]["content"]

    assert "300万元" in asyncio.run(talk())


def test_examples_are_short() -> None:
    lengths = {name: sum(bool(line) for line in code.splitlines()) for name, code in examples().items()}
    assert lengths.keys() == {"HTTP", "OpenAI", "MCP", "WeCom"}
    assert max(lengths.values()) <= LONGEST


def test_an_example_says_what_it_needs() -> None:
    parts = re.split(r"^## ", GUIDE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    missing: list[str] = []
    for part in parts:
        (code,) = re.findall(r"```python\n(.*?)```", part, re.S)
        packages = set(re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE)) - {"asyncio", "web"}
        missing += [name for name in packages if not re.search(rf'pip install "?{name}\b', part)]
    assert missing == []
