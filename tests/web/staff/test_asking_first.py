"""Nothing is deleted by one press: every form that takes something away lies behind a question, script or no script."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html

from bot.pipeline import PolicyBot
from bot.records.types import TurnOrigin
from bot.types import Question
from eval.cases.cases import Case
from eval.sets.question_sets import save_set
from ingest.corpus.draft import Draft, draft_folder, drafts
from tests.web.conftest import TODAY
from tests.web.staff.conftest import CARE, FIRMS_TEXT, job_of
from tests.web.staff.test_pages import staff_routes
from web.staff.shell.office import Office

TAKES_AWAY = re.compile(r"/(?:delete|remove|discard|forget)$")


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def addresses(client: TestClient, office: Office) -> list[str]:
    """Pages with everything that can be deleted."""
    client.post("/staff/corpus/drafts")
    (draft,) = drafts(office.settings.home)
    new = draft_folder(office.settings.home, draft) / "新版.txt"
    new.write_text(FIRMS_TEXT.replace("30万元", "60万元"), encoding="utf-8")  # names the one it could take the place of
    save_set(office.settings.home, "own", [Case("W1", ("怎么申请？",))], office.door.bot.corpus)
    run = job_of(office, client.post("/staff/evaluation/run", data={"set": "own"})).result
    return [run, _record(office), *_paths(draft)]


def _record(office: Office) -> str:
    assert office.records is not None
    answer = office.door.bot.ask(Question(("高企首次认定奖励多少？",), TODAY))
    kept = [office.records.keep_turn(answer, TurnOrigin("c", "203.0.113.7", datetime.now(UTC))) for _ in range(2)]
    return f"/staff/records/{kept[0]}"


def _paths(draft: Draft) -> list[str]:
    base = f"/staff/corpus/drafts/{draft.id}"
    sets = "/staff/evaluation/sets/own"
    return [
        "/staff/evaluation",
        f"{sets}/cases",
        f"{sets}/case?id=W1",
        base,
        f"{base}/file?name={CARE}",
        f"{base}/file?name=新版.txt",
        f"/staff/glossary?draft={draft.id}",
        "/staff/glossary",
    ]


def forms_that_take_away(page: str) -> list[Any]:
    document: Any = html.fromstring(page)
    return [form for form in document.forms if TAKES_AWAY.search(str(form.action or ""))]


def test_every_form_that_takes_something_away_asks_first(
    client: TestClient, staff_app: FastAPI, addresses: list[str]
) -> None:
    met: set[str] = set()
    for address in addresses:
        reply = client.get(address)
        assert reply.status_code == 200, address
        for form in forms_that_take_away(reply.text):
            (around, *_) = form.xpath("ancestor::details[contains(@class, 'sure')]") or [None]
            assert around is not None, (address, form.action)
            assert around.get("open") is None, "closed until somebody asks for it"
            question = "".join(around.itertext())
            assert "确认" in question or "不能恢复" in question or "丢失" in question, (address, question)
            assert form.xpath(".//input[@name='csrf']"), form.action
            met.add(str(form.action).rpartition("/")[2])
    takes_away = {path for method, path in staff_routes(staff_app) if method == "POST" and TAKES_AWAY.search(path)}
    assert len(takes_away) >= 7
    assert met == {path.rpartition("/")[2] for path in takes_away}


def test_a_page_looked_at_takes_nothing_away(client: TestClient, staff_app: FastAPI) -> None:
    """No address that is merely opened, as by a link or a program that looks ahead, deletes anything."""
    taken = [path for method, path in staff_routes(staff_app) if method == "GET" and TAKES_AWAY.search(path)]
    assert taken == []
    assert client.get("/staff/corpus/drafts/x/discard").status_code in (404, 405)
