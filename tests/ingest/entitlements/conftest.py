"""A record of the compendium's own words, to be changed by tests, and a corpus of one small document."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.corpus.load import load_corpus
from ingest.types import Corpus

MEASURES = "某县支持企业若干措施"
TEXT = """某县支持企业若干措施

一、支持创新
（一）对首次认定的高新技术企业，给予15万元奖励。
（二）对研发投入占营业收入比例达到3%以上或研发投入达到5000万元以上的规模以上企业，给予最高500万元奖补。
（三）对符合下列条件之一的企业：
1.新认定国家级企业技术中心的，给予300万元奖补。
2.新认定省级企业技术中心的，给予30万元奖补。
二、附则
（四）本措施自2025年1月1日起施行，有效期至2027年12月31日。
"""

RECORD: dict[str, Any] = {
    "id": "first-hightech",
    "title": "高企首次认定奖励",
    "kind": "奖励",
    "spans": ["对首次认定的高新技术企业，给予15万元奖励。"],
    "recipient": {"who": "company", "span": "高新技术企业"},
    "conditions": {
        "all": [
            {
                "span": "首次认定的高新技术企业",
                "attribute": "recognition",
                "operator": "is",
                "value": "高新技术企业",
                "unit": None,
            },
            {
                "span": "首次认定",
                "attribute": "recognition.time",
                "operator": "in",
                "value": ["首次"],
                "unit": None,
                "of": "高新技术企业",
            },
        ]
    },
    "amounts": [
        {
            "object": "首次认定",
            "figure": "15万元",
            "bound": "fixed",
            "base": None,
            "period": None,
            "term": None,
            "cap": None,
            "span": "给予15万元奖励",
            "when": None,
        }
    ],
    "validity": None,
    "offices": [],
    "procedure": [],
    "overlap": [],
    "same_as": [],
    "soft": False,
    "review": {"by": "", "on": ""},
}

Made = Callable[..., dict[str, Any]]


@pytest.fixture
def record() -> Made:
    """A fresh record; what is given by name replaces what it has."""

    def made(**changes: Any) -> dict[str, Any]:
        return {**copy.deepcopy(RECORD), **changes}

    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus folder with the small document and no records yet."""
    place = tmp_path / "corpus"
    (place / "entitlements").mkdir(parents=True)
    (place / "措施.txt").write_text(TEXT, encoding="utf-8")
    return place


@pytest.fixture
def put(folder: Path) -> Callable[..., Path]:
    """Writes a file of records of the small document into the folder."""

    def write(*records: dict[str, Any], name: str = f"{MEASURES}.json", document: str = MEASURES) -> Path:
        path = folder / "entitlements" / name
        path.write_text(json.dumps({"document": document, "records": records}, ensure_ascii=False), encoding="utf-8")
        return path

    return write


@pytest.fixture
def corpus(folder: Path) -> Callable[[], Corpus]:
    """Reads the folder as it is by then."""
    return lambda: load_corpus(folder)
