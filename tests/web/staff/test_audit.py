"""The log of changes: every line whole, none ever lost or altered, also after a power cut."""

from __future__ import annotations

import json
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from web.staff.audit import AuditLog, AuditUnusable

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path / "home" / "audit.jsonl", lambda: AT)


def test_who_what_when_the_newest_first(log: AuditLog) -> None:
    log.note("wang.li", "case-added", "F001", set="own")
    log.note("王丽", "login")
    newest, oldest = log.entries()
    assert (newest.who, newest.what, newest.about, dict(newest.details)) == ("王丽", "login", "", {})
    assert (oldest.at, oldest.who, oldest.about, dict(oldest.details)) == (AT, "wang.li", "F001", {"set": "own"})
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_no_file_is_no_entries_and_makes_none(log: AuditLog) -> None:
    assert list(log.entries()) == []
    assert not log.path.exists()


def test_what_was_written_stays_byte_for_byte(log: AuditLog) -> None:
    log.note("a", "one")
    before = log.path.read_bytes()
    log.note("b", "two")
    assert log.path.read_bytes().startswith(before)


def test_a_text_with_line_breaks_is_one_line(log: AuditLog) -> None:
    log.note("a", "one", 'x\n{"who": "forged"}\r\n\u2028\x85', words="一\n二")
    (entry,) = log.entries()
    assert entry.about == 'x\n{"who": "forged"}\r\n\u2028\x85'
    assert log.path.read_bytes().count(b"\n") == 1


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_line_torn_by_a_power_cut_costs_only_itself(log: AuditLog, cut: int) -> None:
    log.note("a", "one")
    log.note("b", "two")
    whole = log.path.read_bytes()
    log.path.write_bytes(whole[:-cut])
    log.note("c", "three")
    assert [entry.what for entry in log.entries()] == (["three", "two", "one"] if cut == 1 else ["three", "one"])


@pytest.mark.parametrize(
    "line", [b"", b"null", b"[]", b'{"at": 3}', b"\xff\xfe", b'{"at": "x", "who": "a"}', b"[" * 100_000]
)
def test_lines_that_are_none_are_passed_over(log: AuditLog, line: bytes) -> None:
    log.note("a", "one")
    log.path.write_bytes(line + b"\n" + log.path.read_bytes())
    assert [entry.what for entry in log.entries()] == ["one"]


def test_several_writers_lose_nothing(log: AuditLog) -> None:
    def write(number: int) -> None:
        for count in range(5):
            AuditLog(log.path, lambda: AT).note(f"w{number}", str(count))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(log.entries())) == 20


def test_long_texts_are_cut(log: AuditLog) -> None:
    log.note("a", "one", "长" * 5000, words="x" * 5000)
    (entry,) = log.entries()
    assert len(entry.about) == len(entry.details["words"]) == 2000


def test_half_a_character_does_not_stop_the_log(log: AuditLog) -> None:
    log.note("a", "one", "\ud83d")
    assert json.loads(log.path.read_bytes())["about"] == "?"


def test_a_log_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AuditUnusable, match="cannot be written"):
        AuditLog(tmp_path / "file" / "audit.jsonl").note("a", "one")
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(AuditUnusable, match="cannot be read"):
        list(AuditLog(folder).entries())
