"""Nearest vectors through FAISS: of whole clauses, and of their sentences.

Few vectors are searched exactly, many by rounded numbers first (:mod:`index.rankers.quantized_vectors`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol, Self, cast

import faiss
import numpy as np
from numpy.typing import NDArray

from index.rankers.protocol import Embed, Mask, Ranking, Shelf, Vectors, Wording
from index.rankers.quantized_vectors import ROUNDED_FILE, RoundedVectors
from index.text.sentence_spans import Sentences
from ingest.types import Clause, Span

SEPARATOR = " › "
SHORT_PATH_HEADINGS = 2  # headings before a sentence: its own and the one above; more would drown the sentence
LONGEST_SHORT_HEADING = 40  # characters; some headings are whole sentences
SENTENCES_A_CLAUSE = 8  # sentence vectors looked at for each clause asked for; the compendium's mean is under 4
# Up to here all vectors are compared as they are, in about 7 ms of one core at 384 dimensions. The 96,964 of the laws
# would take 80 ms, and rounded ones find .9985 of what those find (docs/benchmark-method.md).
EXACT_UP_TO = 20_000
VECTORS_FILE = "vectors.faiss"
KEYS_FILE = "keys.json"


class Table(Protocol):
    """Unit vectors of texts, searched by cosine."""

    @property
    def kind(self) -> str:
        """How it is searched, for the manifest and for people."""
        ...

    def __len__(self) -> int: ...
    def save(self, folder: Path) -> None: ...
    def rows(self, first: int = 0, end: int | None = None) -> Vectors: ...
    def by_key(self) -> Mapping[str, Vectors]:
        """Vector of each text by the sha256 of the text."""
        ...

    def nearest(
        self, vector: Vectors, count: int, among: Mask | None = None
    ) -> tuple[NDArray[np.int64], Vectors]:  # fmt: skip
        """Rows nearest to a vector, best first, and their cosines; ``among`` says of each row whether it may."""
        ...


@dataclass(frozen=True)
class VectorTable:
    """Unit vectors in a flat FAISS index (inner product = cosine) and the sha256 of the text of each."""

    flat: faiss.IndexFlatIP
    keys: tuple[str, ...]

    @classmethod
    def of(cls, vectors: Vectors, keys: Sequence[str]) -> VectorTable:
        """Keeps vectors as they are."""
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors, np.float32))
        return cls(flat, tuple(keys))

    def save(self, folder: Path) -> None:
        """Writes vectors and keys."""
        faiss.write_index(self.flat, str(folder / VECTORS_FILE))
        (folder / KEYS_FILE).write_text(json.dumps(self.keys), encoding="ascii")

    @classmethod
    def load(cls, folder: Path) -> VectorTable:
        """Reads them back; ValueError when they do not belong together."""
        try:
            flat = faiss.read_index(str(folder / VECTORS_FILE))
        except RuntimeError as error:  # FAISS's only exception
            raise ValueError(f"{VECTORS_FILE} cannot be read") from error
        keys = tuple(cast(list[str], json.loads((folder / KEYS_FILE).read_text(encoding="ascii"))))
        if not isinstance(flat, faiss.IndexFlatIP) or flat.ntotal != len(keys):
            raise ValueError(f"{VECTORS_FILE} does not hold the vectors of {KEYS_FILE}")
        return cls(flat, keys)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def kind(self) -> str:
        """For the manifest and for people."""
        return "exact"

    def rows(self, first: int = 0, end: int | None = None) -> Vectors:
        """Vectors ``first`` to ``end``, a copy; all of them when nothing else is said."""
        count = (len(self) if end is None else end) - first
        return np.asarray(self.flat.reconstruct_n(first, count), np.float32)

    def by_key(self) -> Mapping[str, Vectors]:
        """Vector of each text by the sha256 of the text."""
        return dict(zip(self.keys, self.rows(0, len(self)), strict=True))

    def nearest(
        self, vector: Vectors, count: int, among: Mask | None = None
    ) -> tuple[NDArray[np.int64], Vectors]:  # fmt: skip
        """Rows nearest to a vector, best first, and their cosines; only those ``among`` allows."""
        if not len(self):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        wanted = min(count, len(self)) if among is None else len(self)
        found_scores, found_rows = self.flat.search(vector.reshape(1, -1), wanted)
        rows, scores = np.asarray(found_rows[0], np.int64), np.asarray(found_scores[0], np.float32)
        if among is None:
            return rows, scores
        allowed = among[rows]
        return rows[allowed][:count], scores[allowed][:count]


def embedded(texts: Sequence[str], embed: Embed) -> Table:
    """The vectors of texts in their order, in the kind of table that suits their number."""
    vectors, keys = embed(texts), [text_key(text) for text in texts]
    return (RoundedVectors if len(texts) > EXACT_UP_TO else VectorTable).of(vectors, keys)


def load_table(folder: Path) -> Table:
    """The table that was saved in a folder; ValueError when it is damaged."""
    return RoundedVectors.load(folder) if (folder / ROUNDED_FILE).exists() else VectorTable.load(folder)


class ClauseVectors:
    """One vector a clause: heading path and text."""

    name: ClassVar[str] = "clause_vectors"

    def __init__(self, table: Table) -> None:
        self.table = table

    @classmethod
    def build(cls, shelf: Shelf, embed: Embed) -> Self:
        """Embeds every clause."""
        return cls(embedded([clause_text(clause) for clause in shelf.clauses], embed))

    def save(self, folder: Path) -> None:
        """Writes the table."""
        self.table.save(folder)

    @classmethod
    def load(cls, folder: Path, shelf: Shelf, table: Table | None = None) -> Self:
        """Reads the table unless it is given; ValueError when it is of another number of clauses."""
        table = table or load_table(folder)
        if len(table) != len(shelf.clauses):
            raise ValueError(f"{cls.name} holds {len(table)} clauses, not {len(shelf.clauses)}")
        return cls(table)

    def rank(self, wording: Wording, limit: int, among: Mask | None = None) -> Ranking:
        """The clauses nearest to the query."""
        rows, scores = self.table.nearest(wording.vector, limit, among)
        order = np.lexsort((rows, -scores))
        return Ranking(rows[order], scores[order])


class VectorsOfSentences:
    """One vector a sentence, and where in its clause each sentence stands; a clause is as near as its nearest sentence."""

    name: ClassVar[str]

    def __init__(self, table: Table, sentences: Sentences) -> None:
        self.table = table
        self._sentences = sentences
        self._clause_of_row = np.repeat(np.arange(len(sentences), dtype=np.int64), sentences.counts)

    @staticmethod
    def sentences_of(shelf: Shelf) -> Sentences:
        """Where the sentences stand, clause by clause."""
        return shelf.sentences

    def save(self, folder: Path) -> None:
        """Writes the table; where the sentences stand is kept beside all rankers."""
        self.table.save(folder)

    @classmethod
    def load(cls, folder: Path, shelf: Shelf, table: Table | None = None) -> Self:
        """Reads the table unless it is given; ValueError when it is of another number of sentences."""
        table, sentences = table or load_table(folder), cls.sentences_of(shelf)
        expected = int(sentences.first[-1])
        if len(table) != expected:
            raise ValueError(f"{cls.name} holds {len(table)} sentences, not {expected}")
        return cls(table, sentences)

    def clauses_near(self, vector: Vectors, limit: int, among: Mask | None) -> Ranking:
        """The clauses with the sentences nearest to a vector."""
        allowed = None if among is None else among[self._clause_of_row]
        rows, scores = self.nearest_rows(vector, limit, allowed)
        clauses, place = np.unique(self._clause_of_row[rows], return_inverse=True)
        best = np.full(len(clauses), -np.inf, np.float32)
        np.maximum.at(best, place, scores)
        ranking = Ranking.best_of(best, limit)
        return Ranking(clauses[ranking.positions], ranking.scores)

    def nearest_rows(self, vector: Vectors, limit: int, allowed: Mask | None) -> tuple[NDArray[np.int64], Vectors]:
        """The sentences nearest to a vector, best first, as many as have ``limit`` clauses among them or nearly so."""
        return self.table.nearest(vector, limit * SENTENCES_A_CLAUSE, allowed)

    def look_ahead(self, positions: Sequence[int]) -> None:
        """The sentences of these clauses are asked for next: where they are fetched from afar, all are fetched at once."""

    def nearest_sentence(self, vector: Vectors, position: int) -> Span | None:
        """The sentence of one clause nearest to a vector, the first of equals; None for a clause without sentences."""
        first, end = self._sentences.first[position : position + 2].tolist()
        if first == end:
            return None
        return self._sentences[position][int(np.argmax(self.table.rows(first, end) @ vector))]


class SentenceVectors(VectorsOfSentences):
    """Each sentence as it is printed, with a short heading path."""

    name: ClassVar[str] = "sentence_vectors"

    @classmethod
    def build(cls, shelf: Shelf, embed: Embed) -> Self:
        """Embeds every sentence of every clause."""
        texts = [
            sentence_text(clause, span)
            for clause, spans in zip(shelf.clauses, shelf.sentences, strict=True)
            for span in spans
        ]
        return cls(embedded(texts, embed), shelf.sentences)

    def over(self, table: Table) -> SentenceVectors:
        """The same with another table of the same sentences."""
        return SentenceVectors(table, self._sentences)

    def rank(self, wording: Wording, limit: int, among: Mask | None = None) -> Ranking:
        """The clauses with the nearest sentences."""
        return self.clauses_near(wording.vector, limit, among)

    def best_sentence(self, wording: Wording, position: int) -> Span | None:
        """The sentence of one clause nearest to the query, the first of equals; None for a clause without text."""
        return self.nearest_sentence(wording.vector, position)


def clause_text(clause: Clause) -> str:
    """What is embedded of a clause."""
    return f"{SEPARATOR.join(clause.path)}\n{clause.text}" if clause.path else clause.text


def sentence_text(clause: Clause, span: Span) -> str:
    """What is embedded of a sentence: the headings next above it, shortened, and the sentence."""
    headings = [heading[:LONGEST_SHORT_HEADING] for heading in clause.path[-SHORT_PATH_HEADINGS:]]
    return SEPARATOR.join((*headings, span.of(clause.text).strip()))


def text_key(text: str) -> str:
    """The sha256 of an embedded text: the same text never needs a second vector."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
