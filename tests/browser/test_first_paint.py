"""What a browser fetches for the first visit is what it is told of beforehand, and all of it may be kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio
import pytest

EARLY = Path(__file__).resolve().parents[2] / "web" / "early_files.txt"
FETCHED = "performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"


def fetched(browser: Any, origin: str, locale: str) -> list[str]:
    """Gradio's files, in the order they were asked for."""
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{origin}/", wait_until="domcontentloaded")
    page.locator(".pq-example").first.wait_for(timeout=60_000)
    paths = page.evaluate(FETCHED)
    context.close()
    return [path.removeprefix("/assets/") for path in dict.fromkeys(paths) if path.startswith("/assets/")]


def test_nothing_is_announced_in_vain_and_nothing_is_forgotten(browser: Any, service: str) -> None:
    version, *announced = EARLY.read_text("utf-8").split()
    chinese, english = fetched(browser, service, "zh-CN"), fetched(browser, service, "en-US")
    both = [name for name in chinese if name in english]
    renewed = "\n".join((gradio.__version__, *both))
    if version != gradio.__version__:
        pytest.skip(f"web/early_files.txt is of Gradio {version}; for this one it would be:\n{renewed}")
    assert sorted(announced) == sorted(both), f"web/early_files.txt would be:\n{renewed}"


def test_the_first_words_stand_there_before_gradio_does(browser: Any, service: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.route("**/assets/**", lambda route: route.abort())
    page.goto(f"{service}/", wait_until="domcontentloaded")
    assert page.locator("#pq-cover h2").inner_text() == "您好，想了解哪项政策？"
    assert "23 份政策文件" in page.locator("#pq-cover").inner_text()
    context.close()


def test_the_cover_goes_when_the_page_is_drawn(visit: Any) -> None:
    visit.open()
    assert visit.page.locator("#pq-cover").count() == 0
