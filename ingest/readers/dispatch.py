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
from ingest.readers.pdf.reader import read_pdf
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
}
SUFFIXES = frozenset(_READERS)
"""Endings of the files that can be read, in lower case."""
_FORMATS: dict[Reader, str] = {
    read_text: "text",
    read_markdown: "markdown",
    read_docx: "docx",
    read_pdf: "pdf",
    read_html: "html",
}
_HEAD = 1024  # bytes that tell the format

_ARCHIVE = b"PK\x03\x04"
# First bytes that tell a format more surely than the ending does.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", ".pdf"),
    (_ARCHIVE, ".docx"),
)
_TABLES, _PICTURE, _OLD_WORD = "ingest.is_a_spreadsheet", "ingest.is_a_picture", "ingest.is_old_office_file"
_SAVED_PAGE = "ingest.is_a_saved_page"
_SHEETS = (".xlsx", ".xls", ".et", ".csv", ".ods")
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
# What is said of endings that no reader exists for; a spreadsheet and an OFD are archives by their first bytes.
_KINDS: dict[str, str] = {
    **dict.fromkeys(_SHEETS, _TABLES),
    **dict.fromkeys(_PICTURES, _PICTURE),
    **dict.fromkeys((".doc", ".wps", ".ppt"), _OLD_WORD),
    **dict.fromkeys((".mht", ".mhtml"), _SAVED_PAGE),
    ".ofd": "ingest.is_ofd",
}
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_WORD),
    (b"{\\rtf", "ingest.is_rich_text"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"Rar!", "ingest.is_an_archive"),
    (b"7z\xbc\xaf", "ingest.is_an_archive"),
)
_HTML_OPENINGS = (b"<!doctype html", b"<html", b"<?xml")


def read_source(path: Path, name: str, limits: Limits) -> SourceFile:
    """Read one file; ``name`` is how it is called in the corpus and in messages.

    Raises SourceUnreadable when the file is missing, empty, too large, damaged, locked, scanned or of a format
    that is not read.
    """
    data = _bytes_of(path, name, limits)
    return _reader_for(data, name)(data, name, limits)


def format_of(path: Path, name: str) -> str:
    """The format in which a file would be read, as in :attr:`SourceFile.format`; only its first bytes are looked at.

    Raises SourceUnreadable for a format that is not read.
    """
    try:
        with path.open("rb") as file:
            return _FORMATS[_reader_for(file.read(_HEAD), name)]
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


def _reader_for(data: bytes, name: str) -> Reader:
    for signature, reason in _REFUSED:
        if data.startswith(signature):
            raise SourceUnreadable(reason, name=name)
    if data.startswith(_ARCHIVE) and Path(name).suffix.lower() in _KINDS:
        raise SourceUnreadable(why_not_read(name))
    suffix = next((suffix for signature, suffix in _SIGNATURES if data.startswith(signature)), _suffix(data, name))
    reader = _READERS.get(suffix)
    if reader is None:
        raise SourceUnreadable(why_not_read(name))
    return reader


def why_not_read(name: str) -> Sentence:
    """The sentence on a file whose ending no reader exists for."""
    suffix = Path(name).suffix.lower()
    if kind := _KINDS.get(suffix):
        return Sentence(kind, name=name)
    known = ", ".join(sorted(SUFFIXES))
    return Sentence("ingest.files_ending_not_read", name=name, suffix=suffix, known=known)


def _suffix(data: bytes, name: str) -> str:
    opening = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith(_HTML_OPENINGS[:2]) or (opening.startswith(_HTML_OPENINGS[2]) and b"<html" in opening):
        return ".html"
    return Path(name).suffix.lower()
