"""The files that serve as rows, and what may be said of a file by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.corpus.load import load_corpus
from ingest.corpus_config import SourceConfig
from ingest.errors import DraftUnusable
from tests.web.staff.conftest import CARE, FIRMS
from web.staff.corpus.form import FileRow, file_rows, read_description

EMPTY = {"title": "", "region": "", "level": "", "page_offset": ""}


def test_each_file_is_a_row_with_what_was_found_in_it(texts: Path) -> None:
    (texts / "乱.txt").write_text("办法\n\n一、甲给予1万元。\n\n三、丙给予3万元。\n", encoding="utf-8")
    rows = {row.name: row for row in file_rows(load_corpus(texts))}
    assert rows[CARE] == FileRow(CARE, "text", 1, 2, 0)
    assert rows["乱.txt"] == FileRow("乱.txt", "text", 1, 2, 1)
    assert rows[FIRMS].clauses == 3


def test_what_is_left_empty_is_not_said() -> None:
    assert read_description(CARE, EMPTY) == SourceConfig(file=CARE)


def test_what_is_filled_in_is_said() -> None:
    said = read_description(CARE, {"title": "养老措施", "region": "伊金霍洛旗", "level": "旗", "page_offset": "-3"})
    assert (said.title, said.region, said.level, said.page_offset) == ("养老措施", "伊金霍洛旗", "旗", -3)


def test_what_a_document_says_of_itself_can_be_corrected() -> None:
    said = read_description(
        CARE,
        {
            **EMPTY,
            "number": "伊政发〔2026〕1号",
            "issued": "2026-01-05",
            "valid_until": "2027-12-31",
            "repeals": "甲办法；乙办法",
        },
    )
    assert (said.number, str(said.issued), str(said.valid_until)) == ("伊政发〔2026〕1号", "2026-01-05", "2027-12-31")
    assert said.repeals == ("甲办法", "乙办法")


@pytest.mark.parametrize(
    "change",
    [
        {"issued": "2026-02-31"},
        {"valid_from": "2026-01-01", "valid_until": "2025-01-01"},
        {"repeals": "x;" * 51},
        {"title": "x" * 201},
        {"region": "\x1b[0m"},
        {"level": "全球"},
        {"page_offset": "三"},
        {"page_offset": "1.5"},
    ],
)
def test_what_cannot_be_used_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(DraftUnusable):
        read_description(CARE, {**EMPTY, **change})
