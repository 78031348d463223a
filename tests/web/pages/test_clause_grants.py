from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import TODAY
from tests.web.match.records_corpus import Served, write_corpus
from web.answers.bot_pool import BotDoor
from web.pages.clause_grants import with_chinese_marked
from web.service import build_service
from web.settings import WebSettings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "county"
    made.mkdir()
    return made


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Iterator[TestClient]:
    values: dict[str, Any] = {"home": tmp_path / "home", "root_path": ""}
    door = BotDoor(1)
    door.open(Served(write_corpus(folder)))
    service = build_service(door, WebSettings(**values), today=lambda: TODAY)
    with TestClient(service, raise_server_exceptions=False) as made:
        yield made


def page(library: TestClient, lang: str = "zh") -> str:
    documents = library.get("/api/documents").json()
    firms = next(document["id"] for document in documents if "企业创新" in document["title"])
    return library.get(f"/library/{firms}?lang={lang}").text


def test_each_clause_tells_what_it_grants(library: TestClient) -> None:
    told = page(library)
    assert told.count('<details class="grants">') == 4
    assert "<b>高新技术企业奖励</b>" in told
    assert "给企业 · 20万元" in told
    assert told.count("机器识别，未经核对") == 1
    english = page(library, "en")
    assert 'to: Company · <span lang="en">RMB 200,000</span>' in english
    assert "reward “高新技术企业奖励”" in english.lower()


def test_the_text_is_shown_though_the_records_cannot_be_used(library: TestClient, folder: Path) -> None:
    (folder / "entitlements" / "坏.json").write_text("{", "utf-8")
    told = page(library)
    assert "对首次认定的高新技术企业给予20万元奖励" in told
    assert '<details class="grants">' not in told


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("“1-10KV”: RMB 0.477 per kWh", "“1-10KV”: RMB 0.477 per kWh"),
        (
            "“居民用气 第一档”: RMB 2.06 per m³; “Tier 2”: RMB 2.47",
            '<span lang="zh-CN">“居民用气 第一档”</span>: RMB 2.06 per m³; “Tier 2”: RMB 2.47',
        ),
        ("up to <RMB 500,000> & more", "up to &lt;RMB 500,000&gt; &amp; more"),
    ],
)
def test_chinese_quoted_in_an_english_line_is_marked_as_chinese(line: str, marked: str) -> None:
    assert str(with_chinese_marked(line)) == marked
