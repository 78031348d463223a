"""Nearest vectors through FAISS: of whole clauses, and of their sentences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self, cast

import faiss
import numpy as np
from numpy.typing import NDArray

from index.ranker import Embed, Ranking, Shelf, Vectors, Wording
from ingest.types import Clause, Span

SEPARATOR = " › "
SHORT_PATH_HEADINGS = 2  # headings before a sentence: its own and the one above; more would drown the sentence
LONGEST_SHORT_HEADING = 40  # characters; some headings are whole sentences
SENTENCES_A_CLAUSE = 8  # sentence vectors looked at for each clause asked for; the compendium's mean is under 4
VECTORS_FILE = "vectors.faiss"
KEYS_FILE = "keys.json"


@dataclass(frozen=True)
class VectorTable:
    """Unit vectors in a flat FAISS index (inner product = cosine) and the sha256 of the text of each."""

    flat: faiss.IndexFlatIP
    keys: tuple[str, ...]

    @classmethod
    def of(cls, texts: Sequence[str], embed: Embed) -> VectorTable:
        """Embeds the texts in their order."""
        vectors = embed(texts)
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors, np.float32))
        return cls(flat, tuple(text_key(text) for text in texts))

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

    def rows(self) -> Vectors:
        """All vectors, a copy."""
        return np.asarray(self.flat.reconstruct_n(0, self.flat.ntotal), np.float32)

    def by_key(self) -> Mapping[str, Vectors]:
        """Vector of each text by the sha256 of the text."""
        return dict(zip(self.keys, self.rows(), strict=True))

    def nearest(self, vector: Vectors, count: int) -> tuple[NDArray[np.int64], Vectors]:
        """Rows nearest to a vector, best first, and their cosines."""
        if not self.flat.ntotal:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        scores, rows = self.flat.search(vector.reshape(1, -1), min(count, self.flat.ntotal))
        return np.asarray(rows[0], np.int64), np.asarray(scores[0], np.float32)


class ClauseVectors:
    """One vector a clause: heading path and text."""

    name: ClassVar[str] = "clause_vectors"

    def __init__(self, table: VectorTable) -> None:
        self.table = table

    @classmethod
    def build(cls, shelf: Shelf, embed: Embed) -> Self:
        """Embeds every clause."""
        return cls(VectorTable.of([clause_text(clause) for clause in shelf.clauses], embed))

    def save(self, folder: Path) -> None:
        """Writes the table."""
        self.table.save(folder)

    @classmethod
    def load(cls, folder: Path, shelf: Shelf) -> Self:
        """Reads the table; ValueError when it is of another number of clauses."""
        table = VectorTable.load(folder)
        if len(table.keys) != len(shelf.clauses):
            raise ValueError(f"{cls.name} holds {len(table.keys)} clauses, not {len(shelf.clauses)}")
        return cls(table)

    def rank(self, wording: Wording, limit: int) -> Ranking:
        """The clauses nearest to the query."""
        rows, scores = self.table.nearest(wording.vector, limit)
        order = np.lexsort((rows, -scores))
        return Ranking(rows[order], scores[order])


class SentenceVectors:
    """One vector a sentence, each with a short heading path; a clause is as near as its nearest sentence."""

    name: ClassVar[str] = "sentence_vectors"

    def __init__(self, table: VectorTable, sentences: Sequence[Sequence[Span]]) -> None:
        self.table = table
        self._sentences = sentences
        counts = [len(spans) for spans in sentences]
        self._first_row = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
        self._clause_of_row = np.repeat(np.arange(len(counts), dtype=np.int64), counts)

    @classmethod
    def build(cls, shelf: Shelf, embed: Embed) -> Self:
        """Embeds every sentence of every clause."""
        texts = [
            sentence_text(clause, span)
            for clause, spans in zip(shelf.clauses, shelf.sentences, strict=True)
            for span in spans
        ]
        return cls(VectorTable.of(texts, embed), shelf.sentences)

    def save(self, folder: Path) -> None:
        """Writes the table; the sentences themselves are cut again on loading."""
        self.table.save(folder)

    @classmethod
    def load(cls, folder: Path, shelf: Shelf) -> Self:
        """Reads the table; ValueError when it is of another number of sentences."""
        table = VectorTable.load(folder)
        expected = sum(len(spans) for spans in shelf.sentences)
        if len(table.keys) != expected:
            raise ValueError(f"{cls.name} holds {len(table.keys)} sentences, not {expected}")
        return cls(table, shelf.sentences)

    def rank(self, wording: Wording, limit: int) -> Ranking:
        """The clauses with the nearest sentences."""
        rows, scores = self.table.nearest(wording.vector, limit * SENTENCES_A_CLAUSE)
        best = np.full(len(self._sentences), -np.inf, np.float32)
        np.maximum.at(best, self._clause_of_row[rows], scores)
        return Ranking.best_of(best, limit)

    def best_sentence(self, wording: Wording, position: int) -> Span | None:
        """The sentence of one clause nearest to the query, the first of equals; None for a clause without text."""
        first, end = int(self._first_row[position]), int(self._first_row[position + 1])
        if first == end:
            return None
        rows = np.asarray(self.table.flat.reconstruct_n(first, end - first), np.float32)
        return self._sentences[position][int(np.argmax(rows @ wording.vector))]


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
