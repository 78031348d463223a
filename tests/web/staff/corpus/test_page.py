"""Drafts of the corpus: begun, filled by uploads, looked through, described, emptied, thrown away."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_folder, drafts
from ingest.corpus.load import source_files
from ingest.readers.dispatch import why_not_read
from tests.web.staff.conftest import CARE, FIRMS, FIRMS_TEXT, SOON_S, STAFF, is_shown_as_text
from web.settings import WebSettings
from web.staff.corpus import page as corpus
from web.staff.shell.office import Office

HOME = "/staff/corpus"
FARM = "伊金霍洛旗支持现代农牧业若干措施\n\n一、对新建标准化养殖场给予12万元补贴。\n"
HOSTILE = "<img src=x onerror=pwn(1)> ${pwn(2)} {{7*7}} [x](javascript:pwn(3))"


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture(autouse=True)
def shown_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, a file is shown at once."""
    monkeypatch.setattr(corpus, "PATIENCE_S", SOON_S)


@pytest.fixture
def draft(client: TestClient, office: Office) -> Draft:
    assert client.post(f"{HOME}/drafts").status_code == 303
    return drafts(office.settings.home)[0]


def upload(client: TestClient, draft: Draft, data: bytes, name: str = "农牧.txt", instead_of: str = "") -> Any:
    return client.post(
        f"{HOME}/upload", files={"file": (name, data)}, data={"draft": draft.id, "instead_of": instead_of}
    )


def files(office: Office, draft: Draft) -> list[str]:
    folder = draft_folder(office.settings.home, draft)
    return sorted(path.relative_to(folder).as_posix() for path in source_files(folder))


def test_what_serves_is_told(client: TestClient) -> None:
    page = client.get(HOME).text
    assert CARE in page
    assert "versions/" not in page, "nothing was published yet"
    assert re.search(rf'<td class="wide">{FIRMS}</td><td>text</td><td class="number">1</td>', page)


def test_files_that_are_left_out_are_named_with_the_reason_in_the_reader_s_language(
    client: TestClient, bot: PolicyBot, office: Office
) -> None:
    why = {"附件.ofd": why_not_read("附件.ofd")}
    lacking = replace(bot.clause_index, corpus=replace(bot.corpus, left_out=why))
    office.door.open(replace(bot, finder=replace(bot.finder, clause_index=lacking)))
    page = client.get(HOME).text
    assert "附件.ofd：是 OFD" in page
    assert "is a table" not in page


def test_a_draft_begins_as_a_copy_of_what_serves(client: TestClient, office: Office, draft: Draft) -> None:
    assert files(office, draft) == sorted([FIRMS, CARE])
    page = client.get(f"{HOME}/drafts/{draft.id}").text
    assert STAFF in page
    assert re.search(r"<button disabled>", page), "nothing differs, so there is nothing to publish"
    assert f"/staff/corpus/drafts/{draft.id}" in client.get(HOME).text
    assert next(iter(office.audit.entries())).what == "corpus_draft_begun"


def test_an_upload_is_cut_up_and_shown_with_the_facts_found(client: TestClient, office: Office, draft: Draft) -> None:
    reply = upload(client, draft, FARM.encode())
    assert reply.status_code == 303
    page = client.get(reply.headers["location"]).text
    assert "一、" in page
    assert '<mark class="figure"' in page
    assert "12万元" in page
    assert files(office, draft) == sorted([FIRMS, CARE, "农牧.txt"])
    assert next(iter(office.audit.entries())).about == "农牧.txt"
    assert (Path(office.settings.corpus) / "农牧.txt").exists() is False, "what serves is untouched"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "空.txt"),
        (b" \n\n", "空白.txt"),
        (b"\x7fELF\x02\x01\x01\0" * 20, "程序.txt"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "图.docx"),
        (b"PK\x03\x04 broken", "坏.docx"),
        (b"%PDF-1.7 broken", "坏.pdf"),
        (b"MZ\x90\0" * 30, "a.md"),
    ],
)
def test_what_is_no_text_is_refused_whatever_it_is_called(
    client: TestClient, office: Office, draft: Draft, data: bytes, name: str
) -> None:
    reply = upload(client, draft, data, name)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
    assert str(office.settings.home) not in reply.text
    assert files(office, draft) == sorted([FIRMS, CARE])


def test_the_content_says_the_type_and_the_ending_follows(client: TestClient, office: Office, draft: Draft) -> None:
    html = f"<!doctype html><html><body><p>{FARM}</p><script>pwn()</script></body></html>".encode()
    reply = upload(client, draft, html, "农牧.pdf")
    assert reply.status_code == 303
    assert "农牧.html" in files(office, draft)
    assert "<script>pwn" not in client.get(reply.headers["location"]).text


class TestSmallLimit:
    @pytest.fixture
    def staff_settings(self, staff_settings: WebSettings) -> WebSettings:
        return staff_settings.model_copy(update={"max_file_mb": 1})

    def test_a_file_above_the_limit_is_refused(self, client: TestClient, office: Office, draft: Draft) -> None:
        reply = upload(client, draft, ("一、" + "补" * 400_000).encode())
        assert reply.status_code == 422
        assert files(office, draft) == sorted([FIRMS, CARE])
        assert list((draft_folder(office.settings.home, draft).parent / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/x.txt",
        "..\\..\\x.txt",
        "a/b/../../c.txt",
        "\0x.txt",
        ".txt",
        "CON<>:|?*.txt",
        "长" * 300 + ".txt",
    ],
)
def test_no_name_leads_out_of_the_draft(client: TestClient, office: Office, draft: Draft, name: str) -> None:
    reply = upload(client, draft, FARM.encode(), name)
    assert reply.status_code in (303, 422)
    here = draft_folder(office.settings.home, draft)
    added = set(files(office, draft)) - {FIRMS, CARE}
    assert len(added) == (1 if reply.status_code == 303 else 0)
    assert all((here / one).parent == here and len(one.encode()) < 255 for one in added)
    assert sorted(path.name for path in office.settings.home.parent.iterdir()) == ["corpus", "home"]


def test_hostile_names_and_texts_are_shown_as_text(client: TestClient, draft: Draft) -> None:
    reply = upload(client, draft, f"{HOSTILE}办法\n\n一、{HOSTILE}给予12万元补贴。\n".encode(), f"{HOSTILE}.txt")
    page = client.get(reply.headers["location"]).text
    assert is_shown_as_text(page, "onerror=pwn(1)> ${pwn(2)} {{7*7}}")
    page = client.get(f"{HOME}/drafts/{draft.id}").text
    assert "<img" not in page
    assert "&lt;img" not in page.replace("&lt;img src=x onerror=pwn(1)&gt;", ""), "names lose what is no part of a name"


def test_the_same_file_twice_is_refused(client: TestClient, office: Office, draft: Draft) -> None:
    reply = upload(client, draft, FIRMS_TEXT.encode(), "又一份.txt")
    assert reply.status_code == 422
    assert FIRMS in reply.text
    assert files(office, draft) == sorted([FIRMS, CARE])


def test_a_file_is_replaced(client: TestClient, office: Office, draft: Draft) -> None:
    reply = upload(client, draft, FIRMS_TEXT.replace("30万元", "50万元").encode(), "新.txt", instead_of=FIRMS)
    assert reply.status_code == 303
    assert files(office, draft) == sorted([FIRMS, CARE])
    assert "50万元" in (draft_folder(office.settings.home, draft) / FIRMS).read_text("utf-8")
    assert next(iter(office.audit.entries())).what == "corpus_file_replaced"
    assert '<span class="chip warn">' in client.get(f"{HOME}/drafts/{draft.id}").text
    assert upload(client, draft, FARM.encode(), "x.txt", instead_of="../accounts.json").status_code == 422


def test_a_file_is_taken_out(client: TestClient, office: Office, draft: Draft) -> None:
    assert client.post(f"{HOME}/drafts/{draft.id}/remove", data={"name": CARE}).status_code == 303
    assert files(office, draft) == [FIRMS]
    for name in (CARE, "../draft.json", "/etc/passwd", ""):
        assert client.post(f"{HOME}/drafts/{draft.id}/remove", data={"name": name}).status_code == 422, name
    assert (draft_folder(office.settings.home, draft).parent / "draft.json").exists()


def test_a_document_that_is_here_already_is_named(client: TestClient, draft: Draft) -> None:
    reply = upload(client, draft, FIRMS_TEXT.replace("30万元", "60万元").encode(), "新版.txt")
    page = client.get(reply.headers["location"]).text
    assert "伊金霍洛旗支持企业高质量发展若干措施" in page
    assert f'name="name" value="{FIRMS}"' in page, "one click takes the old one out"


def test_what_the_file_does_not_say_is_said_by_hand(client: TestClient, office: Office, draft: Draft) -> None:
    given = {"name": CARE, "title": "养老措施", "region": "伊金霍洛旗", "level": "市", "page_offset": "3"}
    reply = client.post(f"{HOME}/drafts/{draft.id}/describe", data=given)
    assert reply.status_code == 303
    page = client.get(reply.headers["location"]).text
    assert 'value="养老措施"' in page
    assert '<option value="市" selected>' in page
    assert next(iter(office.audit.entries())).what == "corpus_file_described"


@pytest.mark.parametrize(
    "change",
    [{"level": "全球"}, {"page_offset": "第三页"}, {"title": "x" * 201}, {"title": "a\x00b"}, {"region": "\x1b[31m"}],
)
def test_what_cannot_be_said_is_refused_and_stays_in_the_form(
    client: TestClient, draft: Draft, change: dict[str, str]
) -> None:
    given = {"name": CARE, "title": "<b>题</b>", "region": "", "level": "", "page_offset": "", **change}
    reply = client.post(f"{HOME}/drafts/{draft.id}/describe", data=given)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
    assert "<b>题" not in reply.text


@pytest.mark.parametrize("name", ["", "../draft.json", "nowhere.txt", "glossary.toml", "/etc/passwd"])
def test_only_a_text_of_the_draft_is_looked_at(client: TestClient, draft: Draft, name: str) -> None:
    reply = client.get(f"{HOME}/drafts/{draft.id}/file", params={"name": name})
    assert reply.status_code == 422
    assert "高企" not in reply.text


@pytest.mark.parametrize("identity", ["nowhere", "%2e%2e", "0" * 12])
def test_no_other_draft_is_opened(client: TestClient, identity: str) -> None:
    assert client.get(f"{HOME}/drafts/{identity}").status_code == 422
    assert client.post(f"{HOME}/upload", files={"file": ("a.txt", b"x")}, data={"draft": identity}).status_code == 422


def test_a_draft_is_thrown_away(client: TestClient, office: Office, draft: Draft) -> None:
    assert client.post(f"{HOME}/drafts/{draft.id}/discard").headers["location"] == HOME
    assert drafts(office.settings.home) == []
    assert next(iter(office.audit.entries())).what == "corpus_draft_discarded"


def test_no_file_chosen_is_said(client: TestClient, draft: Draft) -> None:
    assert client.post(f"{HOME}/upload", data={"draft": draft.id}).status_code == 422
