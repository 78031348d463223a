"""Leaving the page and coming back, closing what was opened, saying a question otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import fits

QUESTION = "全职引进的A类人才，市里给多少安家补贴？"
OTHER = "工业用水价格是多少？"


def test_from_the_full_document_back_to_the_answer(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask(QUESTION).locator(".pq-cite").first.click()
    opened = visit.page.locator(".pq-card.current").get_attribute("data-clause")
    visit.page.get_by_role("link", name="在全文中查看").first.click()
    visit.page.get_by_role("link", name="返回答案").click()
    expect(visit.page.locator(".pq-turn .pq-lead")).to_contain_text("万元", timeout=60_000)
    expect(visit.page.locator(".pq-card.current")).to_have_attribute("data-clause", opened)


def test_a_reload_keeps_the_conversation_and_what_was_asked(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask(QUESTION)
    visit.open()
    expect(visit.page.locator(".pq-turn")).to_have_count(1)
    later = visit.ask("那B类呢？")
    expect(later.locator(".pq-understood")).to_be_visible()


def test_a_new_conversation_leaves_nothing_behind(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask(QUESTION)
    visit.page.get_by_role("button", name="新对话").click()
    visit.open()
    expect(visit.page.locator(".pq-turn")).to_have_count(0)


def test_a_question_in_new_words_takes_the_place_of_the_old_one(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask(QUESTION).get_by_role("button", name="改写问题").click()
    box = visit.page.locator("#pq-question textarea, #pq-question input")
    expect(box).to_have_value(QUESTION)
    expect(box).to_be_focused()
    box.fill(OTHER)
    visit.page.locator("#pq-send").click()
    expect(visit.page.locator(".pq-question", has_text=OTHER)).to_be_visible()
    expect(visit.page.locator(".pq-turn")).to_have_count(1, timeout=60_000)
    expect(visit.page.locator(".pq-turn .pq-question")).to_contain_text(OTHER)
    expect(visit.page.locator(".pq-turn .pq-actions")).to_be_visible(timeout=60_000)
    expect(visit.page.locator(".pq-understood")).to_have_count(0)


def test_a_wording_left_as_it_was_leaves_the_answer(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask(QUESTION).get_by_role("button", name="改写问题").click()
    visit.page.get_by_role("button", name="不改了").click()
    visit.ask("那B类呢？")
    expect(visit.page.locator(".pq-turn")).to_have_count(2)


def test_the_phones_own_way_back_closes_the_sheet(visit: Any) -> None:
    from playwright.sync_api import expect

    if visit.size == "desk":
        pytest.skip("on a desk the clauses stand beside the answer")
    visit.open()
    turn = visit.ask(QUESTION)
    turn.locator(".pq-cite").first.click()
    expect(visit.page.get_by_role("dialog", name="政策原文")).to_be_visible()
    visit.page.go_back()
    expect(visit.page.locator(".pq-card").first).to_be_hidden()
    expect(turn.locator(".pq-lead")).to_be_visible()
    turn.locator(".pq-cite").first.click()
    visit.page.touchscreen.tap(195, 60)  # what lies behind the sheet
    expect(visit.page.locator(".pq-card").first).to_be_hidden()
    assert "clause=" not in visit.page.url


def test_behind_the_sheet_nothing_can_be_reached(visit: Any) -> None:
    if visit.size == "desk":
        pytest.skip("on a desk the clauses stand beside the answer")
    visit.open()
    visit.ask(QUESTION).locator(".pq-cite").first.click()
    for _ in range(25):
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate(
            "document.activeElement === document.body || Boolean(document.activeElement.closest('#pq-side'))"
        )


def test_sources_are_read_one_after_another(visit: Any) -> None:
    from playwright.sync_api import expect

    visit.open()
    visit.ask("博士租房补贴和工业用水价格分别是多少？").locator(".pq-cite").first.click()
    cards = visit.page.locator(".pq-card")
    assert cards.count() > 1
    visit.page.get_by_role("button", name="下一条依据").click()
    expect(cards.nth(1)).to_have_class("pq-card current")
    expect(visit.page.locator(".pq-place")).to_have_text(f"2/{cards.count()}")
    visit.page.get_by_role("button", name="上一条依据").click()
    visit.page.get_by_role("button", name="上一条依据").click()
    expect(cards.last).to_have_class("pq-card current")


def test_every_question_stands_at_the_top_when_it_is_answered(visit: Any) -> None:
    visit.open()
    for question in (QUESTION, OTHER, "旗里对高新技术企业有什么奖励？"):
        turn = visit.ask(question)
        top = turn.locator(".pq-question").bounding_box()["y"]
        head = visit.page.locator("#pq-head").bounding_box()
        assert head["height"] <= top < head["height"] + 60, question


def test_colours_by_choice_hold_on_all_pages(visit: Any) -> None:
    visit.open()
    ground = "getComputedStyle(document.body).backgroundColor"
    light = visit.page.evaluate(ground)
    visit.page.get_by_role("button", name="导出与更多").click()
    visit.page.get_by_role("radio", name="深色").check()
    dark = visit.page.evaluate(ground)
    assert dark != light
    visit.page.goto(f"{visit.origin}/library")
    assert visit.page.evaluate(ground) == dark
    visit.open()
    assert visit.page.evaluate(ground) == dark
    visit.page.get_by_role("button", name="导出与更多").click()
    visit.page.get_by_role("radio", name="浅色").check()
    assert visit.page.evaluate(ground) == light


def test_larger_text_holds_on_all_pages_and_nothing_sticks_out(visit: Any) -> None:
    size = "getComputedStyle(document.documentElement).fontSize"
    visit.open()
    visit.ask(QUESTION)
    for wanted in ("18.4px", "20.8px"):
        if visit.size == "phone":
            visit.page.get_by_role("button", name="导出与更多").click()
        visit.page.get_by_role("button", name="放大文字").click()
        visit.page.keyboard.press("Escape")
        assert visit.page.evaluate(size) == wanted
        assert fits(visit.page)
    visit.page.goto(f"{visit.origin}/library?q=补贴")
    assert visit.page.evaluate(size) == "20.8px"
    assert fits(visit.page)
