"""A draft before it is published: questions asked of it, and the answers it changes."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from bot.records.types import TurnOrigin
from bot.types import Question
from eval.cases.case_files import load_cases
from eval.cases.cases import Case
from eval.sets.question_sets import PACKAGED, question_set, save_set
from ingest.corpus.draft import Draft, draft_folder, drafts
from tests.web.conftest import TODAY
from tests.web.staff.conftest import FIRMS, form_of, is_shown_as_text, job_of
from web.staff.corpus.publishing import Publishing
from web.staff.shell.office import Office

HOME = "/staff/corpus"
QUESTION = "高企首次认定奖励多少？"
SHIPPED = load_cases([PACKAGED / "dev.jsonl"])[0]
HOSTILE = "<img src=x onerror=pwn(1)> ${pwn(2)} {{7*7}}"


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def draft(client: TestClient, office: Office) -> Draft:
    """One in which the reward is another."""
    client.post(f"{HOME}/drafts")
    (made,) = drafts(office.settings.home)
    path = draft_folder(office.settings.home, made) / FIRMS
    path.write_text(path.read_text("utf-8").replace("30万元", "50万元"), encoding="utf-8")
    return made


def says(office: Office) -> str:
    return office.door.bot.ask(Question((QUESTION,), TODAY)).body


def test_a_question_asked_of_a_draft_is_shown_beside_the_answer_of_today(
    client: TestClient, office: Office, draft: Draft
) -> None:
    reply = client.post(f"{HOME}/drafts/{draft.id}/try", data={"question": QUESTION})
    job = job_of(office, reply)
    assert job.state == "done", job
    page = client.get(job.result).text
    assert "30万元" in page
    assert "50万元" in page
    assert "已回答" in page
    assert "answered" not in page.lower().replace("unanswered", "")
    again = client.post(f"{HOME}/drafts/{draft.id}/try", data={"question": "养老机构床位补贴多少？"})
    assert "job=" not in again.headers["location"], "the bot over the draft is there already"
    assert "8000元" in client.get(again.headers["location"]).text
    assert "30万元" in says(office)


def test_hostile_questions_of_a_draft_are_text(client: TestClient, office: Office, draft: Draft) -> None:
    job = job_of(office, client.post(f"{HOME}/drafts/{draft.id}/try", data={"question": HOSTILE}))
    assert is_shown_as_text(client.get(job.result).text, HOSTILE)


def test_what_a_draft_changes_is_measured_shown_and_taken_along(
    client: TestClient, office: Office, draft: Draft
) -> None:
    assert office.records is not None
    for question in (QUESTION, "养老机构床位补贴多少？", f"{HOSTILE} 高企首次认定奖励"):
        answer = office.door.bot.ask(Question((question,), TODAY))
        office.records.keep_turn(answer, TurnOrigin("c", "203.0.113.7", datetime.now(UTC)))
    reply = client.post(f"{HOME}/drafts/{draft.id}/impact", data={"recorded": "yes"})
    job = job_of(office, reply)
    assert job.state == "done", job
    page = client.get(job.result).text
    assert QUESTION in page
    assert "养老机构" not in page, "its answer stays"
    assert "<img" not in page
    for ending in ("html", "json"):
        download = client.get(f"{HOME}/drafts/{draft.id}/impact.{ending}")
        assert download.status_code == 200
        assert download.headers["content-disposition"].startswith("attachment")
    assert client.get(f"{HOME}/drafts/{draft.id}/impact.exe").status_code == 404
    path = draft_folder(office.settings.home, draft) / FIRMS
    path.write_text(path.read_text("utf-8").replace("50万元", "60万元"), encoding="utf-8")
    assert "notice" in client.get(f"{HOME}/drafts/{draft.id}/impact").text.split("<section>")[1]


def test_all_sets_are_measured_together_though_they_share_ids(client: TestClient, office: Office, draft: Draft) -> None:
    corpus = office.door.bot.corpus
    save_set(office.settings.home, "甲", [Case("B001", (QUESTION,))], corpus)
    save_set(
        office.settings.home,
        "乙",
        [Case("B001", ("养老机构床位补贴多少？",)), Case("B002", ("高新技术企业首次认定奖励多少钱？",))],
        corpus,
    )
    reply = client.post(f"{HOME}/drafts/{draft.id}/impact", data={"set": ["甲", "乙"]})
    job = job_of(office, reply)
    assert job.state == "done", job
    page = client.get(job.result).text
    assert '<span class="chip">甲/B001</span>' in page
    assert '<span class="chip">乙/B002</span>' in page
    alone = job_of(office, client.post(f"{HOME}/drafts/{draft.id}/impact", data={"set": ["甲"]}))
    assert '<span class="chip">B001</span>' in client.get(alone.result).text


def test_the_delivered_sets_can_be_asked_as_the_page_offers_them(
    client: TestClient, office: Office, draft: Draft
) -> None:
    page = client.get(f"{HOME}/drafts/{draft.id}/impact").text
    offered = re.findall(r'name="set" value="([^"]+)" checked', page)
    assert {"dev", "other_words"} <= set(offered)
    asked = Publishing(office)._askings(offered, recorded=True)  # pyright: ignore[reportPrivateUsage]
    assert {"dev/B001", "other_words/B001"} <= {one.origin for one in asked}


@pytest.mark.parametrize(
    ("tongue", "said"), [("zh", "own.jsonl 第 1 行：不是有效的 JSON（第"), ("en", "own.jsonl, row 1: broken JSON")]
)
def test_a_set_that_cannot_be_read_is_told_in_the_readers_language_without_a_path(
    client: TestClient, office: Office, draft: Draft, tongue: str, said: str
) -> None:
    folder = office.settings.home / "questions"
    folder.mkdir()
    (folder / "own.jsonl").write_text('{"id": "x"\n', encoding="utf-8")
    for path, data in (
        (f"{HOME}/drafts/{draft.id}/impact", {"set": ["own", "dev"]}),
        ("/staff/evaluation/run", {"set": ["own", "dev"]}),
    ):
        reply = client.post(f"{path}?lang={tongue}", data=data)
        assert reply.status_code == 422, path
        assert said in reply.text
        assert str(office.settings.home) not in reply.text


def test_nothing_to_ask_is_said(client: TestClient, draft: Draft) -> None:
    assert client.post(f"{HOME}/drafts/{draft.id}/impact").status_code == 422


def test_a_draft_that_cannot_be_cut_fails_to_be_tried_with_a_sentence(
    client: TestClient, office: Office, draft: Draft
) -> None:
    for path in draft_folder(office.settings.home, draft).glob("*.txt"):
        path.unlink()
    job = job_of(office, client.post(f"{HOME}/drafts/{draft.id}/try", data={"question": QUESTION}))
    assert job.state == "failed"
    assert job.error
    assert "30万元" in says(office)


def test_what_a_draft_breaks_stands_first_by_name_with_a_link_to_its_question(
    client: TestClient, office: Office, draft: Draft
) -> None:
    """A question with a known answer goes before what nobody has judged, and can be shown alone."""
    known = Case("Z1", (QUESTION,), answer=(("30万元",),))
    asked = Case("A1", ("高新技术企业奖励多少？",))
    save_set(office.settings.home, "own", (asked, known), office.door.bot.corpus)
    assert job_of(office, client.post(f"{HOME}/drafts/{draft.id}/impact", data={"set": "own"})).state == "done"
    page = client.get(f"{HOME}/drafts/{draft.id}/impact").text
    assert page.index(QUESTION) < page.index("高新技术企业奖励多少？")
    assert "对→错 1" in page
    assert "/staff/evaluation/sets/own/case?id=Z1" in page
    only = client.get(f"{HOME}/drafts/{draft.id}/impact", params={"only": "broken"}).text
    assert QUESTION in only
    assert "高新技术企业奖励多少？" not in only
    assert client.get(f"{HOME}/drafts/{draft.id}/impact", params={"only": "<x>"}).status_code == 200
    filled = form_of(page, "/questions/mend")
    assert filled == {"set": "own", "id": "Z1"}
    reply = client.post(f"{HOME}/drafts/{draft.id}/questions/mend", data=filled)
    form = form_of(client.get(reply.headers["location"]).text, "/questions/case#form")
    mended = {**form, "answer": "50万元", "quote": "对首次认定的高新技术企业给予50万元奖励"}
    assert client.post(f"{HOME}/drafts/{draft.id}/questions/case", data=mended).status_code == 303
    publish = {**form_of(client.get(f"{HOME}/drafts/{draft.id}").text, "/publish"), "questions_anyway": "yes"}
    assert job_of(office, client.post(f"{HOME}/drafts/{draft.id}/publish", data=publish)).state == "done"
    own = load_cases([question_set(office.settings.home, "own").path])
    assert [(case.id, case.answer) for case in own] == [("A1", ()), ("Z1", (("50万元",),))]
    gone = {"set": "own", "id": "nowhere"}
    (fresh,) = [client.post(f"{HOME}/drafts").headers["location"]]
    assert "没有 nowhere" in client.post(f"{fresh}/questions/mend", data=gone).text


def test_what_the_chat_page_offers_is_asked_and_said_to_be_that(
    client: TestClient, office: Office, draft: Draft
) -> None:
    (office.door.bot.corpus.folder / "examples.toml").write_text(
        f'[[group]]\nwho = ["企业", "Firm"]\nquestions = [["{QUESTION}", "How much?"]]\n', encoding="utf-8"
    )
    page = client.get(f"{HOME}/drafts/{draft.id}/impact").text
    assert form_of(page, "/impact")["examples"] == "yes"
    job = job_of(office, client.post(f"{HOME}/drafts/{draft.id}/impact", data={"examples": "yes"}))
    assert job.state == "done", job
    shown = client.get(job.result).text
    assert "示例问题" in shown
    assert QUESTION in shown


def test_of_a_set_that_comes_with_the_product_it_is_not_said_that_its_question_is_replaced(
    client: TestClient, office: Office, draft: Draft
) -> None:
    reply = client.post(f"{HOME}/drafts/{draft.id}/questions/mend", data={"set": "dev", "id": SHIPPED.id})
    assert reply.status_code == 303
    page = client.get(f"{HOME}/drafts/{draft.id}/questions").text
    assert "取代题集" not in page
    assert f"里面的 {SHIPPED.id} 不能改" in page
