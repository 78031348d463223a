"""Long work: it tells how far it is, stops when asked, and never stays "running" when it is not."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ingest.errors import ServiceUnavailable, UnusableInput
from ingest.sentences import Sentence
from tests.web.staff.conftest import STAFF
from web.staff.shell.jobs import JOBS_KEPT, Job, JobBusy, Jobs, Progress
from web.staff.shell.office import Office

SOON_S = 10


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def wait(job: Job) -> Job:
    """Wait until a job is over."""
    over = threading.Event()
    for _ in range(SOON_S * 100):
        if job.state != "running":
            return job
        over.wait(0.01)
    raise AssertionError(f"still running: {job}")


def test_work_tells_how_far_it_is_and_ends_with_its_result(jobs: Jobs) -> None:
    seen, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        progress.step(1, 4, "第 1 题")
        seen.set()
        assert go_on.wait(SOON_S)
        return "/staff/evaluation/runs/1"

    job = jobs.start("evaluation", STAFF, work)
    assert seen.wait(SOON_S)
    assert (job.state, job.done, job.total, job.words) == ("running", 1, 4, "第 1 题")
    assert jobs.running("evaluation") is job
    go_on.set()
    wait(job)
    assert (job.state, job.done, job.result) == ("done", 4, "/staff/evaluation/runs/1")
    assert jobs.running("evaluation") is None
    assert jobs.find(job.id) is job


def test_one_of_a_kind_at_a_time(jobs: Jobs) -> None:
    go_on = threading.Event()

    def work(progress: Progress) -> str:
        assert go_on.wait(SOON_S)
        return ""

    first = jobs.start("index", STAFF, work)
    with pytest.raises(JobBusy, match=STAFF):
        jobs.start("index", "other", work)
    other = jobs.start("evaluation", STAFF, work)
    go_on.set()
    wait(first)
    wait(other)
    wait(jobs.start("index", STAFF, work))


def test_a_job_without_a_thread_does_not_stand_in_the_way_of_the_next(jobs: Jobs, monkeypatch) -> None:
    def none_left(self) -> None:
        raise RuntimeError("can't start new thread")

    worked: list[str] = []

    def work(progress: Progress) -> str:
        progress.step(0, 1)
        worked.append("once")
        return ""

    with monkeypatch.context() as starved:
        starved.setattr(threading.Thread, "start", none_left)
        with pytest.raises(ServiceUnavailable, match="no thread to spare"):
            jobs.start("index", STAFF, work)
    assert jobs.running("index") is None
    assert wait(jobs.start("index", STAFF, work)).state == "done"
    assert worked == ["once"]


def test_a_job_stops_at_its_next_step(jobs: Jobs) -> None:
    begun = threading.Event()
    steps: list[int] = []

    def work(progress: Progress) -> str:
        for number in range(1_000_000):
            progress.step(number, 0)
            steps.append(number)
            begun.set()
        return ""

    job = jobs.start("index", STAFF, work)
    assert begun.wait(SOON_S)
    assert jobs.cancel(job.id) is job
    assert wait(job).state == "cancelled"
    assert len(steps) < 1_000_000
    assert jobs.cancel("nowhere") is None


def test_a_fault_of_ours_is_told_and_another_only_logged(jobs: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    def unusable(progress: Progress) -> str:
        raise UnusableInput("web.file_empty")

    def broken(progress: Progress) -> str:
        raise ZeroDivisionError("secret detail")

    assert wait(jobs.start("a", STAFF, unusable)).error == "The file is empty."
    job = wait(jobs.start("b", STAFF, broken))
    assert job.state == "failed"
    assert job.error == Sentence("web.job_failed")
    assert "secret detail" in caplog.text


def test_old_jobs_are_forgotten_but_none_that_runs(jobs: Jobs) -> None:
    go_on = threading.Event()

    def waits(progress: Progress) -> str:
        assert go_on.wait(SOON_S)
        return ""

    running = jobs.start("long", STAFF, waits)
    for _ in range(JOBS_KEPT + 10):
        wait(jobs.start("short", STAFF, lambda progress: ""))
    assert len(jobs.all()) <= JOBS_KEPT + 2
    assert jobs.find(running.id) is running
    go_on.set()
    wait(running)


def test_closing_stops_what_runs() -> None:
    jobs = Jobs()
    begun = threading.Event()

    def work(progress: Progress) -> str:
        begun.set()
        while True:
            progress.step(0, 0)

    job = jobs.start("index", STAFF, work)
    assert begun.wait(SOON_S)
    jobs.close()
    assert wait(job).state == "cancelled"


def test_jobs_that_take_turns_run_in_their_order() -> None:
    jobs = Jobs(in_order_at_once=1)
    go_on = threading.Event()
    begun: list[str] = []
    over: list[str] = []

    def turn(name: str) -> Job:
        def work(progress: Progress) -> str:
            begun.append(name)
            assert go_on.wait(SOON_S)
            return f"/{name}"

        return jobs.queue("read", STAFF, work, over=lambda: over.append(name))

    first, second, third = turn("first"), turn("second"), turn("third")
    assert [jobs.ahead_of(job) for job in (first, second, third)] == [0, 1, 2]
    assert (second.state, second.is_over, second.wait(0)) == ("waiting", False, False)
    jobs.cancel(second.id)
    assert (second.state, second.is_over, over) == ("cancelled", True, ["second"])
    assert jobs.ahead_of(third) == 1
    go_on.set()
    assert third.wait(SOON_S)
    assert (begun, over) == (["first", "third"], ["second", "first", "third"])
    assert (third.state, third.result) == ("done", "/third")
    jobs.close()


def test_a_turn_that_fails_is_over_too(jobs: Jobs) -> None:
    over: list[str] = []

    def unusable(progress: Progress) -> str:
        raise UnusableInput("web.file_damaged_zip_archive")

    job = jobs.queue("read", STAFF, unusable, over=lambda: over.append("over"))
    assert job.wait(SOON_S)
    assert (job.state, job.error, over) == ("failed", Sentence("web.file_damaged_zip_archive"), ["over"])


def test_closing_waits_for_those_that_take_turns() -> None:
    jobs = Jobs(in_order_at_once=1)
    begun = threading.Event()

    def work(progress: Progress) -> str:
        begun.set()
        while True:
            progress.step(0, 0)

    running = jobs.queue("read", STAFF, work, over=begun.is_set)
    waiting = jobs.queue("read", STAFF, work, over=begun.is_set)
    assert begun.wait(SOON_S)
    jobs.close()
    assert [job.state for job in (running, waiting)] == ["cancelled", "cancelled"]


def test_what_went_wrong_is_said_in_the_readers_language(client: TestClient, office: Office) -> None:
    def unusable(progress: Progress) -> str:
        raise UnusableInput("ingest.locked_password", name="a.pdf")

    job = wait(office.jobs.start("a", STAFF, unusable))
    assert "有密码保护" in client.get(f"/staff/jobs/{job.id}").json()["error"]
    assert "is locked" in client.get(f"/staff/jobs/{job.id}?lang=en").json()["error"]


# ── Over HTTP ──────────────────────────────────────────────────────────────────────────────────


def test_a_page_can_watch_and_stop_a_job(client: TestClient, office: Office) -> None:
    begun = threading.Event()

    def work(progress: Progress) -> str:
        while True:
            progress.step(3, 9, "<b>第 3 题</b>")
            begun.set()

    job = office.jobs.start("evaluation", STAFF, work)
    assert begun.wait(SOON_S)
    told = client.get(f"/staff/jobs/{job.id}").json()
    assert set(told) == {"id", "kind", "state", "done", "total", "words", "error", "result"}
    assert (told["state"], told["done"], told["total"], told["words"]) == ("running", 3, 9, "<b>第 3 题</b>")
    assert client.post(f"/staff/jobs/{job.id}/cancel").status_code == 200
    wait(job)
    assert client.get(f"/staff/jobs/{job.id}").json()["state"] == "cancelled"
    newest = next(office.audit.entries())
    assert (newest.who, newest.what, newest.about) == (STAFF, "job_stopped", "evaluation")


def test_what_a_job_failed_by_is_said_in_the_language_of_the_page_that_asks(client: TestClient, office: Office) -> None:
    def fails(progress: Progress) -> str:
        raise UnusableInput("index.no_clause", folder=office.settings.home / "corpus")

    def breaks(progress: Progress) -> str:
        raise ZeroDivisionError("secret")

    jobs = [wait(office.jobs.start(kind, STAFF, work)) for kind, work in (("a", fails), ("b", breaks))]
    chinese, english = (
        [client.get(f"/staff/jobs/{job.id}", params={"lang": tongue}).json()["error"] for job in jobs]
        for tongue in ("zh", "en")
    )
    assert chinese == ["政策库里一条条款也没有，请先加入政策文件。", "任务失败，服务器的日志里有原因，请联系管理员。"]
    assert english[0] == "There is no clause in corpus. Put a policy text there."
    assert "没有这个任务" in client.get("/staff/jobs/nowhere").json()["error"]
    assert "There is no such job" in client.get("/staff/jobs/nowhere?lang=en").json()["error"]


def test_unknown_jobs_and_strangers(client: TestClient, office: Office) -> None:
    reply = client.get("/staff/jobs/nowhere", headers={"Accept": "application/json"})
    assert reply.status_code == 404
    job = wait(office.jobs.start("a", STAFF, lambda progress: ""))
    del client.headers["X-CSRF"]
    assert client.post(f"/staff/jobs/{job.id}/cancel", headers={"Accept": "application/json"}).status_code == 403
    client.cookies.clear()
    assert client.get(f"/staff/jobs/{job.id}", headers={"Accept": "application/json"}).status_code == 401
