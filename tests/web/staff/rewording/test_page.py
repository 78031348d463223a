"""Records whose words changed: before and now side by side, many taken over at once, what differs judged by a person."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import draft_folder, drafts
from ingest.entitlements.files import read_files
from ingest.entitlements.types import Entitlement
from tests.web.staff.conftest import COLLEAGUE, STAFF
from web.staff.shell.office import Office

HOME = "/staff/entitlements/reworded"
TITLE = "伊金霍洛旗支持企业高质量发展若干措施"
WAS = "对首次认定的高新技术企业给予25万元奖励"
NOW = "对首次认定的高新技术企业给予30万元奖励"


def record(identifier: str, span: str, figure: str = "25万元") -> dict[str, Any]:
    return {
        "id": identifier,
        "title": f"高企奖励{identifier}（{figure}）",
        "kind": "奖励",
        "spans": [span],
        "recipient": {"who": "company", "span": None},
        "conditions": {"all": []},
        "amounts": [{"object": identifier, "figure": figure, "bound": "fixed", "span": span}],
        "review": {"by": "从前", "on": "2026-01-02"},
    }


@pytest.fixture
def texts(texts: Path) -> Path:
    """The delivered folder with a record whose figure changed, twice told, and one that nothing stands for any more."""
    (texts / "entitlements").mkdir()
    second = {**record("k2", WAS), "title": "高企奖励再列", "recipient": {"who": "person", "span": None}}
    gone = record("k3", "对连续三年零排放的航天企业给予99万元补偿", "99万元")
    written = json.dumps({"document": TITLE, "records": [record("k1", WAS), second, gone]}, ensure_ascii=False)
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
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


def marks(page: str) -> list[str]:
    return re.findall(r'name="take" value="(\w+)"', page)


def records(office: Office) -> dict[str, Entitlement]:
    (draft,) = drafts(office.settings.home)
    return {one.id: one for one in read_files(draft_folder(office.settings.home, draft)).records}


def test_what_changed_stands_side_by_side_and_is_taken_over_at_once(client: TestClient, office: Office) -> None:
    assert HOME in client.get("/staff/entitlements").text
    page = unescape(client.get(HOME).text)
    assert "给予<del>25</del>万元奖励" in page
    assert "给予<ins>30</ins>万元奖励" in page
    assert "<del>25万元</del> → <ins>30万元</ins>" in page
    assert "高企奖励k1（30万元）" in page, "the name follows the figure"
    assert "要手工改的 1 项" in page
    assert len(marks(page)) == 2
    reply = client.post(HOME, data={"draft": "", "take": marks(page)})
    assert reply.status_code == 303
    kept = records(office)
    assert [(kept[one].spans, kept[one].amounts[0].figure) for one in ("k1", "k2")] == [((NOW,), "30万元")] * 2
    assert {kept[one].review.by for one in ("k1", "k2")} == {STAFF}
    assert kept["k3"].review.by == "从前", "what nobody judged stays as it was"
    after = client.get(reply.headers["location"]).text
    assert "已采用 2 项" in after
    assert not marks(after)
    assert [entry.what for entry in office.audit.entries()][:3] == [
        "entitlement_reworded",
        "entitlement_reworded",
        "corpus_draft_begun",
    ]
    assert "records taken over" in client.get(f"{reply.headers['location']}&lang=en").text


def test_the_second_of_two_is_told_and_nothing_is_written(
    client: TestClient, colleague: TestClient, office: Office
) -> None:
    first, second = marks(client.get(HOME).text)
    reply = colleague.post(HOME, data={"draft": "", "take": [first]})
    draft = drafts(office.settings.home)[0].id
    assert reply.status_code == 303
    late = client.post(HOME, data={"draft": draft, "take": [first, second]})
    assert (late.status_code, COLLEAGUE in late.text) == (409, True)
    assert records(office)["k2"].amounts[0].figure == "25万元"
    assert f'value="{second}" checked' in late.text
