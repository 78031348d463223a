"""The real service in a process of its own, and a real Chromium in front of it.

A window is kept for a module, since a first visit costs four times what a later one in the same window does; what a
test leaves there is cleared behind it. A test that is about the first visit makes its own with ``browser.new_context``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.settings import BotSettings

PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 180  # importing the libraries and loading the model on a loaded machine
SIZES = {"desk": (1280, 800), "phone": (390, 844)}
SIDEWAYS = {"sideways": (844, 390), "small sideways": (667, 375)}  # phones on their side
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")  # in the first line that the service prints

SeatFor = Callable[..., "Seat"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def fits(page: Any) -> bool:
    """Whether nothing sticks out sideways, once the page has come whole and is laid out.

    A page that is still being read may be wider for a moment, so that a single look would tell of the moment. Each
    look is an evaluation of its own: `wait_for_function` looks again by `eval`, which the pages' own policy forbids.
    """
    for _ in range(100):
        if page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            return True
        page.wait_for_timeout(100)
    return False


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


# ── The service ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def chromium() -> str:
    pytest.importorskip("playwright", reason="playwright is not installed: make test installs it")
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    return found


@pytest.fixture(scope="session")
def indexed_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes a home with a copy of the index: what is asked and published there the project's own home never sees."""

    def make() -> Path:
        index = BotSettings().home / "index"
        if not index.is_dir():
            pytest.skip("no search index yet: python -m index build")
        home = tmp_path_factory.mktemp("service") / "home"
        shutil.copytree(index, home / "index")
        return home

    return make


@pytest.fixture(scope="session")
def serving(
    indexed_home: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., AbstractContextManager[str]]:
    """Runs ``app.py`` as people run it, with these settings; gives its address."""

    @contextmanager
    def run(**settings: str) -> Iterator[str]:
        home = settings.pop("POLICYQA_HOME", "") or str(indexed_home())
        own = {"HOST": "127.0.0.1", "PORT": "0", "POLICYQA_HOME": home, "POLICYQA_QUESTIONS_PER_MINUTE": "1000"}
        log = tmp_path_factory.mktemp("service") / "log"
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "app.py"], cwd=PROJECT, env={**os.environ, **own, **settings}, stdout=out, stderr=out
            )
        try:
            yield _ready_address(process, log)
        finally:
            process.terminate()
            process.wait(timeout=30)

    return run


@pytest.fixture(scope="session")
def service(chromium: str, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    """The address of the service over the compendium."""
    with serving() as origin:
        yield origin


def _ready_address(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        said = log.read_text("utf-8").strip()
        if process.poll() is not None:
            if process.returncode == 2 and "python -m index build" in said:
                pytest.skip(f"the search index is not of these texts: {said.splitlines()[-1]}")
            pytest.fail(f"app.py ended with status {process.returncode}:\n{said}")
        if (address := ADDRESS.search(said)) and _is_ready(address[0]):
            return address[0]
        time.sleep(0.3)  # between two looks whether it is ready, within START_SECONDS
    pytest.fail(f"app.py was not ready after {START_SECONDS} seconds")


def _is_ready(origin: str) -> bool:
    try:
        with urllib.request.urlopen(f"{origin}/readyz", timeout=5):
            return True
    except (urllib.error.URLError, TimeoutError):
        return False


# ── The browser ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")  # its event loop must be gone before the tests that start one of their own
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        # Containers run tests as root and give /dev/shm 64 MB; Chromium accepts neither without these.
        made = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield made
        made.close()


class Seat:
    """A browser's window that the tests of a module use one after another, each as if nobody had been there before."""

    def __init__(self, context: Any, size: str) -> None:
        self.context = context
        self.size = size
        self._page: Any = None

    @contextmanager
    def page_at(self, *origins: str) -> Iterator[Any]:
        """The page; afterwards everything is cleared that it keeps of these origins, but for what it has fetched."""
        if self._page is None:
            self._page = self.context.new_page()
        page, self._page = self._page, None
        try:
            yield page
            self._clear(page, origins)
            self._page = page
        finally:
            for opened in self.context.pages:
                if opened is not self._page:  # a page that could not be cleared is not used again
                    opened.close()

    def _clear(self, page: Any, origins: tuple[str, ...]) -> None:
        from playwright.sync_api import Error

        page.unroute_all(behavior="ignoreErrors")
        page.emulate_media(media="null")
        with suppress(Error):  # a page that was about to load itself again is left first
            page.goto("about:blank")
        for origin in origins:
            page.goto(f"{origin}/ui/icon.svg")  # storage can be cleared from within its origin only
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.context.clear_cookies()
        self.context.clear_permissions()


@pytest.fixture(scope="module")
def seat_for(browser: Any) -> SeatFor:
    """The module's seat for a size, language and colour scheme, made when it is first asked for."""

    @cache
    def make(size: str, locale: str = "zh-CN", color_scheme: str = "light") -> Seat:
        width, height = (SIZES | SIDEWAYS)[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme=color_scheme,
            reduced_motion="reduce",
            has_touch=size == "phone",
            accept_downloads=True,
        )
        return Seat(context, size)

    return make


@pytest.fixture(params=SIZES)
def visit(request: pytest.FixtureRequest, seat_for: SeatFor, service: str) -> Iterator[Visit]:
    """A visit in Chinese, once on a desk and once on a phone. Fails when the page errs or asks another host."""
    with visiting(seat_for(request.param), service) as made:
        yield made


@pytest.fixture(params=SIZES)
def english_visit(request: pytest.FixtureRequest, seat_for: SeatFor, service: str) -> Iterator[Visit]:
    """The same in English and in dark colours."""
    with visiting(seat_for(request.param, locale="en-US", color_scheme="dark"), service) as made:
        yield made


@pytest.fixture(params=SIDEWAYS)
def sideways_visit(request: pytest.FixtureRequest, seat_for: SeatFor, service: str) -> Iterator[Visit]:
    """A visit in Chinese on a phone on its side."""
    with visiting(seat_for(request.param), service) as made:
        yield made


@contextmanager
def visiting(seat: Seat, origin: str) -> Iterator[Visit]:
    """A visit to ``origin``. Fails when the page errs, asks another host or opens a dialog."""
    with seat.page_at(origin) as page:
        made = Visit(page, seat.size, origin)

        def note_request(request: Any) -> None:
            if not request.url.startswith((origin, "data:", "blob:")):
                made.strangers.append(request.url)

        def note_dialog(dialog: Any) -> None:
            made.faults.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        def note_fault(error: Any) -> None:
            made.faults.append(str(error))

        notes = {"request": note_request, "dialog": note_dialog, "pageerror": note_fault}
        for event, note in notes.items():
            page.on(event, note)
        yield made
        page.evaluate("undefined")  # whatever was to be noted has arrived before this answer
        for event, note in notes.items():
            page.remove_listener(event, note)
    assert made.strangers == []
    assert made.faults == []
