"""Two people at one thing: the second is told by whom and when, sees both versions, and loses nothing typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from index.glossary.edit import glossary_rows
from ingest.corpus.draft import Draft, draft_folder, drafts
from ingest.corpus.versions import published_over
from tests.web.staff.conftest import CARE, COLLEAGUE, FIRMS, STAFF, form_of, is_shown_as_text
from web.staff.shell.audit_log import AuditLog
from web.staff.shell.edits import Clash, Sides, clash_over, is_changed, mark_of, sides_of
from web.staff.shell.office import Office

HOME = "/staff/corpus"
GLOSSARY = "/staff/glossary"
HOSTILE = "<img src=x onerror=pwn(1)> ${pwn(2)} {{7*7}}"
MOMENT = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d")


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def draft(client: TestClient, office: Office) -> Draft:
    client.post(f"{HOME}/drafts")
    (made,) = drafts(office.settings.home)
    return made


def told(page: str, who: str = COLLEAGUE) -> str:
    """What a page says of the other person's change."""
    said = unescape(page.split('id="clash"')[1].split("</div>")[0])
    assert who in said
    assert MOMENT.search(said)
    return said


# ── What is told ───────────────────────────────────────────────────────────────────────────────


def test_a_mark_tells_states_apart_and_knows_them_again() -> None:
    assert mark_of({"a": "1", "b": None}) == mark_of({"b": None, "a": "1"})
    assert mark_of(["高企", "高新技术企业"]) != mark_of(["高企", "高新技术"])
    assert len(mark_of("\ud800")) == 16
    assert is_changed("old", "new")
    assert not is_changed("", "new"), "a form that does not say what it showed is believed"


def test_the_last_change_of_just_this_thing_is_found(tmp_path: Path) -> None:
    moments = iter(datetime(2026, 11, 22, 4, minute, tzinfo=UTC) for minute in range(9))
    log = AuditLog(tmp_path / "audit.jsonl", lambda: next(moments))
    log.note("a", "row_changed", "高企", draft="1")
    log.note("b", "row_changed", "高企", draft="1")
    log.note("c", "row_changed", "高企", draft="2")
    log.note("d", "row_looked_at", "高企", draft="1")
    log.note("e", "row_changed", "博士", draft="1")
    found = clash_over(log, lambda one: (one.what, one.about, one.details) == ("row_changed", "高企", {"draft": "1"}))
    at = datetime(2026, 11, 22, 4, 1, tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    assert (found.who, found.at) == ("b", at)
    assert clash_over(log, lambda one: False, gone=True) == Clash("", "", True)


def test_both_versions_stand_field_by_field() -> None:
    sides = sides_of({"title": "标题", "region": "地区"}, {"title": "甲"}, {"title": "乙", "region": ""})
    assert sides == [Sides("标题", "甲", "乙"), Sides("地区", "", "")]
    assert [one.differ for one in sides] == [True, False]


# ── The data of a file ─────────────────────────────────────────────────────────────────────────


def test_the_second_to_fill_in_a_files_data_sees_both_and_empties_nothing(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    path = f"{HOME}/drafts/{draft.id}/file?name={CARE}"
    describe = f"{HOME}/drafts/{draft.id}/describe"
    mine, theirs = (form_of(who.get(path).text, "/describe") for who in (client, colleague))
    assert colleague.post(describe, data={**theirs, "title": f"养老措施{HOSTILE}"}).status_code == 303
    reply = client.post(describe, data={**mine, "region": "伊金霍洛旗", "page_offset": "3"})
    assert reply.status_code == 409
    told(reply.text)
    assert is_shown_as_text(reply.text, f"养老措施{HOSTILE}")
    assert "<td>伊金霍洛旗</td>" in reply.text
    again = form_of(reply.text, "/describe")
    assert (again["region"], again["page_offset"], again["title"]) == ("伊金霍洛旗", "3", "")
    said = client.get(path).text
    assert "养老措施" in said, "nothing was written over"
    merged = {**again, "title": "养老措施"}
    assert client.post(describe, data=merged).status_code == 303
    final = form_of(client.get(path).text, "/describe")
    assert (final["title"], final["region"], final["page_offset"]) == ("养老措施", "伊金霍洛旗", "3")


def test_saving_the_very_same_is_no_conflict_and_a_refused_form_keeps_what_it_was_opened_with(
    client: TestClient, colleague: TestClient, draft: Draft
) -> None:
    path, describe = f"{HOME}/drafts/{draft.id}/file?name={CARE}", f"{HOME}/drafts/{draft.id}/describe"
    mine, theirs = (form_of(who.get(path).text, "/describe") for who in (client, colleague))
    assert colleague.post(describe, data={**theirs, "title": "养老"}).status_code == 303
    assert client.post(describe, data={**mine, "title": "养老"}).status_code == 303
    mine = form_of(client.get(path).text, "/describe")
    refused = client.post(describe, data={**mine, "page_offset": "第三页"})
    assert refused.status_code == 422
    theirs = form_of(colleague.get(path).text, "/describe")
    assert colleague.post(describe, data={**theirs, "title": "改了"}).status_code == 303
    assert client.post(describe, data={**form_of(refused.text, "/describe"), "page_offset": "3"}).status_code == 409


# ── The files of a draft, and the draft ────────────────────────────────────────────────────────


def test_a_file_that_somebody_replaced_is_neither_taken_out_nor_replaced_unseen(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    page = client.get(f"{HOME}/drafts/{draft.id}").text
    forms = [form_of(page, "/remove", number) for number in (0, 1)]
    mine = next(form for form in forms if form["name"] == FIRMS)
    upload = form_of(page, "/upload")
    new = {"draft": draft.id, "instead_of": FIRMS}
    first = colleague.post(f"{HOME}/upload", files={"file": ("新.txt", "办法\n\n一、给予7万元。\n".encode())}, data=new)
    assert first.status_code == 303
    refused = client.post(f"{HOME}/drafts/{draft.id}/remove", data=mine)
    assert refused.status_code == 409
    told(refused.text)
    own = {"file": ("我的.txt", "办法\n\n一、给予8万元。\n".encode())}
    over = client.post(f"{HOME}/upload", files=own, data={**upload, "instead_of": FIRMS})
    assert over.status_code == 409
    told(over.text)
    assert "7万元" in (draft_folder(office.settings.home, draft) / FIRMS).read_text("utf-8")
    seen = form_of(over.text, "/upload")
    assert client.post(f"{HOME}/upload", files=own, data={**seen, "instead_of": FIRMS}).status_code == 303


def test_a_draft_that_somebody_changed_is_neither_published_nor_thrown_away_unseen(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    colleague.post(f"{HOME}/drafts/{draft.id}/remove", data={"name": CARE})
    page = client.get(f"{HOME}/drafts/{draft.id}").text
    publish, discard = form_of(page, "/publish"), form_of(page, "/discard")
    row = {"table": "people", "spoken": "小高", "words": "高新技术企业", "draft": draft.id}
    assert colleague.post(f"{GLOSSARY}/row", data=row).status_code == 303
    refused = client.post(f"{HOME}/drafts/{draft.id}/publish", data={**publish, "note": f"说明{HOSTILE}"})
    assert refused.status_code == 409
    told(refused.text)
    assert form_of(refused.text, "/publish")["note"] == f"说明{HOSTILE}"
    assert published_over(office.settings.corpus, office.settings.home) is None
    assert client.post(f"{HOME}/drafts/{draft.id}/discard", data=discard).status_code == 409
    assert [one.id for one in drafts(office.settings.home)] == [draft.id]
    now = form_of(client.get(f"{HOME}/drafts/{draft.id}").text, "/discard")
    assert client.post(f"{HOME}/drafts/{draft.id}/discard", data=now).status_code == 303


# ── A row of the glossary ──────────────────────────────────────────────────────────────────────


def words_of(office: Office, draft: Draft) -> dict[str, tuple[str, ...]]:
    return {row.spoken: row.words for row in glossary_rows(draft_folder(office.settings.home, draft))}


def test_the_second_to_change_a_row_sees_both(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    path = f"{GLOSSARY}?draft={draft.id}&edit=高企&of=people"
    mine, theirs = (form_of(who.get(path).text, "/row") for who in (client, colleague))
    assert colleague.post(f"{GLOSSARY}/row", data={**theirs, "words": "高新技术企业，高企认定"}).status_code == 303
    reply = client.post(f"{GLOSSARY}/row", data={**mine, "words": "高新企业"})
    assert reply.status_code == 409
    told(reply.text)
    assert "<td>高新技术企业，高企认定</td>" in reply.text
    assert "<td>高新企业</td>" in reply.text
    assert words_of(office, draft)["高企"] == ("高新技术企业", "高企认定")
    again = form_of(reply.text, "/row")
    assert again["words"] == "高新企业"
    assert client.post(f"{GLOSSARY}/row", data=again).status_code == 303
    assert words_of(office, draft)["高企"] == ("高新企业",)


def test_a_row_that_somebody_took_out_is_told_and_can_be_added_again(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    page = colleague.get(f"{GLOSSARY}?draft={draft.id}").text
    mine = form_of(client.get(f"{GLOSSARY}?draft={draft.id}&edit=高企&of=people").text, "/row")
    assert colleague.post(f"{GLOSSARY}/remove", data=form_of(page, "/remove")).status_code == 303
    reply = client.post(f"{GLOSSARY}/row", data={**mine, "words": "高新企业"})
    assert reply.status_code == 409
    assert "删除或改名" in told(reply.text)
    again = form_of(reply.text, "/row")
    assert (again["spoken"], again["words"], "old" in again) == ("高企", "高新企业", False)
    assert client.post(f"{GLOSSARY}/row", data=again).status_code == 303
    assert words_of(office, draft) == {"高企": ("高新企业",)}


def test_a_row_that_somebody_changed_is_not_taken_out_unseen(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    mine = form_of(client.get(f"{GLOSSARY}?draft={draft.id}").text, "/remove")
    theirs = form_of(colleague.get(f"{GLOSSARY}?draft={draft.id}&edit=高企&of=people").text, "/row")
    colleague.post(f"{GLOSSARY}/row", data={**theirs, "words": "高新企业"})
    reply = client.post(f"{GLOSSARY}/remove", data=mine)
    assert reply.status_code == 409
    told(reply.text)
    assert words_of(office, draft)["高企"] == ("高新企业",)


def test_what_one_person_changes_in_two_windows_is_told_too(client: TestClient, draft: Draft) -> None:
    path = f"{HOME}/drafts/{draft.id}/file?name={CARE}"
    first, second = (form_of(client.get(path).text, "/describe") for _ in range(2))
    client.post(f"{HOME}/drafts/{draft.id}/describe", data={**first, "title": "甲"})
    reply = client.post(f"{HOME}/drafts/{draft.id}/describe", data={**second, "title": "乙"})
    assert reply.status_code == 409
    told(reply.text, STAFF)
