"""What the corpus page shows of the files that serve, and what may be said by hand of a file of a draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from pydantic import ValidationError

from ingest.corpus.edit import EDITED_FIELDS
from ingest.corpus_config import SourceConfig
from ingest.errors import DraftUnusable
from ingest.types import Corpus
from ingest.vocabulary.levels import level_names
from web.staff.shell.edits import mark_of

LONGEST_FIELD = 200  # characters of a title, a region or a name
MOST_NAMED = 50  # documents that one ends
DAYS = ("issued", "valid_from", "valid_until")
NAMED = ("repeals", "replaces", "implements")


@dataclass(frozen=True, slots=True)
class FileRow:
    """One text of what serves."""

    name: str
    format: str
    documents: int
    clauses: int
    doubts: int


def file_rows(corpus: Corpus) -> list[FileRow]:
    """The texts in their order, with what was found in each."""
    documents = Counter(document.source for document in corpus.documents)
    clauses = Counter(clause.source for clause in corpus.clauses)
    doubts = Counter(doubt.source for doubt in corpus.doubts)
    return [
        FileRow(source.name, source.format, documents[source.name], clauses[source.name], doubts[source.name])
        for source in corpus.sources
    ]


def read_description(name: str, given: Mapping[str, str]) -> SourceConfig:
    """What was filled in. Raises DraftUnusable for a field that cannot be used."""
    filled = {key: value for key, value in given.items() if value}
    for key in ("title", "region", "number", "issuer", "annex_of"):
        said = filled.get(key, "")
        if len(said) > LONGEST_FIELD or not said.isprintable():
            raise DraftUnusable("web.field_too_long", key=key, most=LONGEST_FIELD)
    if given["level"] not in ("", *level_names()):
        raise DraftUnusable("web.level_unknown", levels="、".join(level_names()))
    days = {key: _day(key, filled[key]) for key in DAYS if key in filled}
    named = {key: _names(key, filled[key]) for key in NAMED if key in filled}
    try:
        offset = int(given["page_offset"]) if given["page_offset"] else None
    except ValueError as error:
        raise DraftUnusable("web.page_offset_whole_number") from error
    texts = {key: filled[key] for key in ("title", "region", "level", "number", "issuer", "annex_of") if key in filled}
    try:
        return SourceConfig.model_validate({"file": name, "page_offset": offset, **texts, **days, **named})
    except ValidationError as error:
        raise DraftUnusable("web.ends_before_it_begins") from error


def _day(key: str, said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise DraftUnusable("web.is_no_day", said=said, key=key) from error


def _names(key: str, said: str) -> tuple[str, ...]:
    """文号 and titles, a semicolon between two."""
    names = tuple(name.strip() for name in re.split(r"[;；]", said) if name.strip())
    if len(names) > MOST_NAMED or not said.isprintable() or any(len(name) > LONGEST_FIELD for name in names):
        raise DraftUnusable("web.too_many_named", key=key, most=MOST_NAMED)
    return names


def fields_of(said: SourceConfig) -> dict[str, str]:
    """What the form shows of a file."""
    values: dict[str, object] = said.model_dump(include=set(EDITED_FIELDS))
    return {key: _shown(values[key]) for key in EDITED_FIELDS}


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "；".join(cast("tuple[str, ...]", value))
    return "" if value is None else str(value)


def mark_of_description(said: SourceConfig) -> str:
    """Tells what is said of a file from what was said before."""
    return mark_of(fields_of(said))
