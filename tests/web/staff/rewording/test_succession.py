"""A policy that takes another's place: what both grant is taken over in one press; before that a draft says what it loses."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_folder, drafts
from ingest.corpus.load import load_corpus
from ingest.entitlements.files import read_files
from tests.web.staff.conftest import FIRMS, FIRMS_TEXT, STAFF
from web.staff.approvals.falling import falling_out
from web.staff.shell.office import Office

HOME = "/staff/entitlements/reworded"
TITLE = "伊金霍洛旗支持企业高质量发展若干措施"
CARE_TITLE = "伊金霍洛旗支持养老服务若干措施"
LATER = "伊金霍洛旗支持企业做大做强若干办法"
REWARD = "对首次认定的高新技术企业给予30万元奖励"
SETTLING = "对全职引进的博士给予20万元安家补贴"
LATER_TEXT = (
    FIRMS_TEXT.replace(TITLE, LATER)
    .replace("30万元", "40万元")
    .replace("本措施自2026年1月1日起", f"《{TITLE}》同时废止。本办法自2026年9月1日起")
)


def record(identifier: str, title: str, span: str, who: str, figure: str) -> dict[str, Any]:
    return {
        "id": identifier,
        "title": title,
        "kind": "奖励",
        "spans": [span],
        "recipient": {"who": who, "span": None},
        "conditions": {"all": []},
        "amounts": [{"object": "", "figure": figure, "bound": "fixed", "span": span}],
        "review": {"by": "从前", "on": "2026-01-02"},
    }


@pytest.fixture
def texts(texts: Path) -> Path:
    """The delivered folder with two accepted records of the policy that will be over."""
    (texts / "entitlements").mkdir()
    both = [
        record("k1", "高企奖励", REWARD, "company", "30万元"),
        record("k2", "博士安家", SETTLING, "person", "20万元"),
    ]
    written = json.dumps({"document": TITLE, "records": both}, ensure_ascii=False)
    (texts / "entitlements" / "企业.json").write_text(written, "utf-8")
    # Another policy has a record of the same id, which prints the same money again.
    again = {
        **record("k1", "护理员补贴", "养老护理员每月给予500元岗位补贴", "person", "500元"),
        "same_as": [f"{TITLE}:k2"],
    }
    (texts / "entitlements" / "养老.json").write_text(
        json.dumps({"document": CARE_TITLE, "records": [again]}, ensure_ascii=False), "utf-8"
    )
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


@pytest.fixture
def draft(client: TestClient, office: Office) -> Draft:
    """One into which the later policy has come."""
    client.post("/staff/corpus/drafts")
    (made,) = drafts(office.settings.home)
    (draft_folder(office.settings.home, made) / "做大做强.txt").write_text(LATER_TEXT, encoding="utf-8")
    return made


def test_what_the_later_policy_grants_too_is_taken_over_in_one_press(
    client: TestClient, office: Office, draft: Draft
) -> None:
    table = unescape(client.get(f"/staff/entitlements?draft={draft.id}").text)
    assert "有 2 项属于已被取代的政策" in table
    page = unescape(client.get(f"{HOME}?draft={draft.id}").text)
    assert page.count(f"《{LATER}》取代《{TITLE}》") == 2
    assert "引用的字句一字未改" in page
    assert "<del>30万元</del> → <ins>40万元</ins>" in page
    reply = client.post(HOME, data={"draft": draft.id, "take": re.findall(r'name="take" value="(\w+)"', page)})
    assert reply.status_code == 303
    kept = {one.key: one for one in read_files(draft_folder(office.settings.home, draft)).records}
    assert set(kept) == {f"{CARE_TITLE}:k1", *(f"{title}:{name}" for title in (TITLE, LATER) for name in ("k1", "k2"))}
    assert kept[f"{CARE_TITLE}:k1"].same_as == (f"{TITLE}:k2",)
    assert [kept[f"{LATER}:k{n}"].amounts[0].figure for n in (1, 2)] == ["40万元", "20万元"]
    assert kept[f"{LATER}:k1"].review.by == STAFF
    assert "属于已被取代的政策" not in client.get(f"/staff/entitlements?draft={draft.id}").text
    assert "引用的字句一字未改" not in client.get(f"{HOME}?draft={draft.id}").text


def test_before_that_the_draft_says_what_it_loses(client: TestClient, office: Office, draft: Draft) -> None:
    serving = office.door.bot.corpus
    folder = draft_folder(office.settings.home, draft)
    lost = falling_out(serving, load_corpus(folder), "x").records
    assert [one.title for one in lost] == ["高企奖励", "博士安家"]
    assert LATER in lost[0].why["zh"]
    assert LATER in lost[0].why["en"]
    marks = re.findall(r'name="take" value="(\w+)"', client.get(f"{HOME}?draft={draft.id}").text)
    client.post(HOME, data={"draft": draft.id, "take": marks[:1]})
    assert len(falling_out(serving, load_corpus(folder), "y").records) == 1


def test_nothing_is_said_where_no_policy_is_over(client: TestClient, office: Office) -> None:
    assert FIRMS in {one.name for one in office.door.bot.corpus.folder.iterdir()}
    assert "取代" not in client.get("/staff/entitlements").text
    assert falling_out(office.door.bot.corpus, office.door.bot.corpus, "z").records == ()
