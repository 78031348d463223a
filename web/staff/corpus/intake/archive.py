"""A ZIP file taken apart with nothing taken on trust: all of its files, or one sentence and none.

Counts and sizes are looked at in the archive's list before it is opened, and bytes are counted again while unpacking.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ingest.errors import DraftUnusable
from ingest.readers.limits import MEGABYTE, Limits

MOST_FILES = 2000  # in one archive
LONGEST_ENTRY = 1024  # bytes of the list for one file: 46, its name, and what packers note besides
CHUNK = MEGABYTE
LEFT_OUT = 1  # bytes read beyond what a file may have, to know that it has more
_END = struct.Struct("<4s4H2LH")  # end of central directory record, APPNOTE 4.3.16
_END_SIGNATURE, _ZIP64_LOCATOR = b"PK\x05\x06", b"PK\x06\x07"
_LOCATOR_BYTES = 20
_LONGEST_COMMENT = 65535
_ENCRYPTED, _UTF8 = 0x1, 0x800  # bits of ZipInfo.flag_bits
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def is_archive(name: str) -> bool:
    """Whether a file that comes in is to be taken apart."""
    return PurePosixPath(name).suffix.lower() == ".zip"


def unpack(path: Path, name: str, into: Path, limits: Limits) -> list[tuple[str, Path]]:
    """Unpack a ZIP file into a new folder; the name of each file in it, folders and all, and where it lies now.

    What packers and systems put in besides (``__MACOSX``, hidden files) is left out. Raises DraftUnusable for an
    archive that is damaged, locked, empty, too large, holds too many files or another archive, or whose names lead
    out of it.
    """
    _check_list(path, name)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [(shown_name(entry), entry) for entry in archive.infolist() if not entry.is_dir()]
            wanted = [(inside, entry) for inside, entry in entries if not _is_beside(inside)]
            _check(wanted, name, limits)
            into.mkdir()
            return list(_unpacked(archive, wanted, name, into, limits))
    except _BROKEN as error:
        raise DraftUnusable("web.zip_broken", name=name) from error
    except OSError as error:
        raise DraftUnusable("web.file_cannot_kept", reason=error.strerror or error) from error


def shown_name(entry: zipfile.ZipInfo) -> str:
    """An entry's name as whoever packed it wrote it: in UTF-8, or in GBK by Windows in Chinese."""
    name = entry.filename
    if entry.flag_bits & _UTF8:
        return name
    try:
        raw = name.encode("cp437")  # which zipfile takes every name for that does not say it is UTF-8
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _check_list(path: Path, name: str) -> None:
    """Refuse a long list before it is read: zipfile would hold all of it."""
    size = path.stat().st_size
    with path.open("rb") as file:
        begin = max(0, size - _END.size - _LONGEST_COMMENT - _LOCATOR_BYTES)
        file.seek(begin)
        tail = file.read()
    at = tail.rfind(_END_SIGNATURE)
    if at < 0 or len(tail) < at + _END.size:
        raise DraftUnusable("web.zip_broken", name=name)
    _, _, _, _, count, bytes_listed, _, _ = _END.unpack_from(tail, at)
    is_huge = tail[max(0, at - _LOCATOR_BYTES) : at].startswith(_ZIP64_LOCATOR)  # over 4 GB, or 65,535 files
    # Folders are listed, too; how many there are is known only afterwards.
    if is_huge or count > 2 * MOST_FILES or bytes_listed > 2 * MOST_FILES * LONGEST_ENTRY:
        raise DraftUnusable("web.zip_too_many", name=name, most=MOST_FILES)


def _check(entries: list[tuple[str, zipfile.ZipInfo]], name: str, limits: Limits) -> None:
    if not entries:
        raise DraftUnusable("web.zip_empty", name=name)
    if len(entries) > MOST_FILES:
        raise DraftUnusable("web.zip_too_many", name=name, most=MOST_FILES)
    for inside, entry in entries:
        if _leads_out(inside) or _leads_out(entry.filename):
            raise DraftUnusable("web.zip_leads_out", name=name, inside=_short(inside))
        if PurePosixPath(inside).suffix.lower() in _ARCHIVES:
            raise DraftUnusable("web.zip_in_zip", name=name, inside=_short(inside))
        if entry.flag_bits & _ENCRYPTED:
            raise DraftUnusable("ingest.locked_password", name=name)
    if sum(entry.file_size for _, entry in entries) > limits.max_unpacked_bytes:
        raise _too_large(name, limits)


def _unpacked(
    archive: zipfile.ZipFile, entries: list[tuple[str, zipfile.ZipInfo]], name: str, into: Path, limits: Limits
) -> Iterator[tuple[str, Path]]:
    left = limits.max_unpacked_bytes
    for number, (inside, entry) in enumerate(entries):
        path = into / str(number)  # never a name that stands in the archive
        room = limits.max_bytes + LEFT_OUT  # a file that has more is refused when it is read
        with archive.open(entry) as packed, path.open("wb") as file:
            while room > 0 and (chunk := packed.read(min(CHUNK, room))):
                room -= len(chunk)
                left -= len(chunk)
                if left < 0:
                    raise _too_large(name, limits)
                file.write(chunk)
        yield inside, path


def _leads_out(inside: str) -> bool:
    steps = re.split(r"[/\\]", inside)
    return ".." in steps or inside.startswith(("/", "\\")) or _DRIVE.match(inside) is not None or "\0" in inside


def _is_beside(inside: str) -> bool:
    """What is no file of anybody: folders of macOS, hidden files, thumbnails, the locks of open office files."""
    steps = [step for step in re.split(r"[/\\]", inside) if step]
    named = [step for step in steps if step not in (".", "..")]
    hidden = any(step.startswith((".", "~$", "__MACOSX")) for step in named)
    return not named or hidden or named[-1].lower() in ("thumbs.db", "desktop.ini")


def _too_large(name: str, limits: Limits) -> DraftUnusable:
    return DraftUnusable("ingest.unpacks_too_large", name=name, most_mb=limits.max_unpacked_bytes / MEGABYTE)


def _short(inside: str) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in inside)
    return shown if len(shown) <= 120 else f"{shown[:120]}…"
