"""No question is lost, whatever stands between the click and the answer; and Enter does what people expect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

QUESTION = "全职引进的A类人才，市里给多少安家补贴？"
BOX = "#pq-question textarea, #pq-question input"


def test_a_question_asked_before_the_page_knows_anything_is_answered(visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit.page
    held: list[Any] = []
    page.route("**/page/welcome*", lambda route: held.append(route))
    page.goto(f"{visit.origin}/", wait_until="domcontentloaded")
    page.locator(BOX).fill(QUESTION)
    page.locator("#pq-send").click()
    expect(page.locator(".pq-turn .pq-working")).to_be_visible()
    for route in held:
        route.continue_()
    expect(page.locator(".pq-turn .pq-lead")).to_contain_text("300万元", timeout=60_000)
    expect(page.locator(".pq-turn")).to_have_count(1)


def test_after_a_reload_the_next_question_goes_on_at_once(visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit.page
    visit.open()
    visit.ask(QUESTION)
    held: list[Any] = []
    page.route("**/page/welcome*", lambda route: held.append(route))
    page.reload(wait_until="domcontentloaded")
    page.locator(BOX).fill("那B类呢？")
    page.locator("#pq-send").click()
    expect(page.locator(".pq-turn")).to_have_count(1)
    for route in held:
        route.continue_()
    expect(page.locator(".pq-turn").last.locator(".pq-understood")).to_be_visible(timeout=60_000)
    expect(page.locator(".pq-turn .pq-question")).to_contain_text([QUESTION, "那B类呢？"])


def test_a_question_that_does_not_arrive_can_be_asked_again(visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit.page
    visit.open()
    page.route("**/page/ask", lambda route: route.abort())
    page.locator(BOX).fill(QUESTION)
    page.locator("#pq-send").click()
    expect(page.locator(".pq-turn .pq-fault")).to_contain_text("没有连上服务")
    page.unroute("**/page/ask")
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".pq-turn").last.locator(".pq-lead")).to_contain_text("300万元", timeout=60_000)


def test_an_answer_that_breaks_off_is_no_answer(visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit.page
    visit.open()
    half = 'data: {"question": "问", "status": "streaming", "sentences": [{"parts": [{"text": "半句", "mark": false}], "citations": []}]}\n\n'
    page.route("**/page/ask", lambda route: route.fulfill(content_type="text/event-stream", body=half))
    page.locator(BOX).fill("问")
    page.locator("#pq-send").click()
    expect(page.locator(".pq-turn.failed .pq-fault")).to_contain_text("没有答成")
    expect(page.get_by_role("button", name="重试")).to_be_visible()
    expect(page.locator("#pq-send")).to_be_visible()


def test_an_answer_can_be_stopped(visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit.page
    visit.open()
    held: list[Any] = []
    page.route("**/page/ask", lambda route: held.append(route))
    page.locator(BOX).fill(QUESTION)
    page.locator("#pq-send").click()
    expect(page.locator("#pq-send")).to_be_hidden()
    page.locator("#pq-stop").press("Enter")  # a click so soon would be the second of a double click
    expect(page.locator(".pq-turn.stopped")).to_contain_text("已停止")
    expect(page.locator("#pq-stop")).to_be_hidden()
    page.unroute("**/page/ask")
    turn = visit.ask("工业用水价格是多少？")
    expect(turn.locator(".pq-lead")).to_be_visible()


def test_a_double_click_asks_once_and_does_not_stop_the_answer(visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit.page
    visit.open()
    page.locator(BOX).fill(QUESTION)
    page.locator("#pq-send").dblclick(delay=30)
    expect(page.locator(".pq-turn .pq-lead")).to_be_visible()
    expect(page.locator(".pq-turn")).to_have_count(1)
    expect(page.locator(".pq-turn.stopped")).to_have_count(0)


def test_enter_asks_and_shift_enter_begins_a_line(visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit.page
    visit.open()
    page.locator(BOX).fill("A类人才")
    page.locator(BOX).press("Shift+Enter")
    page.locator(BOX).press_sequentially("安家补贴多少？")
    expect(page.locator(BOX)).to_have_value("A类人才\n安家补贴多少？")
    expect(page.locator(".pq-turn")).to_have_count(0)
    page.locator(BOX).press("Enter")
    expect(page.locator(".pq-turn .pq-actions")).to_be_visible(timeout=60_000)
    expect(page.locator(BOX)).to_have_value("")


def test_enter_that_ends_a_word_of_the_input_method_asks_nothing(visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit.page
    visit.open()
    page.locator(BOX).fill("anjia")
    press = "(box, how) => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...how }))"
    for how in ({"isComposing": True}, {"keyCode": 229}):
        page.locator(BOX).evaluate(press, how)
    expect(page.locator(BOX)).to_have_value("anjia")
    assert page.locator(".pq-turn").count() == 0


def test_an_empty_box_asks_nothing(visit: Any) -> None:
    visit.open()
    visit.page.locator(BOX).fill("  ")
    visit.page.locator("#pq-send").click()
    assert visit.page.locator(".pq-turn").count() == 0


def test_a_new_wording_that_does_not_arrive_leaves_the_old_answer(visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit.page
    visit.open()
    visit.ask(QUESTION).get_by_role("button", name="改写问题").click()
    page.route("**/page/ask", lambda route: route.abort())
    page.locator(BOX).fill("工业用水价格是多少？")
    page.locator("#pq-send").click()
    expect(page.locator(".pq-turn.failed")).to_be_visible()
    expect(page.locator(".pq-turn").first.locator(".pq-lead")).to_contain_text("300万元")


def test_a_question_cut_within_an_emoji_is_asked_without_it(visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit.page
    visit.open()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data) if request.url.endswith("/page/ask") else None)
    # Longest lengths count halves, so that a browser can cut an emoji in two.
    cut = "box => { box.value = '全职引进的A类人才，市里给多少安家补贴？\\ud83c'; box.dispatchEvent(new Event('input')); }"
    page.locator(BOX).evaluate(cut)
    page.locator("#pq-send").click()
    expect(page.locator(".pq-turn .pq-lead")).to_contain_text("300万元", timeout=60_000)
    visit.ask("那B类呢？")
    assert ["ud83c" in body for body in sent] == [False, False]


def test_a_thumb_that_cannot_be_noted_is_said_in_the_words_of_the_page(visit: Any) -> None:
    from playwright.sync_api import expect

    def refusal(status: int) -> Callable[[Any], None]:
        return lambda route: route.fulfill(status=status, json={"error": "A sentence in English."})

    page = visit.page
    visit.open()
    turn = visit.ask(QUESTION)
    for status, words in ((404, "这个回答已不再保存，请重新提问。"), (503, "现在记不下来，请稍后再试。")):
        page.route("**/page/feedback", refusal(status))
        turn.locator(".pq-thumb.up").click()
        expect(turn.locator(".pq-feedback")).to_contain_text(f"没有记下：{words}")
        page.unroute("**/page/feedback")
    turn.locator(".pq-thumb.up").click()
    expect(turn.locator(".pq-feedback")).to_contain_text("谢谢，已记下")
