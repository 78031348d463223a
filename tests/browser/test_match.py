"""The page of matching as a company and as a person use it, on a desk and on a phone, over a small county of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import SIZES, SeatFor, Visit, fits, visiting
from tests.browser.test_accessibility import complaints
from tests.web.match.records_corpus import COMPANY, PERSON, Served, write_corpus
from tests.web.serving import serving
from web.answers.bot_pool import BotDoor
from web.settings import WebSettings

BORROWER = "我们是云浦县的小微企业，获得银行贷款100万元。"


@pytest.fixture(scope="module")
def county_service(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    values: dict[str, Any] = {"home": tmp_path_factory.mktemp("home"), "questions_per_minute": 1000, "root_path": ""}
    door = BotDoor(1)
    door.open(Served(write_corpus(tmp_path_factory.mktemp("county"))))
    with serving(door, WebSettings(**values)) as origin:
        yield origin


@pytest.fixture(params=SIZES)
def matching(request: pytest.FixtureRequest, seat_for: SeatFor, county_service: str) -> Iterator[Visit]:
    with visiting(seat_for(request.param), county_service) as made:
        yield made


@pytest.fixture(params=SIZES)
def in_english(request: pytest.FixtureRequest, seat_for: SeatFor, county_service: str) -> Iterator[Visit]:
    with visiting(seat_for(request.param, locale="en-US", color_scheme="dark"), county_service) as made:
        yield made


def tell(visit: Visit, profile: str) -> None:
    """Say who one is and wait for the results."""
    from playwright.sync_api import expect

    visit.page.goto(f"{visit.origin}/match")
    expect(visit.page.locator("#known h2")).to_be_visible()
    visit.page.locator("#profile").fill(profile)
    visit.page.locator("#read").click()
    expect(visit.page.locator(".fact").first).to_be_visible()


def summary(visit: Visit) -> Any:
    return visit.page.locator("#found .summary")


def test_a_company_corrects_what_was_read_and_takes_the_results_along(matching: Visit) -> None:
    from playwright.sync_api import expect

    page = matching.page
    tell(matching, COMPANY)
    expect(summary(matching)).to_contain_text("共2项，条件已满足2项")
    expect(page.locator(".grant.met", has_text="研发投入补助")).to_contain_text("研发投入800万元×5%=40万元，上限50万元")
    assert fits(page)

    page.get_by_role("button", name=re.compile("^修改：研发投入：")).click()
    amount = page.locator(".editor input[type=number]")
    expect(amount).to_have_value("800")
    amount.fill("200")
    amount.press("Enter")
    expect(page.locator(".fact.worked-out")).to_contain_text("1%")
    expect(page.locator(".grant.met")).to_have_count(1)

    page.get_by_role("button", name=re.compile("^去掉：认定：高新技术企业")).click()
    expect(page.locator(".grant.met")).to_have_count(0)
    assert "高新技术企业" not in page.locator(".facts").inner_text()
    for sort, button in (("docx", "导出 Word"), ("xlsx", "导出 XLSX")):
        tell(matching, COMPANY)
        expect(summary(matching)).to_be_visible()
        with page.expect_download() as loading:
            page.get_by_role("button", name=button).click()
        assert re.fullmatch(rf"policyqa-match-\d{{4}}-\d\d-\d\d\.{sort}", loading.value.suggested_filename)


def test_a_person_answers_a_question_and_shares_the_link(matching: Visit) -> None:
    from playwright.sync_api import expect

    page = matching.page
    tell(matching, PERSON)
    expect(page.locator(".grant.open")).to_contain_text("博士安家补贴")
    page.locator("#asked").get_by_role("button", name=re.compile("合同年限.*填写")).click()
    years = page.locator(".editor input[type=number]")
    expect(years).to_be_focused()
    years.fill("5")
    years.press("Enter")
    expect(page.locator(".grant.met")).to_contain_text("30万元")
    facts = page.locator(".facts").inner_text()

    link = page.url
    assert re.search(r"#who=person&", link)
    assert link.isascii()
    assert "%" not in link
    page.goto(f"{matching.origin}/library")
    page.goto(link)
    expect(page.locator(".grant.met")).to_contain_text("博士安家补贴")
    assert page.locator(".facts").inner_text() == facts
    expect(page.locator("#profile")).to_have_value("")

    page.locator(".grant .where a").first.click()
    expect(page.locator("mark").first).to_contain_text("全职引进的博士")
    page.get_by_role("link", name="返回政策匹配").click()
    expect(page.locator("#known h2")).to_be_visible()


def test_the_form_alone_is_enough(matching: Visit) -> None:
    from playwright.sync_api import expect

    page = matching.page
    page.goto(f"{matching.origin}/match")
    page.locator(".who label", has_text=re.compile("^企业$")).click()
    expect(page.get_by_role("checkbox", name="企业", exact=True)).to_be_checked()
    page.locator("#form > summary").click()
    rows = page.locator("#rows")
    rows.get_by_label("所在地", exact=True).select_option("云浦县")
    expect(page.get_by_role("button", name="修改：所在地：云浦县")).to_be_visible()
    rows.get_by_label("营业收入", exact=True).fill("20000")
    rows.get_by_label("营业收入", exact=True).press("Tab")
    expect(page.get_by_role("button", name="修改：营业收入：2亿元")).to_be_visible()
    rows.get_by_label("研发投入", exact=True).fill("800")
    rows.get_by_label("研发投入", exact=True).press("Tab")
    expect(page.locator(".grant.met")).to_contain_text("研发投入补助")
    recognition = rows.get_by_label("认定", exact=True)
    if recognition.evaluate("box => box.tagName") == "SELECT":
        recognition.select_option("高新技术企业")
    else:
        recognition.fill("高新技术企业")
        recognition.press("Tab")
    rows.get_by_label("首次或再次").select_option("首次")
    expect(page.locator(".grant.met")).to_have_count(2)


def test_what_nobody_checked_says_so_with_the_quote_first(matching: Visit) -> None:
    from playwright.sync_api import expect

    tell(matching, BORROWER)
    loan = matching.page.locator(".grant.unchecked")
    expect(loan.locator(".warned")).to_contain_text("机器识别，未经核对")
    # A tag in a text stays text.
    expect(loan.locator("blockquote").first).to_contain_text("<b>小微企业</b>")
    assert loan.locator("dl").inner_text().count("贴息") == 0


def test_results_are_filtered_by_kind(matching: Visit) -> None:
    from playwright.sync_api import expect

    tell(matching, COMPANY)
    matching.page.get_by_label("种类").select_option("奖励")
    expect(matching.page.locator(".grant")).to_have_count(1)
    expect(matching.page.get_by_label("种类")).to_be_focused()
    expect(summary(matching)).to_contain_text("共2项")


def test_a_broken_link_is_one_sentence(matching: Visit) -> None:
    from playwright.sync_api import expect

    matching.page.goto(f"{matching.origin}/match#degree=zzzzzzz")
    expect(matching.page.locator("#pq-status")).to_contain_text("请重新填写")


def test_the_page_in_english(in_english: Visit) -> None:
    from playwright.sync_api import expect

    page = in_english.page
    tell(in_english, "We are a company in 云浦县, revenue 200 million yuan, R&D 8 million yuan.")
    expect(summary(in_english)).to_contain_text("the conditions of 1 are met")
    expect(page.get_by_role("button", name="Change: Revenue: RMB 200,000,000")).to_be_visible()
    assert fits(page)
    page.locator(".top nav a[hreflang=zh]").click()
    expect(page.locator("#found .summary")).to_contain_text("条件已满足1项")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_page_is_accessible(seat_for: SeatFor, county_service: str, size: str, scheme: str) -> None:
    from playwright.sync_api import expect

    with visiting(seat_for(size, color_scheme=scheme), county_service) as visit:
        page = visit.page
        page.goto(f"{county_service}/match")
        expect(page.locator("#known h2")).to_be_visible()
        assert complaints(page) == []
        tell(visit, COMPANY + BORROWER)
        expect(summary(visit)).to_be_visible()
        page.locator("#form > summary").click()
        page.get_by_role("button", name=re.compile("^修改：所在地")).click()
        for summary_line in page.locator(".group > summary, .conditions > summary").all():
            summary_line.click()
        assert complaints(page) == []


def test_on_paper_there_are_results_and_no_buttons(seat_for: SeatFor, county_service: str) -> None:
    from playwright.sync_api import expect

    with visiting(seat_for("desk"), county_service) as visit:
        tell(visit, COMPANY)
        visit.page.emulate_media(media="print")
        expect(visit.page.locator(".grant").first).to_be_visible()
        for hidden in ("#tell", "#form", ".tools", ".filters", ".top"):
            expect(visit.page.locator(hidden)).to_be_hidden()


def test_a_double_click_asks_once_and_nothing_stands_for_what_is_missing(matching: Visit) -> None:
    from playwright.sync_api import expect

    page = matching.page
    page.goto(f"{matching.origin}/match")
    expect(page.locator("#known h2")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    page.locator("#profile").fill(COMPANY)
    page.locator("#read").dblclick()
    expect(summary(matching)).to_be_visible()
    assert len(asked) == 1
    assert "null" not in page.locator("#found").inner_text()


def test_a_broken_link_leaves_no_results_of_an_earlier_one(matching: Visit) -> None:
    from playwright.sync_api import expect

    page = matching.page
    tell(matching, COMPANY)
    expect(summary(matching)).to_be_visible()
    page.evaluate("window.location.hash = 'contract_years=zzzzzzz'")
    expect(page.locator("#pq-status")).to_contain_text("“合同年限”")
    expect(summary(matching)).to_have_count(0)
    expect(page.locator(".fact")).to_have_count(0)


def test_a_profile_that_fails_leaves_nothing_of_an_earlier_one(matching: Visit) -> None:
    from playwright.sync_api import expect

    page = matching.page
    tell(matching, COMPANY)
    expect(summary(matching)).to_be_visible()
    fault = {"error": "The service failed on this request; its log says where."}
    page.route(
        "**/page/match",
        lambda route: (
            route.fulfill(status=500, json=fault) if "read" in route.request.post_data_json else route.continue_()
        ),
    )
    page.locator("#profile").fill("我是一名博士。")
    page.locator("#read").click()
    expect(page.locator("#pq-status")).to_contain_text("服务出了错")
    expect(page.locator("#pq-status")).not_to_contain_text("The service failed")
    expect(page.locator(".fact")).to_have_count(0)
    expect(summary(matching)).to_have_count(0)


def test_a_double_click_makes_one_file(matching: Visit) -> None:
    from playwright.sync_api import expect

    page = matching.page
    tell(matching, COMPANY)
    expect(summary(matching)).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/file") else None)
    with page.expect_download():
        page.get_by_role("button", name="导出 XLSX").dblclick()
    assert len(asked) == 1
