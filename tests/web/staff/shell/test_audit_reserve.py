"""Room for the log of changes on a full disk: made ahead, overwritten in place, never larger than it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from web.staff.shell.audit_reserve import Reserve


@pytest.fixture
def reserve(tmp_path: Path) -> Reserve:
    made = Reserve(tmp_path / "audit.reserve", 100)
    made.fill()
    return made


def test_it_takes_real_room_and_is_its_owners(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path / "audit.reserve")
    reserve.fill()
    stat = reserve.path.stat()
    assert stat.st_size == reserve.left() == 1024 * 1024
    assert (stat.st_mode & 0o077) == 0
    assert os.name != "posix" or stat.st_blocks * 512 >= stat.st_size, "a file with holes would hold nothing"


def test_lines_go_into_the_room_that_is_there(reserve: Reserve) -> None:
    reserve.add(b"one\n")
    reserve.add("二\n".encode())
    assert reserve.lines().decode() == "one\n二\n"
    assert reserve.left() == 92
    assert reserve.path.stat().st_size == 100


def test_what_finds_no_room_is_refused_whole(reserve: Reserve) -> None:
    reserve.add(b"x" * 90 + b"\n")
    with pytest.raises(OSError, match="space"):
        reserve.add(b"y" * 9 + b"\n")
    reserve.add(b"y" * 8 + b"\n")
    assert reserve.left() == 0
    assert reserve.lines().count(b"\n") == 2


def test_what_was_brought_over_makes_room_again(reserve: Reserve) -> None:
    reserve.add(b"one\n")
    reserve.clear()
    assert (reserve.lines(), reserve.left()) == (b"", 100)
    assert reserve.path.read_bytes() == bytes(100)


def test_a_line_that_was_cut_off_stays_a_line_of_its_own(reserve: Reserve) -> None:
    reserve.add(b"whole\n")
    reserve.add(b"cut o")
    reserve.add(b"next\n")
    assert reserve.lines().splitlines() == [b"whole", b"cut o", b"next"]


def test_a_missing_one_holds_nothing_and_is_made_again(reserve: Reserve) -> None:
    reserve.path.unlink()
    assert (reserve.lines(), reserve.left()) == (b"", 0)
    with pytest.raises(OSError, match="space"):
        reserve.add(b"one\n")
    reserve.fill()
    assert reserve.left() == 100


def test_a_larger_one_keeps_the_lines(reserve: Reserve) -> None:
    reserve.add(b"one\n")
    larger = Reserve(reserve.path, 200)
    larger.fill()
    assert (larger.lines(), larger.left()) == (b"one\n", 196)
