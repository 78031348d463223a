"""A corpus, questions and settings full of markup: everywhere they are words, and nothing is done that they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.browser.conftest import PROJECT, SIZES, SeatFor, visiting

MARKUP = (
    '<img src=x onerror="window.pwned=1"><script>window.pwned=2</script>${window.pwned=3}{{constructor.constructor('
    '"window.pwned=4")()}}[点](javascript:window.pwned=5)![图](http://evil.invalid/a.png)<iframe srcdoc="x"></iframe>'
)
TITLE = f"伊金霍洛旗关于支持牧草产业的若干措施{MARKUP}"
CLAUSES = (
    f"第一条 对新建牧草加工厂的企业，给予一次性50万元补助{MARKUP}。（责任单位：旗农牧局{MARKUP}）",
    f"第二条 对购买牧草机械的农户{MARKUP}，按照购机价格的30%给予补贴，最高5万元。",
    "第三条 本措施自2026年1月1日起施行，有效期至2027年12月31日。",
)
QUESTION = "新建牧草加工厂的企业补助多少钱？"


@pytest.fixture(scope="module")
def origin(
    chromium: str, serving: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    corpus, home = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("home")
    file = "牧草<img src=x onerror=window.pwned=6>${window.pwned=7}.txt"
    (corpus / file).write_text("\n".join((TITLE, *CLAUSES)) + "\n", "utf-8")
    (corpus / "corpus.toml").write_text(f"title = '''汇编{MARKUP}'''\nregion = '''伊金霍洛旗{MARKUP}'''\n", "utf-8")
    (corpus / "glossary.toml").write_text(f"[people]\n'草料{MARKUP}' = ['牧草']\n", "utf-8")
    settings = {
        "POLICYQA_CORPUS": str(corpus),
        "POLICYQA_HOME": str(home),
        "POLICYQA_BUREAU_ZH": f"投资促进局{MARKUP}",
        "POLICYQA_DISCLAIMER_ZH": f"仅供参考{MARKUP}",
    }
    built = subprocess.run(
        [sys.executable, "-m", "index", "build"],
        cwd=PROJECT, env={**os.environ, **settings}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    with serving(**settings) as address:
        yield address


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, seat_for: SeatFor, origin: str) -> Iterator[Any]:
    """A page that fails the test when anything was run, fetched from elsewhere or asked of the visitor."""
    seat = seat_for(request.param)
    with visiting(seat, origin) as visit:
        seat.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
        yield visit.page
        assert harmless(visit.page)


def harmless(page: Any) -> bool:
    """Whether nothing ran and no element was made of the words."""
    return page.evaluate(
        """() => window.pwned === undefined && !document.querySelector('iframe, [onerror], a[href^="javascript"]')
          && [...document.images].every((one) => one.src.endsWith('/ui/icon.svg'))"""
    )


def test_the_first_visit(page: Any, origin: str) -> None:
    from playwright.sync_api import expect

    page.goto(f"{origin}/")
    expect(page.locator(".pq-knows")).to_contain_text(f"伊金霍洛旗{MARKUP}", timeout=60_000)
    expect(page.locator("#pq-foot")).to_contain_text(f"仅供参考{MARKUP}")
    expect(page.locator("#pq-head .pq-brand p")).to_have_text(f"投资促进局{MARKUP}")


def test_an_answer_its_clause_and_all_that_can_be_done_with_it(page: Any, origin: str) -> None:
    from playwright.sync_api import expect

    page.goto(f"{origin}/")
    expect(page.locator("#pq-send")).to_be_enabled(timeout=60_000)
    page.locator("#pq-question textarea, #pq-question input").fill(QUESTION)
    page.locator("#pq-send").click()
    turn = page.locator(".pq-turn")
    expect(turn.locator(".pq-actions")).to_be_visible(timeout=60_000)
    expect(turn.locator(".pq-question")).to_contain_text(QUESTION)
    expect(turn.locator(".pq-lead")).to_contain_text("50万元")
    turn.locator(".pq-source").first.click()
    card = page.locator(".pq-card.current")
    expect(card.locator("blockquote")).to_contain_text(MARKUP)
    expect(card.locator(".pq-source-title")).to_contain_text("<img src=x onerror=window.pwned=6>${window.pwned=7}")
    expect(card.locator(".pq-departments")).to_contain_text("旗农牧局")
    assert harmless(page)
    page.keyboard.press("Escape")
    turn.get_by_role("button", name="复制回答").click()
    assert MARKUP in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="English").click()
    expect(page.locator("#pq-send")).to_have_text("Ask")
    assert harmless(page)
    page.reload()
    expect(page.locator(".pq-turn .pq-question")).to_contain_text(QUESTION, timeout=60_000)


def test_a_question_and_the_exported_file(page: Any, origin: str) -> None:
    from playwright.sync_api import expect

    page.goto(f"{origin}/")
    expect(page.locator("#pq-send")).to_be_enabled(timeout=60_000)
    for question in (QUESTION, QUESTION + MARKUP):
        page.locator("#pq-question textarea, #pq-question input").fill(question)
        page.locator("#pq-send").click()
        expect(page.locator(".pq-turn").last.locator(".pq-question")).to_contain_text(question, timeout=60_000)
        expect(page.locator(".pq-turn").last.locator(".pq-actions")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="导出与更多").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Markdown 文件").click()
    text = download.value.path().read_text("utf-8").split("\n---\n")[0]
    assert "50万元" in text
    assert not re.search(r"(?<!\\)(?:<|\]\(|!\[)", text.replace("> **", ""))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("library", MARKUP),
        ("library?q=牧草", MARKUP),
        (f"library?q={MARKUP}", "”：3 条"),
        (f"library/x{MARKUP}", "没有这份文件"),
    ],
)
def test_the_library(page: Any, origin: str, path: str, words: str) -> None:
    from playwright.sync_api import expect

    page.goto(f"{origin}/{path}")
    expect(page.locator("main")).to_contain_text(words)


def test_a_document(page: Any, origin: str) -> None:
    from playwright.sync_api import expect

    page.goto(f"{origin}/library")
    page.locator(".documents a").first.click()
    expect(page.locator("h1")).to_contain_text("<img src=x onerror=window.pwned=6>${window.pwned=7}")
    expect(page.locator(".clause").nth(1)).to_contain_text(MARKUP)


def test_links_with_markup_in_them(page: Any, origin: str) -> None:
    from playwright.sync_api import expect

    page.goto(f"{origin}/?q={MARKUP}&clause={MARKUP}&document={MARKUP}&lang={MARKUP}")
    expect(page.locator(".pq-turn .pq-actions")).to_be_visible(timeout=60_000)
    expect(page.locator(".pq-turn .pq-question")).to_contain_text("<img src=x")
