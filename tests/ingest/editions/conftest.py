"""A corpus of one small document, and its English as somebody would write it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.corpus.load import load_corpus
from ingest.editions.load import load_edition
from ingest.editions.types import Edition

MEASURES = "某县支持企业若干措施"
TEXT = """某县支持企业若干措施

一、支持创新
（一）对首次认定的高新技术企业，给予15万元奖励。同一企业不重复享受。
（二）对研发投入达到5000万元以上的规模以上企业，给予最高500万元奖补。
二、附则
（三）本措施自2025年1月1日起施行，有效期至2027年12月31日。
"""
CLAUSES = [
    [
        ["（一）对首次认定的高新技术企业，给予15万元奖励。", "(I) A reward of RMB 150,000 is given to a company recognised as a high-tech enterprise for the first time."],
        ["同一企业不重复享受。", "The same company does not receive it twice."],
    ],
    [["（二）对研发投入达到5000万元以上的规模以上企业，给予最高500万元奖补。", "(II) Companies above the designated size whose R&D spending reaches RMB 50 million or more are given an award of up to RMB 5 million."]],
    [["（三）本措施自2025年1月1日起施行，有效期至2027年12月31日。", "(III) These measures take effect on January 1, 2025 and are valid until December 31, 2027."]],
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "corpus"
    (place / "en").mkdir(parents=True)
    (place / "措施.txt").write_text(TEXT, encoding="utf-8")
    return place


@pytest.fixture
def english() -> list[list[list[str]]]:
    """The sentences of every clause, to be changed by a test."""
    return json.loads(json.dumps(CLAUSES))


@pytest.fixture
def put(folder: Path) -> Callable[..., Path]:
    """Writes a file of the edition into the folder."""

    def write(clauses: list[list[list[str]]], name: str = "措施.json", **changes: Any) -> Path:
        content = {
            "document": MEASURES,
            "title": "Measures of a County in Support of Companies",
            "headings": {"一、支持创新": "I. Support for innovation"},
            "clauses": clauses,
        }
        path = folder / "en" / name
        path.write_text(json.dumps({**content, **changes}, ensure_ascii=False), encoding="utf-8")
        return path

    return write


@pytest.fixture
def edition(folder: Path) -> Callable[[], Edition]:
    """The edition of the folder as it is by then."""
    return lambda: load_edition(load_corpus(folder))
