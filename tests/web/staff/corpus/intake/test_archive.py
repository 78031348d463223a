"""ZIP files: all of their files, or one sentence and nothing."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from ingest.errors import DraftUnusable
from ingest.readers.limits import Limits
from tests.web.staff.corpus.intake.conftest import packed
from web.staff.corpus.intake.archive import MOST_FILES, unpack


def unpacked(tmp_path: Path, data: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    (tmp_path / "a").write_bytes(data)
    found = unpack(tmp_path / "a", "包.zip", tmp_path / "in", limits or Limits())
    return {name: path.read_bytes() for name, path in found}


def test_files_are_taken_out_and_what_systems_put_in_is_left(tmp_path: Path) -> None:
    files = {"甲.txt": b"1", "乙/丙.docx": b"2"}
    beside = {"__MACOSX/._甲.txt": b"x", "乙/.DS_Store": b"x", "乙/~$丙.docx": b"x", "Thumbs.db": b"x", "空/": b""}
    assert unpacked(tmp_path, packed({**files, **beside})) == files
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == ["0", "1"]  # never a name of the archive


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_that_windows_wrote_in_gbk_are_read(tmp_path: Path, encoding: str) -> None:
    name = "关于印发办法的通知.txt"
    raw = name.encode(encoding)
    data = packed({"x" * len(raw): b"1"}).replace(b"x" * len(raw), raw)
    assert unpacked(tmp_path, data) == {name: b"1"}


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"../甲.txt": b"1"}, "leads out"),
        ({"乙/../../甲.txt": b"1"}, "leads out"),
        ({"/etc/passwd": b"1"}, "leads out"),
        ({"C:/甲.txt": b"1"}, "leads out"),
        ({"乙\\..\\甲.txt": b"1"}, "leads out"),
        ({"好.txt": b"1", "内.zip": packed({"甲.txt": b"1"})}, "holds another archive"),
        ({"内.rar": b"Rar!"}, "holds another archive"),
        ({}, "holds no files"),
        ({"空/": b""}, "holds no files"),
        ({f"{number}.txt": b"" for number in range(MOST_FILES + 1)}, f"more than {MOST_FILES} files"),
        ({f"{number}.txt": b"" for number in range(10_000)}, f"more than {MOST_FILES} files"),
    ],
)
def test_what_is_refused_is_refused_whole(tmp_path: Path, files: dict[str, bytes], says: str) -> None:
    with pytest.raises(DraftUnusable, match=says):
        unpacked(tmp_path, packed(files))
    assert not (tmp_path / "in").exists()


def test_a_bomb_is_refused_by_its_list_and_by_what_it_unpacks_to(tmp_path: Path) -> None:
    data = packed({"炸.txt": bytes(3_000_000)})
    with pytest.raises(DraftUnusable, match="unpacks to more than"):
        unpacked(tmp_path, data, Limits(max_unpacked_bytes=1_000_000))
    assert not (tmp_path / "in").exists()


def test_a_file_larger_than_any_may_be_is_cut_where_reading_refuses_it(tmp_path: Path) -> None:
    data = packed({"大.txt": bytes(3000), "小.txt": b"1"})
    assert {name: len(content) for name, content in unpacked(tmp_path, data, Limits(max_bytes=1000)).items()} == {
        "大.txt": 1001,
        "小.txt": 1,
    }


def test_locked_and_damaged_archives_are_told(tmp_path: Path) -> None:
    data = bytearray(packed({"甲.txt": b"1" * 100}))
    at = data.rfind(b"PK\x01\x02")
    locked = bytes(data[: at + 8] + b"\x01\x00" + data[at + 10 :])
    with pytest.raises(DraftUnusable, match="locked with a password"):
        unpacked(tmp_path, locked)
    with pytest.raises(DraftUnusable, match="is damaged"):
        unpacked(tmp_path, bytes(data[:50]))
    data[data.find(b"PK\x03\x04") + 36] ^= 0xFF
    with pytest.raises(DraftUnusable, match="is damaged"):
        unpacked(tmp_path, bytes(data))


def test_a_list_longer_than_it_says_is_not_read(tmp_path: Path) -> None:
    data = packed({f"{number}.txt": b"" for number in range(3)})
    at = data.rfind(b"PK\x05\x06")
    huge = data[: at + 12] + struct.pack("<L", 500_000_000) + data[at + 16 :]
    with pytest.raises(DraftUnusable, match="more than"):
        unpacked(tmp_path, huge)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.infolist()) == 3
