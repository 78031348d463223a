from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.records.spare_room import give_room, hold_room, kept_secret, write_whole

MEGABYTE = 1024 * 1024


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)


def test_a_secret_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "home" / "secret"
    assert kept_secret(path, b"ours") == b"ours"
    assert kept_secret(path, b"another") == b"ours"
    assert (path.stat().st_mode & 0o077) == 0
    assert list(path.parent.iterdir()) == [path]


def test_of_two_who_make_it_the_first_ones_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret"
    path.write_bytes(b"first")
    monkeypatch.setattr(Path, "exists", lambda _: False)  # when the second one looked
    assert kept_secret(path, b"second") == b"first"


@pytest.mark.usefixtures("full_disk")
def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"after")
    with pytest.raises(OSError, match="No space"):
        kept_secret(tmp_path / "secret", b"ours")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"before"


@pytest.mark.skipif(os.name != "posix", reason="blocks are counted on POSIX alone")
def test_room_that_is_held_takes_room_and_is_given_back(tmp_path: Path) -> None:
    path = tmp_path / "spare"
    hold_room(path, MEGABYTE)
    assert path.stat().st_blocks * 512 >= MEGABYTE, "a file with holes would hold nothing"
    hold_room(path, MEGABYTE)
    give_room(path)
    give_room(path)
    assert list(tmp_path.iterdir()) == []


def test_room_is_not_held_where_little_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 8, 2 * MEGABYTE))
    hold_room(tmp_path / "spare", MEGABYTE)
    assert list(tmp_path.iterdir()) == []
