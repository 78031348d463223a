"""Changes ``corpus.toml`` where an owner would, and leaves the rest of it, remarks included, as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ingest.corpus_config import FILE_NAME, SourceConfig, read_config
from ingest.errors import CorpusUnusable

EDITED_FIELDS = (
    "title", "region", "level", "page_offset", "number", "issuer", "issued", "valid_from", "valid_until", "repeals", "replaces",
)  # fmt: skip
"""What staff may say of a file; the tables of a compilation stay with whoever keeps corpus.toml."""


def describe_source(folder: Path, said: SourceConfig) -> None:
    """Say of the file ``said.file`` what ``said`` holds in its edited fields; None takes a field out.

    Raises CorpusUnusable when the result is no corpus.toml, which then stays as it was.
    """
    describe_sources(folder, [said])


def describe_sources(folder: Path, said_of_files: Iterable[SourceConfig]) -> None:
    """The same of several files, all of them or none. Raises CorpusUnusable as :func:`describe_source`."""
    document = _open(folder)
    for said in said_of_files:
        _describe(document, said)
    _write(folder, document)


def _describe(document: Any, said: SourceConfig) -> None:
    entry = _entry(document, said.file)
    if entry is None:
        entry = cast("Any", tomlkit.table())
        entry["file"] = said.file
        if "source" not in document:
            document["source"] = tomlkit.aot()
        document["source"].append(entry)
        entry = _entry(document, said.file)
    values: dict[str, object] = said.model_dump(include=set(EDITED_FIELDS))
    values |= {"repeals": list(said.repeals), "replaces": list(said.replaces)}
    for field in EDITED_FIELDS:
        value = values[field]
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
