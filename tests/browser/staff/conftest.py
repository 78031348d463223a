"""The service with a staff account and a home of its own: what these tests publish nobody else is given."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.settings import BotSettings
from tests.browser.conftest import PROJECT, SIZES, START_SECONDS, Visit, visiting

NAME, PASSWORD = "wang.li", "correct horse staple"


@pytest.fixture(scope="session")
def staff_service(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``app.py`` over a copy of the index, with one account."""
    index = BotSettings().home / "index"
    if not index.is_dir():
        pytest.skip("no search index yet: python -m index build")
    home = tmp_path_factory.mktemp("staff") / "home"
    shutil.copytree(index, home / "index")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "POLICYQA_HOME": str(home), "PORT": str(port), "HOST": "127.0.0.1"}
    account = [sys.executable, "-m", "web", "add-user", NAME, "--password-stdin"]
    subprocess.run(account, cwd=PROJECT, env=environment, input=f"{PASSWORD}\n", text=True, check=True)
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=PROJECT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_ready(process, f"http://127.0.0.1:{port}", home / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_ready(process: subprocess.Popen[bytes], origin: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{origin}/readyz", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.3)  # between two looks whether it is ready, within START_SECONDS
    said = log.read_text().strip()
    if process.returncode == 2 and "python -m index build" in said:
        pytest.skip(f"the search index is not of these texts: {said.splitlines()[-1]}")
    pytest.fail(f"app.py is not ready:\n{said}")


def sign_in(visit: Visit) -> None:
    """Through the login form, as people do."""
    page = visit.page
    page.goto(f"{visit.origin}/staff")
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url("**/staff")


@pytest.fixture(params=SIZES)
def staff(request: pytest.FixtureRequest, browser: Any, staff_service: str) -> Iterator[Visit]:
    """Somebody signed in, in Chinese, on a desk and on a phone. Fails when a page errs or asks another host."""
    for visit in visiting(browser, staff_service, request.param):
        sign_in(visit)
        yield visit


@pytest.fixture(params=SIZES)
def english_staff(request: pytest.FixtureRequest, browser: Any, staff_service: str) -> Iterator[Visit]:
    """The same in English and in dark colours."""
    for visit in visiting(browser, staff_service, request.param, locale="en-US", color_scheme="dark"):
        sign_in(visit)
        yield visit
