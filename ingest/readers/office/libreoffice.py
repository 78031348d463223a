"""DOC, WPS, RTF, XLS, ET and ODS by way of LibreOffice, where it is installed: turned into DOCX or XLSX, and read."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.readers.docx.reader import read_docx
from ingest.readers.limits import Limits
from ingest.readers.sheets.workbook import read_workbook
from ingest.types import SourceFile

log = logging.getLogger(__name__)

COMMANDS = ("soffice", "libreoffice")
TEXTS: dict[str, str] = {".doc": ".doc", ".wps": ".doc", ".rtf": ".rtf"}
"""Ending → the ending LibreOffice tells the kind of file by; files of WPS are those of Word under another name."""
TABLES: dict[str, str] = {".xls": ".xls", ".et": ".xls", ".ods": ".ods"}
# It maps far more memory than it uses, and must not outlive a service that was killed.
_WRAPPED = 'ulimit -S -v unlimited 2>/dev/null; ulimit -t "$1"; shift; exec "$@"'


def libreoffice() -> str | None:
    """The program, None where it is not installed."""
    return next((found for command in COMMANDS if (found := shutil.which(command))), None)


def read_office_text(data: bytes, name: str, limits: Limits) -> SourceFile:
    """A text of an older office program. Raises SourceUnreadable, also where LibreOffice is not installed."""
    kind = TEXTS.get(Path(name).suffix.lower(), ".rtf" if data.startswith(b"{\\rtf") else ".doc")
    return _read(data, name, limits, kind, "docx", read_docx, "doc")


def read_office_table(data: bytes, name: str, limits: Limits) -> SourceFile:
    """A spreadsheet of an older office program. Raises SourceUnreadable as :func:`read_office_text`."""
    return _read(data, name, limits, TABLES.get(Path(name).suffix.lower(), ".xls"), "xlsx", read_workbook, "xls")


def _read(
    data: bytes,
    name: str,
    limits: Limits,
    kind: str,
    wanted: str,
    read: Callable[[bytes, str, Limits], SourceFile],
    format: str,
) -> SourceFile:
    program = libreoffice()
    if program is None:
        raise SourceUnreadable("ingest.is_old_office_file", name=name)
    with tempfile.TemporaryDirectory(prefix="policyqa-office-") as made:
        folder = Path(made)
        (folder / f"given{kind}").write_bytes(data)
        _convert(program, folder, f"given{kind}", wanted, name, limits)
        try:
            turned = (folder / "out" / f"given.{wanted}").read_bytes()
        except FileNotFoundError as error:
            raise SourceUnreadable("ingest.libreoffice_could_not", name=name) from error
    return replace(read(turned, name, limits), sha256=sha256(data).hexdigest(), format=format)


def _convert(program: str, folder: Path, given: str, wanted: str, name: str, limits: Limits) -> None:
    """Macros are not run: a profile of its own, made new, trusts no file."""
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nologo", "--convert-to", wanted, "--outdir", str(folder / "out"),
        str(folder / given),
    ]  # fmt: skip
    seconds = max(1, int(limits.max_seconds))
    try:
        done = subprocess.run(
            ["/bin/sh", "-c", _WRAPPED, "sh", str(seconds), *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
            env={**os.environ, "HOME": str(folder)},
        )
    except subprocess.TimeoutExpired as error:
        raise SourceUnreadable("ingest.not_read_in_time", name=name, max_seconds=limits.max_seconds) from error
    except OSError as error:
        raise SourceUnreadable("ingest.libreoffice_could_not", name=name) from error
    if done.returncode:
        log.warning("LibreOffice ended with status %s over %s: %s", done.returncode, name, done.stdout[-500:])
        raise SourceUnreadable("ingest.libreoffice_could_not", name=name)
