"""Load made on a real server of the little bot."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import ServiceUnavailable, UnusableInput
from tests.web.serving import serving
from web.__main__ import main
from web.answers.bot_pool import BotDoor
from web.load import MOST_PEOPLE, MOST_QUESTIONS, Crowd, LoadReport, Wait, checked_address, make_load, questions_of
from web.settings import WebSettings


@pytest.fixture(scope="module")
def address(bot, settings: WebSettings) -> Iterator[str]:
    door = BotDoor(4)
    door.open(bot)
    with serving(door, settings) as origin:
        yield origin


def test_everybody_is_answered_and_the_first_words_come_first(address: str) -> None:
    report = make_load(address, Crowd(5, 2, 0.0), ["安家补贴多少？", "稳岗返还比例？", "今天天气？"])
    assert report.faults == []
    assert len(report.waits) == 10
    assert all(0 < wait.first_s <= wait.whole_s for wait in report.waits)
    numbers = report.numbers()
    assert (numbers["answers"], numbers["faults"]) == (10, 0)
    assert numbers["first_p50_s"] <= numbers["first_p95_s"] <= report.took_s
    assert min(report.memory_before, report.memory_after) > 10_000_000


def test_a_refused_question_is_a_fault_with_its_reason(
    address: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"turns": ["安家", "长" * 61]}), "utf-8")
    given = ["load", "--url", address, "--people", "2", "--each", "1", "--pause", "0", "--questions", str(file)]
    assert main(given) == 1
    said = capsys.readouterr().out
    assert "0 answers" in said
    assert "2 faults" in said
    assert "61" in said


def test_the_command_prints_numbers_for_machines(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "--url", address + "/", "--people", "1", "--each", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answers"] == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com",
        "http://10.0.0.1:7860",
        "http://192.168.1.2",
        "ftp://127.0.0.1",
        "127.0.0.1:7860",
        "http://",
    ],
)
def test_no_other_machine_is_put_under_load(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "--url", url]) == 2
    assert "not on this machine" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://localhost:7860", "http://[::1]:7860"])
def test_addresses_of_this_machine(url: str) -> None:
    assert checked_address(url) == url.rstrip("/")


@pytest.mark.parametrize(("people", "each"), [(0, 1), (1, 0), (MOST_PEOPLE + 1, 1), (100, MOST_QUESTIONS), (-1, -1)])
def test_load_is_bounded(people: int, each: int) -> None:
    with pytest.raises(UnusableInput, match="at most"):
        Crowd(people, each, 0.0)


def test_nobody_there(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(ServiceUnavailable, match="does not answer"):
            make_load(url, Crowd(1, 1, 0.0), ["问"])


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"turns": []}', "not json"])
def test_a_file_that_is_no_question_set_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(content, "utf-8")
    with pytest.raises(UnusableInput, match=r"set\.jsonl"):
        questions_of(file)


def test_without_a_file_the_examples_are_asked_in_both_languages() -> None:
    assert {"工业用水价格是多少？", "What is the price of water for industry?"} <= set(questions_of(None))


def test_faults_are_told_once_and_leave_the_times_alone() -> None:
    waits = (Wait(0.1, 0.2), Wait(0.0, 60.0, "TimeoutError: "), Wait(0.0, 60.0, "TimeoutError: "))
    report = LoadReport(Crowd(3, 1, 0.0), waits, 60.0, 100_000_000, 110_000_000)
    assert report.numbers()["first_p95_s"] == 0.1
    assert report.lines()[-1] == "  ! TimeoutError: "
    assert "100 MB before, 110 MB after" in report.lines()[3]
