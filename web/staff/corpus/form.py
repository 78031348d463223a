"""What the corpus page shows of the files that serve, and what may be said by hand of a file of a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from ingest.corpus_config import SourceConfig
from ingest.errors import DraftUnusable
from ingest.types import Corpus
from ingest.vocabulary.levels import level_names

LONGEST_FIELD = 200  # characters of a title or a region


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
    for key in ("title", "region"):
        if len(given[key]) > LONGEST_FIELD or not given[key].isprintable():
            raise DraftUnusable("web.field_too_long", key=key, most=LONGEST_FIELD)
    if given["level"] not in ("", *level_names()):
        raise DraftUnusable("web.level_unknown", levels="、".join(level_names()))
    try:
        offset = int(given["page_offset"]) if given["page_offset"] else None
        return SourceConfig(
            file=name,
            title=given["title"] or None,
            region=given["region"] or None,
            level=given["level"] or None,
            page_offset=offset,
        )
    except (ValueError, ValidationError) as error:
        raise DraftUnusable("web.page_offset_whole_number") from error
