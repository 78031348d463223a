"""``app.py`` as people run it, as far as it goes without an index."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import app
from ingest.errors import ServiceUnavailable

PROJECT = Path(__file__).resolve().parents[2]


def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, "app.py", *words], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=120
    )


def test_help_names_every_option() -> None:
    done = run("--help")
    assert done.returncode == 0
    for option in ("--host", "--port", "--root-path", "127.0.0.1", "7860", "POLICYQA_"):
        assert option in done.stdout


def test_an_occupied_port_is_one_sentence_and_status_2() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(PORT=str(port))
    assert done.returncode == 2
    assert done.stdout == ""
    (sentence,) = done.stderr.strip().splitlines()
    assert f"127.0.0.1:{port}" in sentence
    assert "PORT=" in sentence


@pytest.mark.parametrize("port", ["70000", "abc", "-1"])
def test_a_port_that_is_none_is_a_sentence_not_a_traceback(port: str) -> None:
    done = run(PORT=port, POLICYQA_PORT=port)
    assert done.returncode == 2
    (sentence,) = done.stderr.strip().splitlines()
    assert "PORT: " in sentence


def test_an_address_of_another_machine_cannot_be_taken() -> None:
    with pytest.raises(ServiceUnavailable, match=r"203\.0\.113\.1"):
        app.bound_socket("203.0.113.1", 0)


def test_a_host_that_does_not_exist_cannot_be_taken() -> None:
    with pytest.raises(ServiceUnavailable, match="no-such-host"):
        app.bound_socket("no-such-host.invalid", 0)


def test_port_0_takes_a_free_one() -> None:
    with app.bound_socket("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0


def test_the_command_line_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", "8001")
    settings = app.settings_from(app.arguments(["--port", "8002", "--root-path", "/zc/"]))
    assert (settings.port, settings.root_path) == (8002, "/zc")


def test_it_stays_short() -> None:
    assert len((PROJECT / "app.py").read_text("utf-8").splitlines()) <= 150
