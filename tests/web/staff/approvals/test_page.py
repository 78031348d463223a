"""A second pair of eyes: asked for, given, refused, never one's own, and only of what was there."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_folder, drafts
from ingest.corpus.versions import published_over
from tests.web.staff.conftest import CARE, COLLEAGUE, FIRMS, STAFF, form_of, is_shown_as_text, job_of
from web.settings import WebSettings
from web.staff.approvals.approval import Approval, Standing, approval_of, standing_of
from web.staff.approvals.hands import changed_by, hands_of
from web.staff.identity.roles import Role
from web.staff.shell.edits import mark_of
from web.staff.shell.office import Office

QUESTION = {
    "turns": "高企首次认定奖励多少？",
    "kind": "single",
    "quote": "对首次认定的高新技术企业给予50万元奖励",
    "answer": "50万元",
}
HOSTILE = "<img src=x onerror=pwn(1)>"


@pytest.fixture
def staff_settings(staff_settings: WebSettings) -> WebSettings:
    return staff_settings.model_copy(update={"approval": True})


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def draft(client: TestClient, office: Office) -> Draft:
    client.post("/staff/corpus/drafts")
    (made,) = drafts(office.settings.home)
    change(office, made, FIRMS, "30万元", "50万元")
    return made


def change(office: Office, draft: Draft, file: str, before: str, after: str) -> None:
    path = draft_folder(office.settings.home, draft) / file
    path.write_text(path.read_text("utf-8").replace(before, after), encoding="utf-8")


def ask(client: TestClient, draft: Draft, note: str = "提高奖励") -> Any:
    form = form_of(client.get(f"/staff/corpus/drafts/{draft.id}").text, "/ask")
    return client.post(f"/staff/approvals/{draft.id}/ask", data=form | {"note": note})


def decide(client: TestClient, draft: Draft, verdict: str = "approved", words: str = "", page: str = "") -> Any:
    form = form_of(page or client.get("/staff/approvals").text, "/decide")
    form |= {"verdict": verdict, "words": words}
    return client.post(f"/staff/approvals/{draft.id}/decide", data=form)


def publish(client: TestClient, draft: Draft) -> Any:
    form = form_of(client.get(f"/staff/corpus/drafts/{draft.id}").text, "/publish")
    return client.post(f"/staff/corpus/drafts/{draft.id}/publish", data=form)


def standing(office: Office, draft: Draft) -> Standing:
    return standing_of(office.settings.corpus, office.settings.home, draft)


def kept_approval(office: Office, draft: Draft) -> Approval:
    kept = approval_of(office.settings.home, draft)
    assert kept is not None
    return kept


def published(office: Office) -> bool:
    return published_over(office.settings.corpus, office.settings.home) is not None


def log(office: Office) -> list[tuple[str, str]]:
    return [
        (entry.who, entry.what) for entry in office.audit.entries() if entry.what.startswith(("approval", "corpus_p"))
    ]


def test_what_another_account_approved_is_published(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    refused = publish(client, draft)
    assert (refused.status_code, "请先提交审批" in refused.text) == (409, True)
    assert ask(client, draft).status_code == 303
    assert "等另一个账号审批" in publish(client, draft).text
    assert "1 份草稿等您审批" in colleague.get("/staff").text
    assert "等您审批" not in client.get("/staff").text
    page = colleague.get("/staff/approvals").text
    assert "提高奖励" in page
    assert FIRMS in page
    assert decide(colleague, draft, words="核对过原文").status_code == 303
    assert "1 份已批准，可以发布" in client.get("/staff").text
    assert job_of(office, publish(client, draft)).state == "done"
    assert published(office)
    said = [(COLLEAGUE, "approval_given"), (STAFF, "approval_asked")]
    assert log(office) == [(STAFF, "corpus_published"), (STAFF, "corpus_publishing"), *said]
    given = next(entry for entry in office.audit.entries() if entry.what == "approval_given")
    assert dict(given.details) == {"draft": draft.id, "asked_by": STAFF, "words": "核对过原文"}


def test_nobody_approves_the_own(client: TestClient, colleague: TestClient, office: Office, draft: Draft) -> None:
    ask(client, draft)
    form = form_of(colleague.get("/staff/approvals").text, "/decide")
    assert "/decide" not in client.get("/staff/approvals").text
    reply = client.post(f"/staff/approvals/{draft.id}/decide", data=form | {"verdict": "approved"})
    assert (reply.status_code, "自己提交的不能自己批准" in reply.text) == (403, True)
    assert standing(office, draft) is Standing.WAITING
    office.accounts.set_role(COLLEAGUE, Role.EDIT)
    reply = colleague.post(f"/staff/approvals/{draft.id}/decide", data=form | {"verdict": "approved"})
    assert (reply.status_code, "“审批”" in reply.text) == (403, True)
    assert "/decide" not in colleague.get("/staff/approvals").text
    assert standing(office, draft) is Standing.WAITING


def test_a_refusal_says_why_and_can_be_mended(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    ask(client, draft)
    assert "请写明原因" in decide(colleague, draft, "refused").text
    assert decide(colleague, draft, "maybe", HOSTILE).status_code == 422
    assert decide(colleague, draft, "refused", HOSTILE).status_code == 303
    for page in (f"/staff/corpus/drafts/{draft.id}", "/staff/approvals"):
        assert is_shown_as_text(client.get(page).text, HOSTILE)
    assert "1 份被退回" in client.get("/staff").text
    assert "已被退回" in publish(client, draft).text
    change(office, draft, FIRMS, "50万元", "40万元")
    assert ask(client, draft).status_code == 303
    assert standing(office, draft) is Standing.WAITING


def test_an_approval_of_what_changed_meanwhile_does_not_count(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    ask(client, draft)
    page = colleague.get("/staff/approvals").text
    change(office, draft, CARE, "500元", "600元")
    reply = decide(colleague, draft, words="可以", page=page)
    assert (reply.status_code, "这次审批不算" in reply.text) == (409, True)
    assert "可以" in reply.text, "the words are not lost"
    ask(client, draft)
    assert decide(colleague, draft).status_code == 303
    change(office, draft, CARE, "600元", "700元")
    reply = publish(client, draft)
    assert (reply.status_code, "原来的批准不算" in reply.text) == (409, True)
    assert not published(office)
    assert "1 份内容有变" in client.get("/staff").text


def test_what_was_published_meanwhile_counts_as_a_change(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    ask(client, draft)
    decide(colleague, draft)
    client.post("/staff/corpus/drafts")
    (other,) = [one for one in drafts(office.settings.home) if one.id != draft.id]
    change(office, other, CARE, "500元", "900元")
    ask(client, other)
    decide(colleague, other)
    job_of(office, publish(client, other))
    form = form_of(client.get(f"/staff/corpus/drafts/{draft.id}").text, "/publish") | {"over_newer": "yes"}
    reply = client.post(f"/staff/corpus/drafts/{draft.id}/publish", data=form)
    assert (reply.status_code, "原来的批准不算" in reply.text) == (409, True)


def test_what_changes_while_it_is_being_published_is_not_published(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.store import publication

    copied = publication.copy_corpus

    def changed_first(folder: Any, target: Any) -> None:
        if folder == draft_folder(office.settings.home, draft):
            change(office, draft, CARE, "500元", "5000元")
        copied(folder, target)

    ask(client, draft)
    decide(colleague, draft)
    monkeypatch.setattr(publication, "copy_corpus", changed_first)
    job = job_of(office, publish(client, draft))
    assert (job.state, "原来的批准不算" in job.error.said("zh") if job.error else "") == ("failed", True)
    failed = next(office.audit.entries())
    assert (failed.who, failed.what, failed.details["draft"]) == (STAFF, "corpus_publishing_failed", draft.id)
    assert "原来的批准不算" in failed.details["reason"]
    assert not published(office)


@pytest.mark.parametrize("asked_by", ["client", "other"])
def test_who_worked_in_a_draft_does_not_approve_it_whoever_asked(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft, asked_by: str
) -> None:
    office.audit.note("zhao.min", "corpus_publishing", draft.id, draft=draft.id)
    office.audit.note(COLLEAGUE, "policy_corrected", "措施", draft=draft.id)
    ask(client if asked_by == "client" else colleague, draft)
    worked = client if asked_by == "other" else colleague  # began it, or corrected something in it
    form = {"opened": mark_of(kept_approval(office, draft).model_dump(mode="json")), "verdict": "approved"}
    assert "/decide" not in worked.get("/staff/approvals").text
    assert "等您审批" not in worked.get("/staff").text
    reply = worked.post(f"/staff/approvals/{draft.id}/decide", data=form)
    assert (reply.status_code, "没有改过它的账号" in reply.text) == (403, True)
    assert standing(office, draft) is Standing.WAITING
    assert "zhao.min" not in hands_of(draft, changed_by(office.audit)), "publishing changes nothing in it"


def test_an_approval_is_of_the_questions_too(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    ask(client, draft)
    assert decide(colleague, draft).status_code == 303
    assert standing(office, draft) is Standing.APPROVED
    client.post(f"/staff/corpus/drafts/{draft.id}/questions/case", data=QUESTION)
    assert standing(office, draft) is Standing.CHANGED
    ask(client, draft)
    assert decide(colleague, draft).status_code == 303
    changed = form_of(client.get(f"/staff/corpus/drafts/{draft.id}/questions?edit=q1").text, "/questions/case#form")
    client.post(f"/staff/corpus/drafts/{draft.id}/questions/case", data=changed | QUESTION | {"answer": "奖励"})
    assert standing(office, draft) is Standing.CHANGED
    form = form_of(client.get(f"/staff/corpus/drafts/{draft.id}").text, "/publish") | {"questions_anyway": "yes"}
    reply = client.post(f"/staff/corpus/drafts/{draft.id}/publish", data=form)
    assert (reply.status_code, "原来的批准不算" in reply.text) == (409, True)


def test_a_question_whose_words_are_gone_is_said_before_anybody_is_asked(
    client: TestClient, office: Office, draft: Draft
) -> None:
    client.post(f"/staff/corpus/drafts/{draft.id}/questions/case", data=QUESTION)
    change(office, draft, FIRMS, "50万元", "60万元")
    reply = ask(client, draft)
    assert (reply.status_code, "题“q1”不能保存" in reply.text) == (422, True)
    assert standing(office, draft) is Standing.NONE


def test_the_second_who_decides_is_told(
    client: TestClient, colleague: TestClient, office: Office, draft: Draft
) -> None:
    ask(client, draft)
    first = colleague.get("/staff/approvals").text
    assert decide(colleague, draft, "refused", "缺附件").status_code == 303
    late = decide(colleague, draft, "approved", "可以", page=first)
    assert (late.status_code, f"{COLLEAGUE}（" in late.text) == (409, True)
    assert standing(office, draft) is Standing.REFUSED


@pytest.mark.parametrize("opened", ["", "0" * 64])
def test_a_draft_is_asked_for_as_it_was_seen(client: TestClient, office: Office, draft: Draft, opened: str) -> None:
    reply = client.post(f"/staff/approvals/{draft.id}/ask", data={"opened": opened})
    if opened:
        assert (reply.status_code, "草稿又有改动" in reply.text) == (422, True)
    change(office, draft, FIRMS, "50万元", "30万元")
    reply = client.post(f"/staff/approvals/{draft.id}/ask")
    assert (reply.status_code, "没有可审批的内容" in reply.text) == (422, True)
    assert client.post("/staff/approvals/000000000000/ask").status_code == 422
    assert client.post("/staff/approvals/000000000000/decide").status_code == 422
