"""Everyday set-ups on the same questions and with the same embedding model, beside ours.

Each is what a tutorial builds: LangChain's RecursiveCharacterTextSplitter over the plain text, FAISS over the pieces,
BM25 over jieba words, and both joined by reciprocal rank. They get the words of all turns, as ours does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast

import bm25s  # pyright: ignore[reportMissingTypeStubs]  # untyped
import faiss
import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter
from numpy.typing import NDArray

from eval.cases.cases import Case
from eval.runs.run import Answerer
from eval.scoring import metrics as m
from eval.scoring.intervals import Estimate, estimate
from eval.scoring.scoring import READ_AT_ONCE, RETRIEVED
from index.text.tokens import WordSplitter
from ingest.types import Corpus

RECIPROCAL_RANK_K = 60
"""Cormack, Clarke, Büttcher, SIGIR 2009, and the default of LangChain's EnsembleRetriever."""

POOL = 50
"""Pieces each of the two rankings hands to the fusion."""

Vectors = NDArray[np.float32]
Search = Callable[[str, int], list[int]]


class Embedder(Protocol):
    """The part of :class:`index.embedding.encoder.Encoder` that is needed here."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One set-up: how many pieces it searches and what it finds."""

    name: str
    pieces: int
    measures: dict[str, Estimate | None]


MEASURES: dict[str, Callable[[Case, list[str]], float | bool | None]] = {
    "hit@1": m.hit_at_1,
    "R@1": lambda case, texts: m.recall_at(case, texts, 1),
    "R@5": lambda case, texts: m.recall_at(case, texts, 5),
    "R@10": lambda case, texts: m.recall_at(case, texts, RETRIEVED),
    "MRR": m.reciprocal_rank,
    f"in {READ_AT_ONCE} chars": lambda case, texts: m.evidence_within(case, texts, READ_AT_ONCE),
}


def measure_peers(cases: Sequence[Case], ours: Answerer, embedder: Embedder, as_of: date) -> list[PeerRow]:
    """Ours first, then each everyday set-up, all on the same questions."""
    rows = [_row("PolicyQA", cases, len(ours.corpus.clauses), lambda case: _our_texts(ours, case, as_of))]
    for size, overlap in ((500, 50), (1000, 200)):
        pieces = split(ours.corpus, size, overlap)
        dense = dense_search(embedder.encode_passages(pieces, progress=f"{size}/{overlap}"), embedder)
        words = word_search(pieces)
        for name, find in (("FAISS", dense), ("BM25", words), ("hybrid RRF", fused_search(dense, words))):
            rows.append(_row(f"{size}/{overlap} {name}", cases, len(pieces), _texts_of(pieces, find)))
    return rows


def split(corpus: Corpus, size: int, overlap: int) -> list[str]:
    """The sources cut by LangChain's default splitter, told the Chinese full stops as its documentation advises."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=size, chunk_overlap=overlap, separators=["\n\n", "\n", "。", "；", "，", " ", ""]
    )
    return [piece for source in corpus.sources for piece in splitter.split_text(source.text)]


def dense_search(vectors: Vectors, embedder: Embedder) -> Search:
    """Nearest pieces by inner product of unit vectors."""
    store = cast("Any", faiss.IndexFlatIP(vectors.shape[1]))  # its methods are added at run time and untyped
    store.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def find(query: str, top_k: int) -> list[int]:
        _, places = store.search(embedder.encode_queries([query]), min(top_k, len(vectors)))
        return [int(place) for place in places[0]]

    return find


def word_search(pieces: Sequence[str]) -> Search:
    """BM25 with its usual parameters over jieba words, split as ours are but without the glossary."""
    splitter = WordSplitter()
    ranker = cast("Any", bm25s.BM25())  # untyped
    ranker.index([splitter.words(piece) for piece in pieces], show_progress=False)

    def find(query: str, top_k: int) -> list[int]:
        words = splitter.words(query)
        scores = np.asarray(ranker.get_scores(words)) if words else np.zeros(len(pieces))
        return [int(place) for place in np.argsort(-scores, kind="stable")[:top_k]]

    return find


def fused_search(first: Search, second: Search) -> Search:
    """Reciprocal rank fusion of two rankings."""

    def find(query: str, top_k: int) -> list[int]:
        scores: dict[int, float] = {}
        for search in (first, second):
            for rank, place in enumerate(search(query, POOL), 1):
                scores[place] = scores.get(place, 0.0) + 1 / (RECIPROCAL_RANK_K + rank)
        return sorted(scores, key=lambda place: (-scores[place], place))[:top_k]

    return find


def _our_texts(ours: Answerer, case: Case, as_of: date) -> list[str]:
    return [hit.clause.text for hit in ours.retrieve(case.question(as_of), RETRIEVED)]


def _texts_of(pieces: Sequence[str], find: Search) -> Callable[[Case], list[str]]:
    return lambda case: [pieces[place] for place in find("\n".join(case.turns), RETRIEVED)]


def _row(name: str, cases: Sequence[Case], pieces: int, search: Callable[[Case], list[str]]) -> PeerRow:
    found = [(case, search(case)) for case in cases]
    measures: dict[str, Estimate | None] = {}
    for label, measure in MEASURES.items():
        values = [float(value) for case, texts in found if (value := measure(case, texts)) is not None]
        measures[label] = estimate(values)
    return PeerRow(name, pieces, measures)


def peers_table(rows: Sequence[PeerRow]) -> str:
    """The table in the terminal, one set-up a line."""
    lines = [f"{'set-up':24}{'pieces':>8}" + "".join(f"{label:>24}" for label in MEASURES)]
    for row in rows:
        cells = [
            "–" if value is None else f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]"
            for value in row.measures.values()
        ]
        lines.append(f"{row.name:24}{row.pieces:>8}" + "".join(f"{cell:>24}" for cell in cells))
    return "\n".join(lines)
