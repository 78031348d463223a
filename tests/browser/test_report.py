"""The report of a run, opened from disk: it asks nobody, errs nowhere, and its filters show what they should."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.cases.cases import Case, Evidence
from eval.reports.html import html
from eval.runs.run_folder import Run, RunFolder
from eval.scoring.results import Given, Result, Retrieved
from eval.scoring.summary import summarise
from tests.browser.conftest import SIZES, fits

WATER = "工商业用水：10.4元/吨（含代收污水处理费1.4元和水资源费2.5元）"
HOSTILE = "${alert(1)} {{ 7*7 }} <img src=x onerror=alert(2)> </script> " + "很长" * 400 + "x" * 300
ABOUT = {
    "questions": [{"name": "set.jsonl"}],
    "as_of": "2026-11-22",
    "corpus": "c" * 64,
    "retrieval_only": False,
    "seconds": 1.0,
    "versions": {},
}


def answered(body: str) -> Given:
    return Given(False, None, body, (), (), (), 12.0)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    evidence, found = (Evidence(WATER),), (Retrieved("c1", WATER),)
    cases = {
        "right": Case("right", ("工商业用水多少钱一吨",), kind="single", evidence=evidence, answer=(("10.4元",),)),
        "wrong": Case("wrong", ("污水处理费多少",), kind="single", evidence=evidence, answer=(("1.4元",),)),
        "hostile": Case("hostile", (HOSTILE,), kind="unanswerable:injection", note=HOSTILE),
        "crashed": Case("crashed", ("问",), kind='"><i>'),
    }
    results = {
        "right": Result("right", found, answered("10.4元/吨")),
        "wrong": Result("wrong", found, answered("10.4元/吨")),
        "hostile": Result("hostile", found, answered(HOSTILE)),
        "crashed": Result("crashed", (), None, "ZeroDivisionError: <b>no</b>"),
    }
    scores = {
        "right": {"answer-right": 1.0},
        "wrong": {"answer-right": 0.0},
        "hostile": {"declined-rightly": 0.0},
        "crashed": {"crashed": 1.0},
    }
    run = Run(RunFolder(folder), ABOUT, cases, results, scores)
    path = folder / "report.html"
    path.write_text(html(run, summarise(list(cases.values()), scores, results)), encoding="utf-8")
    return path


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Any, report: Path) -> Iterator[Any]:
    """The page at both sizes; fails when it loads anything, errs, or runs what somebody typed."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    made, faults = context.new_page(), list[str]()
    made.on("request", lambda asked: faults.append(asked.url) if asked.url != report.as_uri() else None)
    made.on("console", lambda message: faults.append(message.text))
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    made.goto(report.as_uri())
    yield made
    context.close()
    assert faults == []


def shown(page: Any) -> list[str]:
    return page.locator(
        ".question:visible .head strong"
    ).all_text_contents()  # what is off the screen has no inner text


def test_nothing_is_wider_than_the_screen(page: Any) -> None:
    assert fits(page)


def test_what_people_typed_is_shown_as_text(page: Any) -> None:
    assert (
        "${alert(1)} {{ 7*7 }} <img src=x onerror=alert(2)> </script>"
        in page.locator(".turn.last").nth(2).text_content()
    )
    assert "<b>no</b>" in page.locator(".answer").last.text_content()
    assert page.locator("img, i").count() == 0


def test_filters(page: Any) -> None:
    assert shown(page) == ["right", "wrong", "hostile", "crashed"]
    page.locator("#wrong").check()
    assert shown(page) == ["wrong", "hostile", "crashed"]
    assert page.locator("#count").inner_text() == "3 / 4"
    page.locator("#fault").select_option(label="答案不全 incomplete answer (1)")
    assert shown(page) == ["wrong"]
    page.locator("#fault").select_option("")
    page.locator("#wrong").uncheck()
    page.locator("#kind").select_option('"><i>')
    assert shown(page) == ["crashed"]
    page.locator("#kind").select_option("")
    page.locator("#words").fill("污水处理费多少")
    assert shown(page) == ["wrong"]
    page.locator("#words").fill("没有这样的话")
    assert shown(page) == []
    assert page.locator("#none").is_visible()


def test_unfolding_shows_the_evidence_marked(page: Any) -> None:
    page.locator("#kind").select_option("single")
    assert not page.locator("mark").first.is_visible()
    page.locator("#unfold").click()
    assert page.locator("mark:visible").all_text_contents() == [WATER, WATER]


def test_print_shows_every_question_without_the_filters(page: Any) -> None:
    page.emulate_media(media="print")
    assert shown(page) == ["right", "wrong", "hostile", "crashed"]
    assert not page.locator(".filters").is_visible()
