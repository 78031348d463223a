"""What staff do, in a real browser: a case made, a run measured, a policy published and put back, records taken along."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from tests.browser.conftest import Visit, fits
from tests.browser.staff.conftest import sign_in
from tests.browser.test_accessibility import complaints

QUESTION = "全职引进的A类人才，市里给多少安家补贴？"
HOSTILE = '<img src=x onerror="window.pwned=1"> ${window.pwned=2} {{7*7}} [点](javascript:window.pwned=3) 天气'
TITLE = "伊金霍洛旗支持沙棘产业若干措施"
POLICY = f"{TITLE}\n\n一、对新建沙棘加工厂给予37万元补贴。\n\n二、沙棘种植户每亩给予610元补贴。\n"
ASKED = "新建沙棘加工厂补贴多少？"
LONG = 90_000  # milliseconds; a loaded machine embeds and measures slowly


def go(visit: Visit, path: str) -> Any:
    visit.page.goto(f"{visit.origin}{path}", wait_until="domcontentloaded")
    assert fits(visit.page), path
    return visit.page


def test_a_question_tried_on_the_bench_becomes_a_case(staff: Visit) -> None:
    from playwright.sync_api import expect

    page = go(staff, "/staff/bench")
    page.locator("#question").fill(QUESTION)
    page.get_by_role("button", name="试一试").click()
    expect(page.locator(".said")).to_contain_text("300万元")
    assert fits(staff.page)
    assert page.locator("[name=evidence]:checked").count() == 0, "nobody has said that it is right"
    page.get_by_role("link", name="答得对，照回答填好").click()
    expect(page.locator("[name=evidence]:checked").first).to_be_visible()
    expect(page.locator("#points")).to_have_value(re.compile("300万元"))
    page.locator("[name=verdict][value=wrong]").check()
    assert page.locator("[name=evidence]:checked").count() == 0, "what a wrong answer says proves nothing"
    expect(page.locator("#points")).to_have_value("")
    page.reload()
    chosen = page.locator("[data-pick]").filter(has=page.locator("input[type=checkbox]:checked")).first
    chosen.locator("summary").click()
    # Select the first ten characters of the clause and take them as the evidence.
    chosen.locator("[data-text]").evaluate(
        """(node) => { const range = document.createRange(); range.setStart(node.firstChild, 0);
        range.setEnd(node.firstChild, 10); getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    chosen.get_by_role("button", name="用所选文字").click()
    expect(chosen.locator("input[type=text]")).not_to_have_value("")
    page.locator("[name=verdict][value=right]").check()
    page.locator("#points").fill("300万元")
    page.locator("#set").fill(f"browser-{staff.size}")
    page.get_by_role("button", name="保存测试题").click()
    expect(page.locator("#kept")).to_contain_text(f"browser-{staff.size}")
    go(staff, "/staff/evaluation")
    page.get_by_role("region", name="题集管理").get_by_role("link", name=f"browser-{staff.size}", exact=True).click()
    assert fits(staff.page)
    page.get_by_role("link", name="修改").first.click()
    page.locator("#note").fill("例会上改的")
    page.locator("[name=quote]").first.fill("没有这句话的原文")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("不在政策原文里")
    assert fits(staff.page)
    assert complaints(page) == []
    expect(page.locator("#note")).to_have_value("例会上改的")
    page.get_by_role("link", name="取消").click()
    page.get_by_text("删除", exact=False).first.click()
    page.get_by_role("button", name="确认删除").first.click()
    page.wait_for_url("**/staff/evaluation#sets")
    expect(page.get_by_role("region", name="题集管理")).not_to_contain_text(f"browser-{staff.size}")


def test_the_second_to_save_sees_both_versions(staff: Visit) -> None:
    from playwright.sync_api import expect

    page = go(staff, "/staff/corpus")
    page.get_by_role("button", name="新建草稿").click()
    page.wait_for_url("**/drafts/*")
    page.get_by_role("link", name=re.compile("的切分$")).first.click()
    other = page.context.new_page()
    other.goto(page.url)
    for window, title in ((other, "先保存的"), (page, "后保存的")):
        window.locator("summary", has_text="文件信息").click()
        window.locator("#title").fill(title)
        window.get_by_role("button", name="保存", exact=True).click()
        window.wait_for_load_state()
    other.close()
    expect(page.locator("#clash")).to_contain_text("做了改动")
    expect(page.locator("table.clash")).to_contain_text("先保存的")
    expect(page.locator("#title")).to_have_value("后保存的")
    for cell in page.locator("table.clash td").all():
        assert cell.evaluate("(one) => one.getBoundingClientRect().right <= window.innerWidth"), "both are seen at once"
    assert fits(staff.page)
    assert complaints(page) == []
    page.get_by_role("link", name="返回草稿").click()
    page.get_by_text("丢弃草稿").click()
    page.get_by_role("button", name="确认丢弃").click()
    page.wait_for_url("**/staff/corpus")


def test_every_entry_of_the_navigation_is_in_reach(staff: Visit) -> None:
    page = go(staff, "/staff")
    links = page.locator(".top nav a")
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    for link in links.all():
        box = link.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    page.locator(".skip").focus()
    reached: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert set(links.all_text_contents()) <= set(reached)
    last = links.last
    (last.tap if staff.size == "phone" else last.click)()
    page.wait_for_url("**/staff/audit")
    assert page.locator(".top nav [aria-current]").count() == 1


def test_a_run_is_watched_and_its_wrong_question_opens_on_the_bench(staff: Visit) -> None:
    from playwright.sync_api import expect

    page = go(staff, "/staff/evaluation")
    page.locator("[name=set][value=dev]").check()
    page.locator("[name=limit]").fill("20")
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.locator("[data-job]")).to_be_visible()
    page.get_by_role("link", name="查看结果").click(timeout=LONG)
    expect(page.get_by_role("heading", name="分数")).to_be_visible()
    assert page.locator(".bar-drawn").count() > 3
    assert fits(staff.page)
    assert complaints(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="report.html").click()
    assert "<html" in download.value.path().read_text("utf-8")
    wrong = page.get_by_role("link", name=re.compile("调试这题"))
    if wrong.count():  # which of them are wrong is for the bot to say
        wrong.first.click()
        expect(page.locator("#steps-title")).to_be_visible(timeout=LONG)
        assert page.locator("#question").input_value()


def test_a_run_is_stopped(staff: Visit) -> None:
    from playwright.sync_api import expect

    page = go(staff, "/staff/evaluation")
    page.locator("[name=set][value=dev]").check()
    page.get_by_role("button", name="开始", exact=True).click()
    page.get_by_role("button", name="停止").click(timeout=LONG)
    expect(page.locator("[data-job]")).to_contain_text("已停止", timeout=LONG)


def test_a_policy_is_uploaded_looked_through_published_asked_and_put_back(staff: Visit) -> None:
    from playwright.sync_api import expect

    page = go(staff, "/staff/corpus")
    page.get_by_role("button", name="新建草稿").click()
    page.wait_for_url("**/drafts/*")
    draft = page.url.removeprefix(staff.origin)
    page.locator("#file").set_input_files({"name": f"{TITLE}.txt", "mimeType": "text/plain", "buffer": POLICY.encode()})
    page.get_by_role("button", name="上传并查看切分").click()
    expect(page.locator("article.cut").first).to_contain_text("37万元", timeout=LONG)
    assert fits(staff.page)
    assert complaints(page) == []
    page = go(staff, f"{draft}/try")
    page.locator("#question").fill(ASKED)
    page.get_by_role("button", name="提问并比较").click()
    expect(page.locator(".pair ins, .pair").first).to_contain_text("37万元", timeout=LONG)
    page = go(staff, f"{draft}/impact")
    for box in page.locator("[name=set]:not([value=decline_fresh])").all():
        box.uncheck()
    page.get_by_role("button", name="开始测算").click()
    expect(page.get_by_text("条款：改动 0，新增 2")).to_be_visible(timeout=LONG)
    page = go(staff, draft)
    page.locator("#note").fill("沙棘")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("button", name="换回上一版")).to_be_visible(timeout=LONG)
    staff.open()
    expect(staff.ask(ASKED)).to_contain_text("37万元")
    page = go(staff, "/staff/corpus")
    page.get_by_role("button", name="换回上一版").click()
    page.wait_for_url("**/staff/corpus?job=*")
    page.wait_for_url("**/staff/corpus", timeout=LONG)  # the page goes on by itself once the earlier version serves
    expect(page.get_by_role("button", name="换回上一版")).to_have_count(0)
    staff.open()
    expect(staff.ask(ASKED)).not_to_contain_text("37万元")


def test_a_word_of_the_glossary_is_added_to_a_draft_and_thrown_away_with_it(staff: Visit) -> None:
    from playwright.sync_api import expect

    page = go(staff, "/staff/glossary")
    page.locator("#row [name=spoken]").fill("沙漠果子")
    page.locator("#row [name=words]").fill("沙棘，果业")
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.locator("tr", has_text="沙漠果子")).to_contain_text("果业")
    assert fits(staff.page)
    page.get_by_role("link", name="去发布").click()
    page.get_by_text("丢弃草稿").click()
    page.get_by_role("button", name="确认丢弃").click()
    page.wait_for_url("**/staff/corpus")


def test_what_visitors_ask_is_found_taken_along_and_forgotten(staff: Visit) -> None:
    from playwright.sync_api import expect

    staff.open()
    staff.ask(HOSTILE)
    page = go(staff, "/staff/records")
    assert page.evaluate("window.pwned") is None
    expect(page.locator("svg.chart")).to_be_visible()
    page.locator("[name=words]").fill("window.pwned=2")
    page.get_by_role("button", name="筛选").click()
    row = page.locator("tbody tr").first
    expect(row).to_contain_text(HOSTILE)
    with page.expect_download() as download:
        page.get_by_role("link", name="导出表格").click()
    data = download.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert HOSTILE in [line[2] for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    row.get_by_role("link", name="试验", exact=True).click()
    expect(page.locator("#steps-title")).to_be_visible(timeout=LONG)
    assert page.locator("#question").input_value() == HOSTILE
    assert page.evaluate("window.pwned") is None
    page.get_by_role("link", name="返回该条记录").click()
    page.get_by_text("删除记录", exact=True).click()
    page.get_by_role("button", name="删除这一条").click()
    expect(page.get_by_role("status")).to_contain_text("已删除 1 条")


def test_whoever_signs_out_sees_nothing_more(staff_to_be: Visit) -> None:
    sign_in(staff_to_be)  # in a session of its own, for the others' is kept
    page = go(staff_to_be, "/staff/audit")
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/staff/login*")
    page.goto(f"{staff_to_be.origin}/staff/records")
    assert "/staff/login" in page.url


def test_a_policy_comes_with_its_questions_and_is_held_beside_what_serves(staff: Visit) -> None:
    from playwright.sync_api import expect

    page = go(staff, "/staff/corpus")
    page.get_by_role("button", name="新建草稿").click()
    page.wait_for_url("**/drafts/*")
    draft = page.url.removeprefix(staff.origin)
    files = {"name": "沙棘题.txt", "mimeType": "text/plain", "buffer": POLICY.encode()}
    page.locator("#file").set_input_files([files])
    page.get_by_role("button", name="上传并查看切分").click()
    page.wait_for_url("**/file?name=*", timeout=LONG)
    go(staff, draft)
    page.get_by_role("link", name="逐条对照两个版本").click()
    expect(page.locator("#document article").first).to_contain_text("37万元")
    assert fits(page)
    assert complaints(page) == []
    go(staff, f"{draft}/questions")
    box = page.get_by_label(re.compile("新建沙棘加工厂的补贴是多少"))
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.get_by_role("button", name="加入所选").click()
    expect(page.locator("#questions article")).to_have_count(1)
    page.get_by_role("button", name="在草稿上跑一遍").click()
    expect(page.locator("#questions article h3")).to_contain_text("答对", timeout=LONG)
    assert fits(page)
    assert complaints(page) == []
    go(staff, f"{draft}/update")
    expect(page.locator(".notice.good")).to_contain_text("不需要更新")
    go(staff, draft)
    assert complaints(page) == []
    page.get_by_text("丢弃草稿").click()
    page.get_by_role("button", name="确认丢弃").click()
    page.wait_for_url("**/staff/corpus")
