"""The English of a draft, drafted by the model in a job: written into the draft alone, and marked as nobody's."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_folder, drafts
from ingest.editions.files import read_edition_files
from tests.bot.chat_server import ScriptedServer, says, scripted_server
from tests.web.staff.conftest import job_of
from web.settings import WebSettings
from web.staff.entitlements.page import HOME
from web.staff.shell.office import Office

MODEL = "openai:scripted"


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


def test_the_button_stands_in_a_draft_alone(client: TestClient, draft: Draft) -> None:
    assert "让模型起草英文" not in client.get(HOME).text
    assert "Let the model draft the English" in client.get(f"{HOME}?draft={draft.id}&lang=en").text


def test_a_reply_without_english_leaves_the_draft_as_it_was(
    client: TestClient, office: Office, draft: Draft, server: ScriptedServer
) -> None:
    server.behaviour = says(json.dumps({"english": []}))
    job = job_of(office, client.post(f"{HOME}/translate", data={"draft": draft.id}))
    assert (job.state, job.result) == ("done", f"/staff/corpus/drafts/{draft.id}")
    assert not read_edition_files(draft_folder(office.settings.home, draft)).documents
    assert [entry.what for entry in office.audit.entries()][:2] == ["edition_drafted", "edition_drafting"]
    assert "模型起草英文对照" in client.get("/staff/audit").text
