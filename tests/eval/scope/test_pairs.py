from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.scope.pairs import lay_out, load_pairs
from ingest.errors import EvaluationUnusable

QUOTE = "对首次认定的高新技术企业奖励15万元"
ANSWERABLE = {"doc": "a/办法.txt", "q": "高企奖励多少", "kind": "answerable", "quote": QUOTE}
NEAR = {"doc": "b/办法.txt", "q": "小巨人奖励多少", "kind": "near-miss", "quote": None, "near": QUOTE, "why": "object"}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "办法.txt").write_text(f"{name}县办法\n\n一、{QUOTE}。\n", encoding="utf-8")
    return tmp_path


def written(folder: Path, *rows: object) -> Path:
    path = folder / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_a_pair_is_an_answerable_question_and_one_that_must_be_declined(documents: Path) -> None:
    pairs = load_pairs(documents, written(documents, ANSWERABLE, NEAR))
    assert [(case.id, case.turns, case.reason) for case in pairs.cases] == [
        ("pairs/1", ("高企奖励多少",), ""),
        ("pairs/2", ("小巨人奖励多少",), "near-miss"),
    ]
    assert {case.evidence[0].quote for case in pairs.cases} == {QUOTE}


def test_documents_of_one_name_are_both_laid_out(documents: Path, tmp_path: Path) -> None:
    lay_out(load_pairs(documents, written(documents, ANSWERABLE, NEAR, NEAR)), tmp_path / "out")
    texts = [path.read_text("utf-8")[0] for path in sorted((tmp_path / "out").iterdir())]
    assert texts == ["a", "b"]


@pytest.mark.parametrize("row", [{**NEAR, "doc": "c.txt"}, {"doc": "a/办法.txt"}, ["doc"]])
def test_a_faulty_line_is_named(documents: Path, row: object) -> None:
    with pytest.raises(EvaluationUnusable, match=r"pairs\.jsonl, row 2"):
        load_pairs(documents, written(documents, ANSWERABLE, row))
