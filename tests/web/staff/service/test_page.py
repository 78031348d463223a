"""Service cards typed in a draft: kept, refused in a sentence, never lost to somebody else's change."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_changes, draft_folder, drafts
from ingest.service.cards import FILE, ServiceCard, read_cards
from tests.web.staff.conftest import COLLEAGUE, form_of, is_shown_as_text, job_of
from web.staff.service.form import identity
from web.staff.shell.office import Office

HOME = "/staff/service"
TITLE = "伊金霍洛旗支持企业高质量发展若干措施"


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


def put(client: TestClient, /, draft: Draft | None = None, **fields: str) -> Any:
    given = {"document": TITLE, "draft": draft.id if draft else "", **fields}
    return client.post(f"{HOME}/card", data=given)


def only_draft(office: Office) -> Draft:
    (draft,) = drafts(office.settings.home)
    return draft


def cards(office: Office, draft: Draft) -> tuple[ServiceCard, ...]:
    return read_cards(draft_folder(office.settings.home, draft)).cards


def edit_page(client: TestClient, draft: Draft, card: ServiceCard) -> str:
    return client.get(f"{HOME}?draft={draft.id}&edit={identity(card)}").text


def test_the_first_card_begins_a_draft_and_nothing_serves_yet(client: TestClient, office: Office) -> None:
    assert "还没有卡片" in client.get(HOME).text
    reply = put(client, where="三楼\r\n3号窗口", telephone="0477-8600000")
    draft = only_draft(office)
    assert cards(office, draft) == (ServiceCard(document=TITLE, where="三楼\n3号窗口", telephone="0477-8600000"),)
    page = client.get(reply.headers["location"]).text
    assert f"已保存《{TITLE}》的卡片" in page
    assert "本局补充，非政策原文" in page
    assert "还没有卡片" in client.get(HOME).text
    entry, begun = list(office.audit.entries())[:2]
    assert (entry.what, entry.about, begun.what) == ("service_added", TITLE, "corpus_draft_begun")
    assert "0477-8600000" in str(entry.details["told"])
    settings = office.settings
    assert [one.name for one in draft_changes(settings.corpus, settings.home, draft)] == [FILE]


def test_a_card_is_published_with_its_draft_and_ends_the_answers(client: TestClient, office: Office) -> None:
    put(client, words="首次认定的高新技术企业", where="三楼")
    draft = only_draft(office)
    job = job_of(office, client.post(f"/staff/corpus/drafts/{draft.id}/publish", data={"note": "办理指引"}))
    assert job.state == "done"
    serving: Any = office.door.bot
    assert [card.where for card in serving.cards.cards] == ["三楼"]
    assert "三楼" in client.get(HOME).text


def test_a_card_is_changed_and_taken_out(client: TestClient, office: Office) -> None:
    put(client, where="三楼")
    draft = only_draft(office)
    (card,) = cards(office, draft)
    form = form_of(edit_page(client, draft, card), "/card")
    assert client.post(f"{HOME}/card", data={**form, "where": "四楼", "where_en": "4th floor"}).status_code == 303
    (changed,) = cards(office, draft)
    assert (changed.where, changed.where_en) == ("四楼", "4th floor")
    assert "4th floor" in client.get(f"{HOME}?draft={draft.id}&lang=en").text
    removal = form_of(client.get(f"{HOME}?draft={draft.id}").text, "/remove")
    assert client.post(f"{HOME}/remove", data=removal).status_code == 303
    assert cards(office, draft) == ()
    assert [one.what for one in office.audit.entries()][:3] == ["service_removed", "service_changed", "service_added"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"document": "", "where": "三楼"}, "请选择卡片所属的政策"),
        ({}, "请至少填写一项"),
        ({"link": "javascript:alert(1)"}, "不是网址"),
        ({"telephone": "问老王"}, "不是电话号码"),
        ({"where": "楼" * 501}, "500 字以内"),
        ({"where": "三楼", "document": "没有的办法"}, "没有名为“没有的办法”的政策"),
        ({"where": "三楼", "words": "全职引进的硕士"}, "没有一条条文含有这段文字"),
    ],
)
def test_what_cannot_be_a_card_is_refused_and_stays_in_the_form(
    client: TestClient, office: Office, fields: dict[str, str], says: str
) -> None:
    reply = put(client, **{"materials": "申请表" if fields else "", **fields})
    assert reply.status_code == 422
    page = unescape(reply.text)
    assert says in page
    assert all(said in page for said in fields.values())
    assert drafts(office.settings.home) == [], "a fault begins no draft"


def test_two_cards_of_one_policy_are_refused_and_one_of_its_clauses_is_not(client: TestClient, office: Office) -> None:
    put(client, where="三楼")
    draft = only_draft(office)
    assert "请修改那一张" in put(client, draft, where="四楼").text
    assert put(client, draft, where="四楼", words="全职引进的博士").status_code == 303
    assert [card.where for card in cards(office, draft)] == ["三楼", "四楼"]


def test_two_people_at_one_card_lose_nothing(client: TestClient, colleague: TestClient, office: Office) -> None:
    put(client, where="三楼")
    draft = only_draft(office)
    (card,) = cards(office, draft)
    mine, theirs = (form_of(edit_page(one, draft, card), "/card") for one in (client, colleague))
    assert colleague.post(f"{HOME}/card", data={**theirs, "where": "五楼"}).status_code == 303
    reply = client.post(f"{HOME}/card", data={**mine, "telephone": "12345"})
    assert reply.status_code == 409
    assert COLLEAGUE in reply.text
    assert "五楼" in reply.text
    assert [one.where for one in cards(office, draft)] == ["五楼"]
    again = form_of(reply.text, "/card")
    assert again["telephone"] == "12345"
    assert client.post(f"{HOME}/card", data=again).status_code == 303
    (settled,) = cards(office, draft)
    assert (settled.where, settled.telephone) == ("三楼", "12345")


def test_a_card_that_somebody_deleted_meanwhile_can_be_added_again(
    client: TestClient, colleague: TestClient, office: Office
) -> None:
    put(client, where="三楼")
    draft = only_draft(office)
    (card,) = cards(office, draft)
    mine = form_of(edit_page(client, draft, card), "/card")
    colleague.post(f"{HOME}/remove", data=form_of(colleague.get(f"{HOME}?draft={draft.id}").text, "/remove"))
    reply = client.post(f"{HOME}/card", data={**mine, "where": "六楼"})
    assert reply.status_code == 409
    assert client.post(f"{HOME}/card", data=form_of(reply.text, "/card")).status_code == 303
    assert [one.where for one in cards(office, draft)] == ["六楼"]


def test_a_card_whose_words_left_the_texts_is_said_to_be_shown_nowhere(client: TestClient, office: Office) -> None:
    put(client, where="三楼", words="全职引进的博士")
    draft = only_draft(office)
    text = draft_folder(office.settings.home, draft) / "企业.txt"
    text.write_text(text.read_text("utf-8").replace("博士", "硕士"), "utf-8")
    assert "回答不再显示这张卡片" in client.get(f"{HOME}?draft={draft.id}").text


def test_what_is_typed_is_shown_as_text(client: TestClient, office: Office) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'"
    put(client, where=hostile)
    assert is_shown_as_text(client.get(f"{HOME}?draft={only_draft(office).id}").text, hostile)
