from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import TODAY
from tests.web.match.records_corpus import Served, write_corpus
from web.answers.bot_pool import BotDoor
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
