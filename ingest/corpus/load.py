"""Loads a corpus: every file of a folder read, cut into clauses, its facts found, checked for losses."""

from __future__ import annotations

import gc
import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.corpus.lossless import CELL_BORDER, check_lossless, without
from ingest.corpus.packed_clauses import ClauseCollector
from ingest.corpus.succession import with_successions
from ingest.corpus_config import EDITION, ENTITLEMENTS, FILE_NAME, CorpusConfig, SourceConfig, read_config
from ingest.errors import CorpusUnusable, LosslessnessBroken, SourceUnreadable
from ingest.readers.dispatch import SUFFIXES, read_source, why_not_read
from ingest.readers.limits import Limits
from ingest.sentences import Sentence
from ingest.structure.annotate import annotate
from ingest.structure.clauses import cut_clauses
from ingest.structure.outline import outline
from ingest.structure.paragraphs import split_paragraphs
from ingest.types import (
    Clause,
    Corpus,
    Doubt,
    Furniture,
    Heading,
    PageStart,
    Paragraph,
    PolicyDocument,
    SourceFile,
    TableRow,
)
from ingest.vocabulary.load import digest as vocabulary_digest

INGEST_VERSION = "6"
"""Raised whenever the same files would give other clauses, so that an index built before is recognised as old."""

_OWN_FOLDERS = frozenset({ENTITLEMENTS, EDITION})  # in a corpus folder, of things that are no policy texts


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
    tree = outline(
        paragraphs.items, frozenset(config.levels), marked, frozenset(rows), marked_title(source, paragraphs.items)
    )
    cut = cut_clauses(tree.root, paragraphs.items, rows)
    made = annotate(source, config, paragraphs.items, cut, taken)
    clauses = tuple(_with_pages(clause, paragraphs.page_marks.pages) for clause in made.clauses)
    owned = [piece for clause in clauses for piece in clause.own_pieces]
    titled = [piece for heading in made.headings for piece in heading.pieces]
    between = [Furniture(piece, CELL_BORDER) for number in rows for piece in paragraphs.items[number].pieces]
    # Beside empty cells a row holds more signs between cells than its clause has tabs.
    furniture = without(paragraphs.furniture, owned) + without(between, [*owned, *titled])
    furniture = tuple(sorted(furniture, key=lambda item: (item.span.start, item.span.end)))
    doubts = [Doubt(source.name, paragraphs.items[i].line, message) for i, message in tree.doubts]
    doubts.extend(Doubt(source.name, line, message) for line, message in paragraphs.page_marks.doubts)
    doubts.extend(Doubt(source.name, line, message) for line, message in source.doubts)
    doubts.extend(made.doubts)
    in_order = tuple(sorted(doubts, key=lambda doubt: doubt.line))
    segmented = Segmented(source, made.documents, clauses, made.headings, furniture, in_order)
    check_lossless(source, clauses, made.headings, furniture)
    return segmented


def _with_pages(clause: Clause, pages: Sequence[PageStart]) -> Clause:
    """The clause with the pages that begin inside it, for quotes that do not stand on its first one."""
    first = bisect_right(pages, clause.span.start, key=lambda start: start.offset)
    last = bisect_left(pages, clause.span.end, key=lambda start: start.offset)
    return clause if first >= last else replace(clause, page_starts=tuple(pages[first:last]))


def marked_headings(source: SourceFile, paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Indexes of the paragraphs which the file's format marks as headings."""
    return frozenset(_headings(source, paragraphs))


def marked_title(source: SourceFile, paragraphs: Sequence[Paragraph]) -> int | None:
    """Index of the only paragraph which the file's format marks as a heading of the first rank; None for several."""
    first = [number for number, rank in _headings(source, paragraphs).items() if rank == 1]
    return first[0] if len(first) == 1 else None


def _headings(source: SourceFile, paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """Index and rank of each paragraph that the format marks as a heading."""
    starts = [paragraph.pieces[0].start for paragraph in paragraphs]
    found: dict[int, int] = {}
    for offset, rank in source.headings:
        number = bisect_left(starts, offset)  # the mark (# or a tag's place) stands at or before the text
        if number < len(starts) and "\n" not in source.text[offset : starts[number]]:
            found[number] = rank
    return found


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


def unread_files(folder: Path) -> Iterator[tuple[str, Sentence]]:
    """The files of a corpus folder that no reader exists for, as an annexed table or picture, each with the sentence why.

    Not those that are meant to lie there: README, ``*.toml``, hidden files, records of checked facts.
    """
    read = set(source_files(folder))
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        meant = path.suffix.lower() == ".toml" or path.stem.upper() == "README" or parts[0] in _OWN_FOLDERS
        if (
            path.is_file()
            and path not in read
            and not meant
            and not any(part.startswith((".", "~$")) for part in parts)
        ):
            name = path.relative_to(folder).as_posix()
            yield name, why_not_read(name)


def load_corpus(folder: Path, limits: Limits | None = None) -> Corpus:
    """Everything in a corpus folder, as one value. A file that cannot be read or cut is left out and named in it.

    Raises CorpusUnusable when there is no folder, nothing to read in it, or nothing of it can be read.
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
    left_out = dict(unread_files(folder))
    for path in paths:
        name, ids = path.relative_to(folder).as_posix(), set(taken)
        try:
            part = segment(read_source(path, name, limits), config.of(name), ids)
        except (SourceUnreadable, LosslessnessBroken) as error:
            left_out[name] = error.sentence
            continue
        taken = ids
        clauses.add(part.clauses)
        parts.append(replace(part, clauses=()))
    collected = clauses.collected()
    if not collected and left_out:
        raise CorpusUnusable("ingest.no_file_readable", folder=folder, first=left_out[min(left_out)])
    if not collected:
        raise CorpusUnusable("ingest.files_no_text_quote", folder=folder)
    return Corpus(
        folder=folder,
        title=config.title,
        region=config.region,
        digest=corpus_digest([part.source for part in parts], config),
        sources=tuple(part.source for part in parts),
        documents=with_successions([document for part in parts for document in part.documents]),
        clauses=collected,
        headings=tuple(heading for part in parts for heading in part.headings),
        furniture={part.source.name: part.furniture for part in parts},
        doubts=tuple(doubt for part in parts for doubt in part.doubts),
        left_out=dict(sorted(left_out.items())),
    )


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
