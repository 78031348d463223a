"""The pages in English: Chinese stands only where it is marked as Chinese, as a quotation, a name or an official term."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import SeatFor, Visit, visiting

UNMARKED = r"""() => {
  const han = /[\u3400-\u9fff]/, found = [];
  const isMarked = (element) => /^zh/.test((element.closest("[lang]") || element).getAttribute("lang") || "");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    if (han.test(text) && !element.closest("script, style, template, textarea") && !isMarked(element)) found.push(text);
  }
  for (const element of document.querySelectorAll("[placeholder], [title], [aria-label], [alt]"))
    for (const name of ["placeholder", "title", "aria-label", "alt"]) {
      const text = element.getAttribute(name);
      if (text && han.test(text) && !isMarked(element)) found.push(text);
    }
  return found;
}"""
QUESTIONS = (
    "Compare the settling-in allowance for class A, B and C talent in the city and the banner",
    "What do 50 mu of land in the Airport Logistics Park cost?",
    "Until what date does the reduced 1% unemployment insurance rate run?",
)
COMPANY = "We are a high-tech enterprise in Ejin Horo; we hired two PhDs this year."


@pytest.fixture
def english(seat_for: SeatFor, service: str) -> Iterator[Visit]:
    with visiting(seat_for("desk", locale="en-US"), service) as made:
        yield made


def unmarked(page: Any) -> list[str]:
    return page.evaluate(UNMARKED)


def test_answers_show_no_chinese_that_is_not_marked(english: Visit) -> None:
    english.open("?lang=en")
    assert unmarked(english.page) == []
    for question in QUESTIONS:
        english.ask(question)
    assert unmarked(english.page) == []


@pytest.mark.parametrize("address", ["library?lang=en", "library/3daf8bd0?lang=en", "nothing?lang=en"])
def test_pages_show_no_chinese_that_is_not_marked(english: Visit, address: str) -> None:
    english.page.goto(f"{english.origin}/{address}")
    assert unmarked(english.page) == []


def test_what_is_matched_shows_no_chinese_that_is_not_marked(english: Visit) -> None:
    english.page.goto(f"{english.origin}/match?lang=en")
    english.page.locator("textarea").first.fill(COMPANY)
    english.page.get_by_role("button", name="See what I can claim").click()
    english.page.locator(".grant").first.wait_for(timeout=60_000)
    assert unmarked(english.page) == []
