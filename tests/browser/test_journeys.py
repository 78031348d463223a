"""What people do on the page, in a real browser, at the size of a desk and of a phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.browser.conftest import fits

QUESTION = "全职引进的A类人才，市里给多少安家补贴？"
HOSTILE = (
    '<img src=x onerror="window.pwned=1"> ${window.pwned=2} {{7*7}} [点](javascript:window.pwned=3) 安家补贴多少？'
)


def test_the_name_of_the_page_is_read_whole(visit: Any) -> None:
    visit.open()
    assert visit.page.evaluate(
        "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('h1'))"
    )


def test_ask_and_open_the_clause_with_the_quoted_words(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    assert fits(visit.page)
    turn = visit.ask(QUESTION)
    assert "300万元" in re.sub(r"\s", "", turn.inner_text())
    turn.locator(".pq-cite").first.click()
    card = visit.page.locator(".pq-card.current")
    expect(card).to_be_visible()
    expect(card.locator("mark").first).to_be_visible()
    assert card.locator("mark").first.inner_text().strip()
    expect(card.locator(".pq-badge").first).to_be_visible()
    assert "clause=" in visit.page.url
    assert fits(visit.page)


def test_a_quiet_line_tells_what_a_mistyped_word_was_read_as(visit: Any) -> None:
    visit.open()
    turn = visit.ask("全职引进的A类人才，市里给多少安家补帖？")
    assert turn.locator(".pq-read-as").inner_text() == "按“安家补贴”理解"
    assert visit.ask(QUESTION).locator(".pq-read-as").count() == 0
    assert fits(visit.page)


def test_from_the_clause_back_to_the_answer(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    turn = visit.ask(QUESTION)
    chip = turn.locator(".pq-cite").first
    chip.click()
    visit.page.get_by_role("button", name="返回答案").click()
    expect(chip).to_be_focused()
    assert "clause=" not in visit.page.url
    if visit.size == "phone":
        expect(visit.page.locator(".pq-card").first).to_be_hidden()


def test_from_the_clause_to_its_place_in_the_full_document(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask(QUESTION).locator(".pq-cite").first.click()
    visit.page.get_by_role("link", name="在全文中查看").first.click()
    clause = visit.page.locator(".clause:target")
    expect(clause).to_be_in_viewport()
    assert fits(visit.page)


def test_a_link_opens_the_clause_for_a_colleague(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask(QUESTION).locator(".pq-cite").first.click()
    address = visit.page.url.removeprefix(visit.origin + "/")
    visit.open(address)
    expect(visit.page.locator(".pq-card.current")).to_be_visible()


def test_a_link_asks_its_question(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.page.goto(f"{visit.origin}/?q=A类人才的安家补贴是多少？", wait_until="domcontentloaded")
    expect(visit.page.locator(".pq-turn .pq-actions")).to_be_visible(timeout=60_000)
    expect(visit.page.locator(".pq-turn .pq-question")).to_contain_text("A类人才的安家补贴是多少？")


def test_an_example_is_asked_by_one_click(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.page.get_by_role("button", name="高层次人才").click()
    example = visit.page.locator(".pq-example").first
    question = example.inner_text()
    example.click()
    expect(visit.page.locator(".pq-turn .pq-question")).to_contain_text(question, timeout=60_000)
    expect(visit.page.locator(".pq-turn .pq-actions")).to_be_visible(timeout=60_000)


def test_a_conversation_goes_on_and_a_new_one_begins(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask(QUESTION)
    visit.ask("那B类呢？")
    visit.page.get_by_role("button", name="新对话").click()
    expect(visit.page.locator(".pq-turn")).to_have_count(0)
    expect(visit.page.locator(".pq-example").first).to_be_visible()


def test_no_answer_is_lost_on_its_way(visit: Any) -> None:
    """Messages that come within one frame overtake each other; the last one must win."""
    visit.open()
    for question in (QUESTION, "那B类呢？", "旗里呢？", "今天天气怎么样", "工业用水价格是多少？", "电价呢？"):
        assert visit.ask(question).locator(".pq-lead").inner_text().strip()


def test_hostile_words_stay_words(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    turn = visit.ask(HOSTILE)
    expect(turn.locator(".pq-question")).to_contain_text(HOSTILE)
    assert visit.page.evaluate("window.pwned") is None
    assert turn.locator("img, script").count() == 0


def test_the_filter_narrows_to_one_level(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.page.locator("#pq-level label", has_text="旗级").click()
    turn = visit.ask("人才有什么补贴？")
    badges = turn.locator(".pq-badge")
    if badges.count():
        expect(badges).to_have_text(["旗级"] * badges.count())


def test_the_language_changes_in_place(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask(QUESTION)
    visit.page.get_by_role("button", name="English").click()
    expect(visit.page.locator("#pq-send")).to_have_text("Ask")
    expect(visit.page.get_by_role("button", name="New chat")).to_be_visible()
    expect(visit.page.locator(".pq-turn")).to_have_count(1)
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    assert fits(visit.page)


@pytest.mark.parametrize(("item", "suffix"), [("导出 Markdown 文件", ".md"), ("导出 Word 文件", ".docx")])
def test_the_conversation_can_be_taken_along(visit: Any, item: str, suffix: str) -> None:
    visit.open()
    visit.ask(QUESTION)
    visit.page.get_by_role("button", name="导出与更多").click()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name=item).click()
    assert download.value.suggested_filename.endswith(suffix)
    text = words_of(download.value.path(), suffix)
    assert QUESTION in text
    assert "300万元" in text


def words_of(path: Path, suffix: str) -> str:
    if suffix == ".md":
        return path.read_text("utf-8").replace("\\", "")
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_nothing_is_exported_before_there_is_an_answer(visit: Any) -> None:
    visit.open()
    visit.page.get_by_role("button", name="导出与更多").click()
    visit.page.get_by_role("button", name="导出 Word 文件").click()
    assert visit.page.locator(".pq-menu-line").inner_text() == "还没有可以导出的回答。"


def test_keyboard_alone_reaches_the_clause(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    turn = visit.ask(QUESTION)
    turn.locator(".pq-cite").first.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".pq-card.current summary")).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(turn.locator(".pq-cite").first).to_be_focused()


def test_an_english_visitor_reads_english_in_the_dark(english_visit: Any) -> None:
    from playwright.sync_api import expect

    english_visit.open()
    expect(english_visit.page.locator("#pq-send")).to_have_text("Ask")
    expect(english_visit.page.get_by_role("heading", level=2).first).to_have_text(
        "Which policy would you like to know about?"
    )
    ground = english_visit.page.evaluate("getComputedStyle(document.querySelector('.pq-head')).color")
    assert ground == "rgb(230, 236, 242)"
    assert fits(english_visit.page)


def test_the_library_is_read_and_searched(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.page.goto(f"{visit.origin}/library")
    visit.page.get_by_role("searchbox").fill("安家补贴")
    visit.page.get_by_role("button", name="查找").click()
    expect(visit.page.locator(".found mark").first).to_be_visible()
    visit.page.locator(".found a").first.click()
    expect(visit.page.locator(".clause:target")).to_be_in_viewport()
    assert fits(visit.page)


def test_what_can_be_touched_is_large_enough(visit: Any) -> None:
    if visit.size == "desk":
        pytest.skip("a mouse needs no room")
    visit.open()
    visit.ask(QUESTION)
    small = visit.page.evaluate(
        """() => [...document.querySelectorAll('button, #pq-level label, .pq-head a')]
          .filter((one) => one.offsetParent && one.matches(':not(.pq-cite, .pq-skip)') && one.offsetHeight < 44)
          .map((one) => one.className + ' ' + one.textContent)"""
    )
    assert small == []


def test_on_paper_there_are_answer_and_quoted_words_in_dark_on_light(english_visit: Any) -> None:
    from playwright.sync_api import expect

    page = english_visit.page
    english_visit.open()
    english_visit.ask(QUESTION)
    expect(page.locator(".pq-printed").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".pq-printed").first).to_contain_text("300万元")
    for gone in ("#pq-composer", "#pq-side", ".pq-actions", ".pq-head nav"):
        expect(page.locator(gone).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(244, 246, 249)"
