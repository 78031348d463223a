"""Clauses made from real ones, as many as wanted: for measuring, never for answering.

Their words are sentences of the pool with other numbers, one sentence or two of the same document a clause, so that
posting lists grow as they would. Their vectors are mixtures of the vectors of those sentences, moved by the difference
of two others: they keep the spectrum of real ones, and lie as close to each other as variants of a text do.
"""

from __future__ import annotations

import hashlib
import random
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.rankers.protocol import Vectors
from index.rankers.vectors import SEPARATOR
from ingest.corpus.packed_clauses import ClauseCollector
from ingest.types import Clause, Corpus, PolicyDocument, Role, Span, Validity
from ingest.vocabulary.levels import level_names

CLAUSES_A_DOCUMENT = 100
LEVELS = level_names()[:12]
SHORTEST, LONGEST = 10, 90  # characters of a sentence of the pool
TWO_SENTENCES = 0.4  # share of clauses joined from two
NEIGHBOURS = 4  # the second sentence is at most so many after the first
LARGEST_NUMBER = 9_999
LESSER_WEIGHT = 0.6  # of the second sentence in the vector
MOVED_BY = 0.45  # of the difference of two vectors; leaves a cosine of about .96 to where it was
BLOCK = 65_536
NO_VALIDITY = Validity()
_DIGITS = re.compile(r"\d+")
_NUMBER_PLACE = "\0"


@dataclass(frozen=True)
class Pool:
    """Real sentences and their vectors."""

    texts: tuple[str, ...]
    vectors: Vectors


def made_corpus(pool: Sequence[str], count: int, folder: Path, seed: int = 0) -> Corpus:
    """``count`` clauses; the same arguments give the same ones. ``folder`` is where a glossary may stand."""
    draw = random.Random(seed)
    templates = [_DIGITS.sub(_NUMBER_PLACE, text).split(_NUMBER_PLACE) for text in pool]
    documents: list[PolicyDocument] = []
    clauses = ClauseCollector()
    for number in range(count):
        if number % CLAUSES_A_DOCUMENT == 0:
            documents.append(_document(len(documents), pool[draw.randrange(len(pool))]))
        first = draw.randrange(len(pool))
        text = _with_numbers(templates[first], draw)
        if draw.random() < TWO_SENTENCES:
            second = (first + draw.randint(1, NEIGHBOURS)) % len(pool)
            text = f"{text.rstrip('。;；')}，{_with_numbers(templates[second], draw)}"
        clauses.add((_clause(documents[-1], number % CLAUSES_A_DOCUMENT + 1, text),))
    digest = hashlib.sha256(repr((seed, count, tuple(pool))).encode()).hexdigest()
    return Corpus(
        folder=folder, title="made", region="", digest=digest, sources=(), documents=tuple(documents),
        clauses=clauses.collected(), headings=(), furniture={}, doubts=(),
    )  # fmt: skip


def _with_numbers(template: Sequence[str], draw: random.Random) -> str:
    text = template[0]
    for part in template[1:]:
        text += str(draw.randint(1, LARGEST_NUMBER)) + part
    return text


def _document(number: int, words: str) -> PolicyDocument:
    return PolicyDocument(
        id=f"made-{number}", source="made", title=f"{words[:LONGEST // 4]}办法{number}", kind="policy",
        level=LEVELS[number % len(LEVELS)], part=None, issuer=None, number=None, issued=None, validity=NO_VALIDITY,
        closing_rules=(), span=Span(0, 1), page=None,
    )  # fmt: skip


def _clause(document: PolicyDocument, number: int, text: str) -> Clause:
    span = Span(0, len(text))
    return Clause(
        id=f"{document.id}/{number}", document=document.id, source="made", address=f"第{number}条",
        path=(document.title,), text=text, span=span, pieces=(span,), page=None, line=1, role=Role.ITEM, parent=None,
        level=document.level, departments=(), figures=(), benefits=(), validity=NO_VALIDITY,
    )  # fmt: skip


class MadeVectors:
    """An encoder whose passages are known or mixed and whose questions are known.

    A passage of made clauses gets a mixture of the sentences it was made from, any other one, unless its vector is
    known, of sentences drawn by its own digest.
    """

    def __init__(
        self, pool: Pool, identity: str, known: Sequence[Mapping[str, Vectors]], questions: Mapping[str, Vectors]
    ) -> None:
        self.identity, self.dim = identity, pool.vectors.shape[1]
        self._pool, self._known, self._questions = pool, known, questions
        self._row = {_DIGITS.sub("", text).rstrip("。;；"): row for row, text in enumerate(pool.texts)}
        self.share_known = 1.0  # of the passages asked for last

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """What was embedded before."""
        return np.stack([self._questions[text] for text in texts])

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors:
        """See the class."""
        del progress
        vectors = np.empty((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), BLOCK):
            block = texts[start : start + BLOCK]
            vectors[start : start + len(block)] = self._mixed(block)
        known = 0
        for row, text in enumerate(texts) if self._known else ():
            key = hashlib.sha256(text.encode("utf-8")).hexdigest()
            if (table := next((table for table in self._known if key in table), None)) is not None:
                vectors[row] = table[key]
                known += 1
        self.share_known = known / max(1, len(texts))
        return vectors

    def _mixed(self, texts: Sequence[str]) -> Vectors:
        real = self._pool.vectors
        drawn = np.array([zlib.crc32(text.encode("utf-8")) for text in texts], np.uint64)
        rows = np.array([self._made_of(text) for text in texts], np.int64)
        rows = np.where(rows >= 0, rows, _drawn(drawn, 0, len(real))[:, None])
        mixed = real[rows[:, 0]] + LESSER_WEIGHT * (rows[:, 1] != rows[:, 0])[:, None] * real[rows[:, 1]]
        mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
        mixed += MOVED_BY * (real[_drawn(drawn, 1, len(real))] - real[_drawn(drawn, 2, len(real))])
        return mixed / np.linalg.norm(mixed, axis=1, keepdims=True)

    def _made_of(self, text: str) -> tuple[int, int]:
        """Rows of the sentences that a text was made from, -1 and -1 when it was not."""
        plain = _DIGITS.sub("", text.rsplit("\n", 1)[-1].rsplit(SEPARATOR, 1)[-1]).rstrip("。;；")
        if (whole := self._row.get(plain)) is not None:
            return whole, whole
        at = plain.find("，")
        while at >= 0:
            first, second = self._row.get(plain[:at]), self._row.get(plain[at + 1 :])
            if first is not None and second is not None:
                return first, second
            at = plain.find("，", at + 1)
        return -1, -1


def _drawn(numbers: NDArray[np.uint64], turn: int, below: int) -> NDArray[np.int64]:
    """One number below ``below`` for each, another one each turn (the multiplier is Knuth's, 2^64 / golden ratio)."""
    mixed = (numbers + np.uint64(turn)) * np.uint64(0x9E3779B97F4A7C15)
    return ((mixed >> np.uint64(33)) % np.uint64(below)).astype(np.int64)
