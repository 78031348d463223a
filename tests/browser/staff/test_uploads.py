"""Files sent to a draft in a real browser: several at a time, how far a long one is, and stopping it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.conftest import Visit, fits
from tests.browser.staff.test_staff_journeys import LONG, go
from tests.browser.test_accessibility import complaints
from tests.web.staff.conftest import ENDLESS


def begin(visit: Visit) -> Any:
    page = go(visit, "/staff/corpus")
    page.get_by_role("button", name="新建草稿").click()
    page.wait_for_url("**/drafts/*")
    takes_several(page)
    return page


def takes_several(page: Any) -> None:
    """The page's script has made the form one for several files."""
    from playwright.sync_api import expect

    expect(page.locator("#file")).to_have_attribute("multiple", "")


def text(name: str, content: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "text/plain", "buffer": content.encode()}


def discard(page: Any) -> None:
    page.get_by_text("丢弃草稿").click()
    page.get_by_role("button", name="确认丢弃").click()
    page.wait_for_url("**/staff/corpus")


def test_several_files_go_in_one_after_another(staff: Visit) -> None:
    from playwright.sync_api import expect

    page = begin(staff)
    good = [text(f"{n}.txt", f"办法{n}\n\n一、给予{n}万元补贴。\n") for n in (1, 2)]
    page.locator("#file").set_input_files([good[0], text("坏.pdf", "%PDF-1.7 broken"), good[1]])
    page.get_by_role("button", name="上传并查看切分").click()
    results = page.locator("[data-results] li")
    expect(results).to_have_count(4, timeout=LONG)  # the last one loads the page again
    expect(results.nth(1)).to_contain_text("PDF 已损坏")
    assert fits(staff.page)
    assert complaints(page) == []
    page.get_by_role("link", name="刷新").click()
    expect(page.locator(".files li", has_text="2.txt")).to_be_visible()
    expect(page.locator(".files li", has_text="坏.pdf")).to_have_count(0)
    takes_several(page)
    page.locator("#file").set_input_files(good)
    page.locator("#instead_of").select_option("1.txt")
    assert page.locator("#file").evaluate("(input) => input.validationMessage") == "替换已有文件时，请只选一份文件。"
    discard(page)


def test_a_long_file_is_told_of_and_stopped(staff: Visit, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    (tmp_path / "长.txt").write_bytes(ENDLESS)
    page = begin(staff)
    page.locator("#file").set_input_files(tmp_path / "长.txt")
    page.get_by_role("button", name="上传并查看切分").click()
    expect(page.locator("[data-progress] [role=status]")).to_contain_text("正在读取和切分 长.txt", timeout=LONG)
    expect(page.locator("[data-progress]")).to_contain_text("离开这一页，读取就会停止。")
    assert fits(staff.page)
    assert complaints(page) == []
    page.locator("[data-progress]").get_by_role("button", name="停止").click()
    expect(page.locator("[data-results]")).to_contain_text("已停止，没有加入草稿。", timeout=LONG)
    expect(page.locator("[data-progress]")).to_be_hidden()
    expect(page.get_by_role("button", name="上传并查看切分")).to_be_enabled()
    page.reload()
    expect(page.locator(".files li", has_text="长.txt")).to_have_count(0)
    discard(page)
