"""What a visitor must see stays in sight: titles, questions, disclaimers, answers; in the visit's own language."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.conftest import fits

QUESTION = "全职引进的A类人才，市里给多少安家补贴？"
DEEP_IN_ITS_CLAUSE = "博士在鄂尔多斯的租房补贴是多少？"
CHINESE = re.compile("[\u4e00-\u9fff]")
LINE = 29  # pixels of a line of an answer
ABOVE_THE_LETTERS = 3  # pixels of a line of the disclaimer that hold nothing


def top(found: Any) -> float:
    return found.bounding_box()["y"]


def bottom(found: Any) -> float:
    box = found.bounding_box()
    return box["y"] + box["height"]


def height(visit: Any) -> int:
    return visit.page.viewport_size["height"]


def check_that_title_and_quote_are_in_sight(visit: Any) -> None:
    card = visit.page.locator(".pq-card.current")
    title, quote = card.locator(".pq-source-title"), card.locator("mark").first
    assert top(title) >= bottom(visit.page.locator(".pq-panel-head")) - 1
    assert top(quote) >= bottom(card.locator("summary")) - 1
    assert top(quote) + LINE <= height(visit)
    covering = "([x, y]) => document.elementFromPoint(x, y)?.closest('.pq-card.current .pq-source-title') !== null"
    box = title.bounding_box()
    assert visit.page.evaluate(covering, [box["x"] + 20, box["y"] + 10])


def test_a_long_clause_is_read_under_its_title(visit: Any) -> None:
    visit.open()
    visit.ask(DEEP_IN_ITS_CLAUSE).locator(".pq-cite").first.click()
    check_that_title_and_quote_are_in_sight(visit)
    visit.page.locator(".pq-evidence").evaluate("(panel) => { panel.scrollTop += 150; }")
    title = visit.page.locator(".pq-card.current .pq-source-title")
    assert top(title) >= bottom(visit.page.locator(".pq-panel-head")) - 1


def test_on_its_side_the_clause_has_its_title_and_the_answer_its_lines(sideways_visit: Any) -> None:
    sideways_visit.open()
    turn = sideways_visit.ask(DEEP_IN_ITS_CLAUSE)
    seen = top(sideways_visit.page.locator("#pq-composer")) - top(turn.locator(".pq-lead"))
    assert seen >= 4 * LINE
    turn.locator(".pq-cite").first.click()
    check_that_title_and_quote_are_in_sight(sideways_visit)


def test_on_its_side_the_levels_are_at_the_end_of_the_page(sideways_visit: Any) -> None:
    from playwright.sync_api import expect

    sideways_visit.open()
    sideways_visit.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(sideways_visit.page.locator("#pq-level label", has_text="旗级")).to_be_in_viewport(ratio=1)
    expect(sideways_visit.page.locator("#pq-foot p")).to_be_in_viewport(ratio=1)
    assert fits(sideways_visit.page)


def test_the_full_document_marks_what_the_answer_quotes(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask(DEEP_IN_ITS_CLAUSE).locator(".pq-cite").first.click()
    quoted = visit.page.locator(".pq-card.current mark").all_inner_texts()
    visit.page.locator(".pq-card.current").get_by_role("link", name="在全文中查看").click()
    marked = visit.page.locator(".clause:target mark")
    expect(marked.first).to_be_visible()
    assert marked.all_inner_texts() == quoted


def test_after_a_reload_the_newest_question_stands_below_the_heading(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    for question in ("工业用水价格是多少？", "工业用地的参考价格是多少？"):
        visit.ask(question)
    visit.page.reload(wait_until="domcontentloaded")
    newest = visit.page.locator(".pq-turn .pq-question").last
    expect(newest).to_be_in_viewport(ratio=1, timeout=60_000)
    expect(visit.page.locator("#pq-ask")).to_be_visible(timeout=60_000)  # drawn last
    expect(visit.page.locator("#pq-level label")).to_have_count(5)
    assert top(newest) >= bottom(visit.page.locator("#pq-head"))


def test_the_disclaimer_is_whole_or_below_the_window(visit: Any, english_visit: Any) -> None:
    for one in (visit, english_visit):
        one.open()
        foot = one.page.locator("#pq-foot p")
        assert bottom(foot) <= height(one)
        for question in ("工业用水价格是多少？", "工业用地的参考价格是多少？"):
            one.ask(question)
            assert bottom(foot) <= height(one) or top(foot) >= height(one) - ABOVE_THE_LETTERS, question
        one.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        assert bottom(foot) <= height(one)


def test_a_thumb_is_still_there_after_a_reload(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    turn = visit.ask(QUESTION)
    turn.get_by_role("button", name="有问题").click()
    turn.get_by_text("条款不对").click()
    turn.get_by_role("button", name="提交").click()
    expect(turn.locator(".pq-why")).to_have_count(
        0
    )  # the note says 已记下 since the thumb; the form goes when the reason is kept
    expect(turn.locator(".pq-noted")).to_contain_text("已记下")
    visit.open()
    pressed = visit.page.locator(".pq-thumb[aria-pressed=true]")
    expect(pressed).to_have_count(1)
    expect(pressed).to_contain_text("有问题")
    pressed.click()
    expect(visit.page.get_by_role("radio", name="条款不对")).to_be_checked()


def test_a_new_chat_can_be_undone_until_something_is_asked(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask(QUESTION)
    visit.page.get_by_role("button", name="新对话").click()
    expect(visit.page.locator(".pq-turn")).to_have_count(0)
    visit.page.get_by_role("button", name="恢复上一个对话").click()
    expect(visit.page.locator(".pq-turn")).to_have_count(1)
    expect(visit.page.locator(".pq-turn .pq-question")).to_contain_text(QUESTION)
    expect(visit.page.get_by_role("button", name="恢复上一个对话")).to_have_count(0)
    expect(visit.ask("那B类呢？").locator(".pq-understood")).to_be_visible()  # it goes on where it was
    visit.page.get_by_role("button", name="新对话").click()
    visit.ask("工业用水价格是多少？")
    expect(visit.page.get_by_role("button", name="恢复上一个对话")).to_have_count(0)
    expect(visit.page.locator(".pq-turn")).to_have_count(1)


def test_the_figures_line_claims_no_more_than_it_may(visit: Any) -> None:
    visit.open()
    turn = visit.ask("A类人才安家补贴，市里和旗里分别给多少？")
    assert turn.locator(".pq-table").count()
    figures = turn.locator(".pq-figures").inner_text()
    assert re.fullmatch(r"数字与原文一致（\d+ 处）", figures)
    assert not re.search("✓|已核对", visit.page.locator("body").inner_text())


def test_letters_without_sense_are_answered_in_the_language_of_the_page(visit: Any, english_visit: Any) -> None:
    visit.open()
    assert CHINESE.search(visit.ask("asdkjhaskd").locator(".pq-lead").inner_text())
    english_visit.open()
    assert not CHINESE.search(english_visit.ask("asdkjhaskd").locator(".pq-lead").inner_text())


@pytest.mark.parametrize(("lang", "send", "first"), [("en", "Ask", "All"), ("zh", "提问", "全部级别")])
def test_the_question_box_is_first_drawn_in_the_language_of_the_page(
    visit: Any, lang: str, send: str, first: str
) -> None:
    from playwright.sync_api import expect

    # Without Gradio's events the page stays as it was first drawn.
    visit.page.route("**/gradio_api/queue/**", lambda route: route.abort())
    visit.page.goto(f"{visit.origin}/?lang={lang}", wait_until="domcontentloaded")
    expect(visit.page.locator("#pq-send")).to_have_text(send, timeout=60_000)
    expect(visit.page.locator("#pq-level label").first).to_have_text(first)
    expect(visit.page.locator("#pq-level label")).to_have_count(5)
    visit.faults.clear()  # the events that were kept from it
