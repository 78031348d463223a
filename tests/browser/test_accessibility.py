"""What axe-core finds on every page, in both colour schemes. It sees perhaps half of what matters; that half is held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import SIZES, SeatFor

# Needs the whole page; "region" and the like are good practice of the frame that Gradio makes, not ours to change.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, seat_for: SeatFor, service: str, scheme: str) -> Iterator[Any]:
    with seat_for(request.param, color_scheme=scheme).page_at(service) as made:
        yield made


@pytest.fixture
def answered(page: Any, service: str) -> Any:
    """The page with an answer on it."""
    from playwright.sync_api import expect

    page.goto(f"{service}/?q=全职引进的A类人才，市里给多少安家补贴？", wait_until="domcontentloaded")
    expect(page.locator(".pq-turn .pq-actions")).to_be_visible(timeout=60_000)
    return page


def complaints(page: Any) -> list[str]:
    """Each violation of WCAG A and AA: rule, impact, first place."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']} ({one['impact']}) {one['nodes'][0]['target']}" for one in found]


def test_the_answer_and_the_open_clause(answered: Any) -> None:
    from playwright.sync_api import expect

    assert complaints(answered) == []
    answered.locator(".pq-cite").first.click()
    expect(answered.locator(".pq-card.current")).to_be_visible()
    assert complaints(answered) == []


def test_the_library(page: Any, service: str) -> None:
    page.goto(f"{service}/library?q=补贴")
    assert complaints(page) == []
    page.locator(".found a").first.click()
    page.wait_for_url("**/library/*")
    page.wait_for_load_state("networkidle")  # before its colours have come there is no contrast to judge
    assert complaints(page) == []


@pytest.mark.parametrize("path", ["api/docs", "nothing", "library/nothing", "?lang=en", "library?lang=en&q=补贴"])
def test_the_other_pages(page: Any, service: str, path: str) -> None:
    from playwright.sync_api import expect

    page.goto(f"{service}/{path}")
    if path == "?lang=en":
        expect(page.locator(".pq-example").first).to_be_visible(timeout=60_000)
    assert complaints(page) == []


def test_the_menu_and_the_form_for_what_is_wrong(answered: Any) -> None:
    from playwright.sync_api import expect

    answered.get_by_role("button", name="有问题").click()
    expect(answered.locator(".pq-why")).to_be_visible()
    answered.get_by_role("button", name="导出与更多").click()
    assert complaints(answered) == []
