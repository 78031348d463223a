"""Vectors for the copies of a corpus without a model: each lies near that of the text it is a copy of."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.scale.copies import Copies
from index.rankers.protocol import TextEncoder, Vectors
from index.rankers.vectors import clause_text, sentence_text
from index.store.embedding_once import Known, embedding_once
from ingest.structure.sentences import split_sentences

MOVED_BY = 0.45  # of the difference of two vectors; leaves a cosine of about .96 to where it was
BLOCK = 65_536


@dataclass(frozen=True)
class CopyEncoder:
    """The model itself for questions and for texts of the original; for those of copies a vector nearby."""

    model: TextEncoder
    copies: Copies
    texts: frozenset[str]  # of the original
    row: dict[str, int]  # by what all copies of a text have in common
    vectors: Vectors

    @classmethod
    def of(cls, model: TextEncoder, copies: Copies, known: Known) -> CopyEncoder:
        """Embeds each text of the original once, unless its vector is known."""
        texts = [clause_text(clause) for clause in copies.original.clauses]
        texts += [sentence_text(c, span) for c in copies.original.clauses for span in split_sentences(c.text)]
        row = {copies.skeleton(text): place for place, text in enumerate(texts)}
        return cls(model, copies, frozenset(texts), row, embedding_once(model, known, progress=False)(texts))

    @property
    def dim(self) -> int:
        """As the model."""
        return self.model.dim

    @property
    def identity(self) -> str:
        """Not that of the model: an index of it must never serve."""
        return identity_of(self.model)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As the model."""
        return self.model.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors:
        """See the class."""
        del progress
        blocks = [self._block(texts[start : start + BLOCK]) for start in range(0, len(texts), BLOCK)]
        return np.concatenate([np.empty((0, self.dim), np.float32), *blocks])

    def _block(self, texts: Sequence[str]) -> Vectors:
        drawn = np.array([zlib.crc32(text.encode("utf-8")) for text in texts], np.uint64)
        known = np.array([self.row.get(self.copies.skeleton(text), -1) for text in texts], np.int64)
        rows = np.where(known >= 0, known, _drawn(drawn, 0, len(self.vectors)))
        apart = self.vectors[_drawn(drawn, 1, len(self.vectors))] - self.vectors[_drawn(drawn, 2, len(self.vectors))]
        own = np.array([text in self.texts for text in texts])
        vectors = self.vectors[rows] + np.where(own, 0, MOVED_BY).astype(np.float32)[:, None] * apart
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def identity_of(model: TextEncoder) -> str:
    """Of the vectors of copies."""
    return f"{model.identity} and copies"


def _drawn(numbers: NDArray[np.uint64], turn: int, below: int) -> NDArray[np.int64]:
    """One number below ``below`` for each, another one each turn (the multiplier is Knuth's, 2^64 / golden ratio)."""
    mixed = (numbers + np.uint64(turn)) * np.uint64(0x9E3779B97F4A7C15)
    return ((mixed >> np.uint64(33)) % np.uint64(below)).astype(np.int64)
