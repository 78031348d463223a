"""The list of policies: filtered, looked through, corrected in a draft; nothing is lost to somebody else's change."""

from __future__ import annotations

import csv
import io
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_folder, drafts
from ingest.corpus.load import load_corpus
from ingest.types import PolicyDocument
from tests.web.staff.conftest import CARE, COLLEAGUE, FIRMS, STAFF, form_of, job_of
from web.staff.shell.office import Office
from web.texts import level_name

HOME = "/staff/policies"
PARTS = "细则.txt"
PARTS_TEXT = """伊金霍洛旗支持企业高质量发展若干措施兑现细则

为贯彻落实《伊金霍洛旗支持企业高质量发展若干措施》，制定本细则。

一、奖励分两期发放。

本细则自2026年2月1日起施行，《伊金霍洛旗支持养老服务若干措施》同时废止。
"""


@pytest.fixture
def texts(texts: Path) -> Path:
    (texts / PARTS).write_text(PARTS_TEXT, encoding="utf-8")
    return texts


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


def document(office: Office, words: str, draft: Draft | None = None) -> PolicyDocument:
    corpus = load_corpus(draft_folder(office.settings.home, draft)) if draft else office.door.bot.corpus
    return next(one for one in corpus.documents if one.source == words)


def only_draft(office: Office) -> Draft:
    (draft,) = drafts(office.settings.home)
    return draft


def at(one: PolicyDocument) -> str:
    return f"{HOME}/{one.id}"


def rows_of(client: TestClient, query: str = "") -> list[dict[str, str]]:
    table = client.get(f"{HOME}.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(table)))


def test_each_policy_is_a_row_with_its_standing_and_the_words_it_was_read_from(
    client: TestClient, office: Office
) -> None:
    page = unescape(client.get(HOME).text)
    assert "3 份里的 3 份" in page
    rows = {row["文件"]: row for row in rows_of(client)}
    assert [(rows[name]["时效"], rows[name]["有效期截止"]) for name in (FIRMS, CARE, PARTS)] == [
        ("现行有效", "2028-12-31"),
        ("已废止", "2026-01-31"),
        ("现行有效", ""),
    ]
    assert rows[FIRMS]["有效期原文"] in page
    assert "2028年12月31日" in rows[FIRMS]["有效期原文"]
    assert rows[PARTS]["废止"] == "伊金霍洛旗支持养老服务若干措施"
    assert rows[PARTS]["依据"] == "伊金霍洛旗支持企业高质量发展若干措施"
    assert int(rows[FIRMS]["支持事项"]) >= 2
    assert rows[FIRMS]["已核对事项"] == "0"
    assert next(office.audit.entries()).what == "policies_exported"


@pytest.mark.parametrize(
    ("query", "files"),
    [
        ("?standing=expired", []),
        ("?standing=repealed", [CARE]),
        ("?q=兑现细则", [PARTS]),
        ("?need=unseen&sort=until", [CARE, FIRMS, PARTS]),
        ("?need=seen_other", []),
        ("?level=~", []),
        ("?sort=nonsense&standing=nonsense", [FIRMS, CARE, PARTS]),
    ],
)
def test_the_list_is_filtered_and_sorted(client: TestClient, query: str, files: list[str]) -> None:
    found = [row["文件"] for row in rows_of(client, query)]
    assert sorted(found) == sorted(files)
    assert "sort=until" not in query or found == files
    assert client.get(f"{HOME}{query}").status_code == 200


def test_the_page_of_one_shows_relations_both_ways(client: TestClient, office: Office) -> None:
    page = unescape(client.get(at(document(office, PARTS))).text)
    assert "《伊金霍洛旗支持企业高质量发展若干措施》" in page
    assert "依据（贯彻落实）" in page
    assert "自2026年2月1日起施行" in page
    assert "依据它制定的" in client.get(at(document(office, FIRMS))).text
    assert "被它废止或替代" in client.get(at(document(office, CARE))).text
    assert "Repealed or replaced by" in client.get(f"{at(document(office, CARE))}?lang=en").text


def test_who_looked_is_kept_until_the_text_changes(client: TestClient, office: Office) -> None:
    one = document(office, FIRMS)
    form = form_of(client.get(at(one)).text, "/seen")
    assert client.post(f"{at(one)}/seen", data=form).status_code == 303
    assert next(office.audit.entries()).what == "policy_seen"
    row = next(row for row in rows_of(client) if row["文件"] == FIRMS)
    assert row["谁看的"] == STAFF
    stale = client.post(f"{at(one)}/seen", data={**form, "opened": "0" * 16})
    assert stale.status_code == 409
    correct(client, one, issuer="旗工信局")
    draft = only_draft(office)
    assert [row["文件"] for row in rows_of(client, f"?draft={draft.id}&need=seen_other")] == [FIRMS]
    assert rows_of(client, "?need=seen_other") == []


def correct(client: TestClient, one: PolicyDocument, query: str = "", /, **given: str | list[str]) -> int:
    form = form_of(client.get(f"{at(one)}{query}").text, "/correct")
    return client.post(f"{at(one)}/correct", data={**form, **given}).status_code


def test_a_correction_begins_a_draft_and_serves_when_it_is_published(client: TestClient, office: Office) -> None:
    one = document(office, FIRMS)
    assert correct(client, one, number="伊政发〔2026〕1号", valid_until="2026-12-31", level="市") == 303
    draft = only_draft(office)
    now = document(office, FIRMS, draft)
    assert (now.number, now.validity.valid_until, now.level) == ("伊政发〔2026〕1号", date(2026, 12, 31), "市")
    assert document(office, FIRMS).number is None, "nothing serves yet"
    page = client.get(f"{at(one)}?draft={draft.id}").text
    assert page.count("人工填写") >= 3
    entry = next(office.audit.entries())
    assert (entry.what, entry.about) == ("policy_corrected", one.title)
    assert "伊政发〔2026〕1号" in entry.details["told"]
    job = job_of(office, client.post(f"/staff/corpus/drafts/{draft.id}/publish", data={"note": "更正"}))
    assert job.state == "done"
    assert document(office, FIRMS).number == "伊政发〔2026〕1号"


def test_a_relation_that_was_misread_is_taken_back(client: TestClient, office: Office) -> None:
    one = document(office, PARTS)
    assert correct(client, one, unsaid=["repeals", "implements"]) == 303
    draft = only_draft(office)
    assert document(office, PARTS, draft).repeals == ()
    assert document(office, CARE, draft).ended_by is None
    assert correct(client, one, f"?draft={draft.id}", annex_of="伊金霍洛旗支持企业高质量发展若干措施") == 303
    assert document(office, PARTS, draft).annex_of == document(office, FIRMS).id
    assert "它的附件" in client.get(f"{at(document(office, FIRMS))}?draft={draft.id}").text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"valid_until": "明年"}, "明年"),
        ({"level": "村"}, "层级"),
        ({"valid_from": "2026-05-01", "valid_until": "2026-01-01"}, "早于"),
        ({"issuer": "局" * 201}, "200"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_nothing_typed_is_lost(
    client: TestClient, office: Office, given: dict[str, str], says: str
) -> None:
    one = document(office, FIRMS)
    form = form_of(client.get(at(one)).text, "/correct")
    reply = client.post(f"{at(one)}/correct", data={**form, "implements": "国发〔2023〕11号", **given})
    assert reply.status_code == 422
    assert says in unescape(reply.text)
    assert "国发〔2023〕11号" in reply.text
    assert drafts(office.settings.home) == []


def test_two_people_at_one_policy_lose_nothing(client: TestClient, colleague: TestClient, office: Office) -> None:
    one = document(office, FIRMS)
    assert correct(client, one, issuer="旗工信局") == 303
    draft = only_draft(office)
    form = form_of(client.get(f"{at(one)}?draft={draft.id}").text, "/correct")
    assert correct(colleague, one, f"?draft={draft.id}", issuer="旗发改委") == 303
    reply = client.post(f"{at(one)}/correct", data={**form, "issuer": "旗人社局"})
    assert reply.status_code == 409
    page = unescape(reply.text)
    assert all(words in page for words in (COLLEAGUE, "旗发改委", "旗人社局"))
    assert document(office, FIRMS, draft).issuer == "旗发改委"
    again = form_of(reply.text, "/correct")
    assert client.post(f"{at(one)}/correct", data=again).status_code == 303
    assert document(office, FIRMS, draft).issuer == "旗人社局"


def test_a_policy_that_is_not_there_is_one_sentence(client: TestClient) -> None:
    reply = client.get(f"{HOME}/nothing")
    assert reply.status_code in (404, 422)
    assert "这份政策已不在政策库里" in reply.text


def test_levels_are_called_in_the_readers_language(client: TestClient) -> None:
    page = client.get(f"{HOME}?lang=en").text
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "<td>旗</td>" not in table
    assert f"<td>{level_name('旗', 'en')}</td>" in table
    assert "<td>" + level_name("旗", "zh") + "</td>" in client.get(f"{HOME}?lang=zh").text
