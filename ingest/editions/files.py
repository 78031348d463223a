"""The files of ``<corpus>/en``: one a document, and ``names.json``; what cannot be read is named and left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.corpus_config import EDITION
from ingest.editions.types import MODEL, ClauseTranslation, EditionFiles, TranslatedDocument, Translation
from ingest.normalise import match_form
from ingest.sentences import Sentence, said_of

NAMES = "names.json"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Names(_Strict):
    names: dict[str, str]


class _Document(_Strict):
    document: str = Field(min_length=1)
    title: str = Field(min_length=1)
    by: str = ""
    accepted: bool = True
    headings: dict[str, str] = {}
    clauses: list[list[tuple[str, str]]]


def edition_paths(folder: Path) -> list[Path]:
    """The files of a corpus folder that hold its English edition, sorted by name."""
    return sorted(
        path for path in (folder / EDITION).glob("*.json") if path.is_file() and not path.name.startswith(".")
    )


def read_edition_files(folder: Path) -> EditionFiles:
    """Every file of the English edition of a corpus folder; nothing when it has none.

    Nothing is raised: a file that cannot be read, or is a second one of its document, is named in ``faults``.
    """
    documents: dict[str, TranslatedDocument] = {}
    names: Mapping[str, str] = {}
    faults: list[Sentence] = []
    digest = hashlib.sha256()
    paths = edition_paths(folder)
    for path in paths:
        name = f"{EDITION}/{path.name}"
        try:
            raw = path.read_bytes()
            digest.update(f"{name}\0{hashlib.sha256(raw).hexdigest()}\n".encode())
            if path.name == NAMES:
                names = _Names.model_validate_json(raw).names
                continue
            document = _document(_Document.model_validate_json(raw), name)
        except OSError as error:
            faults.append(Sentence("ingest.edition_cannot_be_read", name=name, reason=error.strerror or error))
            continue
        except ValidationError as error:
            faults.append(_wrong(name, error))
            continue
        other = documents.setdefault(match_form(document.document), document)
        if other is not document:
            faults.append(
                Sentence("ingest.two_editions_of_one_document", name=name, other=other.file, document=document.document)
            )
    return EditionFiles(tuple(documents.values()), names, tuple(faults), digest.hexdigest() if paths else "")


def _wrong(name: str, error: ValidationError) -> Sentence:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "-"
    return Sentence("ingest.edition_entry_wrong", name=name, where=where, reason=said_of(first))


def _document(read: _Document, name: str) -> TranslatedDocument:
    clauses = tuple(
        ClauseTranslation(tuple(Translation(source, text) for source, text in sentences)) for sentences in read.clauses
    )
    by_person = not read.by.startswith(MODEL)
    return TranslatedDocument(
        name, read.document, read.title, read.headings, clauses, read.by, read.accepted or by_person
    )


def document_text(document: TranslatedDocument) -> str:
    """A file of the edition as it is written: clauses in their order, so that differences are small."""
    content: dict[str, object] = {"document": document.document, "title": document.title}
    if document.by:
        content |= {"by": document.by, "accepted": document.accepted}
    content["headings"] = dict(document.headings)
    content["clauses"] = [
        [[sentence.source, sentence.text] for sentence in clause.sentences] for clause in document.clauses
    ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
