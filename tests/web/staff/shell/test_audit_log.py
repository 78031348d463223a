"""The log of changes: every line whole, none ever lost or altered, also after a power cut."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from web.staff.shell import audit_log as audit
from web.staff.shell.audit_log import ROOM_FOR_A_CHANGE, AuditFull, AuditLog, AuditUnusable

PROJECT = Path(__file__).resolve().parents[4]

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


# ── A full disk ────────────────────────────────────────────────────────────────────────────────


class Disk:
    """Where the log can grow only as often as a test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.appends_left = 10**6
        self._append = audit._append
        monkeypatch.setattr(audit, "_append", self._or_full)

    def _or_full(self, path: Path, lines: bytes) -> None:
        if self.appends_left <= 0:
            raise OSError(28, "No space left on device")
        self.appends_left -= 1
        self._append(path, lines)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


class Ticking:
    """A clock that goes on with each look at it."""

    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def small_log(folder: Path, room: int = ROOM_FOR_A_CHANGE + 2000) -> AuditLog:
    """One whose reserve has room for a few lines more than must be left."""
    made = AuditLog(folder / "audit.jsonl", Ticking(), reserve_bytes=room)
    made.make_ready()
    return made


def whats(log: AuditLog) -> list[str]:
    """What the log tells of, the oldest first."""
    return [entry.what for entry in log.entries()][::-1]


def test_on_a_full_disk_a_change_goes_to_the_reserve_and_from_there_to_the_log(tmp_path: Path, disk: Disk) -> None:
    log = small_log(tmp_path)
    log.note("a", "one")
    disk.appends_left = 0
    log.note("a", "two")
    log.note("a", "three")
    assert log.standing() == "reserve"
    assert whats(log) == ["one", "two", "three"]
    assert whats(AuditLog(log.path)) == ["one", "two", "three"], "it does not live in memory"
    disk.appends_left = 9
    log.note("a", "four")
    assert log.standing() == ""
    assert log.path.read_bytes().count(b"\n") == 4
    assert whats(log) == ["one", "two", "three", "four"]
    assert log.path.with_name("audit.reserve").read_bytes().strip(b"\0") == b""


def test_a_change_is_refused_before_it_is_made_when_it_could_not_be_noted(tmp_path: Path, disk: Disk) -> None:
    log = small_log(tmp_path)
    disk.appends_left = 0
    while log.standing() != "used_up":
        log.check_room()
        log.note("a", "change", "x" * 200)
    with pytest.raises(AuditFull, match="Delete old"):
        log.check_room()
    disk.appends_left = 9
    log.check_room()
    assert (log.standing(), set(whats(log))) == ("", {"change"})


def test_without_room_for_a_reserve_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    log = AuditLog(tmp_path / "audit.jsonl")
    with monkeypatch.context() as patched:
        patched.setattr("web.staff.shell.audit_reserve.write_whole", refuse)
        log.make_ready()
        with pytest.raises(AuditFull):
            log.check_room()
    log.check_room()


def test_when_all_is_used_up_what_is_deleted_waits_in_memory(
    tmp_path: Path, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    log = small_log(tmp_path, room=600)
    disk.appends_left = 0
    for number in range(9):
        log.note_deletion("a", f"deleted-{number}")
    with pytest.raises(AuditUnusable):
        log.note("a", "changed")
    assert whats(log) == [f"deleted-{number}" for number in range(9)]
    assert log.standing() == "used_up"
    assert len(caplog.messages) == 1, "not one for each"
    disk.appends_left = 9
    log.make_ready()
    assert whats(AuditLog(log.path)) == [f"deleted-{number}" for number in range(9)]
    assert log.path.read_bytes().count(b"\n") == 9


def test_what_waits_is_brought_over_before_the_next_change(tmp_path: Path, disk: Disk) -> None:
    log = small_log(tmp_path)
    disk.appends_left = 0
    log.note_visit("a", "login")
    log.check_room()
    assert log.standing() == "reserve"
    disk.appends_left = 9
    log.check_room()
    assert log.standing() == ""
    assert whats(AuditLog(log.path)) == ["login"]


def test_who_signs_in_leaves_the_reserve_to_the_changes(tmp_path: Path, disk: Disk) -> None:
    log = small_log(tmp_path)
    disk.appends_left = 0
    log.note_visit("a", "login")
    log.note("a", "changed")
    log.note_visit("a", "logout")
    assert log.path.with_name("audit.reserve").read_bytes().count(b"\n") == 1
    assert whats(log) == ["login", "changed", "logout"]
    disk.appends_left = 9
    log.note_visit("a", "login again")
    assert whats(AuditLog(log.path)) == ["login", "changed", "logout", "login again"]


def test_a_log_that_is_locked_by_another_process_keeps_nobody_out(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise TimeoutError("locked")

    with monkeypatch.context() as patched:
        patched.setattr(audit, "FileLock", refuse)
        log.note_visit("a", "login")
        with pytest.raises(AuditUnusable, match="locked"):
            log.note("a", "changed")
    log.note("a", "changed later")
    assert whats(log) == ["login", "changed later"]


def test_lines_are_brought_over_as_far_as_there_is_room_and_none_twice(tmp_path: Path, disk: Disk) -> None:
    log = small_log(tmp_path, room=100_000)
    disk.appends_left = 0
    expected = [f"change-{number}" for number in range(50)]
    for what in expected:
        log.note("a", what)
    disk.appends_left = 1
    log.make_ready()
    brought = log.path.read_bytes().count(b"\n")
    assert 0 < brought < 50
    assert whats(log) == expected
    disk.appends_left = 9
    AuditLog(log.path, Ticking(), reserve_bytes=100_000).make_ready()  # after a restart
    assert whats(log) == expected
    assert log.path.read_bytes().count(b"\n") == 50


FILLED_UP = """
import resource, sys
from pathlib import Path
from web.staff.shell.audit_log import AuditLog
log = AuditLog(Path(sys.argv[1]), reserve_bytes=200_000)
log.make_ready()
log.note("a", "before", "x" * 2000)
log.path.write_bytes(log.path.read_bytes() * 100)
largest = log.path.stat().st_size + 3000  # the second of the changes is cut off
resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
for number in range(5):
    log.note("a", f"change-{number}", "x" * 2000)
print(log.standing(), log.path.stat().st_size <= largest)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits on the size of a file")
def test_a_file_that_may_not_grow_holds_whole_lines_only(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    command = [sys.executable, "-c", FILLED_UP, str(path)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["reserve", "True"], done.stderr
    assert path.read_bytes().endswith(b"\n")
    log = AuditLog(path)
    assert whats(log)[99:] == ["before", *(f"change-{number}" for number in range(5))]
    assert all(json.loads(line) for line in path.read_bytes().splitlines())
    log.note("a", "after")
    assert whats(AuditLog(path))[-6:] == [*(f"change-{n}" for n in range(5)), "after"]
