"""A clause with its English, and sentences of an answer that quote it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.corpus.load import load_corpus
from ingest.editions.load import load_edition
from ingest.editions.types import Edition
from ingest.types import Clause, Corpus

TEXT = """某县支持企业若干措施

一、支持创新
（一）对新引进的A类、B类人才分别给予300万元、80万元安家补贴。同一人不重复享受。
（二）对首次认定的高新技术企业，给予15万元奖励。
"""
ENGLISH = {
    "document": "某县支持企业若干措施",
    "title": "Measures of a County in Support of Companies",
    "headings": {"一、支持创新": "I. Support for innovation"},
    "clauses": [
        [
            [
                "（一）对新引进的A类、B类人才分别给予300万元、80万元安家补贴。",
                "(I) Newly introduced Class A and Class B talent is given a settling-in allowance of RMB 3 million and RMB 800,000 respectively.",
            ],
            ["同一人不重复享受。", "The same person does not receive it twice."],
        ],
    ],
}  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "en").mkdir()
    (tmp_path / "措施.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "en" / "措施.json").write_text(json.dumps(ENGLISH, ensure_ascii=False), encoding="utf-8")
    return load_corpus(tmp_path)


@pytest.fixture
def edition(corpus: Corpus) -> Edition:
    found = load_edition(corpus)
    assert not found.faults
    return found


@pytest.fixture
def talent(corpus: Corpus) -> Clause:
    (clause,) = [clause for clause in corpus.clauses if "安家补贴" in clause.text]
    return clause


@pytest.fixture
def reward(corpus: Corpus) -> Clause:
    (clause,) = [clause for clause in corpus.clauses if "15万元" in clause.text]
    return clause
