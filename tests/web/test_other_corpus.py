"""The pages over the corpus of a county: nothing there speaks of the place whose policies are delivered."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.__main__ import main
from bot.llm.planning import AskedKind
from bot.llm.prompts import plan_prompt, system_prompt
from bot.pipeline import PolicyBot
from bot.types import Language
from web.answers.bot_pool import BotDoor
from web.chat.examples import examples_of
from web.chat.turns import about
from web.service import build_service
from web.settings import WebSettings
from web.texts import both_tongues

TODAY = date(2026, 11, 29)
OF_HOME = re.compile(r"伊金霍洛|鄂尔多斯|内蒙古?|旗|Banner|Ordos|Ejin|Inner Mongolia", re.IGNORECASE)


@pytest.fixture(scope="module")
def county(other_corpus_bot: Callable[[str], PolicyBot]) -> PolicyBot:
    return other_corpus_bot("county")


@pytest.fixture(scope="module")
def visitor(county: PolicyBot, settings: WebSettings) -> Iterator[TestClient]:
    door = BotDoor(settings.answers_at_once)
    door.open(county)
    with TestClient(build_service(door, settings, today=lambda: TODAY), raise_server_exceptions=False) as made:
        yield made


def seen(text: str) -> list[str]:
    """What is left of home in a text that people read; the HTML role is no word."""
    return OF_HOME.findall(text.replace('role="banner"', ""))


def test_the_words_of_the_page_are_of_no_place(county: PolicyBot) -> None:
    levels = {f"level_{document.level}" for document in county.corpus.documents}
    shown = {key: said for key, said in both_tongues().items() if not key.startswith("level_") or key in levels}
    assert seen(json.dumps(shown, ensure_ascii=False)) == []


def test_what_the_page_is_told_is_of_the_county(county: PolicyBot) -> None:
    told: Any = about(county.corpus, county.edition, TODAY)
    assert seen(json.dumps(told, ensure_ascii=False)) == []
    assert (told["region"], told["region_en"]) == ("湖南省云浦县", "Yunpu County (Hunan)")
    assert [level for level, _ in told["levels"]] == ["省", "县"]


def test_examples_are_made_from_the_countys_headings_and_answered(county: PolicyBot, visitor: TestClient) -> None:
    groups = examples_of(county.corpus, county.edition)
    assert [group.who for group in groups] == [("省级", "Province"), ("县级", "County")]
    for question in (question for group in groups for question in group.questions):
        for asked in question:
            reply = visitor.post("/api/ask", json={"question": asked}).json()
            assert reply["status"] == "answered", (asked, reply["body"])


@pytest.mark.parametrize("address", ["/api/docs?lang=zh", "/api/docs?lang=en", "/library?lang=zh", "/library?lang=en"])
def test_pages_are_of_the_county(address: str, visitor: TestClient) -> None:
    page = visitor.get(address)
    assert page.status_code == 200
    assert seen(page.text) == []


def test_the_description_of_the_api_is_of_no_place(visitor: TestClient) -> None:
    assert seen(visitor.get("/openapi.json").text) == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(AskedKind))
def test_a_model_is_told_of_no_place(language: Language, kind: AskedKind) -> None:
    assert seen(system_prompt(language, kind, TODAY)) == []
    assert seen(plan_prompt(language)) == []


def test_the_commands_are_of_no_place(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["--help"], ["ask", "--help"], ["chat", "--help"]):
        with pytest.raises(SystemExit):
            main(command)
    assert seen(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("省里给集群企业多少", "省"),
        ("我们县呢，首次认定高新技术企业奖多少", "县"),
        ("What does the county pay for a new high-tech company?", "县"),
        ("What does Hunan pay for technical renovation?", "省"),
    ],
)
def test_the_level_that_is_asked_answers(question: str, level: str, visitor: TestClient) -> None:
    reply = visitor.post("/api/ask", json={"question": question}).json()
    assert reply["status"] == "answered", reply["body"]
    assert reply["citations"][0]["level"] == level
    assert seen(json.dumps(reply, ensure_ascii=False)) == []
