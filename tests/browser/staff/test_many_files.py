"""Many files in a real browser: sent, read while the page tells how far it is, put right in the table and saved."""

from __future__ import annotations

import re

from tests.browser.conftest import Visit, fits
from tests.browser.staff.test_staff_journeys import LONG, go
from tests.browser.staff.test_uploads import text
from tests.browser.test_accessibility import complaints
from tests.web.staff.corpus.intake.conftest import notice, packed


def test_files_are_put_in_read_put_right_and_saved(staff: Visit) -> None:
    from playwright.sync_api import expect

    page = go(staff, "/staff/corpus")
    page.get_by_role("link", name="批量收文").first.click()
    if page.locator("select[name=draft]").count():  # a draft of one's own is opened first: that of the other width
        page.locator("select[name=draft]").select_option("")
        page.get_by_role("button", name="查看", exact=True).click()
        page.wait_for_url(re.compile(r"draft=(&|$)"))
    archive = {"name": "材料.zip", "mimeType": "application/zip", "buffer": packed({"二.txt": notice(2)})}
    page.locator("#files").set_input_files([text("一.txt", notice(1).decode()), archive, text("公文.ofd", "PK")])
    page.get_by_role("button", name="放入", exact=True).click()
    page.wait_for_url(re.compile(r"draft=\w"))
    expect(page.locator("[name=row]")).to_have_count(2, timeout=LONG)  # loaded again when all was read
    expect(page.get_by_text("OFD 版式文件")).to_be_visible()
    assert fits(page)
    assert complaints(page) == []
    page.get_by_label("文号：一.txt").fill("青政发〔2026〕9号")
    page.get_by_role("button", name="保存整张表").click()
    expect(page.get_by_text("已保存，改动 1 份")).to_be_visible()
    expect(page.get_by_text("已改（原文：青政办发〔2026〕1号）")).to_be_visible()


def test_the_reason_stands_though_nothing_could_be_taken_and_no_draft_was_begun(staff: Visit) -> None:
    from playwright.sync_api import expect

    page = go(staff, "/staff/corpus/many?draft=")
    inside = {"name": "套娃.zip", "mimeType": "application/zip", "buffer": packed({"内.zip": packed({"一.txt": b"x"})})}
    page.locator("#files").set_input_files([inside])
    page.get_by_role("button", name="放入", exact=True).click()
    expect(page.locator("[data-results] li")).to_have_text(
        ["套娃.zip：里面还有压缩包“内.zip”，整包没有收入，请先解压。"], timeout=LONG
    )
