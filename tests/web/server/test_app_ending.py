"""How the running service ends: always, with the right status, and never half alive."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.web.little_service import ENDLESS, STUCK
from tests.web.running import PATIENCE_S, begin, end, running
from tests.web.server.test_app_connections import asking

ENDS_WITHIN_S = 10


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("MemoryError", "not enough memory"),
        ("OSError", "OSError: out of the blue"),
        ("RuntimeError", "RuntimeError: out of the blue"),
        ("SystemExit", "SystemExit: out of the blue"),
        ("KeyError", "KeyError: 'out of the blue'"),
    ],
)
def test_whatever_keeps_the_bot_from_being_loaded_ends_the_service(tmp_path: Path, fault: str, words: str) -> None:
    process = begin(tmp_path, LITTLE_FAULT=fault)
    try:
        assert process.wait(timeout=PATIENCE_S) == 2
    finally:
        end(process)
    said = (tmp_path / "log").read_text("utf-8")
    assert "Traceback" in said  # where it was
    assert words in said.splitlines()[-1]


def test_more_connections_than_files_are_refused_at_the_start(tmp_path: Path) -> None:
    process = begin(tmp_path, 64, POLICYQA_MAX_CONNECTIONS="1000")
    try:
        assert process.wait(timeout=PATIENCE_S) == 2
    finally:
        end(process)
    (sentence,) = (tmp_path / "log").read_text("utf-8").splitlines()
    assert "POLICYQA_MAX_CONNECTIONS is 1000" in sentence


def test_it_ends_whatever_is_going_on(tmp_path: Path) -> None:
    number = tmp_path / "child"
    with running(tmp_path, LITTLE_JOB="1", LITTLE_CHILD=str(number)) as service:
        half_open = [service.connect() for _ in range(5)]
        for one in half_open:
            one.sendall(b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n")
        stuck_reader, stuck_answer, page = service.connect(), service.connect(), service.connect()
        stuck_reader.sendall(asking(ENDLESS))
        stuck_answer.sendall(asking(STUCK))
        page.sendall(b"GET /gradio_api/heartbeat/x HTTP/1.1\r\nHost: x\r\n\r\n")
        assert page.recv(12) == stuck_reader.recv(12) == stuck_answer.recv(12) == b"HTTP/1.1 200"
        child = int(number.read_text("utf-8"))
        service.process.terminate()
        assert service.process.wait(timeout=ENDS_WITHIN_S) == 0
        assert not is_alive(child)
        assert "Traceback" not in service.said()
        assert "it ends now" in service.said()  # the job heard nothing
        for one in (*half_open, stuck_reader, stuck_answer, page):
            one.close()


def is_alive(process: int) -> bool:
    """Whether a process runs; one that is dead and not yet counted out by its parent does not."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8")
    except FileNotFoundError:
        return False
    return told.rpartition(")")[2].split()[0] not in "ZX"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_with_an_open_page_it_ends_without_a_word(tmp_path: Path, number: signal.Signals, status: int) -> None:
    with running(tmp_path) as service:
        page, half_open, silent = service.connect(), service.connect(), service.connect()
        page.sendall(b"GET /gradio_api/heartbeat/x HTTP/1.1\r\nHost: x\r\n\r\n")
        half_open.sendall(b"GET / HTTP/1.1\r\n")
        assert page.recv(12) == b"HTTP/1.1 200"
        service.process.send_signal(number)
        assert service.process.wait(timeout=ENDS_WITHIN_S) == status
        assert service.said() == ""
        for one in (page, half_open, silent):
            one.close()
