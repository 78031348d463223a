"""A run from the form to the report, stopped, compared with an earlier one, opened on the bench, deleted."""

from __future__ import annotations

import io
import json
import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from bot.pipeline import PolicyBot
from eval.cases.cases import Case, Evidence
from eval.runs.kept_runs import kept_runs
from eval.sets.question_sets import save_set
from ingest.types import Corpus
from tests.web.staff.conftest import STAFF, finished, is_shown_as_text, job_of
from web.staff.evaluation import page as evaluation
from web.staff.evaluation.page import DOWNLOADS, WORKBOOK
from web.staff.shell.jobs import Progress
from web.staff.shell.office import Office

HOSTILE = '<img src=x onerror="pwn(1)"> ${pwn(2)} {{7*7}} [x](javascript:pwn(3)) 天气'
AWARD, GRANT = "给予30万元奖励", "给予20万元安家补贴"


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


def case(identity: str, question: str, quote: str, *points: str, **other: Any) -> Case:
    values: dict[str, Any] = {
        "id": identity, "turns": (question,), "lang": "zh", "type": "figure", "difficulty": "easy", "kind": "single",
        "evidence": (Evidence(quote, "", ""),), "answer": tuple((point,) for point in points), "must_not": (), "note": "",
    }  # fmt: skip
    return Case(**{**values, **other})


RIGHT = case("W1", "高企首次认定奖励多少？", AWARD, "30万元")
ALSO_RIGHT = case("W2", "引进的博士有多少安家补贴？", GRANT, "20万元", type="list")
WRONG = case("W3", "高企首次认定奖励多少钱？", AWARD, "30万元", "99万元")
ASKED_BY_AN_ATTACKER = case("W4", HOSTILE, AWARD, "30万元", turns=("先前问过的", HOSTILE), type="other")


@pytest.fixture
def own_set(office: Office) -> str:
    save_set(office.settings.home, "own", (RIGHT, ALSO_RIGHT, WRONG, ASKED_BY_AN_ATTACKER), office.door.bot.corpus)
    return "own"


def run(client: TestClient, office: Office, **fields: str) -> str:
    """The address of what came of a run of the set "own"."""
    job = job_of(office, client.post("/staff/evaluation/run", data={"set": "own", **fields}))
    assert job.state == "done", job
    return job.result


@pytest.mark.usefixtures("own_set")
def test_a_run_is_scored_charted_and_listed(client: TestClient, office: Office) -> None:
    path = run(client, office)
    page = client.get(path).text
    for words in ("首条命中", "答案正确", "4 题", "提问日 2026-11-22", "出错的题（"):
        assert words in page
    assert "按问法" in page
    assert '<rect class="bar"' in page
    listed = client.get("/staff/evaluation").text
    assert f'href="{path}"' in listed
    (kept,) = kept_runs(office.settings.home)
    assert (kept.questions, kept.sets) == (4, ("own.jsonl",))
    entry = next(iter(office.audit.entries()))
    assert (entry.who, entry.what, entry.about, entry.details["questions"]) == (STAFF, "run_started", "own", "4")


@pytest.mark.usefixtures("own_set")
def test_two_sets_that_share_ids_are_run_together_and_compared_with_a_run_of_one(
    client: TestClient, office: Office
) -> None:
    save_set(office.settings.home, "more", (WRONG, replace(RIGHT, id="V1")), office.door.bot.corpus)
    alone = run(client, office)
    job = job_of(office, client.post("/staff/evaluation/run", data={"set": ["own", "more"]}))
    assert job.state == "done", job
    page = client.get(job.result).text
    wrong = re.findall(r'<th scope="row">([^<]+)</th><td class="wide">', page)
    assert {"own/W3", "more/W3"} <= set(wrong)
    compared = client.get(f"{job.result}/compare", params={"earlier": alone.rpartition("/")[2]}).text
    assert "共同的题 4 道" in compared
    assert "只在之后：2 题" in compared


@pytest.mark.usefixtures("own_set")
def test_what_was_answered_wrong_opens_on_the_bench_and_is_text(client: TestClient, office: Office) -> None:
    page = client.get(run(client, office, as_of="2026-05-01")).text
    wrong = dict(re.findall(r'<th scope="row">(W\d)</th>.*?href="/staff/bench\?([^"]+)"', page, re.DOTALL))
    assert "W3" in wrong
    assert "W1" not in wrong
    asked = unquote_plus(wrong["W3"])
    assert "高企首次认定奖励多少钱？" in asked
    assert "as_of=2026-05-01" in asked
    opened = client.get("/staff/bench?" + wrong["W3"].replace("&amp;", "&"))
    assert "30万元" in opened.text
    assert "W4" in wrong
    assert is_shown_as_text(page, HOSTILE)


@pytest.mark.usefixtures("own_set")
def test_everything_can_be_taken_along_and_nothing_runs_on_this_site(client: TestClient, office: Office) -> None:
    path = run(client, office)
    for file in (*DOWNLOADS, WORKBOOK):
        reply = client.get(f"{path}/files/{file}")
        assert reply.status_code == 200, file
        assert reply.headers["content-disposition"].startswith("attachment"), file
    assert b"<html" in client.get(f"{path}/files/report.html").content
    sheet = load_workbook(io.BytesIO(client.get(f"{path}/files/{WORKBOOK}").content)).active
    assert sheet is not None
    assert sheet.max_row == 5
    for file in ("run.json", "../../accounts.json", "..%2f..%2faccounts.json", "questions.jsonl", ""):
        assert client.get(f"{path}/files/{file}").status_code == 404, file


@pytest.mark.usefixtures("own_set")
def test_a_run_is_compared_with_an_earlier_one(client: TestClient, office: Office) -> None:
    first = run(client, office, limit="2")
    second = run(client, office)
    earlier = first.rpartition("/")[2]
    page = client.get(second).text
    assert f'<option value="{earlier}">' in page
    assert "<option" not in client.get(first).text, "nothing is earlier than the first"
    compared = client.get(f"{second}/compare", params={"earlier": earlier}).text
    assert "共同的题 2 道" in compared
    assert "只在之后：2 题" in compared
    assert "没有指标变差" in compared
    assert client.get(f"{second}/compare?earlier=../..").status_code == 404


@pytest.mark.usefixtures("own_set")
def test_what_moved_between_two_runs_is_told_with_both_answers(
    client: TestClient, office: Office, bot: PolicyBot
) -> None:
    first = run(client, office)
    shorter = bot.settings.model_copy(update={"max_question_chars": 12})
    office.door.open(replace(bot, finder=replace(bot.finder, settings=shorter)))  # the longer question is declined now
    second = run(client, office)
    page = client.get(f"{second}/compare", params={"earlier": first.rpartition("/")[2]}).text
    assert "W2" in page
    assert '<span class="chip bad">变差</span>' in page
    assert "20万元" in page


@pytest.mark.usefixtures("own_set")
def test_the_same_questions_over_time_are_drawn(client: TestClient, office: Office) -> None:
    first = run(client, office)
    second = run(client, office)
    page = client.get(second).text
    assert "历次结果" in page
    assert f'<a href="{first}">' in page


@pytest.mark.usefixtures("own_set")
def test_search_alone_is_measured_without_answers(client: TestClient, office: Office) -> None:
    page = client.get(run(client, office, mode="search")).text
    assert "仅检索" in page
    assert "首条命中" in page
    assert "答案正确" not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"limit": "3"}, "请至少选一个题集"),
        ({"set": "own", "limit": "x"}, "要填正整数"),
        ({"set": "own", "as_of": "<img>"}, "提问日要写成"),
    ],
)
@pytest.mark.usefixtures("own_set")
def test_a_form_at_fault_is_shown_again_as_it_was_filled_in(
    client: TestClient, office: Office, fields: dict[str, str], said: str
) -> None:
    reply = client.post("/staff/evaluation/run", data=fields)
    assert reply.status_code == 422
    assert said in reply.text
    assert "<img" not in reply.text
    assert ('value="own" checked' in reply.text) is ("set" in fields)
    assert kept_runs(office.settings.home) == []


@pytest.mark.usefixtures("own_set")
def test_a_run_tells_how_far_it_is_stops_when_asked_and_leaves_nothing(
    client: TestClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def measure(folder: Any, *_: Any, watch: Any, **__: Any) -> None:
        folder.path.mkdir(parents=True)
        (folder.path / "run.json").write_text("{}")
        watch(1, 4)
        reached.set()
        assert go_on.wait(20)
        watch(2, 4)

    monkeypatch.setattr(evaluation, "measure", measure)
    reply = client.post("/staff/evaluation/run", data={"set": "own"})
    assert reached.wait(20)
    identity = reply.headers["location"].rpartition("=")[2]
    told = client.get(f"/staff/jobs/{identity}").json()
    assert (told["state"], told["done"], told["total"], told["words"]) == ("running", 1, 4, "正在逐题提问")
    assert f'data-job="{identity}"' in client.get("/staff/evaluation").text, "whoever comes sees it"
    second = client.post("/staff/evaluation/run", data={"set": "own"})
    assert second.status_code == 409
    client.post(f"/staff/jobs/{identity}/cancel")
    go_on.set()
    assert job_of(office, reply).state == "cancelled"
    assert list((office.settings.home / "runs").iterdir()) == []


@pytest.mark.usefixtures("own_set")
def test_a_run_that_was_cut_off_is_listed_and_can_be_deleted_but_not_while_one_is_running(
    client: TestClient, office: Office
) -> None:
    folder = office.settings.home / "runs" / "20261101-120000"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(
        json.dumps({"format": 1, "as_of": "2026-11-01", "cases": 4, "questions": [{"name": "own"}]})
    )
    page = client.get("/staff/evaluation").text
    assert "未完成" in page
    assert client.get("/staff/evaluation/runs/20261101-120000").status_code == 404
    go_on = threading.Event()

    def work(progress: Progress) -> str:
        del progress
        assert go_on.wait(20)
        return ""

    job = office.jobs.start(evaluation.KIND, STAFF, work)
    assert client.post("/staff/evaluation/runs/20261101-120000/delete").status_code == 422
    assert folder.is_dir()
    go_on.set()
    finished(job)
    assert client.post("/staff/evaluation/runs/20261101-120000/delete").status_code == 303
    assert not folder.exists()


@pytest.mark.usefixtures("own_set")
def test_a_run_is_deleted_and_the_log_says_so(client: TestClient, office: Office) -> None:
    path = run(client, office)
    assert client.post(f"{path}/delete").headers["location"] == "/staff/evaluation#runs"
    assert kept_runs(office.settings.home) == []
    assert client.get(path).status_code == 404
    assert client.post(f"{path}/delete").status_code == 404
    assert next(iter(office.audit.entries())).what == "run_deleted"


def test_a_broken_run_is_no_fault_of_the_page(client: TestClient, office: Office, own_set: str) -> None:
    path = run(client, office)
    folder = office.settings.home / "runs" / path.rpartition("/")[2]
    (folder / "scores.jsonl").write_text("{broken")
    assert client.get(path).status_code == 404
    assert client.get("/staff/evaluation").status_code == 200, own_set
    (folder / "summary.json").write_text("[]")
    assert client.get("/staff/evaluation").status_code == 200


def test_another_bot_than_ours_is_not_measured(client: TestClient, office: Office, own_set: str) -> None:
    from tests.web.conftest import LittleBot

    office.door.open(LittleBot())
    reply = client.post("/staff/evaluation/run", data={"set": own_set})
    assert reply.status_code == 503
    assert office.jobs.all() == []
    assert isinstance(office.door.bot.corpus, Corpus)
    assert not (Path(office.settings.home) / "runs").exists()
