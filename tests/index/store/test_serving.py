"""A corpus folder is served by the index that keeps it: nothing is cut anew, and no clause is read to open it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.kept.rows import KeptRows
from index.measure.killed_builds import HashedPairs
from index.search.search import search
from index.store import serving
from index.store.serving import open_serving
from index.store.store import ClauseIndex, build_index, open_index
from index.types import Query
from ingest.corpus.load import load_corpus
from ingest.errors import CorpusUnusable, IndexCorrupt, IndexOutdated
from ingest.readers.limits import Limits

COUNTY = Path(__file__).resolve().parents[2] / "corpora" / "county"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(COUNTY, tmp_path / "texts")
    return tmp_path / "texts"


@pytest.fixture
def home(folder: Path, tmp_path: Path) -> Path:
    build_index(load_corpus(folder), HashedPairs(), tmp_path / "var")
    return tmp_path / "var"


@pytest.fixture
def cut_anew(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose texts were cut."""
    folders: list[Path] = []
    whole: Callable[..., object] = serving.load_corpus

    def load(folder: Path, limits: Limits) -> object:
        folders.append(folder)
        return whole(folder, limits)

    monkeypatch.setattr(serving, "load_corpus", load)
    return folders


def opened(folder: Path, home: Path) -> ClauseIndex:
    return open_serving(folder, HashedPairs(), home, Limits())


def reads(clause_index: ClauseIndex) -> int:
    clauses = clause_index.corpus.clauses
    assert isinstance(clauses, KeptRows)
    return clauses.reads


def test_unchanged_texts_are_not_cut_and_no_clause_is_read(folder: Path, home: Path, cut_anew: list[Path]) -> None:
    clause_index = opened(folder, home)
    assert cut_anew == []
    assert reads(clause_index) == 0
    assert clause_index.corpus.folder == folder


def test_what_is_kept_answers_as_what_was_cut(folder: Path, home: Path) -> None:
    corpus = load_corpus(folder)
    kept, cut = opened(folder, home), open_index(corpus, HashedPairs(), home)
    assert list(kept.corpus.clauses) == list(cut.corpus.clauses) == list(corpus.clauses)
    for words in ("人才 安家补贴", "第三条", "工业用电价格"):
        assert search(kept, Query.of(words)) == search(cut, Query.of(words))


def test_a_changed_text_is_cut_and_its_index_is_outdated(folder: Path, home: Path, cut_anew: list[Path]) -> None:
    (folder / "后来.txt").write_text("关于后来的通知\n\n一、后来的事，奖励20万元。\n", "utf-8")
    with pytest.raises(IndexOutdated):
        opened(folder, home)
    assert cut_anew == [folder]


def test_a_damaged_keep_is_not_served(folder: Path, home: Path, cut_anew: list[Path]) -> None:
    about = next((home / "index").glob("clauses-*/corpus/about.json"))
    about.write_text("{", "utf-8")
    with pytest.raises(IndexCorrupt, match=r"about\.json"):
        opened(folder, home)
    assert cut_anew == [folder]


def test_no_folder_is_said(home: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusUnusable):
        opened(tmp_path / "nowhere", home)
