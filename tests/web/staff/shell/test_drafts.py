from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import FormData

from bot.pipeline import PolicyBot
from ingest.corpus.draft import drafts
from ingest.errors import DraftUnusable
from tests.web.staff.conftest import STAFF
from web.staff.shell.drafts import named_draft
from web.staff.shell.office import Office


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


def test_a_form_that_names_no_draft_begins_one_and_the_log_says_who(client: TestClient, office: Office) -> None:
    row = {"table": "people", "spoken": "安家钱", "words": "高新技术企业", "draft": ""}
    client.post("/staff/glossary/row", data=row)
    (made,) = drafts(office.settings.home)
    assert named_draft(office, FormData({"draft": made.id})) == made
    begun = [one for one in office.audit.entries() if one.what == "corpus_draft_begun"]
    assert [(one.who, one.about) for one in begun] == [(STAFF, made.id)]


def test_none_is_named_by_an_empty_field_and_a_wrong_one_is_a_fault(client: TestClient, office: Office) -> None:
    del client  # signs in
    assert named_draft(office, FormData({"draft": ""})) is None
    assert named_draft(office, FormData({})) is None
    with pytest.raises(DraftUnusable):
        named_draft(office, FormData({"draft": "20260101-000000-nobody"}))
