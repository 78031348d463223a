"""Files of drafts are read by processes: some at once, others in order, each ended when it is to be."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_folder, draft_place, remove_file, start_draft
from ingest.corpus.load import source_files
from ingest.corpus.versions import file_digests
from ingest.errors import DraftUnusable, SourceUnreadable
from tests.web.staff.conftest import ENDLESS, FIRMS, FIRMS_TEXT, STAFF, cutting_pids, finished, is_gone, until
from web.settings import WebSettings
from web.staff.corpus.page import CorpusPages
from web.staff.corpus.reading import Reading
from web.staff.shell.jobs import MOST_WAITING, Job, Jobs, TooManyWaiting
from web.staff.shell.office import Office
from web.staff.shell.words import sayer

FARM = "伊金霍洛旗支持现代农牧业若干措施\n\n一、对新建标准化养殖场给予12万元补贴。\n"
NOW = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
t = sayer("corpus", "zh")


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def one_at_a_time(office: Office) -> Iterator[Office]:
    made = replace(office, jobs=Jobs(in_order_at_once=1))
    yield made
    made.jobs.close()


@pytest.fixture
def draft(staff_settings: WebSettings, office: Office) -> Draft:
    return start_draft(staff_settings.corpus, staff_settings.home, STAFF, NOW)


def reading_of(office: Office) -> Reading:
    return CorpusPages(office).reading


def take_in(office: Office, draft: Draft, data: bytes, name: str = "农牧.txt", instead_of: str = "") -> Job:
    seen = file_digests(draft_folder(office.settings.home, draft)).get(instead_of, "")
    return reading_of(office).take_in(draft, io.BytesIO(data), name, instead_of, seen, STAFF, t)


def texts_of(office: Office, draft: Draft) -> dict[str, str]:
    folder = draft_folder(office.settings.home, draft)
    return {path.name: path.read_text("utf-8") for path in source_files(folder)}


def left_over(office: Office, draft: Draft) -> list[str]:
    return [path.name for path in (draft_place(office.settings.home, draft) / "incoming").iterdir()]


def reads(job: Job) -> bool:
    return job.state == "running" and bool(cutting_pids())


def test_a_file_is_put_in_and_its_cut_is_kept(office: Office, draft: Draft) -> None:
    job = finished(take_in(office, draft, FARM.encode()))
    assert (job.state, job.result) == ("done", f"/staff/corpus/drafts/{draft.id}/file?name=%E5%86%9C%E7%89%A7.txt")
    assert texts_of(office, draft)["农牧.txt"] == FARM
    kept = reading_of(office).kept(draft, "农牧.txt")
    assert kept is not None
    assert kept.summary.clauses == 1
    assert left_over(office, draft) == []


def test_what_stands_in_the_draft_is_cut_when_it_is_asked_for(office: Office, draft: Draft) -> None:
    reading = reading_of(office)
    assert reading.kept(draft, FIRMS) is None
    assert finished(reading.cut(draft, FIRMS, STAFF, t)).state == "done"
    assert reading.kept(draft, FIRMS) is not None
    (draft_folder(office.settings.home, draft) / FIRMS).write_text(FIRMS_TEXT + "三、另行通知。\n", encoding="utf-8")
    assert reading.kept(draft, FIRMS) is None, "it is another file now"
    with pytest.raises(DraftUnusable, match="no file"):
        reading.cut(draft, "../draft.json", STAFF, t)


def test_a_replacement_of_another_format_keeps_its_cut(office: Office, draft: Draft) -> None:
    job = finished(take_in(office, draft, f"# {FARM}".encode(), "新.md", instead_of=FIRMS))
    assert job.state == "done"
    assert FIRMS not in texts_of(office, draft)
    assert reading_of(office).kept(draft, "新.md") is not None


def test_stopping_ends_the_process_and_leaves_nothing(office: Office, draft: Draft) -> None:
    before = texts_of(office, draft)
    job = take_in(office, draft, ENDLESS)
    until(lambda: reads(job) and "正在读取和切分 农牧.txt" in job.words)
    (pid,) = cutting_pids()
    office.jobs.cancel(job.id)
    assert finished(job).state == "cancelled"
    assert is_gone(pid)
    assert texts_of(office, draft) == before
    assert left_over(office, draft) == []


def test_closing_ends_every_process(office: Office, draft: Draft) -> None:
    jobs = [take_in(office, draft, ENDLESS + str(number).encode()) for number in range(3)]
    until(lambda: len(cutting_pids()) == 2)
    pids = cutting_pids()
    assert [job.state for job in jobs] == ["running", "running", "waiting"]
    office.jobs.close()
    assert all(is_gone(pid) for pid in pids)
    assert [job.state for job in jobs] == ["cancelled"] * 3
    assert left_over(office, draft) == []


def test_others_are_read_while_one_takes_long(office: Office, draft: Draft) -> None:
    endless = take_in(office, draft, ENDLESS, "长.txt")
    until(lambda: reads(endless))
    for number in range(3):
        job = finished(take_in(office, draft, f"办法\n\n一、给予{number + 1}万元补贴。\n".encode(), f"{number}.txt"))
        assert job.state == "done"
    assert endless.state == "running"
    assert {"0.txt", "1.txt", "2.txt"} < texts_of(office, draft).keys()


def test_the_others_wait_in_their_order(one_at_a_time: Office, draft: Draft) -> None:
    jobs = one_at_a_time.jobs
    first = take_in(one_at_a_time, draft, ENDLESS, "长.txt")
    until(lambda: reads(first))
    waiting = [take_in(one_at_a_time, draft, f"{FARM}{n}".encode(), f"{n}.txt") for n in range(3)]
    assert [jobs.ahead_of(job) for job in waiting] == [1, 2, 3]
    jobs.cancel(waiting[0].id)
    assert waiting[0].state == "cancelled"
    assert [jobs.ahead_of(job) for job in waiting[1:]] == [1, 2]
    assert len(left_over(one_at_a_time, draft)) == 3, "the one that is read and two that wait"
    jobs.cancel(first.id)
    assert [finished(job).state for job in waiting] == ["cancelled", "done", "done"]
    assert {"1.txt", "2.txt"} < texts_of(one_at_a_time, draft).keys()


def test_there_is_an_end_to_waiting(one_at_a_time: Office, draft: Draft) -> None:
    go_on = threading.Event()

    def waits(_: object) -> str:
        assert go_on.wait(30)
        return ""

    first = one_at_a_time.jobs.queue("other", STAFF, waits, go_on.is_set)
    until(lambda: first.state == "running")
    for _ in range(MOST_WAITING):
        one_at_a_time.jobs.queue("other", STAFF, waits, go_on.is_set)
    with pytest.raises(TooManyWaiting):
        take_in(one_at_a_time, draft, FARM.encode())
    assert left_over(one_at_a_time, draft) == []
    go_on.set()


class TestLittleTime:
    @pytest.fixture
    def staff_settings(self, staff_settings: WebSettings) -> WebSettings:
        return staff_settings.model_copy(update={"max_read_seconds": 1})

    def test_a_file_that_takes_too_long_to_be_cut_is_not_put_in(self, office: Office, draft: Draft) -> None:
        before = texts_of(office, draft)
        job = finished(take_in(office, draft, ENDLESS))
        assert (job.state, str(job.error).partition(";")[0]) == ("failed", "农牧.txt: not read after 1 seconds")
        assert texts_of(office, draft) == before
        assert left_over(office, draft) == []
        assert cutting_pids() == set()


def test_a_file_that_cannot_be_read_leaves_nothing(office: Office, draft: Draft) -> None:
    before = texts_of(office, draft)
    assert "damaged" in (finished(take_in(office, draft, b"%PDF-1.7 broken", "坏.pdf")).error or "")
    with pytest.raises(SourceUnreadable, match="is a picture"):
        take_in(office, draft, b"\x89PNG\r\n", "图.txt")
    assert texts_of(office, draft) == before
    assert left_over(office, draft) == []


def test_a_draft_thrown_away_meanwhile_is_not_begun_anew(office: Office, draft: Draft) -> None:
    from ingest.corpus.draft import discard_draft

    job = take_in(office, draft, ENDLESS[: len(ENDLESS) // 50])
    until(lambda: reads(job) or job.is_over)
    discard_draft(office.settings.home, draft)
    assert finished(job).state == "failed"
    assert not draft_place(office.settings.home, draft).exists()


def test_a_file_taken_out_while_its_replacement_is_read_is_not_replaced(office: Office, draft: Draft) -> None:
    job = take_in(office, draft, ENDLESS[: len(ENDLESS) // 50], "新.txt", instead_of=FIRMS)
    until(lambda: reads(job) or job.is_over)
    remove_file(office.settings.home, draft, FIRMS)
    assert "no file" in (finished(job).error or "")
    assert "新.txt" not in texts_of(office, draft)


def test_what_cannot_be_written_is_said(office: Office, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(DraftUnusable, match="No space left"):
        take_in(office, draft, FARM.encode())
    assert left_over(office, draft) == []


def test_paths_below_the_home_are_the_only_ones(office: Office, draft: Draft) -> None:
    finished(take_in(office, draft, FARM.encode(), "../../../x.txt"))
    place = draft_place(office.settings.home, draft)
    assert sorted(path.name for path in place.iterdir()) == ["corpus", "cuts", "draft.json", "incoming"]
    assert isinstance(place, Path)
