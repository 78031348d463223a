"""The page over the corpus of a county, title and region set and nothing else: no place of ours, the right level answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.browser.conftest import PROJECT, SeatFor, visiting

OF_HOME = re.compile(r"伊金霍洛|鄂尔多斯|内蒙古?|旗|Banner|Ordos|Ejin|Inner Mongolia", re.IGNORECASE)


@pytest.fixture(scope="module")
def origin(
    chromium: str, serving: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    settings = {
        "POLICYQA_CORPUS": str(PROJECT / "tests/corpora/county"),
        "POLICYQA_HOME": str(tmp_path_factory.mktemp("home")),
    }
    built = subprocess.run(
        [sys.executable, "-m", "index", "build"],
        cwd=PROJECT, env={**os.environ, **settings}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    with serving(**settings) as address:
        yield address


def shown(page: Any) -> str:
    """What can be read on the page: its words, those of its fields and its title."""
    fields = page.evaluate(
        "() => [...document.querySelectorAll('[placeholder], [title], [aria-label]')]"
        ".flatMap(e => ['placeholder', 'title', 'aria-label'].map(name => e.getAttribute(name) || ''))"
    )
    return "\n".join([page.title(), page.locator("body").inner_text(), *fields])


@pytest.mark.parametrize(
    ("locale", "own"), [("zh-CN", ("云浦县", "省级", "县级")), ("en-US", ("Yunpu County", "Province"))]
)
def test_the_page_names_no_place_of_ours(locale: str, own: tuple[str, ...], seat_for: SeatFor, origin: str) -> None:
    with visiting(seat_for("desk", locale=locale), origin) as visit:
        visit.open()
        words = shown(visit.page)
    assert OF_HOME.findall(words) == []
    assert [word for word in own if word not in words] == []


def test_each_turn_is_answered_by_the_level_it_names(seat_for: SeatFor, origin: str) -> None:
    from playwright.sync_api import expect

    with visiting(seat_for("desk"), origin) as visit:
        visit.open()
        for question, level, figure in (
            ("集群里首次认定的高新技术企业，省里给多少", "省", "10万元"),
            ("我们县呢", "县", "15万元"),
            ("区里的高企奖励", "县", "15万元"),  # there is no district: the county is meant
        ):
            lead = visit.ask(question).locator(".pq-lead")
            expect(lead).to_contain_text(figure)
            expect(lead).to_contain_text(f"〔{level}〕")
        assert OF_HOME.findall(shown(visit.page)) == []
