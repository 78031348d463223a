"""One file in, one :class:`~ingest.types.SourceFile` out, whatever its format.

What the file holds decides first (a PDF named ``.txt`` is read as a PDF), its ending second.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.readers.docx.reader import read_docx
from ingest.readers.html.reader import read_html
from ingest.readers.limits import MEGABYTE, Limits
from ingest.readers.markdown.reader import read_markdown
from ingest.readers.office.libreoffice import TABLES, TEXTS, libreoffice, read_office_table, read_office_text
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.sheets.csv_file import read_csv
from ingest.readers.sheets.workbook import WORKBOOK, read_workbook
from ingest.readers.text import read_text
from ingest.sentences import Sentence
from ingest.types import SourceFile

__all__ = ["SUFFIXES", "Limits", "format_of", "read_source", "why_not_read"]

Reader = Callable[[bytes, str, Limits], SourceFile]

_READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".markdown": read_markdown,
    ".xlsx": read_workbook,
    ".csv": read_csv,
    **dict.fromkeys(TEXTS, read_office_text),
    **dict.fromkeys(TABLES, read_office_table),
}
SUFFIXES = frozenset(_READERS)
"""Endings of the files that can be read, in lower case."""
_FORMATS: dict[Reader, str] = {
    read_text: "text",
    read_markdown: "markdown",
    read_docx: "docx",
    read_pdf: "pdf",
    read_html: "html",
    read_workbook: "xlsx",
    read_csv: "csv",
    read_office_text: "doc",
    read_office_table: "xls",
}
_BY_LIBREOFFICE = frozenset({read_office_text, read_office_table})
_HEAD = 1024  # bytes that tell the format
_TAIL = 256 * 1024  # bytes in which an archive lists its parts

_ARCHIVE = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word, Excel and WPS before their files were archives
_RICH_TEXT = b"{\\rtf"
# First bytes that tell a format more surely than the ending does.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", ".pdf"),
    (_ARCHIVE, ".docx"),
    (_RICH_TEXT, ".rtf"),
)
_PICTURE, _OLD_OFFICE, _SAVED_PAGE = "ingest.is_a_picture", "ingest.is_old_office_file", "ingest.is_a_saved_page"
_PACKED = "ingest.is_an_archive"
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
# What is said of endings that no reader exists for; slides and an OFD are archives by their first bytes.
_KINDS: dict[str, str] = {
    **dict.fromkeys(_PICTURES, _PICTURE),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), "ingest.is_slides"),
    **dict.fromkeys((".mht", ".mhtml"), _SAVED_PAGE),
    **dict.fromkeys((".zip", ".rar", ".7z"), _PACKED),
    ".ofd": "ingest.is_ofd",
}
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
)
_HTML_OPENINGS = (b"<!doctype html", b"<html", b"<?xml")


def read_source(path: Path, name: str, limits: Limits) -> SourceFile:
    """Read one file; ``name`` is how it is called in the corpus and in messages.

    Raises SourceUnreadable when the file is missing, empty, too large, damaged, locked, scanned or of a format
    that is not read.
    """
    data = _bytes_of(path, name, limits)
    return _reader_for(data[:_HEAD], data[-_TAIL:], name)(data, name, limits)


def format_of(path: Path, name: str) -> str:
    """The format in which a file would be read, as in :attr:`SourceFile.format`; only its first bytes are looked at.

    Raises SourceUnreadable for a format that is not read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(max(0, path.stat().st_size - _TAIL))
            return _FORMATS[_reader_for(head, file.read(), name)]
    except OSError as error:
        raise SourceUnreadable("ingest.upload_cannot_be_opened", name=name, reason=error.strerror) from error


def _bytes_of(path: Path, name: str, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)
    except FileNotFoundError as error:
        raise SourceUnreadable("ingest.named_file_is_missing", name=name, path=path) from error
    except OSError as error:
        raise SourceUnreadable("ingest.file_cannot_be_opened", name=name, reason=error.strerror, path=path) from error
    if len(data) > limits.max_bytes:
        raise SourceUnreadable("ingest.file_too_large", name=name, most_mb=limits.max_bytes / MEGABYTE)
    if not data.strip():
        raise SourceUnreadable("ingest.file_is_empty", name=name)
    return data


def _reader_for(head: bytes, tail: bytes, name: str) -> Reader:
    """The reader for a file, by its first and last bytes and its name. Raises SourceUnreadable."""
    ending = Path(name).suffix.lower()
    for signature, reason in _REFUSED:
        if head.startswith(signature):
            raise SourceUnreadable(reason, name=name)
    if head.startswith((_ARCHIVE, _COMPOUND)) and ending in _KINDS:
        raise SourceUnreadable(why_not_read(name))
    if head.startswith(_COMPOUND):
        suffix = ending if ending in (*TEXTS, *TABLES) else ".xls" if ending == ".xlsx" else ".doc"
    elif head.startswith(_ARCHIVE) and (ending in (*TABLES, *TEXTS, ".xlsx") or WORKBOOK.encode() in tail):
        suffix = ".xlsx" if WORKBOOK.encode() in tail or ending == ".xlsx" else ".docx" if ending in TEXTS else ending
    else:
        suffix = next((suffix for first, suffix in _SIGNATURES if head.startswith(first)), _suffix(head, name))
    reader = _READERS.get(suffix)
    if reader is None:
        raise SourceUnreadable(why_not_read(name))
    if reader in _BY_LIBREOFFICE and libreoffice() is None:
        raise SourceUnreadable(_OLD_OFFICE, name=name)
    return reader


def why_not_read(name: str) -> Sentence:
    """The sentence on a file whose ending no reader exists for."""
    suffix = Path(name).suffix.lower()
    if kind := _KINDS.get(suffix):
        return Sentence(kind, name=name)
    known = ", ".join(sorted(SUFFIXES))
    return Sentence("ingest.files_ending_not_read", name=name, suffix=suffix, known=known)


def _suffix(data: bytes, name: str) -> str:
    opening = data.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith(_HTML_OPENINGS[:2]) or (opening.startswith(_HTML_OPENINGS[2]) and b"<html" in opening):
        return ".html"
    return Path(name).suffix.lower()
