"""What a file was cut into, written down page by page and read again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.corpus.load import Segmented, load_file
from ingest.corpus_config import SourceConfig
from tests.web.staff.conftest import CARE, FIRMS, FIRMS_TEXT
from web.staff.corpus.kept_cuts import CUTS_KEPT, SUMMARY, keep_cut, kept_cut, key_of, write_cut
from web.staff.corpus.preview import BLOCKS_A_PAGE, blocks_of


@pytest.fixture
def cut(texts: Path) -> Segmented:
    return load_file(texts / FIRMS)


def test_what_was_written_is_read_again(cut: Segmented, tmp_path: Path) -> None:
    write_cut(cut, tmp_path / "cut")
    kept = kept_cut(tmp_path / "cut")
    assert kept is not None
    assert kept.page(1) == tuple(blocks_of(cut))
    assert kept.page(2) == ()
    assert (kept.summary.name, kept.summary.clauses, kept.summary.pages) == (FIRMS, len(cut.clauses), 1)
    assert kept.summary.furniture == sum(len(item.span) for item in cut.furniture)


def test_a_long_file_is_read_a_page_at_a_time(texts: Path, tmp_path: Path) -> None:
    rows = "".join(f"|{number}|x|\n" for number in range(5000))
    (texts / "表.md").write_text(
        f"办法\n\n一、甲。\n\n三、乙。\n\n| 甲 | 1 |\n|---|---|\n{rows}\n五、丙。\n", encoding="utf-8"
    )
    cut = load_file(texts / "表.md")
    write_cut(cut, tmp_path / "cut")
    kept = kept_cut(tmp_path / "cut")
    assert kept is not None
    pages = [kept.page(number) for number in range(1, kept.summary.pages + 1)]
    assert len(pages) == 3
    assert all(len(page) <= BLOCKS_A_PAGE for page in pages)
    assert [block for page in pages for block in page] == list(blocks_of(cut))
    listed = [*kept.summary.listed_doubts, *kept.summary.listed_documents]
    assert {doubt.page for doubt in kept.summary.listed_doubts} == {1, 3}
    assert all(one.anchor in {block.anchor for block in pages[one.page - 1]} for one in listed)


def test_the_key_tells_whatever_cuts_a_file_otherwise(texts: Path) -> None:
    said = SourceConfig(file=FIRMS)
    key = key_of(texts / FIRMS, FIRMS, said)
    assert key == key_of(texts / FIRMS, FIRMS, SourceConfig())
    assert key != key_of(texts / FIRMS, CARE, said)
    assert key != key_of(texts / FIRMS, FIRMS, SourceConfig(level="市"))
    (texts / FIRMS).write_text(FIRMS_TEXT.replace("30万元", "50万元"), encoding="utf-8")
    assert key != key_of(texts / FIRMS, FIRMS, said)


def test_half_a_cut_and_one_of_another_version_are_none(cut: Segmented, tmp_path: Path) -> None:
    assert kept_cut(tmp_path / "nowhere") is None
    write_cut(cut, tmp_path / "cut")
    (tmp_path / "cut" / SUMMARY).write_text('{"name": "a.txt"}', encoding="utf-8")
    assert kept_cut(tmp_path / "cut") is None
    write_cut(cut, tmp_path / "again")
    keep_cut(tmp_path / "again", tmp_path / "cut")
    assert kept_cut(tmp_path / "cut") is not None


def test_the_oldest_are_forgotten(cut: Segmented, tmp_path: Path) -> None:
    for number in range(CUTS_KEPT + 2):
        write_cut(cut, tmp_path / "aside")
        keep_cut(tmp_path / "aside", tmp_path / "cuts" / str(number))
        os.utime(tmp_path / "cuts" / str(number), (number, number))
    assert {path.name for path in (tmp_path / "cuts").iterdir()} == {str(n) for n in range(2, CUTS_KEPT + 2)}


def test_a_cut_that_is_kept_already_stays(cut: Segmented, tmp_path: Path) -> None:
    write_cut(cut, tmp_path / "first")
    write_cut(cut, tmp_path / "second")
    keep_cut(tmp_path / "first", tmp_path / "cuts" / "a")
    keep_cut(tmp_path / "second", tmp_path / "cuts" / "a")
    assert [path.name for path in (tmp_path / "cuts").iterdir()] == ["a"]
