"""The service as a process of its own, its standard error in a file, its limits set from outside."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60  # on a busy machine; what is asserted are counts


@dataclass(frozen=True)
class Running:
    """A service that listens."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def get(self, path: str, seconds: float = 3) -> int:
        """The status; 0 when nobody answers in so many seconds."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}{path}", trust_env=False, timeout=seconds).status_code
        except httpx.HTTPError:
            return 0

    def answers(self, times: int) -> int:
        """How many of so many requests are answered."""
        return sum(self.get("/healthz", PATIENCE_S) == 200 for _ in range(times))

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S)

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def ended(self, why: str) -> int:
        """How many connections the service has ended for this reason."""
        told = httpx.get(f"http://127.0.0.1:{self.port}/metrics", trust_env=False, timeout=PATIENCE_S).text
        line = f'policyqa_connections_ended_total{{why="{why}"}} '
        return next((int(float(one.removeprefix(line))) for one in told.splitlines() if one.startswith(line)), 0)

    def limit(self, descriptors: int) -> None:
        """Let the running process have no more open files than these."""
        hard = resource.prlimit(self.process.pid, resource.RLIMIT_NOFILE)[1]
        resource.prlimit(self.process.pid, resource.RLIMIT_NOFILE, (descriptors, hard))

    def first_free_descriptor(self) -> int:
        """The lowest number no open file has: a limit of it leaves no room, whatever gaps there are above."""
        taken = {int(entry.name) for entry in Path(f"/proc/{self.process.pid}/fd").iterdir()}
        return next(number for number in range(len(taken) + 1) if number not in taken)


@contextmanager
def running(home: Path, descriptors: int = 1024, **settings: str) -> Generator[Running]:
    """Start it with these settings, wait until it answers, and end it."""
    process = begin(home, descriptors, **settings)
    try:
        assert process.stdout is not None
        address = process.stdout.readline()
        assert address, (home / "log").read_text("utf-8")
        service = Running(process, int(address.split("127.0.0.1:")[1].split("/")[0]), home / "log")
        until(lambda: service.get("/readyz") == 200)
        yield service
    finally:
        end(process)


def end(process: subprocess.Popen[str]) -> None:
    """Kill it, and what it may have left behind."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def begin(home: Path, descriptors: int = 1024, **settings: str) -> subprocess.Popen[str]:
    """Start it and wait for nothing."""
    own = {"POLICYQA_HOME": str(home), "PYTHONPATH": str(PROJECT), "PORT": "0", "POLICYQA_PORT": "0"}
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, hard))

    with (home / "log").open("w", encoding="utf-8") as log:
        return subprocess.Popen(
            [sys.executable, str(PROJECT / "tests" / "web" / "little_service.py")],
            cwd=PROJECT, env={**os.environ, **own, **settings}, stdout=subprocess.PIPE, stderr=log, text=True,
            preexec_fn=limited, start_new_session=True,
        )  # fmt: skip


def until(holds: Callable[[], bool], tries: int = 600) -> None:
    """Wait for something that another process does."""
    import threading

    pause = threading.Event()
    for _ in range(tries):
        if holds():
            return
        pause.wait(0.1)
    raise AssertionError("it did not come to that")
