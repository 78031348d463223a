"""Uploads over HTTP: told how far they are, stopped by a button or by leaving, refused in the reader's language."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_folder, drafts
from ingest.corpus.load import source_files
from tests.web.staff.conftest import CARE, ENDLESS, FIRMS, cutting_pids, is_gone, until
from web.settings import WebSettings
from web.staff.corpus import page as corpus
from web.staff.corpus.upload_routes import EVENTS
from web.staff.shell.jobs import Job
from web.staff.shell.office import Office

HOME = "/staff/corpus"
FARM = "伊金霍洛旗支持现代农牧业若干措施\n\n一、对新建标准化养殖场给予12万元补贴。\n"
MANY_LINES = "一\n".encode() * 300_000  # 1.2 MB whose clauses take half a gigabyte
SCRIPT = {"Accept": EVENTS}


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def draft(client: TestClient, office: Office) -> Draft:
    assert client.post(f"{HOME}/drafts").status_code == 303
    return drafts(office.settings.home)[0]


def upload(client: TestClient, draft: Draft, data: bytes, name: str = "农牧.txt", **headers: str) -> Any:
    given = {"draft": draft.id, "instead_of": ""}
    return client.post(f"{HOME}/upload", files={"file": (name, data)}, data=given, headers=headers)


def events(reply: Any) -> list[dict[str, str]]:
    assert reply.headers["content-type"].startswith(EVENTS)
    assert reply.headers["x-accel-buffering"] == "no", "a proxy must not hold it back"
    return [json.loads(event.removeprefix("data: ")) for event in reply.text.split("\n\n") if event]


def files(office: Office, draft: Draft) -> list[str]:
    folder = draft_folder(office.settings.home, draft)
    return sorted(path.relative_to(folder).as_posix() for path in source_files(folder))


def test_a_script_is_told_how_far_it_is_and_where_to_go(client: TestClient, office: Office, draft: Draft) -> None:
    told = events(upload(client, draft, FARM.encode(), **SCRIPT))
    assert [state["state"] for state in told][-1] == "done"
    assert {state["id"] for state in told} == {office.jobs.all()[0].id}
    assert told[-1]["result"] == f"{HOME}/drafts/{draft.id}/file?name=%E5%86%9C%E7%89%A7.txt"
    assert client.get(told[-1]["result"]).status_code == 200
    assert files(office, draft) == sorted([FIRMS, CARE, "农牧.txt"])


@pytest.mark.parametrize(("language", "sentence"), [("zh-CN", "PDF 已损坏"), ("en", "is damaged or no PDF")])
def test_a_script_is_told_what_is_wrong_in_its_language(
    client: TestClient, draft: Draft, language: str, sentence: str
) -> None:
    said = {**SCRIPT, "Accept-Language": language}
    assert sentence in events(upload(client, draft, b"%PDF-1.7 broken", "坏.pdf", **said))[-1]["error"]
    reply = client.post(f"{HOME}/upload", data={"draft": draft.id}, headers=said)
    assert reply.status_code == 422
    assert ("没有选择文件" in reply.json()["error"]) == (language == "zh-CN")


def test_another_upload_succeeds_while_one_takes_long_and_a_button_ends_that(
    client: TestClient, office: Office, draft: Draft
) -> None:
    replies: list[Any] = []
    thread = threading.Thread(target=lambda: replies.append(upload(client, draft, ENDLESS, "长.txt", **SCRIPT)))
    thread.start()
    until(cutting_pids)
    (pid,) = cutting_pids()
    (job,) = office.jobs.all()
    assert upload(client, draft, FARM.encode()).status_code == 303
    assert (job.state, is_gone(pid)) == ("running", False)
    assert client.post(f"/staff/jobs/{job.id}/cancel").json()["id"] == job.id
    thread.join(30)
    told = events(replies[0])
    assert any("正在读取和切分 长.txt" in state["words"] for state in told)
    assert told[-1]["state"] == "cancelled"
    assert is_gone(pid)
    assert files(office, draft) == sorted([FIRMS, CARE, "农牧.txt"])


def test_one_that_waits_is_told_how_many_are_before_it(
    client: TestClient, office: Office, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    counted = office.jobs.ahead_of

    def counted_once(job: Job) -> int:
        ahead = counted(job)
        go_on.set()
        return ahead

    def waits(_: object) -> str:
        assert go_on.wait(30)
        return ""

    for _ in range(3):
        office.jobs.queue("other", "other", waits, go_on.is_set)
    monkeypatch.setattr(office.jobs, "ahead_of", counted_once)
    told = events(upload(client, draft, FARM.encode(), **SCRIPT))
    assert told[0]["words"] == "排队等待读取，前面还有 3 份文件"
    assert told[-1]["state"] == "done"


class TestLittleTime:
    @pytest.fixture
    def staff_settings(self, staff_settings: WebSettings) -> WebSettings:
        return staff_settings.model_copy(update={"max_read_seconds": 1})

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("zh-CN", "长.txt：1 秒内没有读完，已停止，草稿没有改动。"),
            ("en", "长.txt: not read after 1 seconds; split the file"),
        ],
    )
    def test_a_file_that_takes_too_long_is_refused(
        self, client: TestClient, office: Office, draft: Draft, language: str, sentence: str
    ) -> None:
        reply = upload(client, draft, ENDLESS, "长.txt", **{"Accept-Language": language})
        assert reply.status_code == 422
        assert sentence in reply.text
        assert files(office, draft) == sorted([FIRMS, CARE])
        assert cutting_pids() == set()


class TestLittleMemory:
    @pytest.fixture
    def staff_settings(self, staff_settings: WebSettings) -> WebSettings:
        return staff_settings.model_copy(update={"max_read_mb": 256})

    def test_a_file_that_takes_too_much_memory_is_refused(
        self, client: TestClient, office: Office, draft: Draft
    ) -> None:
        reply = upload(client, draft, MANY_LINES, "长.txt")
        assert reply.status_code == 422
        assert "长.txt：读取需要的内存超过 256 MB，已停止，草稿没有改动。" in reply.text
        assert files(office, draft) == sorted([FIRMS, CARE])


# ── Leaving ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("accept", ["text/html", EVENTS])
def test_leaving_the_page_ends_the_process(
    client: TestClient, staff_app: FastAPI, office: Office, draft: Draft, accept: str
) -> None:
    form = {"draft": draft.id, "instead_of": "", "csrf": client.headers["X-CSRF"]}
    request = client.build_request(
        "POST", f"{HOME}/upload", files={"file": ("长.txt", ENDLESS)}, data=form, headers={"Accept": accept}
    )
    pids: set[int] = set()

    def leaves() -> bool:
        pids.update(cutting_pids())
        return bool(pids)

    asyncio.run(send_and_leave(staff_app, request, leaves))
    (job,) = office.jobs.all()
    assert job.wait(30)
    assert job.state == "cancelled"
    assert all(is_gone(pid) for pid in pids)
    assert files(office, draft) == sorted([FIRMS, CARE])


async def send_and_leave(app: FastAPI, request: Any, leaves: Callable[[], bool]) -> None:
    """What a server does with a browser that sends a request and closes the connection when ``leaves`` says so."""
    body = [{"type": "http.request", "body": request.read(), "more_body": False}]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": b"",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }

    async def receive() -> dict[str, Any]:
        if body:
            return body.pop()
        while not leaves():
            await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    async def send(_: object) -> None:
        """Nobody is there to read it."""

    await app(scope, receive, send)


# ── Looking at a file that was not cut yet ─────────────────────────────────────────────────────


def test_a_file_that_takes_long_to_be_cut_gets_a_page_that_has_it_cut(
    client: TestClient, office: Office, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = f"{HOME}/drafts/{draft.id}"
    monkeypatch.setattr(corpus, "PATIENCE_S", 0.0)
    page = client.get(f"{here}/file", params={"name": FIRMS}).text
    assert f'action="{here}/cut"' in page
    assert "data-now" in page
    until(lambda: all(job.is_over for job in office.jobs.all()))
    assert cutting_pids() == set(), "nobody waits for what was begun"
    told = events(client.post(f"{here}/cut", data={"name": FIRMS}, headers=SCRIPT))
    assert told[-1]["state"] == "done"
    assert '<article class="cut' in client.get(told[-1]["result"]).text
    reply = client.post(f"{here}/cut", data={"name": FIRMS})
    assert (reply.status_code, reply.headers["location"]) == (303, told[-1]["result"]), "without a script, too"
    assert client.post(f"{here}/cut", data={"name": "../draft.json"}).status_code == 422


def test_what_is_wrong_with_a_description_is_said_before_the_file_is_cut(
    client: TestClient, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "PATIENCE_S", 0.0)
    given = {"name": CARE, "title": "", "region": "", "level": "全球", "page_offset": ""}
    reply = client.post(f"{HOME}/drafts/{draft.id}/describe", data=given)
    assert reply.status_code == 422
    assert "级别只能是" in reply.text
    assert "data-now" not in reply.text, "the sentence would be gone in a moment"


def test_a_long_file_is_shown_in_parts(client: TestClient, office: Office, draft: Draft) -> None:
    rows = "".join(f"|{number}|x|\n" for number in range(2500))
    reply = upload(
        client, draft, f"办法\n\n一、甲。\n\n三、乙。\n\n| 甲 | 1 |\n|---|---|\n{rows}\n五、丙。\n".encode(), "表.md"
    )
    first, second = client.get(reply.headers["location"]).text, client.get(reply.headers["location"] + "&page=2").text
    assert "第 1 页，共 2 页" in first
    assert "2499" not in first
    assert "2499" in second
    assert 'href="#q-0"' in first
    assert 'href="?name=%E8%A1%A8.md&amp;page=2#q-1"' in first
    assert 'id="q-1"' in second
    for page in ("0", "-3", "99"):
        assert client.get(f"{reply.headers['location']}&page={page}").status_code == 200
