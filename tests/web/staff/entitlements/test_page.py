"""Entitlements in a draft: accepted, refused, corrected, added; what cannot be used is one sentence and saves nothing."""

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
from ingest.entitlements.files import read_files
from ingest.entitlements.types import Entitlement, ReadableCondition, leaves
from tests.web.conftest import TODAY
from tests.web.staff.conftest import STAFF
from web.staff.shell.office import Office

HOME = "/staff/entitlements"
TITLE = "伊金霍洛旗支持企业高质量发展若干措施"
CARE = "伊金霍洛旗支持养老服务若干措施"
GRANTED = "对首次认定的高新技术企业给予30万元奖励"
KEY = f"{TITLE}:k1"
WAITING: dict[str, Any] = {
    "id": "k1",
    "title": "高新技术企业奖励",
    "kind": "奖励",
    "spans": [GRANTED],
    "recipient": {"who": "company", "span": None},
    "conditions": {"all": []},
    "amounts": [{"object": "", "figure": "30万元", "bound": "fixed", "span": GRANTED}],
}
GONE = {**WAITING, "id": "k2", "title": "早已改写的奖励", "spans": ["给予99万元奖励"], "amounts": []}


@pytest.fixture
def texts(texts: Path) -> Path:
    """The delivered folder with one record that waits and one whose words stand nowhere."""
    (texts / "entitlements").mkdir()
    written = json.dumps({"document": TITLE, "records": [WAITING, GONE]}, ensure_ascii=False)
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


def only_draft(office: Office) -> Draft:
    (draft,) = drafts(office.settings.home)
    return draft


def records(office: Office) -> dict[str, Entitlement]:
    folder = draft_folder(office.settings.home, only_draft(office))
    return {record.key: record for record in read_files(folder).records}


def table(page: str) -> str:
    return unescape(page.split("<tbody>")[1].split("</tbody>")[0]) if "<tbody>" in page else ""


def opened_of(page: str, key: str) -> str:
    """The mark that a row's form carries."""
    found = re.search(rf'name="key" value="{re.escape(key)}"><input type="hidden" name="opened" value="(\w+)"', page)
    assert found, key
    return found[1]


def save(client: TestClient, record: object, key: str = KEY, **more: str) -> Any:
    text = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)
    return client.post(f"{HOME}/save", data={"key": key, "text": text, "document": TITLE, **more})


def test_every_record_is_listed_with_its_standing(client: TestClient) -> None:
    page = client.get(HOME).text
    assert "<b>高新技术企业奖励</b>" in page
    assert "奖励 → 企业 · 30万元" in page
    assert table(client.get(f"{HOME}?standing=flagged").text).count("<tr>") == 1
    assert "早已改写的奖励" in table(client.get(f"{HOME}?standing=flagged").text)
    proposed = table(client.get(f"{HOME}?standing=proposed").text)
    assert "给予20万元安家补贴" in proposed, "what the rules propose is listed as well"
    assert table(client.get(f"{HOME}?standing=accepted").text) == ""
    assert table(client.get(f"{HOME}?q=高新技术").text).count("<tr>") == 1


def test_accepting_names_who_and_when_in_a_draft(client: TestClient, office: Office, texts: Path) -> None:
    before = (texts / "entitlements" / "企业.json").read_bytes()
    opened = opened_of(client.get(HOME).text, KEY)
    reply = client.post(f"{HOME}/accept", data={"key": KEY, "opened": opened})
    assert reply.headers["location"] == f"{HOME}?draft={only_draft(office).id}"
    review = records(office)[KEY].review
    assert (review.by, review.on, review.accepted) == (STAFF, TODAY, True)
    assert list(records(office)) == [KEY, f"{TITLE}:k2"], "the others stay where they were"
    assert (texts / "entitlements" / "企业.json").read_bytes() == before
    page = client.get(f"{reply.headers['location']}&standing=accepted").text
    assert f"{STAFF}，{TODAY}" in table(page)
    assert [entry.what for entry in office.audit.entries()][:2] == ["entitlement_accepted", "corpus_draft_begun"]


def test_a_proposal_of_the_rules_is_accepted_and_refused(client: TestClient, office: Office) -> None:
    page = client.get(f"{HOME}?standing=proposed&q=安家补贴").text
    found = re.search(r'name="key" value="([^"]+)"><input type="hidden" name="opened" value="(\w+)"', page)
    assert found
    key = unescape(found[1])
    client.post(f"{HOME}/refuse", data={"key": key, "opened": found[2]})
    draft = only_draft(office).id
    assert records(office)[key].review.refused
    assert records(office)[key].review.proposed_by == "rules"
    assert "给予20万元安家补贴" not in table(client.get(f"{HOME}?draft={draft}&standing=proposed").text)
    client.post(f"{HOME}/accept", data={"key": key, "draft": draft})
    assert records(office)[key].review.accepted


def test_a_corrected_record_is_that_of_whoever_corrected_it(client: TestClient, office: Office) -> None:
    form = client.get(f"{HOME}?edit={KEY}").text
    text = unescape(form.split('aria-describedby="text-about">')[1].split("</textarea>")[0])
    record = json.loads(text)
    assert "review" not in record
    reply = save(client, {**record, "title": "高企首次认定奖励"}, opened=opened_of(client.get(HOME).text, KEY))
    assert reply.status_code == 303
    kept = records(office)[KEY]
    assert (kept.title, kept.review.by) == ("高企首次认定奖励", STAFF)


def filled_form(page: str) -> dict[str, str]:
    """What a browser would send of the fields, as they were shown."""
    form = page.split('id="fields">')[1].split("</form>")[0]
    sent = {name: unescape(value) for name, value in re.findall(r'<input[^>]*name="(\w+)" value="([^"]*)"', form)}
    sent |= {name: unescape(value) for name, value in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)<', form)}
    for name, chosen in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form):
        (value,) = re.findall(r'value="(\w*)" selected', chosen) or [""]
        sent[name] = value
    return sent


def test_a_record_is_corrected_in_fields(client: TestClient, office: Office) -> None:
    shown = filled_form(client.get(f"{HOME}?edit={KEY}").text)
    assert (shown["title"], shown["kind"], shown["who"]) == ("高新技术企业奖励", "奖励", "company")
    assert (shown["a0_figure"], shown["a0_bound"]) == ("30万元", "fixed")
    typed = {"c0_attribute": "recognition", "c0_operator": "is", "c0_value": "高新技术企业", "c0_span": "高新技术企业"}
    reply = client.post(f"{HOME}/save", data={**shown, **typed, "title": "高企首次认定奖励"})
    assert reply.status_code == 303
    kept = records(office)[KEY]
    assert (kept.title, kept.review.by) == ("高企首次认定奖励", STAFF)
    (condition,) = leaves(kept.conditions)
    assert isinstance(condition, ReadableCondition)
    assert (condition.attribute, condition.words) == ("recognition", ("高新技术企业",))
    assert [row.figure for row in kept.amounts] == ["30万元"]


def test_a_new_record_is_filled_in_and_gets_a_free_id(client: TestClient, office: Office) -> None:
    span = "养老护理员每月给予500元岗位补贴"
    shown = filled_form(client.get(f"{HOME}?add={CARE}").text)
    assert shown["id"] == "k1"
    assert filled_form(client.get(f"{HOME}?add={TITLE}").text)["id"] == "k3"
    typed = {"title": "护理员岗位补贴", "kind": "补贴", "who": "person", "spans": span}
    amount = {"a0_figure": "500元", "a0_bound": "fixed", "a0_period": "每月", "a0_span": span}
    assert client.post(f"{HOME}/save", data={**shown, **typed, **amount}).status_code == 303
    kept = records(office)[f"{CARE}:k1"]
    assert (kept.recipient.who, kept.amounts[0].period) == ("person", "每月")


def test_what_was_filled_in_wrongly_is_said_and_stays_in_the_form(client: TestClient, office: Office) -> None:
    shown = filled_form(client.get(f"{HOME}?edit={KEY}").text)
    typed = {"c1_attribute": "investment", "c1_operator": "at_least", "c1_value": "很多", "c1_span": "高新技术企业"}
    reply = client.post(f"{HOME}/save", data={**shown, **typed, "title": "改了名"})
    assert reply.status_code == 422
    again = filled_form(reply.text)
    assert (again["title"], again["c0_value"], again["c0_attribute"]) == ("改了名", "很多", "investment")
    assert "很多" in reply.text.split('role="alert">')[1].split("</p>")[0]
    assert drafts(office.settings.home) == []


def test_a_new_record_is_added(client: TestClient, office: Office) -> None:
    span = "养老护理员每月给予500元岗位补贴"
    record = {"id": "k1", "title": "护理员岗位补贴", "kind": "补贴", "spans": [span], "recipient": {"who": "person"}}
    assert "为《" + CARE + "》补充一项" in client.get(f"{HOME}?add={CARE}").text
    assert save(client, record, "", document=CARE).status_code == 303
    assert records(office)[f"{CARE}:k1"].review.by == STAFF
    assert len(records(office)) == 3


@pytest.mark.parametrize(
    ("record", "key", "says"),
    [
        ("{", KEY, "JSON"),
        ("[]", KEY, "JSON"),
        ({**WAITING, "colour": 1}, KEY, "colour"),
        ({**WAITING, "kind": "红包"}, KEY, "红包"),
        ({**WAITING, "spans": ["给予31万元奖励"]}, KEY, "给予31万元奖励"),
        ({**WAITING, "id": "k9"}, KEY, "k1"),
        ({**WAITING, "id": "k1"}, "", "k1"),
        ({**WAITING, "same_as": ["没有的文件:k1"]}, KEY, "没有的文件:k1"),
        (
            {**WAITING, "conditions": {"all": [{"span": GRANTED, "attribute": "colour", "operator": "is", "value": ["红"]}]}},
            KEY,
            "colour",
        ),
        ({**WAITING, "title": '"><script>x()</script>', "spans": ["<b>"]}, KEY, "&lt;b&gt;"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_sentence_and_saves_nothing(
    client: TestClient, office: Office, record: object, key: str, says: str
) -> None:
    reply = save(client, record, key)
    assert reply.status_code == 422
    alert = reply.text.split('role="alert">')[1].split("</p>")[0]
    assert says in alert
    assert "<script>x" not in reply.text
    assert list(drafts(office.settings.home)) == [], "no draft is begun for nothing"
    if isinstance(record, dict):
        assert (
            json.loads(unescape(reply.text.split('aria-describedby="text-about">')[1].split("</textarea>")[0]))
            == record
        )


def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    client: TestClient, colleague: TestClient, office: Office
) -> None:
    opened = opened_of(client.get(HOME).text, KEY)
    colleague.post(f"{HOME}/accept", data={"key": KEY, "opened": opened})
    draft = only_draft(office).id
    late = save(client, {**WAITING, "title": "另一个名字"}, opened=opened, draft=draft)
    assert late.status_code == 409
    assert 'id="clash"' in late.text
    assert "另一个名字" in unescape(late.text)
    assert records(office)[KEY].title == "高新技术企业奖励"
    assert client.post(f"{HOME}/refuse", data={"key": KEY, "opened": opened, "draft": draft}).status_code == 409


@pytest.mark.parametrize("key", [f"{TITLE}:k2", "没有:k1", ""])
def test_what_does_not_stand_cannot_be_accepted(client: TestClient, office: Office, key: str) -> None:
    assert client.post(f"{HOME}/accept", data={"key": key}).status_code == 422
    assert list(drafts(office.settings.home)) == []


def test_nobody_comes_in_without_signing_in(visitor: TestClient) -> None:
    assert visitor.get(HOME).status_code in (303, 307)
    assert visitor.post(f"{HOME}/accept", data={"key": KEY}).status_code in (303, 401, 403)
