"""The page in a frame of another site: of one that the settings name, and of one that they do not."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import SIZES, SeatFor


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    """Of the bureau's site."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def embedded(
    chromium: str, serving: Callable[..., AbstractContextManager[str]], folder: Path, port: int
) -> Iterator[str]:
    """The service; the bureau's site shows it both ways."""
    with serving(POLICYQA_EMBED_ORIGINS=f"http://127.0.0.1:{port}") as origin:
        page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>局网站</title><h1>投资促进局</h1>"
        script = f'<script src="{origin}/ui/embed.js" data-lang="zh" defer></script>'
        (folder / "script.html").write_text(page + script, "utf-8")
        frame = f'<iframe src="{origin}/?lang=zh" title="投资政策问答" style="width:100%;height:720px"></iframe>'
        (folder / "frame.html").write_text(page + frame, "utf-8")
        yield origin


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, seat_for: SeatFor, embedded: str, port: int) -> Iterator[Any]:
    with seat_for(request.param).page_at(embedded, f"http://127.0.0.1:{port}") as made:
        yield made


def test_the_scripts_button_opens_the_page(page: Any, embedded: str, port: int) -> None:
    from playwright.sync_api import expect

    page.goto(f"http://127.0.0.1:{port}/script.html")
    button = page.get_by_role("button", name="政策问答")
    expect(page.locator("iframe")).to_be_hidden()
    button.click()
    inside = page.frame_locator("iframe[title=政策问答]")
    expect(inside.locator(".pq-example").first).to_be_visible(timeout=60_000)
    inside.locator(".pq-example").first.click()
    expect(inside.locator(".pq-turn .pq-actions")).to_be_attached(timeout=60_000)
    box = page.locator("iframe").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    page.get_by_role("button", name="关闭").click()
    expect(page.locator("iframe")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_plain_frame_shows_the_page(page: Any, embedded: str, port: int) -> None:
    from playwright.sync_api import expect

    page.goto(f"http://127.0.0.1:{port}/frame.html")
    expect(page.frame_locator("iframe").locator("#pq-send")).to_be_enabled(timeout=60_000)


def test_a_site_that_is_not_named_shows_nothing(page: Any, embedded: str, port: int) -> None:
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.goto(f"http://localhost:{port}/frame.html")  # the same files, but another origin
    page.wait_for_function("window.frames.length === 1")
    assert page.frame_locator("iframe").locator(".pq-head, #pq-cover").count() == 0
