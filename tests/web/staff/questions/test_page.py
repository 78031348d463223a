"""The questions of a draft: suggested, written, run, published with it; and what is refused."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from eval.cases.case_files import load_cases
from eval.sets.draft_questions import read_questions
from eval.sets.question_sets import question_set, question_sets
from ingest.corpus.draft import Draft, draft_folder, draft_place, drafts
from tests.web.staff.conftest import FIRMS, form_of, job_of, tree
from web.staff.shell.office import Office

AMENDED = "对首次认定的高新技术企业给予50万元奖励"


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def draft(client: TestClient, office: Office) -> Draft:
    """One in which the reward is another."""
    client.post("/staff/corpus/drafts")
    (made,) = drafts(office.settings.home)
    path = draft_folder(office.settings.home, made) / FIRMS
    path.write_text(path.read_text("utf-8").replace("30万元", "50万元"), encoding="utf-8")
    return made


def base(draft: Draft) -> str:
    return f"/staff/corpus/drafts/{draft.id}"


def written(**other: str) -> dict[str, str]:
    return {"turns": "高企首次认定奖励多少？", "kind": "single", "quote": AMENDED, "answer": "50万元", **other}


def test_a_changed_clause_suggests_questions_that_are_taken_run_and_published(
    client: TestClient, office: Office, draft: Draft
) -> None:
    page = client.get(f"{base(draft)}/questions").text
    offered = tree(page).xpath("//input[@name='take']/@value")
    assert "首次认定的高新技术企业的奖励是多少？" in offered
    assert not [one for one in offered if "博士" in one], "only what is new or changed is asked for"
    assert client.post(f"{base(draft)}/questions/take", data={"take": offered[0]}).status_code == 303
    (case,) = read_questions(draft_place(office.settings.home, draft)).cases
    assert case.must_not == ("30万元",), "what the clause does not say any more must not be said"
    refused = client.post(f"{base(draft)}/publish", data=form_of(client.get(base(draft)).text, "/publish"))
    assert refused.status_code == 409, "it was not run"
    assert job_of(office, client.post(f"{base(draft)}/questions/run")).state == "done"
    page = client.get(f"{base(draft)}/questions").text
    assert tree(page).xpath("string(//article//span[1])") == "答对"
    assert (
        job_of(
            office, client.post(f"{base(draft)}/publish", data=form_of(client.get(base(draft)).text, "/publish"))
        ).state
        == "done"
    )
    (kept,) = load_cases([question_set(office.settings.home, "新政策").path])
    assert (kept.id, kept.turns) == ("新政策-1", case.turns)


def test_what_is_answered_otherwise_is_red_and_goes_out_only_when_that_is_said(
    client: TestClient, office: Office, draft: Draft
) -> None:
    assert client.post(f"{base(draft)}/questions/case", data=written(answer="70万元")).status_code == 303
    assert job_of(office, client.post(f"{base(draft)}/questions/run")).state == "done"
    page = tree(client.get(f"{base(draft)}/questions").text)
    assert page.xpath("string(//article//span[1])") == "没答对"
    assert "50万元" in page.xpath("string(//article//details)")
    filled = form_of(client.get(base(draft)).text, "/publish")
    assert client.post(f"{base(draft)}/publish", data=filled).status_code == 409
    reply = client.post(f"{base(draft)}/publish", data={**filled, "questions_anyway": "yes"})
    assert job_of(office, reply).state == "done"


def test_a_publication_that_fails_leaves_the_set_as_it_was_and_the_questions_in_the_draft(
    client: TestClient, office: Office, draft: Draft
) -> None:
    assert client.post(f"{base(draft)}/questions/case", data=written()).status_code == 303
    path = draft_folder(office.settings.home, draft) / FIRMS
    path.write_text(path.read_text("utf-8").replace("50万元", "60万元"), encoding="utf-8")
    filled = {**form_of(client.get(base(draft)).text, "/publish"), "questions_anyway": "yes"}
    job = job_of(office, client.post(f"{base(draft)}/publish", data=filled))
    assert job.state == "failed"
    assert "q1" not in [one.name for one in question_sets(office.settings.home) if one.writable]
    assert len(read_questions(draft_place(office.settings.home, draft)).cases) == 1


def test_a_question_of_words_that_are_gone_is_red_however_it_is_answered(
    client: TestClient, office: Office, draft: Draft
) -> None:
    reworded = "对首次认定的高新技术企业一次性给予50万元奖励"
    assert client.post(f"{base(draft)}/questions/case", data=written()).status_code == 303
    path = draft_folder(office.settings.home, draft) / FIRMS
    path.write_text(path.read_text("utf-8").replace(AMENDED, reworded), encoding="utf-8")
    assert job_of(office, client.post(f"{base(draft)}/questions/run")).state == "done"
    page = tree(client.get(f"{base(draft)}/questions").text)
    assert "50万元" in page.xpath("string(//article//details)"), "what it must say is said"
    assert page.xpath("string(//article//span[1])") == "没答对"
    assert AMENDED in page.xpath("string(//article//*[@class='lost'])")
    filled = {**form_of(client.get(base(draft)).text, "/publish"), "questions_anyway": "yes"}
    job = job_of(office, client.post(f"{base(draft)}/publish", data=filled))
    assert "题“q1”不能保存" in (job.error.said("zh") if job.error else ""), "by the name that the page calls it by"


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        (written(answer=""), "要点"),
        (written(quote=""), "条款原文"),
        (written(quote="对首次认定的企业给予99万元奖励"), "99万元"),
        (written(turns=""), ""),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client: TestClient, office: Office, draft: Draft, filled: dict[str, str], said: str
) -> None:
    reply = client.post(f"{base(draft)}/questions/case", data=filled)
    assert reply.status_code == 422
    alert = tree(reply.text).xpath("string(//*[@role='alert'])")
    assert said in alert
    assert alert.strip()
    back = form_of(reply.text, "/questions/case#form")
    assert [back["answer"].strip(), back["turns"].strip()] == [filled["answer"], filled["turns"]]
    assert read_questions(draft_place(office.settings.home, draft)).cases == ()


def test_two_people_at_one_question_lose_nothing(client: TestClient, colleague: TestClient, draft: Draft) -> None:
    client.post(f"{base(draft)}/questions/case", data=written())
    mine = form_of(client.get(f"{base(draft)}/questions?edit=q1").text, "/questions/case#form")
    theirs = form_of(colleague.get(f"{base(draft)}/questions?edit=q1").text, "/questions/case#form")
    assert (
        colleague.post(f"{base(draft)}/questions/case", data={**theirs, "quote": AMENDED, "note": "核对过"}).status_code
        == 303
    )
    reply = client.post(f"{base(draft)}/questions/case", data={**mine, "quote": AMENDED, "answer": "50万元 | 五十万元"})
    assert reply.status_code == 409
    assert "li.na" in reply.text
    assert "五十万元" in reply.text
    deleted = client.post(f"{base(draft)}/questions/delete", data={"id": "q1", "opened": mine["opened"]})
    assert deleted.status_code == 409
    now = {**form_of(reply.text, "/questions/case#form"), "quote": AMENDED}
    assert client.post(f"{base(draft)}/questions/case", data=now).status_code == 303


def test_nothing_ticked_no_questions_and_a_name_that_is_none_are_a_sentence_each(
    client: TestClient, draft: Draft
) -> None:
    assert "没有勾选" in client.post(f"{base(draft)}/questions/take").text
    assert "还没有题目" in client.post(f"{base(draft)}/questions/run").text
    refused = client.post(f"{base(draft)}/questions/set", data={"set": "../x"})
    assert refused.status_code == 422
    assert "../x" in refused.text
