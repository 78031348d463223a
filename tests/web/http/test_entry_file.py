"""Files of hashed secrets: whole or untouched, for the owner only, read again when a command has changed them."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from web.http.entry_file import EntriesUnusable, EntryFile, entry_of


def test_no_file_is_no_entries_and_makes_none(tmp_path: Path) -> None:
    assert EntryFile(tmp_path / "home" / "accounts.json").read() == {}
    assert list(tmp_path.iterdir()) == []


def test_what_one_writes_another_reads_at_once(tmp_path: Path) -> None:
    writer, reader = EntryFile(tmp_path / "a.json"), EntryFile(tmp_path / "a.json")
    assert reader.read() == {}
    with writer.changing() as entries:
        entries["王丽"] = entry_of("one")
    assert reader.read()["王丽"].hash == "one"
    with writer.changing() as entries:
        entries["王丽"] = entry_of("two")
    assert reader.read()["王丽"].hash == "two"


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with EntryFile(path).changing() as entries:
        entries["a"] = entry_of("x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_change_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = EntryFile(tmp_path / "a.json")
    with file.changing() as entries:
        entries["a"] = entry_of("x")
    before = file.path.read_bytes()

    def fail() -> None:
        with file.changing() as entries:
            entries["b"] = entry_of("y")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert file.path.read_bytes() == before
    with file.changing() as entries:  # the lock was let go of
        assert list(entries) == ["a"]
    assert {path.name for path in tmp_path.iterdir()} <= {"a.json", ".a.json.lock"}


def test_two_changes_at_once_lose_nothing(tmp_path: Path) -> None:
    def add(number: int) -> None:
        with EntryFile(tmp_path / "a.json").changing() as entries:
            entries[f"name{number}"] = entry_of("x")

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(EntryFile(tmp_path / "a.json").read()) == 8


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"a": 1}', '{"a": {"hash": "x"}}', "\x00\x01", '{"a": {"hash": "x", "changed": "y"}'],
)
def test_a_broken_file_is_named_and_never_overwritten(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(EntriesUnusable, match=r"a\.json"):
        EntryFile(path).read()
    with pytest.raises(EntriesUnusable), EntryFile(path).changing():
        pass
    assert path.read_text() == content


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(EntriesUnusable, match="cannot be written"), EntryFile(blocked / "a.json").changing():
        pass
