"""A corpus kept with its index: opened without cutting its texts anew, its clauses read when they are asked for.

<index folder>/corpus/
about.json            title, region, digest, files left out, and what it was made of
clauses-… headings-… sources-… furniture-… doubts-… documents-…    rows
lookup/               clauses by id, document, role and headings
printed/              the text as one, the terms, classes and 文号 in it
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

from index.kept.clause_lookup import KeptLookup, LookupCollector
from index.kept.printed_words import PrintedWords, WordCollector
from index.kept.rows import KeptRows, save_rows
from ingest.corpus.load import corpus_digest, source_files, unread_files
from ingest.corpus.packed_clauses import clause_of_row, row_of_clause
from ingest.corpus_config import read_config
from ingest.sentences import Sentence
from ingest.types import Clause, Corpus, Doubt, Furniture, Heading, PolicyDocument, SourceFile

LOOKUP, PRINTED, ABOUT = "lookup", "printed", "about.json"
REMEMBERED_CLAUSES = 8_192  # a few kilobytes each
REMEMBERED_SOURCES = 16
REMEMBERED = 1_024  # of anything else
Value = TypeVar("Value")

_SOURCE, _HEADING, _DOUBT = TypeAdapter(SourceFile), TypeAdapter(Heading), TypeAdapter(Doubt)
_FURNITURE, _DOCUMENT = TypeAdapter(tuple[Furniture, ...]), TypeAdapter(PolicyDocument)
_LEFT_OUT = TypeAdapter(dict[str, Sentence])


@dataclass(frozen=True)
class KeptCorpus:
    """A corpus as an index keeps it."""

    corpus: Corpus
    printed: PrintedWords


class SourceRows(KeptRows[SourceFile]):
    """Sources, each with its text read when it is asked for."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        """``names`` are theirs in order."""
        super().__init__(folder, "sources", _SOURCE.validate_json, REMEMBERED_SOURCES)
        self._names = names

    @cached_property
    def by_name(self) -> Mapping[str, SourceFile]:
        """Sources by their names."""
        return _ByName(self, self._names)


class HeadingRows(KeptRows[Heading]):
    """Headings; those of parts are known without a look at the others."""

    def __init__(self, folder: Path, parts: Sequence[str]) -> None:
        super().__init__(folder, "headings", _HEADING.validate_json, REMEMBERED)
        self.parts = parts


def parts_of(corpus: Corpus) -> Sequence[str]:
    """The headings of the parts of a corpus, each once, in the order of the text."""
    if isinstance(corpus.headings, HeadingRows):
        return corpus.headings.parts
    return list(dict.fromkeys(heading.text for heading in corpus.headings if heading.kind == "part"))


class _ByName(Mapping[str, Value]):
    """Rows by names."""

    def __init__(self, rows: Sequence[Value], names: Sequence[str]) -> None:
        self._rows, self._places = rows, {name: place for place, name in enumerate(names)}

    def __getitem__(self, name: str) -> Value:
        return self._rows[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def save_corpus(corpus: Corpus, folder: Path) -> None:
    """Writes a corpus into an empty folder, in one walk over its clauses. Raises OSError."""
    for name in (LOOKUP, PRINTED):
        (folder / name).mkdir()
    lookup, words = LookupCollector(folder / LOOKUP, corpus.documents), WordCollector(folder / PRINTED)
    save_rows(folder, "clauses", _told(corpus, lookup, words))
    lookup.save()
    words.save()
    names = [source.name for source in corpus.sources]
    save_rows(folder, "documents", map(_DOCUMENT.dump_json, corpus.documents))
    save_rows(folder, "headings", map(_HEADING.dump_json, corpus.headings))
    save_rows(folder, "sources", map(_SOURCE.dump_json, corpus.sources))
    save_rows(folder, "furniture", (_FURNITURE.dump_json(corpus.furniture.get(name, ())) for name in names))
    save_rows(folder, "doubts", map(_DOUBT.dump_json, corpus.doubts))
    about = {
        "made_of": _made_of(corpus),
        "title": corpus.title,
        "region": corpus.region,
        "digest": corpus.digest,
        "left_out": json.loads(_LEFT_OUT.dump_json(dict(corpus.left_out))),
        "sources": names,
        "parts": list(parts_of(corpus)),
    }
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def _told(corpus: Corpus, lookup: LookupCollector, words: WordCollector) -> Iterator[bytes]:
    for clause in corpus.clauses:
        lookup.add(clause)
        words.add(clause)
        yield row_of_clause(clause)


def load_kept(folder: Path, corpus_folder: Path) -> KeptCorpus:
    """Opens what :func:`save_corpus` wrote, of the texts in ``corpus_folder``. OSError, ValueError or KeyError otherwise."""
    about = cast(dict[str, Any], json.loads((folder / ABOUT).read_text(encoding="utf-8")))
    documents = tuple(_rows(folder, "documents", _DOCUMENT, 1))
    clauses: KeptRows[Clause] = KeptRows(folder, "clauses", clause_of_row, REMEMBERED_CLAUSES)
    lookup = KeptLookup(folder / LOOKUP, clauses, documents)
    printed = PrintedWords.load(folder / PRINTED, len(clauses))
    lookup.text = printed.text
    corpus = Corpus(
        folder=corpus_folder,
        title=str(about["title"]),
        region=str(about["region"]),
        digest=str(about["digest"]),
        sources=SourceRows(folder, about["sources"]),
        documents=documents,
        clauses=clauses,
        headings=HeadingRows(folder, about["parts"]),
        furniture=_ByName(_rows(folder, "furniture", _FURNITURE, REMEMBERED), about["sources"]),
        doubts=_rows(folder, "doubts", _DOUBT, REMEMBERED),
        left_out=_LEFT_OUT.validate_python(about["left_out"]),
        kept=lookup,
    )
    return KeptCorpus(corpus, printed)


def _rows(folder: Path, name: str, of: TypeAdapter[Value], remembered: int) -> KeptRows[Value]:
    return KeptRows(folder, name, of.validate_json, remembered)


# ── Does it still hold what the folder holds? ──────────────────────────────────────────────────


def is_made_of(folder: Path, corpus_folder: Path) -> bool:
    """Whether the corpus kept in ``folder`` is what cutting the texts of ``corpus_folder`` would give.

    That is told by the bytes of all files, the settings of the corpus and the version of ingest. A file that could not be
    read is left out until something changes. Raises CorpusUnusable for faulty settings.
    """
    try:
        about = cast(dict[str, Any], json.loads((folder / ABOUT).read_text(encoding="utf-8")))
        return bool(about["made_of"]) and about["made_of"] == made_of(corpus_folder)
    except (OSError, ValueError, KeyError):
        return False


def made_of(folder: Path) -> str:
    """A digest of all that decides what a corpus folder is cut into. Raises OSError, CorpusUnusable."""
    digests = {path.relative_to(folder).as_posix(): _sha256(path) for path in source_files(folder)}
    return _digest(folder, digests)


def _made_of(corpus: Corpus) -> str:
    """The same for a corpus in memory; "" when its folder holds something else by now, or no files of its own."""
    sources = {source.name: source.sha256 for source in corpus.sources}
    try:
        digests = {path.relative_to(corpus.folder).as_posix(): _sha256(path) for path in source_files(corpus.folder)}
        cut = {name: digest for name, digest in digests.items() if name not in corpus.left_out}
        same = cut == sources and corpus.digest == corpus_digest(list(corpus.sources), read_config(corpus.folder))
        return _digest(corpus.folder, digests) if same else ""
    except OSError:
        return ""


def _digest(folder: Path, digests: Mapping[str, str]) -> str:
    of_settings = corpus_digest([], read_config(folder))
    unread = sorted(name for name, _ in unread_files(folder))
    said = json.dumps([of_settings, sorted(digests.items()), unread])
    return hashlib.sha256(said.encode("utf-8")).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
