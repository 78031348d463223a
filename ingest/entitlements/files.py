"""The files of ``<corpus>/entitlements``: one a document, and catalogues; read strictly, written in a stable form."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import cast

from ingest.corpus_config import ENTITLEMENTS
from ingest.entitlements.condition_form import condition_json
from ingest.entitlements.record_form import catalogue_json, read_catalogue, read_record, record_json
from ingest.entitlements.types import Catalogue, Entitlement
from ingest.errors import EntitlementsUnusable
from ingest.normalise import match_form
from ingest.sentences import Sentence

_DOCUMENT_KEYS = ("document", "records")
_LONGEST_NAME = 70  # characters: 210 bytes of UTF-8, file systems take 255


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """What the files of a corpus say, not yet bound to its text. ``digest`` is a sha256 over their names and bytes."""

    records: tuple[Entitlement, ...] = ()
    catalogues: tuple[Catalogue, ...] = ()
    digest: str = ""


def record_paths(folder: Path) -> list[Path]:
    """The files of a corpus folder that hold records and catalogues, sorted by name."""
    found = (folder / ENTITLEMENTS).glob("*.json")
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def read_files(folder: Path) -> RecordFiles:
    """Every record and catalogue of a corpus folder; nothing when it has none.

    Raises EntitlementsUnusable: one sentence that names file and record and says what is allowed.
    """
    records: list[Entitlement] = []
    catalogues: list[Catalogue] = []
    documents: dict[str, str] = {}
    titles: dict[str, str] = {}
    contents = _contents(folder)
    for name, raw in contents:
        read = parse(raw, name)
        if isinstance(read, Catalogue):
            catalogues.append(read)
            continue
        document, own = read
        other = documents.setdefault(match_form(document), name)
        if other != name:
            raise EntitlementsUnusable("ingest.two_files_of_one_document", name=name, other=other, document=document)
        titles[Path(name).stem] = document
        records += own
    records = [_with_titles(record, titles) for record in records]
    check_same_as(records)
    return RecordFiles(tuple(records), tuple(catalogues), _digest(contents))


FileState = tuple[str, int, int, int]


def files_state(folder: Path) -> tuple[FileState, ...]:
    """Name, inode, time of change (ns) and size (bytes) of each file: other after every change, without reading any.

    Asked at every question, so that accepting a record takes effect at once. A file that cannot be looked at is left
    to :func:`read_files`, which names it.
    """
    states: list[FileState] = []
    for path in record_paths(folder):
        with suppress(OSError):
            found = path.stat()
            states.append((path.name, found.st_ino, found.st_mtime_ns, found.st_size))
    return tuple(states)


def _contents(folder: Path) -> list[tuple[str, bytes]]:
    return [(name, _bytes(path, name)) for path in record_paths(folder) for name in [f"{ENTITLEMENTS}/{path.name}"]]


def _digest(contents: Sequence[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, raw in contents:
        digest.update(f"{name}\0{hashlib.sha256(raw).hexdigest()}\n".encode())
    return digest.hexdigest()


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EntitlementsUnusable(
            "ingest.records_cannot_be_read", name=name, reason=error.strerror or error
        ) from error


def parse(raw: bytes, name: str) -> Catalogue | tuple[str, tuple[Entitlement, ...]]:
    """A file: a catalogue, or a document's title with its records. ``name`` is how messages call the file.

    Raises EntitlementsUnusable.
    """
    written = read_json(raw, name)
    try:
        if "catalogue" in written:
            return read_catalogue(written)
        return _document(written)
    except EntitlementsUnusable as error:
        raise EntitlementsUnusable("ingest.wrong_in_file", name=name, what=error.sentence) from error


def read_json(raw: bytes, name: str) -> Mapping[str, object]:
    """One JSON object, numbers exact, no key twice; ``name`` is how messages call it. Raises EntitlementsUnusable."""
    try:
        written: object = json.loads(
            raw.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_once_each,
        )
    except UnicodeDecodeError as error:
        raise EntitlementsUnusable("ingest.records_are_no_utf8", name=name) from error
    except RecursionError as error:
        raise EntitlementsUnusable("ingest.records_nested_too_deeply", name=name) from error
    except ValueError as error:
        raise EntitlementsUnusable("ingest.records_are_no_json", name=name, reason=error) from error
    if not isinstance(written, dict):
        raise EntitlementsUnusable("ingest.records_are_one_object", name=name)
    return cast("Mapping[str, object]", written)


def _no_number(word: str) -> object:
    raise ValueError(Sentence("ingest.is_no_number", word=word))


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(Sentence("ingest.key_stands_twice", key=twice))
    return found


def _document(written: Mapping[str, object]) -> tuple[str, tuple[Entitlement, ...]]:
    unknown = sorted(written.keys() - set(_DOCUMENT_KEYS))
    if unknown:
        raise EntitlementsUnusable("ingest.unknown_key_of_file", key=unknown[0], allowed=", ".join(_DOCUMENT_KEYS))
    title, listed = written.get("document"), written.get("records")
    if not isinstance(title, str) or not title.strip():
        raise EntitlementsUnusable("ingest.document_of_records_missing")
    if not isinstance(listed, list):
        raise EntitlementsUnusable("ingest.list_of_records_missing")
    records = tuple(read_record(item, title) for item in cast("list[object]", listed))
    check_unique(records)
    return title, records


def check_unique(records: Sequence[Entitlement]) -> None:
    """Raises EntitlementsUnusable when two records of a document have one id, or say the same thing of one span."""
    ids: set[str] = set()
    said: dict[str, str] = {}
    for record in records:
        if record.id in ids:
            raise EntitlementsUnusable("ingest.two_records_of_one_id", identifier=record.id)
        ids.add(record.id)
        other = said.setdefault(_what_it_says(record), record.id)
        if other != record.id:
            raise EntitlementsUnusable("ingest.two_records_say_the_same", one=other, other=record.id)


def _what_it_says(record: Entitlement) -> str:
    """Equal for two records that grant the same by the same words; figures printed in other places are another grant."""
    places = sorted(match_form(row.span) + match_form(row.figure) for row in record.amounts)
    words = sorted(match_form(span) for span in record.spans)
    said = [words, record.recipient.who, record.kind, condition_json(record.conditions), places]
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _with_titles(record: Entitlement, titles: Mapping[str, str]) -> Entitlement:
    """``same_as`` may name a file; a key names its document."""
    keys = [key.rpartition(":") for key in record.same_as]
    named = tuple(f"{titles.get(name, name)}:{identifier}" for name, _, identifier in keys)
    return record if named == record.same_as else replace(record, same_as=named)


def check_same_as(records: Sequence[Entitlement]) -> None:
    """Raises EntitlementsUnusable when a record names another one that is not there."""
    known = {record.key for record in records}
    for record in records:
        for key in record.same_as:
            if key not in known:
                raise EntitlementsUnusable(
                    "ingest.same_as_no_record",
                    folder=ENTITLEMENTS,
                    identifier=record.id,
                    document=record.document,
                    key=key,
                )


# ── Writing ────────────────────────────────────────────────────────────────────────────────────


def with_record(records: Sequence[Entitlement], record: Entitlement) -> tuple[Entitlement, ...]:
    """The records of a document with one put in the place of that of its id, or behind the others."""
    if record.id in {known.id for known in records}:
        return tuple(record if known.id == record.id else known for known in records)
    return (*records, record)


def document_text(document: str, records: Sequence[Entitlement]) -> str:
    """A file of records as it is written: records in their order, keys in one order, so that differences are small."""
    return _written({"document": document, "records": [record_json(record) for record in records]})


def catalogue_text(catalogue: Catalogue) -> str:
    """A file of a catalogue as it is written."""
    return _written(catalogue_json(catalogue))


def _written(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def write_document(folder: Path, document: str, records: Sequence[Entitlement]) -> Path:
    """Replace, in one step, the file of ``document`` in a corpus folder, or make it. Gives the file.

    Raises EntitlementsUnusable when the records contradict one another; then nothing is written.
    """
    check_unique(records)
    path = _path_of(folder, document)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(document_text(document, records), encoding="utf-8")
    aside.replace(path)
    return path


def _path_of(folder: Path, document: str) -> Path:
    """The file that holds a document's records, else a new one named after its title."""
    for path in record_paths(folder):
        read = parse(_bytes(path, path.name), path.name)
        if not isinstance(read, Catalogue) and match_form(read[0]) == match_form(document):
            return path
    name = "".join("_" if sign in '<>:"|?*\\/' or not sign.isprintable() else sign for sign in document).strip(". ")
    return folder / ENTITLEMENTS / f"{name[:_LONGEST_NAME] or 'records'}.json"
