"""The records that a draft puts out of use: said on its page and on that of approvals before anything is published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_folder, draft_place, drafts
from tests.web.staff.conftest import CARE, FIRMS, form_of, tree
from web.settings import WebSettings
from web.staff.approvals.falling import FILE
from web.staff.corpus.checking import CHECK
from web.staff.shell.office import Office

TITLE = "伊金霍洛旗支持企业高质量发展若干措施"
GRANTED = "对首次认定的高新技术企业给予30万元奖励"
RECORD: dict[str, Any] = {
    "id": "k1",
    "title": "高新技术企业奖励",
    "kind": "奖励",
    "spans": [GRANTED],
    "recipient": {"who": "company", "span": None},
    "conditions": {"all": []},
    "amounts": [{"object": "", "figure": "30万元", "bound": "fixed", "span": GRANTED}],
}
GONE = {**RECORD, "id": "k2", "title": "早已改写的奖励", "spans": ["给予99万元奖励"], "amounts": []}


@pytest.fixture
def texts(texts: Path) -> Path:
    """The delivered folder with one record that is used and one that fell out long ago."""
    (texts / "entitlements").mkdir()
    written = json.dumps({"document": TITLE, "records": [RECORD, GONE]}, ensure_ascii=False)
    (texts / "entitlements" / "企业.json").write_text(written, "utf-8")
    return texts


@pytest.fixture
def built_home(tmp_path: Path) -> Any:
    """The index of these texts, which the records leave as it is."""
    from index.measure.killed_builds import HashedPairs
    from index.store.store import build_index

    def home_of(corpus: Any) -> Path:
        build_index(corpus, HashedPairs(), tmp_path / "built")
        return tmp_path / "built"

    return home_of


@pytest.fixture
def staff_settings(staff_settings: WebSettings) -> WebSettings:
    return staff_settings.model_copy(update={"approval": True})


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def draft(client: TestClient, office: Office) -> Draft:
    client.post("/staff/corpus/drafts")
    (made,) = drafts(office.settings.home)
    return made


def change(office: Office, draft: Draft, name: str, old: str, new: str) -> None:
    path = draft_folder(office.settings.home, draft) / name
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")


def told(page: str) -> str:
    return tree(page).xpath("string(//*[contains(@class, 'falling')])")


def test_what_falls_out_is_said_on_the_draft_and_to_whoever_approves(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    change(office, draft, FIRMS, "30万元", "40万元")
    page = client.get(f"/staff/corpus/drafts/{draft.id}").text
    assert "1 项支持事项不能用" in told(page)
    assert RECORD["title"] in told(page)
    assert GONE["title"] not in told(page), "it is out of use already"
    assert f"/staff/entitlements/reworded?draft={draft.id}" in page
    client.post(f"/staff/approvals/{draft.id}/ask", data=form_of(page, "/ask"))
    page = colleague.get("/staff/approvals").text
    assert "1 项支持事项不能用" in told(page)
    assert "还没有测算过影响" in page
    assert "没有随政策的题目" in page
    assert f"/staff/corpus/compare?before=serving&amp;after=draft:{draft.id}" in page


def test_a_draft_that_leaves_the_quoted_words_alone_warns_of_nothing_and_is_read_once(
    client: TestClient, office: Office, draft: Draft
) -> None:
    change(office, draft, CARE, "500元", "600元")
    for _ in range(2):
        assert told(client.get(f"/staff/corpus/drafts/{draft.id}").text) == ""
    assert [job.state for job in office.jobs.all() if job.kind == CHECK] == ["done"]
    (draft_place(office.settings.home, draft) / FILE).write_text("{")
    assert "支持事项不能用" not in tree(client.get(f"/staff/corpus/drafts/{draft.id}").text).xpath(
        "string(//*[@class='notice'])"
    )


def test_a_draft_that_cannot_be_read_says_so(client: TestClient, office: Office, draft: Draft) -> None:
    (draft_folder(office.settings.home, draft) / "corpus.toml").write_text("[", encoding="utf-8")
    page = client.get(f"/staff/corpus/drafts/{draft.id}")
    assert page.status_code == 200
    assert "没能核对" in page.text
