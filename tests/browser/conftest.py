"""The real service in a process of its own, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 180  # importing the libraries and loading the model on a loaded machine
SIZES = {"desk": (1280, 800), "phone": (390, 844)}
SIDEWAYS = {"sideways": (844, 390), "small sideways": (667, 375)}  # phones on their side


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Visit:
    """A page being visited and everything it should not have done."""

    page: Any
    size: str
    origin: str
    strangers: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, address: str = "") -> None:
        from playwright.sync_api import expect

        self.page.goto(f"{self.origin}/{address}", wait_until="domcontentloaded")
        expect(self.page.locator("#pq-send")).to_be_enabled(timeout=60_000)
        expect(self.page.locator(".pq-example, .pq-turn").first).to_be_visible(timeout=60_000)

    def ask(self, question: str) -> Any:
        """Ask and wait; returns the finished turn."""
        from playwright.sync_api import expect

        turns = self.page.locator(".pq-turn")
        before = turns.count()
        self.page.locator("#pq-question textarea, #pq-question input").fill(question)
        self.page.locator("#pq-send").click()
        expect(turns).to_have_count(before + 1)
        turn = self.page.locator(".pq-turn").last
        expect(turn.locator(".pq-actions")).to_be_visible(timeout=60_000)
        return turn


@pytest.fixture(scope="session")
def chromium() -> str:
    pytest.importorskip("playwright", reason="playwright is not installed: make test installs it")
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    return found


@pytest.fixture(scope="session")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., AbstractContextManager[str]]:
    """Runs ``app.py`` as people run it, with these settings; gives its address."""

    @contextmanager
    def run(**settings: str) -> Iterator[str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = (tmp_path_factory.mktemp("service") / "log").open("w+")
        environment = {**os.environ, "PORT": str(port), "POLICYQA_QUESTIONS_PER_MINUTE": "1000", **settings}
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=PROJECT, env=environment, stdout=log, stderr=subprocess.STDOUT, text=True
        )
        origin = f"http://127.0.0.1:{port}"
        try:
            _wait_ready(process, origin, log)
            yield origin
        finally:
            process.terminate()
            process.wait(timeout=30)
            log.close()

    return run


@pytest.fixture(scope="session")
def service(chromium: str, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    """The address of the service over the compendium."""
    with serving() as origin:
        yield origin


def _wait_ready(process: subprocess.Popen[str], origin: str, log: Any) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            log.seek(0)
            said = log.read().strip()
            if process.returncode == 2 and "python -m index build" in said:
                pytest.skip(f"no search index yet: {said.splitlines()[-1]}")
            pytest.fail(f"app.py ended with status {process.returncode}:\n{said}")
        try:
            with urllib.request.urlopen(f"{origin}/readyz", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.3)  # between two looks whether it is ready, within START_SECONDS
    pytest.fail(f"app.py was not ready after {START_SECONDS} seconds")


@pytest.fixture(scope="module")  # its event loop must be gone before the tests that start one of their own
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        # Containers run tests as root and give /dev/shm 64 MB; Chromium accepts neither without these.
        made = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield made
        made.close()


@pytest.fixture(params=SIZES)
def visit(request: pytest.FixtureRequest, browser: Any, service: str) -> Iterator[Visit]:
    """A visit in Chinese, once on a desk and once on a phone. Fails when the page errs or asks another host."""
    yield from visiting(browser, service, request.param)


@pytest.fixture(params=SIZES)
def english_visit(request: pytest.FixtureRequest, browser: Any, service: str) -> Iterator[Visit]:
    """The same in English and in dark colours."""
    yield from visiting(browser, service, request.param, locale="en-US", color_scheme="dark")


@pytest.fixture(params=SIDEWAYS)
def sideways_visit(request: pytest.FixtureRequest, browser: Any, service: str) -> Iterator[Visit]:
    """A visit in Chinese on a phone on its side."""
    yield from visiting(browser, service, request.param)


def visiting(
    browser: Any, origin: str, size: str, locale: str = "zh-CN", color_scheme: str = "light"
) -> Iterator[Visit]:
    width, height = (SIZES | SIDEWAYS)[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale=locale,
        color_scheme=color_scheme,
        reduced_motion="reduce",
        has_touch=size != "desk",
        accept_downloads=True,
    )
    page = context.new_page()
    made = Visit(page, size, origin)

    def note(request: Any) -> None:
        if not request.url.startswith((origin, "data:", "blob:")):
            made.strangers.append(request.url)

    page.on("request", note)
    page.on("pageerror", lambda error: made.faults.append(str(error)))
    yield made
    context.close()
    assert made.strangers == []
    assert made.faults == []
