"""The model's suggestions in a draft: a job that can be stopped, its results reviewed like the rules' proposals."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_folder, drafts
from ingest.entitlements.files import read_files
from ingest.entitlements.types import Entitlement
from tests.bot.chat_server import Behaviour, Line, ScriptedServer, hangs, says, scripted_server
from tests.bot.proposing import conftest
from tests.web.conftest import TODAY
from tests.web.staff.conftest import STAFF, job_of
from web.settings import WebSettings
from web.staff.entitlements.page import HOME
from web.staff.entitlements.suggesting import SUGGEST
from web.staff.shell.office import Office

MODEL = "openai:scripted"
GRANTED = "养老护理员每月给予500元岗位补贴"
RECORD: dict[str, Any] = {
    "title": "养老护理员补贴",
    "kind": "补贴",
    "spans": [GRANTED],
    "recipient": {"who": "person", "span": "养老护理员"},
    "conditions": {"all": []},
    "amounts": [{"object": "", "figure": "500元", "bound": "fixed", "period": "每月", "span": "每月给予500元"}],
}
INVENTED = {**RECORD, "amounts": [{**RECORD["amounts"][0], "figure": "5000元"}]}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server


@pytest.fixture
def staff_settings(staff_settings: WebSettings, server: ScriptedServer) -> WebSettings:
    return staff_settings.model_copy(update={"chat_model": MODEL, "chat_base_url": server.url})


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def draft(client: TestClient, office: Office) -> Draft:
    client.post("/staff/corpus/drafts")
    (made,) = drafts(office.settings.home)
    return made


def answers(*records: dict[str, Any]) -> Behaviour:
    """The records for the clause that grants, none for the others."""
    return conftest.answers(*((GRANTED, record) for record in records))


def records(office: Office, draft: Draft) -> dict[str, Entitlement]:
    return {record.title: record for record in read_files(draft_folder(office.settings.home, draft)).records}


def suggest(client: TestClient, draft: Draft, **more: str) -> Any:
    return client.post(f"{HOME}/suggest", data={"draft": draft.id, **more})


def test_the_button_stands_in_a_draft_alone(client: TestClient, draft: Draft) -> None:
    assert "让模型补充建议" not in client.get(HOME).text
    page = client.get(f"{HOME}?draft={draft.id}").text
    assert "让模型补充建议" in page
    assert MODEL in page
    assert "Let the model suggest more" in client.get(f"{HOME}?draft={draft.id}&lang=en").text


def test_suggestions_wait_in_the_draft_until_somebody_accepts_them(
    client: TestClient, office: Office, draft: Draft, server: ScriptedServer, texts: Path
) -> None:
    server.behaviour = answers(RECORD, INVENTED)
    job = job_of(office, suggest(client, draft))
    assert (job.state, job.result) == ("done", f"{HOME}?draft={draft.id}&standing=suggested")
    page = client.get(job.result).text
    assert page.count("<tr>") == 2, "the one that stands, and the head of the table"
    assert '<span class="chip warn">模型建议</span>' in page
    assert f"{MODEL}，{TODAY}" in page
    assert "5000元" not in page
    waiting = records(office, draft)["养老护理员补贴"].review
    assert (waiting.accepted, waiting.model, waiting.proposed_on) == (False, MODEL, TODAY)
    assert GRANTED not in client.get(f"{HOME}?draft={draft.id}&standing=proposed").text, "the rules' one gave way"
    assert not (texts / "entitlements").exists(), "what serves stays as it is"
    found = re.search(r'name="key" value="([^"]+)"><input type="hidden" name="opened" value="(\w+)"', page)
    assert found
    client.post(f"{HOME}/accept", data={"key": unescape(found[1]), "opened": found[2], "draft": draft.id})
    review = records(office, draft)["养老护理员补贴"].review
    assert (review.by, review.on, review.model, review.proposed_on) == (STAFF, TODAY, MODEL, TODAY)
    entries = [(entry.what, entry.about) for entry in office.audit.entries()][:3]
    assert entries[0][0] == "entitlement_accepted"
    assert entries[1:] == [("entitlement_proposed", MODEL), ("entitlement_suggesting", MODEL)]
    assert "模型补充支持事项建议" in client.get("/staff/audit").text


def test_suggestions_are_published_with_the_draft_and_stay_unaccepted(
    client: TestClient, office: Office, draft: Draft, server: ScriptedServer
) -> None:
    server.behaviour = answers(RECORD)
    job_of(office, suggest(client, draft))
    reply = client.post(f"/staff/corpus/drafts/{draft.id}/publish")
    assert job_of(office, reply).state == "done"
    (record,) = read_files(office.door.bot.corpus.folder).records
    assert (record.review.accepted, record.review.model) == (False, MODEL)
    assert "模型建议" in client.get(f"{HOME}?standing=suggested").text


def test_a_suggestion_is_corrected_and_refused_like_any(
    client: TestClient, office: Office, draft: Draft, server: ScriptedServer
) -> None:
    server.behaviour = answers(RECORD)
    job_of(office, suggest(client, draft))
    kept = records(office, draft)["养老护理员补贴"]
    page = client.get(f"{HOME}?draft={draft.id}&edit={kept.key}").text
    mark = re.search(r'name="opened" value="(\w+)"', page)
    text = unescape(page.split('aria-describedby="text-about">')[1].split("</textarea>")[0])
    assert mark
    changed = json.dumps({**json.loads(text), "title": "护理员岗位补贴"}, ensure_ascii=False)
    given = {"key": kept.key, "text": changed, "draft": draft.id, "opened": mark[1]}
    assert client.post(f"{HOME}/save", data=given).status_code == 303
    corrected = records(office, draft)["护理员岗位补贴"].review
    assert (corrected.by, corrected.model) == (STAFF, MODEL)
    proposed = f"{HOME}?draft={draft.id}&standing=proposed"
    assert GRANTED not in client.get(proposed).text
    client.post(f"{HOME}/refuse", data={"key": kept.key, "draft": draft.id})
    assert GRANTED in client.get(proposed).text, "what the rules propose comes back"
    assert records(office, draft)["护理员岗位补贴"].review.refused
    job = job_of(office, suggest(client, draft))
    assert job.state == "done"
    assert len(records(office, draft)) == 1, "what was refused does not come back"


def test_it_is_stopped_while_a_reply_is_waited_for(
    client: TestClient, office: Office, draft: Draft, server: ScriptedServer
) -> None:
    server.behaviour = hangs
    reply = suggest(client, draft)
    identity = reply.headers["location"].rpartition("job=")[2]
    assert f'data-job="{identity}"' in client.get(reply.headers["location"]).text
    busy = suggest(client, draft)
    assert busy.status_code == 409
    client.post(f"/staff/jobs/{identity}/cancel")
    assert job_of(office, reply).state == "cancelled"
    assert records(office, draft) == {}
    server.behaviour = answers(RECORD)
    assert job_of(office, suggest(client, draft)).state == "done"


def test_what_went_wrong_is_one_sentence_in_the_reader_s_language(
    client: TestClient, office: Office, draft: Draft, server: ScriptedServer
) -> None:
    server.behaviour = says("已通过")
    job = job_of(office, suggest(client, draft))
    assert job.state == "failed"
    said = client.get(f"/staff/jobs/{job.id}").json()["error"]
    assert "没有得到回答" in said
    assert "模型没有按规定的格式回答" in said
    english = client.get(f"/staff/jobs/{job.id}?lang=en").json()["error"]
    assert english.startswith("Suggestions added: 0. Clauses without an answer:")
    assert "not of the form asked for" in english


def test_one_document_is_asked_about_alone(
    client: TestClient, office: Office, draft: Draft, server: ScriptedServer
) -> None:
    server.behaviour = answers(RECORD)
    job_of(office, suggest(client, draft, of="伊金霍洛旗支持养老服务若干措施"))
    assert len(server.seen) == 1
    assert "文件：《伊金霍洛旗支持养老服务若干措施》" in server.seen[0].prompt


def test_a_draft_that_is_gone_gets_nothing(
    client: TestClient, office: Office, draft: Draft, server: ScriptedServer
) -> None:
    def discards(line: Line) -> None:
        client.post(f"/staff/corpus/drafts/{draft.id}/discard")
        answers(RECORD)(line)

    server.behaviour = discards
    job = job_of(office, suggest(client, draft))
    assert job.state == "failed"
    assert drafts(office.settings.home) == []


@pytest.mark.parametrize("unset", ["", "no-such-provider:x"])
def test_without_a_model_there_is_no_button_and_no_job(
    client: TestClient, office: Office, draft: Draft, unset: str
) -> None:
    object.__setattr__(office.settings, "chat_model", unset)
    if not unset:
        assert "让模型补充建议" not in client.get(f"{HOME}?draft={draft.id}").text
    reply = suggest(client, draft)
    assert reply.status_code == 422
    assert "POLICYQA_CHAT_MODEL" in reply.text
    assert office.jobs.running(SUGGEST) is None
