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
_TABLES = "is a table of a spreadsheet; save it as a web page (.html) or put its rows into a Word file"
_PICTURE = "is a picture; recognise its text first (OCR) and put that in"
_OLD_WORD = "is an old Word, Excel or WPS file; open it there and save it as .docx"
_SHEETS = (".xlsx", ".xls", ".et", ".csv", ".ods")
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
# What is said of endings that no reader exists for; a spreadsheet and an OFD are archives by their first bytes.
_KINDS: dict[str, str] = {
    **dict.fromkeys(_SHEETS, _TABLES),
    **dict.fromkeys(_PICTURES, _PICTURE),
    **dict.fromkeys((".doc", ".wps", ".ppt"), _OLD_WORD),
    ".ofd": "is an OFD file; open it in a reader and print it to PDF",
    ".mht": "is a saved page in one file; save it again as a web page (.html)",
    ".mhtml": "is a saved page in one file; save it again as a web page (.html)",
}
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_WORD),
    (b"{\\rtf", "is a Rich Text file; open it in a word processor and save it as .docx"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"Rar!", "is an archive; unpack it and put the files in"),
    (b"7z\xbc\xaf", "is an archive; unpack it and put the files in"),
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
        raise SourceUnreadable(f"{name}: cannot be opened ({error.strerror}); send it again.") from error


def _bytes_of(path: Path, name: str, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)
    except FileNotFoundError as error:
        raise SourceUnreadable(f"{name}: there is no such file at {path}; check the name in corpus.toml.") from error
    except OSError as error:
        raise SourceUnreadable(f"{name}: cannot be opened ({error.strerror}); check {path} and its rights.") from error
    if len(data) > limits.max_bytes:
        raise SourceUnreadable(
            f"{name}: is larger than {limits.max_bytes / MEGABYTE:g} MB; split it or raise POLICYQA_MAX_FILE_MB."
        )
    if not data.strip():
        raise SourceUnreadable(f"{name}: the file is empty; put the text in or take it out of the corpus.")
    return data


def _reader_for(data: bytes, name: str) -> Reader:
    for signature, reason in _REFUSED:
        if data.startswith(signature):
            raise SourceUnreadable(f"{name}: {reason}.")
    if data.startswith(_ARCHIVE) and Path(name).suffix.lower() in _KINDS:
        raise SourceUnreadable(why_not_read(name))
    suffix = next((suffix for signature, suffix in _SIGNATURES if data.startswith(signature)), _suffix(data, name))
    reader = _READERS.get(suffix)
    if reader is None:
        raise SourceUnreadable(why_not_read(name))
    return reader


def why_not_read(name: str) -> str:
    """The sentence on a file whose ending no reader exists for."""
    suffix = Path(name).suffix.lower()
    if kind := _KINDS.get(suffix):
        return f"{name}: {kind}."
    return f"{name}: files ending in “{suffix}” are not read; save it as one of {', '.join(sorted(SUFFIXES))}."


def _suffix(data: bytes, name: str) -> str:
    opening = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith(_HTML_OPENINGS[:2]) or (opening.startswith(_HTML_OPENINGS[2]) and b"<html" in opening):
        return ".html"
    return Path(name).suffix.lower()
