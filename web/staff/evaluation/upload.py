"""A question set that somebody sends: what it is by its content, and everything that is wrong with it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from eval.cases.case_files import load_cases, write_cases
from eval.cases.cases import Case
from eval.sets.check import Checked, check
from ingest.errors import EvaluationUnusable
from ingest.types import Corpus

LARGEST = 16 * 1024 * 1024
"""Bytes; the most questions a set may hold, as long as those of ours, are less."""

UNPACKED_UNLOOKED = 4 * 1024 * 1024
MOST_SWELLING = 100
"""Workbooks unpack to 5 to 20 times their size. XML made to keep its reader busy for hours swells a thousandfold."""

ZIP_BEGINS = b"PK\x03\x04"
TEXT_MARKS = (b"\xef\xbb\xbf",)
ENDINGS = {"jsonl": "application/x-ndjson", "csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip
"""The formats of a question set and their media types."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was looked at. ``cases`` are there only when nothing is wrong with it."""

    name: str
    checked: Checked | None = None
    fault: str = ""  # why it cannot be read at all
    cases: tuple[Case, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.fault and self.checked is not None and not self.checked.faults


def look_at(data: bytes, name: str, home: Path, corpus: Corpus) -> Upload:
    """Read and check a file called ``name``; its content says its format, not its name. Keeps nothing."""
    shown = PurePosixPath(name.replace("\\", "/")).name or "?"
    try:
        ending = ending_of(data)
        with _workplace(home) as folder:
            path = Path(folder) / f"upload{ending}"
            path.write_bytes(data)
            try:
                checked = check(path, corpus)
                return Upload(shown, checked, cases=() if checked.faults else load_cases([path]))
            except EvaluationUnusable as error:
                return Upload(shown, fault=error.sentence.naming(shown, str(path)))
    except EvaluationUnusable as error:
        return Upload(shown, fault=error.sentence)


def ending_of(data: bytes) -> str:
    """What kind of question set the bytes are. Raises EvaluationUnusable when they are none."""
    if len(data) > LARGEST:
        raise EvaluationUnusable("web.file_larger_mb", most_mb=LARGEST // 1024**2)
    if not data.strip():
        raise EvaluationUnusable("web.file_empty")
    if data.startswith(ZIP_BEGINS):
        _check_swelling(data)
        return ".xlsx"
    if b"\0" in data:
        raise EvaluationUnusable("web.file_no_text_no_xlsx")
    for mark in TEXT_MARKS:
        data = data.removeprefix(mark)
    return ".jsonl" if data.lstrip().startswith(b"{") else ".csv"


def _check_swelling(data: bytes) -> None:
    """Raises EvaluationUnusable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise EvaluationUnusable("web.file_damaged_zip_archive") from error
    if unpacked > UNPACKED_UNLOOKED and unpacked > MOST_SWELLING * len(data):
        raise EvaluationUnusable("web.workbook_swells_hundredfold_when_unpacked")


def exported(cases: tuple[Case, ...], ending: str, home: Path) -> bytes:
    """A question set as a file of one of ENDINGS. Raises EvaluationUnusable when the format cannot hold it."""
    with _workplace(home) as folder:
        path = Path(folder) / f"set.{ending}"
        write_cases(cases, path)
        return path.read_bytes()


def _workplace(home: Path) -> TemporaryDirectory[str]:
    """A folder of the service's own, gone afterwards. Raises EvaluationUnusable when there is no room."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        return TemporaryDirectory(prefix=".questions-", dir=home)
    except OSError as error:
        raise EvaluationUnusable("web.folder_cannot_be_written", home=home, reason=error.strerror) from error
