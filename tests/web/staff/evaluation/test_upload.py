"""Question sets that somebody sends: known by their content, checked whole, nothing left behind."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from eval.cases.case_files import load_cases
from ingest.corpus.load import load_corpus
from ingest.errors import EvaluationUnusable
from ingest.types import Corpus
from web.staff.evaluation.upload import LARGEST, ending_of, exported, look_at

ROW = {
    "id": "W1",
    "turns": ["高企首次认定奖励多少？"],
    "lang": "zh",
    "type": "figure",
    "difficulty": "easy",
    "kind": "single",
    "evidence": [{"quote": "给予30万元奖励"}],
    "answer": [["30万元"]],
}


@pytest.fixture
def small_corpus(texts: Path) -> Corpus:
    return load_corpus(texts)


def jsonl(*rows: dict[str, Any]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def test_a_sound_set_comes_with_its_cases_and_leaves_no_file(small_corpus: Corpus, tmp_path: Path) -> None:
    upload = look_at(jsonl(ROW), "own.jsonl", tmp_path / "home", small_corpus)
    assert upload.is_sound
    assert [case.id for case in upload.cases] == ["W1"]
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx"])
@pytest.mark.parametrize("name", ["own.jsonl", "own.exe", "own"])
def test_the_content_says_the_format_not_the_name(small_corpus: Corpus, tmp_path: Path, ending: str, name: str) -> None:
    cases = look_at(jsonl(ROW), "x", tmp_path, small_corpus).cases
    upload = look_at(exported(cases, ending, tmp_path), name, tmp_path, small_corpus)
    assert upload.cases == cases


def test_a_table_in_gb18030_is_read(small_corpus: Corpus, tmp_path: Path) -> None:
    cases = look_at(jsonl(ROW), "x", tmp_path, small_corpus).cases
    table = exported(cases, "csv", tmp_path).decode("utf-8-sig").encode("gb18030")
    assert look_at(table, "own.csv", tmp_path, small_corpus).cases == cases


def test_faults_are_all_told_and_nothing_is_given_out(small_corpus: Corpus, tmp_path: Path) -> None:
    wrong = {**ROW, "id": "W2", "evidence": [{"quote": "给予31万元奖励"}]}
    upload = look_at(jsonl(ROW, wrong, wrong), "own.jsonl", tmp_path, small_corpus)
    assert not upload.is_sound
    assert upload.cases == ()
    assert upload.checked is not None
    assert [remark.row for remark in upload.checked.faults] == [2, 3, 3]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\x7fELF\0\0", "no text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no text"),
        (b"%PDF-1.7\n\0", "no text"),
    ],
)
def test_what_is_no_question_set_is_said(small_corpus: Corpus, tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(EvaluationUnusable, match=said):
        ending_of(data)
    upload = look_at(data, "own.jsonl", tmp_path, small_corpus)
    assert said in upload.fault
    assert not upload.is_sound


def test_what_is_too_large_is_said() -> None:
    with pytest.raises(EvaluationUnusable, match="larger than 16 MB"):
        ending_of(b"x" * (LARGEST + 1))


@pytest.mark.parametrize(("megabytes", "said"), [(1, "no XLSX workbook|cannot be read"), (50, "swells")])
def test_a_zip_that_is_no_workbook_or_swells_is_refused(
    small_corpus: Corpus, tmp_path: Path, megabytes: int, said: str
) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * megabytes * 1_000_000)
    upload = look_at(file.getvalue(), "bomb.xlsx", tmp_path, small_corpus)
    assert re.search(said, upload.fault)
    assert str(tmp_path) not in upload.fault


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../../etc/passwd", "passwd"), ("C:\\Users\\x\\own.csv", "own.csv"), ("", "?"), ("<b>.csv", "<b>.csv")],
)
def test_only_the_last_part_of_a_name_is_kept(small_corpus: Corpus, tmp_path: Path, name: str, shown: str) -> None:
    assert look_at(b"{broken", name, tmp_path, small_corpus).name == shown


def test_a_fault_names_the_sent_file_and_no_path_of_ours(small_corpus: Corpus, tmp_path: Path) -> None:
    upload = look_at(b"{broken", "own.jsonl", tmp_path, small_corpus)
    told = upload.fault or str(upload.checked)
    assert "own.jsonl" in told or "row" in told
    assert str(tmp_path) not in told


def test_an_exported_set_is_read_back(small_corpus: Corpus, tmp_path: Path) -> None:
    cases = look_at(jsonl(ROW, {**ROW, "id": "W2"}), "x", tmp_path, small_corpus).cases
    path = tmp_path / "back.jsonl"
    path.write_bytes(exported(cases, "jsonl", tmp_path))
    assert load_cases([path]) == cases
