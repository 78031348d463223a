"""A form that can no longer be saved: the page says why, and gives back what was typed."""

from __future__ import annotations

from fastapi.testclient import TestClient

from ingest.corpus.draft import discard_draft, drafts
from tests.web.staff.conftest import BROWSER, COLLEAGUE, FIRMS, STAFF
from web.staff.identity.roles import Role
from web.staff.shell.office import Office

TYPED = "某某局<b>发</b>"


def test_a_draft_thrown_away_meanwhile_gives_back_what_was_typed(client: TestClient, office: Office) -> None:
    client.post("/staff/corpus/drafts")
    (draft,) = drafts(office.settings.home)
    discard_draft(office.settings.home, draft)
    form = {"name": FIRMS, "issuer": TYPED, "opened": "0123456789abcdef"}
    reply = client.post(f"/staff/corpus/drafts/{draft.id}/describe", data=form, headers=BROWSER)
    assert reply.status_code == 422
    assert "某某局&lt;b&gt;发&lt;/b&gt;" in reply.text
    assert "没有保存的是这些内容" in reply.text
    assert "0123456789abcdef" not in reply.text


def test_a_role_taken_away_meanwhile_gives_back_what_was_typed(colleague: TestClient, office: Office) -> None:
    office.accounts.set_role(COLLEAGUE, Role.LOOK)
    form = {"key": "", "text": TYPED, "password": "geheim"}
    reply = colleague.post("/staff/entitlements/save", data=form, headers=BROWSER)
    assert reply.status_code == 403
    assert "某某局&lt;b&gt;发&lt;/b&gt;" in reply.text
    assert "geheim" not in reply.text


def test_whose_draft_is_thrown_away_is_said(client: TestClient, colleague: TestClient, office: Office) -> None:
    client.post("/staff/corpus/drafts")
    (draft,) = drafts(office.settings.home)
    page = f"/staff/corpus/drafts/{draft.id}"
    assert f"这份草稿是 {STAFF} 开始的。" in colleague.get(page).text
    assert "在里面改过的还有" not in colleague.get(page).text
    colleague.post(f"{page}/describe", data={"name": FIRMS, "issuer": "某局"})
    assert f"在里面改过的还有：{COLLEAGUE}。" in client.get(page).text
