"""Search: a query in, the best clauses out, the same ones in the same order every time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.fusion import fuse
from index.ranker import Ranking, Shelf, Vectors
from index.reranker import RERANKED
from index.store import ClauseIndex
from index.types import Filters, Found, Hit, Query
from index.wording import prepare
from ingest.types import Standing

# Clauses each ranker lists. Min-max runs over what is listed, so this also sets where a ranker's zero lies
# (100 to 400 measure alike).
CANDIDATES = 200
# Added for clauses of a level of government that the question names (旗里, 市里): enough to part near-identical
# clauses of two levels, too little to lift an unrelated one.
LEVEL_BONUS = 0.05


def search(clause_index: ClauseIndex, query: Query, top_k: int = 10) -> list[Hit]:
    """The ``top_k`` best clauses that pass the filters, best first; equal scores stand in the order of the corpus.

    Fewer when fewer pass, none for a query without text.
    """
    if not any(part.text.strip() for part in query.parts):
        return []
    shelf = clause_index.shelf
    wording = prepare(query, shelf, clause_index.encoder)
    limit = len(shelf.clauses) if _narrows(query.filters) else CANDIDATES
    rankings = {ranker.name: ranker.rank(wording, limit) for ranker in clause_index.rankers}
    scores = fuse(rankings, len(shelf.clauses), clause_index.weights)
    scores += LEVEL_BONUS * _of_named_level(query, shelf)
    scores[~_passing(query.filters, shelf)] = -np.inf
    reranker = clause_index.reranker
    best = Ranking.best_of(scores, max(top_k, RERANKED) if reranker else top_k, above=0.0)
    positions: list[int] = best.positions.tolist()
    said = {name: _by_position(ranking) for name, ranking in rankings.items()}
    hits = [
        Hit(
            clause=shelf.clauses[position],
            rank=rank,
            score=round(float(score), 6),
            found_by={name: found[position] for name, found in said.items() if position in found},
            best_sentence=clause_index.sentence_vectors.best_sentence(wording, position),
        )
        for rank, (position, score) in enumerate(zip(positions, best.scores, strict=True), start=1)
    ]
    return reranker.rerank(query.parts[0].text, hits)[:top_k] if reranker else hits


def _narrows(filters: Filters) -> bool:
    return filters != Filters()


def _passing(filters: Filters, shelf: Shelf) -> NDArray[np.bool_]:
    return np.array([_passes(filters, position, shelf) for position in range(len(shelf.clauses))], np.bool_)


def _passes(filters: Filters, position: int, shelf: Shelf) -> bool:
    clause, document = shelf.clauses[position], shelf.documents[position]
    if filters.levels and clause.level not in filters.levels:
        return False
    if filters.documents and clause.document not in filters.documents:
        return False
    day = filters.in_force_on
    return day is None or not (_is_over(clause.validity.standing(day)) or _is_over(document.validity.standing(day)))


def _is_over(standing: Standing) -> bool:
    return standing in (Standing.EXPIRED, Standing.REPEALED)


def _of_named_level(query: Query, shelf: Shelf) -> Vectors:
    named = frozenset[str]().union(*(shelf.glossary.levels_named(part.text) for part in query.parts))
    return np.array([clause.level in named for clause in shelf.clauses], np.float32)


def _by_position(ranking: Ranking) -> dict[int, Found]:
    return {
        position: Found(rank, round(float(score), 6))
        for rank, (position, score) in enumerate(zip(ranking.positions.tolist(), ranking.scores, strict=True), start=1)
    }
