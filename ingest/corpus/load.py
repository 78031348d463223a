"""Loads a corpus: every file of a folder read, cut into clauses, its facts found, checked for losses."""

from __future__ import annotations

import gc
import hashlib
from bisect import bisect_left
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.corpus.lossless import check_lossless, without
from ingest.corpus.packed_clauses import ClauseCollector
from ingest.corpus_config import FILE_NAME, CorpusConfig, SourceConfig, read_config
from ingest.errors import CorpusUnusable, SourceUnreadable
from ingest.readers.dispatch import SUFFIXES, read_source
from ingest.readers.limits import Limits
from ingest.structure.annotate import annotate
from ingest.structure.clauses import cut_clauses
from ingest.structure.outline import outline
from ingest.structure.paragraphs import split_paragraphs
from ingest.types import Clause, Corpus, Doubt, Furniture, Heading, Paragraph, PolicyDocument, SourceFile, TableRow
from ingest.vocabulary.load import digest as vocabulary_digest

INGEST_VERSION = "2"
"""Raised whenever the same files would give other clauses, so that an index built before is recognised as old."""


@dataclass(frozen=True, slots=True)
class Segmented:
    """One source cut up: what :func:`load_corpus` puts together."""

    source: SourceFile
    documents: tuple[PolicyDocument, ...]
    clauses: tuple[Clause, ...]
    headings: tuple[Heading, ...]
    furniture: tuple[Furniture, ...]
    doubts: tuple[Doubt, ...]


def segment(source: SourceFile, config: SourceConfig | None = None, taken: set[str] | None = None) -> Segmented:
    """Cut one source into documents and clauses with their facts.

    ``taken`` are document ids used by other sources of the corpus; new ones are added to it. Raises
    LosslessnessBroken when a character would be lost or counted twice.
    """
    with _nothing_collected():
        return _segment(source, config or SourceConfig(), taken if taken is not None else set())


@contextmanager
def _nothing_collected() -> Generator[None, None, None]:
    """All that is made here lives on in the result; the collector would walk it again and again (a tenth of the time)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _segment(source: SourceFile, config: SourceConfig, taken: set[str]) -> Segmented:
    paragraphs = split_paragraphs(source, config.page_offset)
    rows = rows_of(source, paragraphs.items)
    marked = marked_headings(source, paragraphs.items)
    tree = outline(paragraphs.items, frozenset(config.levels), marked, frozenset(rows))
    cut = cut_clauses(tree.root, paragraphs.items, rows)
    documents, clauses, headings = annotate(source, config, paragraphs.items, cut, taken)
    owned = [piece for clause in clauses for piece in clause.pieces]
    titled = [piece for heading in headings for piece in heading.pieces]
    between = [Furniture(piece, "blank") for number in rows for piece in paragraphs.items[number].pieces]
    # Beside empty cells a row holds more blanks than its clause has tabs.
    furniture = without(paragraphs.furniture, owned) + without(between, [*owned, *titled])
    furniture = tuple(sorted(furniture, key=lambda item: (item.span.start, item.span.end)))
    doubts = [Doubt(source.name, paragraphs.items[i].line, message) for i, message in tree.doubts]
    doubts.extend(Doubt(source.name, line, message) for line, message in paragraphs.page_marks.doubts)
    doubts.extend(Doubt(source.name, line, message) for line, message in source.doubts)
    segmented = Segmented(source, documents, clauses, headings, furniture, tuple(sorted(doubts, key=lambda d: d.line)))
    check_lossless(source, clauses, headings, furniture)
    return segmented


def marked_headings(source: SourceFile, paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Indexes of the paragraphs which the file's format marks as headings."""
    starts = [paragraph.pieces[0].start for paragraph in paragraphs]
    found: set[int] = set()
    for offset, _ in source.headings:
        number = bisect_left(starts, offset)  # the mark (# or a tag's place) stands at or before the text
        if number < len(starts) and "\n" not in source.text[offset : starts[number]]:
            found.add(number)
    return frozenset(found)


def rows_of(source: SourceFile, paragraphs: Sequence[Paragraph]) -> dict[int, TableRow]:
    """The paragraphs that are rows of a table."""
    found: dict[int, TableRow] = {}
    rows = iter(source.tables)
    row = next(rows, None)
    for number, paragraph in enumerate(paragraphs):
        while row is not None and row.span.end <= paragraph.span.start:
            row = next(rows, None)
        if row is None:
            break
        if row.span.contains(paragraph.span):
            found[number] = row
    return found


def source_files(folder: Path) -> Iterator[Path]:
    """The files of a corpus folder that a reader exists for, sorted by name; README and hidden files left out."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.suffix.lower() in SUFFIXES and path.stem.upper() != "README":
            yield path


def load_corpus(folder: Path, limits: Limits | None = None) -> Corpus:
    """Everything in a corpus folder, as one value.

    Raises CorpusUnusable when there is no folder or nothing to read in it, SourceUnreadable when a file
    cannot be read: an answer must not rest on half a corpus.
    """
    if not folder.is_dir():
        raise CorpusUnusable("ingest.no_corpus_folder", folder=folder)
    config = read_config(folder)
    paths = list(source_files(folder))
    if not paths:
        raise CorpusUnusable("ingest.no_text_in_corpus", folder=folder, suffixes=", ".join(sorted(SUFFIXES)))
    limits = limits or Limits()
    taken: set[str] = set()
    clauses = ClauseCollector()
    parts: list[Segmented] = []
    for path in paths:
        source = read_source(path, path.relative_to(folder).as_posix(), limits)
        part = segment(source, _config_of(config, folder, path), taken)
        clauses.add(part.clauses)
        parts.append(replace(part, clauses=()))
    collected = clauses.collected()
    if not collected:
        raise CorpusUnusable("ingest.files_no_text_quote", folder=folder)
    return Corpus(
        folder=folder,
        title=config.title,
        region=config.region,
        digest=corpus_digest([part.source for part in parts], config),
        sources=tuple(part.source for part in parts),
        documents=tuple(document for part in parts for document in part.documents),
        clauses=collected,
        headings=tuple(heading for part in parts for heading in part.headings),
        furniture={part.source.name: part.furniture for part in parts},
        doubts=tuple(doubt for part in parts for doubt in part.doubts),
    )


def _config_of(config: CorpusConfig, folder: Path, path: Path) -> SourceConfig:
    return config.of(path.relative_to(folder).as_posix())


def load_file(path: Path, limits: Limits | None = None) -> Segmented:
    """One file on its own; a ``corpus.toml`` beside it is heeded.

    Raises SourceUnreadable.
    """
    if not path.is_file():
        raise SourceUnreadable("ingest.no_such_file", path=path)
    return segment(read_source(path, path.name, limits or Limits()), config_for(path))


def config_for(path: Path) -> SourceConfig:
    """What a ``corpus.toml`` beside a file says of it; defaults when there is none."""
    return read_config(path.parent).of(path.name) if (path.parent / FILE_NAME).exists() else SourceConfig()


def corpus_digest(sources: list[SourceFile], config: CorpusConfig) -> str:
    """sha256 over the version of ingest, its vocabulary, corpus.toml and every source's name and digest."""
    digest = hashlib.sha256(f"ingest {INGEST_VERSION}\n{vocabulary_digest()}\n".encode())
    digest.update(hashlib.sha256(config.raw).digest())
    for source in sources:
        digest.update(f"{source.name}\0{source.sha256}\n".encode())
    return digest.hexdigest()
