"""A large file is read once, and again as soon as anything was done to it."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from index.rankers.protocol import TextEncoder
from index.store import checked_files
from index.store.checked_files import NAME, CheckedFiles
from index.store.store import ClauseIndex, open_index
from ingest.errors import IndexCorrupt
from ingest.types import Corpus


@pytest.fixture(autouse=True)
def all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked_files, "LARGE_FROM", 1)
    monkeypatch.setattr(checked_files, "SETTLED_NS", -1)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were read whole."""
    names: list[str] = []
    digest = checked_files._sha256

    def told(path: Path) -> str:
        names.append(path.name)
        return digest(path)

    monkeypatch.setattr(checked_files, "_sha256", told)
    return names


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "large.npy"
    path.parent.mkdir()
    path.write_bytes(b"what it holds")
    return path


def described(file: Path) -> str:
    checked = CheckedFiles(file.parent.parent)
    digest = checked.sha256(file)
    checked.save()
    return digest


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.skipif(os.name != "posix", reason="the moment of the last change is not kept")
def test_what_was_not_touched_is_not_read_again(file: Path, reads: list[str]) -> None:
    assert described(file) == described(file) == sha256(b"what it holds")
    file.parent.rename(file.parent.with_name("renamed"))
    assert described(file.parent.with_name("renamed") / file.name) == sha256(b"what it holds")
    assert reads == ["large.npy"]


def test_a_change_that_hides_its_time_is_seen(file: Path) -> None:
    described(file)
    before = file.stat()
    file.write_bytes(b"what it hides")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert described(file) == sha256(b"what it hides")


def test_a_file_put_in_its_place_is_read(file: Path) -> None:
    described(file)
    other = file.with_name("other")
    other.write_bytes(b"WHAT IT HOLDS")
    shutil.copystat(file, other)
    other.replace(file)
    assert described(file) == sha256(b"WHAT IT HOLDS")


def test_small_files_and_those_just_written_are_read_each_time(
    file: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked_files, "SETTLED_NS", 10**18)
    described(file)
    described(file)
    monkeypatch.setattr(checked_files, "SETTLED_NS", -1)
    monkeypatch.setattr(checked_files, "LARGE_FROM", 1_000)
    described(file)
    described(file)
    assert len(reads) == 4
    assert not (file.parent.parent / NAME).exists()


@pytest.mark.parametrize("content", ["", "[]", '{"1:2": 3}', '{"1:2": ["x"]}', "\xff"])
def test_what_is_remembered_may_be_damaged(file: Path, content: str) -> None:
    described(file)
    (file.parent.parent / NAME).write_text(content, encoding="latin-1")
    assert described(file) == sha256(b"what it holds")


def test_an_index_that_was_opened_before_is_refused_once_it_is_damaged(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path
) -> None:
    open_index(corpus, encoder, home)
    (vectors,) = (home / "index").glob("clauses-*/clause_vectors/vectors.faiss")
    content = bytearray(vectors.read_bytes())
    content[-1] ^= 1
    vectors.write_bytes(content)
    with pytest.raises(IndexCorrupt, match=r"vectors\.faiss"):
        open_index(corpus, encoder, home)
