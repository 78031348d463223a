"""The glossary edited in a draft: rows added, changed, taken out; what they change is seen before it serves."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from bot.types import Question
from index.glossary.edit import glossary_rows
from ingest.corpus.draft import Draft, draft_folder, drafts
from tests.web.conftest import TODAY
from tests.web.staff.conftest import job_of
from web.staff.glossary.page import ROWS_A_PAGE
from web.staff.shell.office import Office

HOME = "/staff/glossary"


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


def put(client: TestClient, spoken: str, words: str, /, draft: Draft | None = None, **other: str) -> Any:
    given = {"table": "people", "spoken": spoken, "words": words, "draft": draft.id if draft else "", **other}
    return client.post(f"{HOME}/row", data=given)


def rows(office: Office, draft: Draft) -> dict[str, tuple[str, ...]]:
    return {row.spoken: row.words for row in glossary_rows(draft_folder(office.settings.home, draft))}


def only_draft(office: Office) -> Draft:
    (draft,) = drafts(office.settings.home)
    return draft


def test_what_serves_is_shown_and_searched(client: TestClient) -> None:
    page = client.get(HOME).text
    assert "高企" in page
    assert '<span class="chip">高新技术企业</span>' in page
    assert "高企" in client.get(f"{HOME}?q=高新").text
    assert '<span class="chip">高新技术企业</span>' not in client.get(f"{HOME}?q=养猪").text
    assert '<span class="chip">高新技术企业</span>' not in client.get(f"{HOME}?table=places").text


def test_the_first_row_begins_a_draft_and_nothing_serves_yet(client: TestClient, office: Office) -> None:
    reply = put(client, "养老院", "养老机构，养老服务")
    draft = only_draft(office)
    assert reply.headers["location"].startswith(f"{HOME}?draft={draft.id}&")
    assert rows(office, draft) == {"高企": ("高新技术企业",), "养老院": ("养老机构", "养老服务")}
    page = client.get(reply.headers["location"]).text
    assert "养老院" in page
    assert page.count(">有改动</span>") == 1
    assert page.index("养老机构</span>") < page.index("高新技术企业</span>"), "what was just added is seen at once"
    assert "养老院" not in client.get(HOME).text.split("<table>")[1]
    assert [entry.what for entry in office.audit.entries()][:2] == ["glossary_added", "corpus_draft_begun"]


def test_a_row_whose_words_stand_nowhere_is_kept_with_a_warning_beside_it(client: TestClient, office: Office) -> None:
    saved = put(client, "养老院", "养老机构，颐养中心")
    draft = only_draft(office)
    assert rows(office, draft)["养老院"] == ("养老机构", "颐养中心")
    page = client.get(saved.headers["location"]).text
    assert "已保存“养老院”。 政策原文里没有“颐养中心”" in page.split('id="kept"')[1]
    beside = page.split("<td>养老院")[1].split("</tr>")[0]
    assert '<span class="chip">养老机构</span>' in beside
    assert '<span class="chip warn">颐养中心</span>' in beside
    assert "没有“颐养中心”" in beside
    put(client, "院子", "颐养中心", draft)
    page = client.get(f"{HOME}?draft={draft.id}").text
    assert "一个也没有" in page.split("<td>院子")[1].split("</tr>")[0]
    assert "没有" not in page.split("<td>高企")[1].split("</tr>")[0]


def test_a_word_of_a_text_that_is_new_in_the_draft_is_not_warned_of(client: TestClient, office: Office) -> None:
    put(client, "疗养院", "颐养中心")
    draft = only_draft(office)
    new = draft_folder(office.settings.home, draft) / "颐养.txt"
    new.write_text("颐养办法\n\n一、新建颐 养\n中心给予9万元补贴。\n", encoding="utf-8")
    assert "⚠" not in client.get(f"{HOME}?draft={draft.id}").text
    new.write_bytes(b"\0\0")
    assert "⚠" in client.get(f"{HOME}?draft={draft.id}").text, "what cannot be read holds no word"


def test_the_names_of_levels_are_no_words_to_search_for(client: TestClient) -> None:
    saved = put(client, "旗里", "国家", table="levels")
    assert "⚠" not in client.get(saved.headers["location"]).text


def test_a_row_is_changed_and_taken_out(client: TestClient, office: Office) -> None:
    put(client, "养老院", "养老机构")
    draft = only_draft(office)
    form = client.get(f"{HOME}?draft={draft.id}&edit=养老院&of=people").text
    assert 'name="old" value="养老院"' in form
    put(client, "敬老院", "养老机构；护理员", draft, old="养老院", old_table="people")
    assert rows(office, draft)["敬老院"] == ("养老机构", "护理员")
    assert "养老院" not in rows(office, draft)
    reply = client.post(f"{HOME}/remove", data={"draft": draft.id, "table": "people", "spoken": "敬老院"})
    assert reply.status_code == 303
    assert list(rows(office, draft)) == ["高企"]
    assert next(iter(office.audit.entries())).what == "glossary_removed"


@pytest.mark.parametrize(
    ("spoken", "words", "other"),
    [
        ("", "词", {}),
        ("词", "", {}),
        ("词", "，、；", {}),
        ("高企", "另一个", {}),
        ("词", "词", {"table": "no_such"}),
        ("词" * 500, "甲", {}),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_stays_in_the_form(
    client: TestClient, office: Office, spoken: str, words: str, other: dict[str, str]
) -> None:
    reply = put(client, spoken, words, None, **other)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
    assert rows(office, only_draft(office)) == {"高企": ("高新技术企业",)}


@pytest.mark.parametrize(
    "hostile", ["<img src=x onerror=pwn(1)>", "${pwn(1)}", "{{7*7}}", "[x](javascript:pwn(3))", '"] [x]']
)
def test_hostile_rows_are_shown_as_text_or_refused(client: TestClient, office: Office, hostile: str) -> None:
    reply = put(client, hostile, f"甲 {hostile}")
    draft = only_draft(office)
    page = client.get(f"{HOME}?draft={draft.id}").text if reply.status_code == 303 else reply.text
    assert hostile in unescape(page)
    assert "<img" not in page
    assert "高企" in rows(office, draft), "the file is still a glossary"
    searched = client.get(HOME, params={"q": hostile, "table": hostile, "edit": hostile, "of": hostile}).text
    assert "<img" not in searched


def test_a_row_that_is_gone_cannot_be_taken_out(client: TestClient, office: Office) -> None:
    put(client, "养老院", "养老机构")
    draft = only_draft(office)
    assert (
        client.post(f"{HOME}/remove", data={"draft": draft.id, "table": "people", "spoken": "没有"}).status_code == 422
    )
    assert client.post(f"{HOME}/remove", data={"draft": "nowhere", "table": "people", "spoken": "x"}).status_code == 422


def test_what_a_row_changes_is_seen_before_it_serves_and_serves_when_published(
    client: TestClient, office: Office
) -> None:
    question = "敬老之家床位补贴多少？"
    put(client, "敬老之家", "新建养老机构")
    draft = only_draft(office)
    page = client.get(f"{HOME}?draft={draft.id}").text
    assert f'href="/staff/corpus/drafts/{draft.id}/impact"' in page
    job = job_of(office, client.post(f"/staff/corpus/drafts/{draft.id}/try", data={"question": question}))
    assert "8000元" in client.get(job.result).text
    assert job_of(office, client.post(f"/staff/corpus/drafts/{draft.id}/publish")).state == "done"
    assert "8000元" in office.door.bot.ask(Question((question,), TODAY)).body
    assert "敬老之家" in client.get(HOME).text


def test_a_long_glossary_comes_in_pages(client: TestClient, office: Office) -> None:
    put(client, "词0", "甲")
    draft = only_draft(office)
    more = "".join(f'"说法{number}" = ["甲"]\n' for number in range(150))
    path = draft_folder(office.settings.home, draft) / "glossary.toml"
    path.write_text(path.read_text("utf-8") + "\n[english]\n" + more, encoding="utf-8")
    pages = (client.get(f"{HOME}?draft={draft.id}&page={page}").text for page in (1, 99))
    first, last = (page.split('id="product"')[0] for page in pages)
    assert first.count("<tr><td>") == 100
    assert last.count("<tr><td>") == 52


# ── The rows of the product ────────────────────────────────────────────────────────────────────


def of_product(client: TestClient, asked: str) -> str:
    return client.get(f"{HOME}?{asked}").text.split('id="product"')[1]


def test_rows_of_the_product_are_shown_and_cannot_be_changed(client: TestClient) -> None:
    page = of_product(client, "q=科小")
    assert "<td>科小</td>" in page
    assert '<span class="chip">科技型中小企业</span>' in page
    assert "共 1 行" in page
    assert "edit=" not in page


def test_the_pages_of_the_product_go_on_by_themselves(client: TestClient) -> None:
    first, second = of_product(client, ""), of_product(client, "more=2")
    assert first.count("<tr><td>") == second.count("<tr><td>") == ROWS_A_PAGE
    assert "more=2#product" in first
    assert first.split("<tbody>")[1] != second.split("<tbody>")[1]


def test_a_row_of_the_product_is_switched_off_for_this_corpus_and_on_again(client: TestClient, office: Office) -> None:
    assert "停用<span" in of_product(client, "q=科小")
    put(client, "科小", "")
    draft = only_draft(office)
    assert rows(office, draft)["科小"] == ()
    here = f"draft={draft.id}&q=科小"
    assert "已停用" in client.get(f"{HOME}?{here}").text.split('id="product"')[0]
    assert "已停用" in of_product(client, here)
    assert next(iter(office.audit.entries())).about == "科小 → []"
    client.post(f"{HOME}/remove", data={"draft": draft.id, "table": "people", "spoken": "科小"})
    assert "科小" not in rows(office, draft)
    assert "停用<span" in of_product(client, here)


def test_a_row_of_the_corpus_counts_before_that_of_the_product(client: TestClient, office: Office) -> None:
    put(client, "科小", "小微企业")
    page = of_product(client, f"draft={only_draft(office).id}&q=科小")
    assert "以本语料的为准" in page
    assert "停用<span" not in page
