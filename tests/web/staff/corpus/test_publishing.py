"""A draft tried, measured, published, put back; whatever fails, what served serves on, and no question fails."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.match.matching import MatcherKeeper
from bot.pipeline import PolicyBot
from bot.types import Question
from index.measure.killed_builds import HashedPairs
from ingest.corpus.draft import Draft, draft_folder, draft_place, drafts
from ingest.corpus.versions import published_over
from ingest.errors import UnusableIndex
from tests.web.conftest import TODAY
from tests.web.staff.conftest import FIRMS, STAFF, finished, is_shown_as_text, job_of
from web.api.answer_service import AnswerService
from web.api.routes import api_routes
from web.http.guards import Allowance
from web.staff.corpus.publishing import ASKING, VECTORS_FOLDER, Publishing, steps_told
from web.staff.shell.jobs import Progress
from web.staff.shell.office import Office
from web.staff.shell.words import sayer

HOME = "/staff/corpus"
QUESTION = "高企首次认定奖励多少？"
GRANTED = "对首次认定的高新技术企业给予30万元奖励"
GRANT = {
    "document": "伊金霍洛旗支持企业高质量发展若干措施",
    "records": [
        {
            "id": "k1",
            "title": "高企首次认定奖励",
            "kind": "奖励",
            "spans": [GRANTED],
            "recipient": {"who": "company", "span": None},
            "conditions": {
                "all": [
                    {"span": "高新技术企业", "attribute": "recognition", "operator": "is", "value": "高新技术企业"},
                    {"span": "首次认定", "attribute": "recognition.time", "operator": "in", "value": ["首次"]},
                ]
            },
            "amounts": [{"object": "", "figure": "30万元", "bound": "fixed", "span": GRANTED}],
            "review": {"by": "李雪", "on": "2026-11-01"},
        }
    ],
}
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


def publish(client: TestClient, office: Office, draft: Draft, **fields: str) -> Any:
    return job_of(office, client.post(f"{HOME}/drafts/{draft.id}/publish", data=fields))


def test_a_published_draft_serves_at_once_and_one_click_puts_the_old_one_back(
    client: TestClient, office: Office, draft: Draft
) -> None:
    assert "30万元" in says(office)
    assert publish(client, office, draft, note=HOSTILE).state == "done"
    assert "50万元" in says(office)
    assert drafts(office.settings.home) == []
    page = client.get(HOME).text
    assert is_shown_as_text(page, HOSTILE)
    published = published_over(office.settings.corpus, office.settings.home)
    assert published is not None
    before = published.version(published.serving).over
    assert f"{HOME}/versions/{before}/serve" in page
    assert job_of(office, client.post(f"{HOME}/versions/{before}/serve")).state == "done"
    assert "30万元" in says(office)
    log = [entry.what for entry in office.audit.entries()]
    assert log[:4] == ["corpus_put_back", "corpus_putting_back", "corpus_published", "corpus_publishing"]


@pytest.mark.parametrize("where", ["cut", "index", "bot"])
def test_a_publication_that_fails_leaves_the_old_one_serving_and_the_draft_as_it_was(
    client: TestClient, office: Office, draft: Draft, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if where == "cut":
        (draft_folder(office.settings.home, draft) / "坏.txt").write_bytes(b"\0\0\0")
    elif where == "index":

        def encode(*_: Any, **__: Any) -> None:
            raise UnusableIndex("index.index_cannot_be_written", store="var", reason="the disk is full")

        monkeypatch.setattr("index.measure.killed_builds.HashedPairs.encode_passages", encode)
    else:

        def over(*_: Any) -> None:
            raise ZeroDivisionError("secret")

        monkeypatch.setattr(Publishing, "_bot_over", over)
    job = publish(client, office, draft)
    assert job.state == "failed"
    assert job.error
    assert "secret" not in job.error
    assert "30万元" in says(office)
    assert published_over(office.settings.corpus, office.settings.home) is None
    assert [one.id for one in drafts(office.settings.home)] == [draft.id]
    assert client.get(HOME).status_code == 200


def test_a_publication_that_is_stopped_changes_nothing(
    client: TestClient, office: Office, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    made = Publishing._bot_over  # pyright: ignore[reportPrivateUsage]

    def slowly(self: Publishing, *given: Any) -> PolicyBot:
        reached.set()
        assert go_on.wait(20)
        return made(self, *given)

    from index.measure.killed_builds import HashedPairs

    encode = HashedPairs.encode_passages

    def wait_first(self: HashedPairs, texts: Any, **other: Any) -> Any:
        reached.set()
        assert go_on.wait(20)
        return encode(self, texts, **other)

    monkeypatch.setattr(HashedPairs, "encode_passages", wait_first)
    monkeypatch.setattr(Publishing, "_bot_over", slowly)
    reply = client.post(f"{HOME}/drafts/{draft.id}/publish")
    assert reached.wait(20)
    client.post(f"/staff/jobs/{reply.headers['location'].rpartition('=')[2]}/cancel")
    go_on.set()
    assert job_of(office, reply).state == "cancelled"
    assert "30万元" in says(office)
    assert published_over(office.settings.corpus, office.settings.home) is None


# ── What was embedded already ──────────────────────────────────────────────────────────────────


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were embedded, in their order; the index of what serves is there before."""
    texts: list[str] = []
    encode = HashedPairs.encode_passages

    def counted(self: HashedPairs, given: Any, **other: Any) -> Any:
        texts.extend(given)
        return encode(self, given, **other)

    monkeypatch.setattr(HashedPairs, "encode_passages", counted)
    return texts


def tried(client: TestClient, office: Office, draft: Draft) -> None:
    reply = client.post(f"{HOME}/drafts/{draft.id}/try", data={"question": QUESTION})
    assert job_of(office, reply).state == "done"


def test_publishing_embeds_nothing_that_a_trial_of_the_same_draft_embedded(
    client: TestClient, office: Office, draft: Draft, embedded: list[str]
) -> None:
    tried(client, office, draft)
    assert embedded, "the changed clause"
    embedded.clear()
    assert publish(client, office, draft).state == "done"
    assert embedded == []
    assert "50万元" in says(office)
    assert office.door.bot.clause_index.encoder.__class__ is HashedPairs  # type: ignore[attr-defined]


def test_what_a_trial_embedded_outlives_the_service_and_goes_with_the_draft(
    client: TestClient, office: Office, draft: Draft, embedded: list[str]
) -> None:
    tried(client, office, draft)
    place = draft_place(office.settings.home, draft) / VECTORS_FOLDER
    assert place.is_dir()
    embedded.clear()
    anew = Publishing(office)  # as after a new start
    job = anew.publish(draft, STAFF, "", lambda key, **_: key, over_newer=False)
    assert finished(job).state == "done"
    assert embedded == []
    assert not place.exists()


def test_a_clause_changed_after_the_trial_is_embedded_and_no_other(
    client: TestClient, office: Office, draft: Draft, embedded: list[str]
) -> None:
    tried(client, office, draft)
    embedded.clear()
    path = draft_folder(office.settings.home, draft) / "养老.txt"
    path.write_text(path.read_text("utf-8").replace("500元", "600元"), encoding="utf-8")
    tried(client, office, draft)
    assert embedded
    assert all("600元" in text for text in embedded)
    embedded.clear()
    assert publish(client, office, draft).state == "done"
    assert embedded == []


def test_trials_at_the_same_time_keep_the_right_vectors(
    client: TestClient, office: Office, draft: Draft, embedded: list[str]
) -> None:
    """What changes is measured while a question is asked of the same draft; both embed the same texts at once."""
    first = client.post(f"{HOME}/drafts/{draft.id}/try", data={"question": QUESTION})
    second = client.post(f"{HOME}/drafts/{draft.id}/impact", data={"set": "decline_fresh"})
    assert [job_of(office, reply).state for reply in (first, second)] == ["done", "done"]
    embedded.clear()
    assert publish(client, office, draft).state == "done"
    assert embedded == []
    assert "50万元" in says(office)


def test_a_draft_in_which_only_a_grant_changed_matches_at_once_and_embeds_nothing(
    client: TestClient, office: Office, embedded: list[str]
) -> None:
    keeper = MatcherKeeper()
    profile = "我们公司在伊旗，今年首次认定为国家高新技术企业。"

    def met() -> list[str]:
        matcher = keeper.of(office.door.bot.corpus)
        return [match.grant.record.title for match in matcher.match_profile(profile, TODAY).met]

    client.post(f"{HOME}/drafts")
    (draft,) = drafts(office.settings.home)
    folder = draft_folder(office.settings.home, draft) / "entitlements"
    folder.mkdir(exist_ok=True)
    (folder / "企业.json").write_text(json.dumps(GRANT, ensure_ascii=False), "utf-8")
    assert met() == []
    embedded.clear()
    assert publish(client, office, draft).state == "done"
    assert met() == ["高企首次认定奖励"]
    assert embedded == []
    assert "30万元" in says(office)


def test_an_outdated_draft_is_published_only_when_that_is_said(
    client: TestClient, office: Office, draft: Draft
) -> None:
    client.post(f"{HOME}/drafts")
    other = next(one for one in drafts(office.settings.home) if one.id != draft.id)
    publish(client, office, draft)
    folder = draft_folder(office.settings.home, other)
    (folder / "养老.txt").unlink()
    reply = client.post(f"{HOME}/drafts/{other.id}/publish")
    assert reply.status_code == 409
    assert 'name="over_newer"' in reply.text
    assert publish(client, office, other, over_newer="yes").state == "done"
    assert "30万元" in says(office)


def test_no_version_of_another_name_is_put_back(client: TestClient, office: Office) -> None:
    for identity in ("nowhere", "..", "%2e%2e%2f"):
        reply = client.post(f"{HOME}/versions/{identity}/serve")
        if reply.status_code == 303 and "job=" in reply.headers["location"]:
            assert job_of(office, reply).state == "failed"
        else:
            assert reply.status_code in (303, 404, 422)
    assert "30万元" in says(office)


def test_an_old_version_is_deleted_and_the_one_that_serves_is_not(
    client: TestClient, office: Office, draft: Draft
) -> None:
    publish(client, office, draft)
    published = published_over(office.settings.corpus, office.settings.home)
    assert published is not None
    old, new = published.versions
    page = client.get(HOME).text
    assert f'action="{HOME}/versions/{old.id}/delete"' in page
    assert f'action="{HOME}/versions/{new.id}/delete"' not in page
    refused = client.post(f"{HOME}/versions/{new.id}/delete")
    assert refused.status_code == 422
    assert "正在使用，不能删除" in refused.text
    assert client.post(f"{HOME}/versions/{old.id}/delete").headers["location"] == f"{HOME}#versions"
    assert f"/versions/{old.id}/" not in client.get(HOME).text
    entry = next(iter(office.audit.entries()))
    assert (entry.who, entry.what, entry.about) == (STAFF, "corpus_version_deleted", old.id)
    again = client.post(f"{HOME}/versions/{old.id}/delete")
    assert (again.status_code, "页面列出了留存的版本" in again.text) == (422, True)
    assert "50万元" in says(office)


def test_two_publications_at_once_are_refused(
    client: TestClient, office: Office, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    made = Publishing._bot_over  # pyright: ignore[reportPrivateUsage]

    def slowly(self: Publishing, *given: Any) -> PolicyBot:
        assert go_on.wait(20)
        return made(self, *given)

    monkeypatch.setattr(Publishing, "_bot_over", slowly)
    first = client.post(f"{HOME}/drafts/{draft.id}/publish")
    second = client.post(f"{HOME}/drafts/{draft.id}/publish")
    go_on.set()
    assert job_of(office, first).state == "done"
    assert second.status_code == 409


def test_no_question_fails_while_versions_are_switched(
    client: TestClient, staff_app: FastAPI, office: Office, draft: Draft
) -> None:
    """Four visitors ask without a pause while a version is published, put back and published again."""
    service = AnswerService(office.door, Allowance(10**6), office.settings, office.today)
    staff_app.include_router(api_routes(service))
    over = threading.Event()
    statuses: list[int] = []
    answers: set[str] = set()
    lock = threading.Lock()

    def ask() -> None:
        with TestClient(staff_app) as visitor:
            while not over.is_set():
                reply = visitor.post("/api/ask", json={"question": QUESTION})
                with lock:
                    statuses.append(reply.status_code)
                    answers.add("50万元" if "50万元" in reply.text else "30万元" if "30万元" in reply.text else "?")

    visitors = [threading.Thread(target=ask) for _ in range(4)]
    for one in visitors:
        one.start()
    try:
        assert publish(client, office, draft).state == "done"
        published = published_over(office.settings.corpus, office.settings.home)
        assert published is not None
        newer, older = published.serving, published.version(published.serving).over
        for identity in (older, newer, older):
            assert job_of(office, client.post(f"{HOME}/versions/{identity}/serve")).state == "done"
    finally:
        over.set()
        for one in visitors:
            one.join(30)
    assert set(statuses) == {200}
    assert answers == {"30万元", "50万元"}


def test_only_our_own_bot_is_published_over(client: TestClient, office: Office, draft: Draft) -> None:
    from tests.web.conftest import LittleBot

    office.door.open(LittleBot())
    job = publish(client, office, draft)
    assert job.state == "failed"
    assert job.who == STAFF


def test_trials_in_memory_are_few(client: TestClient, office: Office, draft: Draft) -> None:
    publishing = Publishing(replace(office))
    path = draft_folder(office.settings.home, draft) / FIRMS
    for number in range(4):
        path.write_text(f"伊金霍洛旗办法\n\n一、给予{number + 2}万元奖励。\n", encoding="utf-8")
        job = publishing.prepare(draft, STAFF, lambda key, **_: key, "/staff")
        while job.state == "running":
            threading.Event().wait(0.01)
        assert job.state == "done"
    assert len(publishing._trials) == 2  # pyright: ignore[reportPrivateUsage]
    assert client.get(HOME).status_code == 200


def test_asking_many_questions_says_how_long_it_still_takes() -> None:
    said: list[str] = []

    class Told(Progress):
        def step(self, done: int, total: int, words: str) -> None:
            said.append(words)

    step = steps_told(Told.__new__(Told), sayer("corpus", "zh"))
    step(0, 1_000_000_000, ASKING)
    step(1, 1_000_000_000, ASKING)
    assert said[0] == "正在提问"
    assert "分钟" in said[1]
