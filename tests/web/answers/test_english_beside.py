"""The library for who reads English: the edition's English beside the Chinese, and what it says of itself."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.corpus.load import load_corpus
from tests.web.conftest import TODAY
from tests.web.match.records_corpus import Served
from web.answers.bot_pool import BotDoor
from web.service import build_service
from web.settings import WebSettings

TEXT = """某县支持企业若干措施

一、支持创新
（一）对首次认定的高新技术企业，给予15万元奖励。
（二）对新设立的研发中心，给予20万元补助。
"""
ENGLISH = {
    "document": "某县支持企业若干措施",
    "title": "Measures of a County in Support of Companies",
    "headings": {"一、支持创新": "I. Support for innovation"},
    "clauses": [
        [["（一）对首次认定的高新技术企业，给予15万元奖励。", "(I) High-tech enterprises recognised <first> are given RMB 150,000."]],
    ],
}  # fmt: skip
PREVAILS = "English is a reading aid; the Chinese text prevails."


@contextmanager
def library_of(folder: Path, **of_file: Any) -> Iterator[TestClient]:
    (folder / "措施.txt").write_text(TEXT, encoding="utf-8")
    if of_file:
        (folder / "en").mkdir()
        (folder / "en" / "措施.json").write_text(json.dumps(of_file, ensure_ascii=False), encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        values: dict[str, Any] = {"home": home, "root_path": ""}
        door = BotDoor(1)
        door.open(Served(load_corpus(folder)))
        service = build_service(door, WebSettings(**values), today=lambda: TODAY)
        with TestClient(service, raise_server_exceptions=False) as made:
            yield made


def document(library: TestClient, lang: str = "en") -> str:
    (only,) = library.get("/api/documents").json()
    return library.get(f"/library/{only['id']}?lang={lang}").text


def test_titles_headings_and_clauses_have_their_english_before_the_chinese(tmp_path: Path) -> None:
    with library_of(tmp_path, **ENGLISH) as library:
        told = document(library)
        assert f'<h1 lang="en">{ENGLISH["title"]}</h1>' in told
        assert '<span lang="en">I. Support for innovation</span>' in told
        assert told.count('class="english"') == 1  # the other clause has none
        assert told.index("recognised &lt;first&gt; are given RMB 150,000.") < told.index("给予15万元奖励")
        assert "给予20万元补助" in told
        assert PREVAILS in told
        assert ENGLISH["title"] in library.get("/library?lang=en").text


def test_a_search_in_english_finds_the_clause(tmp_path: Path) -> None:
    with library_of(tmp_path, **ENGLISH) as library:
        assert "<mark>high-tech</mark>".lower() in library.get("/library?lang=en&q=high-tech+given").text.lower()
        assert "<mark>" not in library.get("/library?lang=zh&q=high-tech+given").text


def test_a_chinese_page_shows_no_english(tmp_path: Path) -> None:
    with library_of(tmp_path, **ENGLISH) as library:
        told = document(library, "zh")
        assert "RMB" not in told
        assert 'class="notice"' not in told


def test_english_that_nobody_accepted_says_so(tmp_path: Path) -> None:
    with library_of(tmp_path, **ENGLISH, by="model:small", accepted=False) as library:
        assert "nobody has accepted it yet" in document(library)
        assert "nobody has accepted it yet" in library.get("/library?lang=en").text


@pytest.mark.parametrize("of_file", [{}, {**ENGLISH, "document": "别的措施"}])
def test_without_an_edition_the_page_says_so(tmp_path: Path, of_file: dict[str, Any]) -> None:
    with library_of(tmp_path, **of_file) as library:
        for page in (document(library), library.get("/library?lang=en").text):
            assert "There is no English of this text" in page
            assert PREVAILS not in page
