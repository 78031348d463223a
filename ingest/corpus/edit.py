"""Changes ``corpus.toml`` where an owner would, and leaves the rest of it, remarks included, as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ingest.corpus_config import FILE_NAME, DocumentConfig, SourceConfig, read_config
from ingest.errors import CorpusUnusable

EDITED_FIELDS = (
    "title", "region", "level", "page_offset", "number", "issuer", "issued", "valid_from", "valid_until", "repeals", "replaces",
)  # fmt: skip
"""What staff may say of a file; the tables of a compilation stay with whoever keeps corpus.toml."""


DOCUMENT_FIELDS = tuple(DocumentConfig.model_fields)
"""What may be said of one document."""


def describe_source(folder: Path, said: SourceConfig) -> None:
    """Say of the file ``said.file`` what ``said`` holds in its edited fields; None takes a field out.

    Raises CorpusUnusable when the result is no corpus.toml, which then stays as it was.
    """
    describe_sources(folder, [said])


def describe_sources(folder: Path, said_of_files: Iterable[SourceConfig]) -> None:
    """The same of several files, all of them or none. Raises CorpusUnusable as :func:`describe_source`."""
    document = _open(folder)
    for said in said_of_files:
        _put(_made_entry(document, said.file), said, EDITED_FIELDS)
    _write(folder, document)


def describe_document(folder: Path, name: str, title: str | None, said: DocumentConfig) -> None:
    """Say of the document called ``title`` in a file of several, or of a file's only one (None), what ``said`` holds.

    Raises CorpusUnusable when the result is no corpus.toml, which then stays as it was.
    """
    document = _open(folder)
    entry = _made_entry(document, name)
    if title is not None:
        documents = entry.setdefault("documents", tomlkit.table(is_super_table=True))
        if title not in documents:
            documents[title] = tomlkit.table()
        entry = documents[title]
    _put(entry, said, DOCUMENT_FIELDS)
    _write(folder, document)


def _put(entry: Any, said: DocumentConfig, fields: Sequence[str]) -> None:
    """Write each of ``fields`` into a table; what is not said is taken out of it."""
    for field in fields:
        value: Any = getattr(said, field)
        value = list(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value
        if value not in (None, []):
            entry[field] = value
        elif field in entry:
            del entry[field]


def rename_source(folder: Path, name: str, new_name: str) -> None:
    """What is said of one file is said of another from now on. Raises CorpusUnusable."""
    document = _open(folder)
    entry = _entry(document, name)
    if entry is not None:
        entry["file"] = new_name
        _write(folder, document)


def forget_source(folder: Path, name: str) -> None:
    """Nothing is said of a file any more. Raises CorpusUnusable."""
    document = _open(folder)
    sources = document.get("source", [])
    for number, entry in enumerate(sources):
        if entry.get("file") == name:
            del sources[number]
            if not sources:
                del document["source"]
            _write(folder, document)
            return


def _open(folder: Path) -> Any:  # tomlkit's documents are dictionaries whose values are open
    path = folder / FILE_NAME
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        document = tomlkit.document()
        document["title"] = folder.name  # what a corpus without the file is called
        return document
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise CorpusUnusable("ingest.corpus_toml_is_no_toml", file=FILE_NAME, reason=error) from error


def _made_entry(document: Any, name: str) -> Any:
    """What is said of a file, a new entry where nothing was."""
    if _entry(document, name) is None:
        made = cast("Any", tomlkit.table())
        made["file"] = name
        if "source" not in document:
            document["source"] = tomlkit.aot()
        document["source"].append(made)
    return _entry(document, name)


def _entry(document: Any, name: str) -> Any:
    return next((entry for entry in document.get("source", []) if entry.get("file") == name), None)


def _write(folder: Path, document: Any) -> None:
    path = folder / FILE_NAME
    before = path.read_bytes() if path.exists() else None
    aside = path.with_name(f".{FILE_NAME}")
    aside.write_text(document.as_string(), encoding="utf-8")
    aside.replace(path)
    try:
        read_config(folder)
    except CorpusUnusable:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        raise
