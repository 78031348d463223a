"""Search: a query in, the best clauses out, the same ones in the same order every time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.rankers.protocol import Mask, Ranking, Shelf, Vectors, Wording
from index.scoring.fusion import ENGLISH_WEIGHTS, LEVEL, balanced, fuse
from index.scoring.query_preparation import prepare
from index.scoring.reranker import RERANKED
from index.scoring.rescoring import LOOKED_AT
from index.store.store import ClauseIndex
from index.types import Filters, Found, Hit, Query

# Clauses each ranker lists. Min-max runs over what is listed, so this also sets where a ranker's zero lies
# (100 to 400 measure alike).
CANDIDATES = 200
# Up to here a filter is applied after every clause has been ranked, and clauses that no ranker lists may follow those
# listed; beyond, only what a ranker lists is considered, and each lists only what passes.
CONSIDER_ALL_UP_TO = 20_000  # clauses


def search(clause_index: ClauseIndex, query: Query, top_k: int = 10) -> list[Hit]:
    """The ``top_k`` best clauses that pass the filters, best first; equal scores stand in the order of the corpus.

    Fewer when fewer pass, none for a query without text.
    """
    if not any(part.text.strip() for part in query.parts):
        return []
    shelf = clause_index.shelf
    wording = prepare(query, shelf, clause_index.encoder)
    passing = shelf.traits.passing(query.filters)
    rankings = _rankings(clause_index, wording, query.filters, passing, top_k)
    weights = balanced(clause_index.weights, rankings)
    candidates = _candidates(rankings, len(shelf.clauses))
    scores = fuse({name: ranking.within(candidates) for name, ranking in rankings.items()}, len(candidates), weights)
    scores += weights[LEVEL] * _of_named_level(query, shelf, candidates).astype(np.float32)
    scores[~passing[candidates]] = -np.inf
    first = Ranking.best_of(scores, LOOKED_AT, above=0.0).positions
    for name, column in clause_index.rescorer.columns(query, wording, candidates[first].tolist()).items():
        scores[first] += weights[name] * column
    reranker = clause_index.reranker
    best = Ranking.best_of(scores, max(top_k, RERANKED) if reranker else top_k, above=0.0)
    positions: list[int] = candidates[best.positions].tolist()
    clause_index.look_ahead(positions)
    said = {name: _by_position(ranking, candidates[best.positions]) for name, ranking in rankings.items()}
    hits = [
        Hit(
            clause=shelf.clauses[position],
            rank=rank,
            score=round(float(score), 6),
            found_by={name: found[position] for name, found in said.items() if position in found},
            best_sentence=clause_index.best_sentence(wording, position),
            english=shelf.edition.whole(shelf.clauses[position].id),
        )
        for rank, (position, score) in enumerate(zip(positions, best.scores, strict=True), start=1)
    ]
    return reranker.rerank(query.parts[0].text, hits)[:top_k] if reranker else hits


def parts_of(clause_index: ClauseIndex, query: Query) -> tuple[NDArray[np.int64], dict[str, Vectors]]:
    """What the scores of the first clauses are made of, for learning weights: their positions, and a column a weight.

    Without filters and addresses; the first clauses are those of the weights of ``clause_index``.
    """
    wording = prepare(query, clause_index.shelf, clause_index.encoder)
    count = len(clause_index.shelf.clauses)
    columns = {
        ranker.name: fuse({ranker.name: ranker.rank(wording, CANDIDATES)}, count, {ranker.name: 1.0})
        for ranker in clause_index.rankers
        if ranker.name in clause_index.weights
    }
    columns |= {
        name: np.zeros(count, np.float32) for name in ENGLISH_WEIGHTS if name not in columns
    }  # without an edition
    columns[LEVEL] = _of_named_level(query, clause_index.shelf, np.arange(count)).astype(np.float32)
    scores = sum((clause_index.weights[name] * column for name, column in columns.items()), np.zeros(count, np.float32))
    first = Ranking.best_of(scores, LOOKED_AT).positions
    columns = {name: column[first] for name, column in columns.items()}
    return first, columns | clause_index.rescorer.columns(query, wording, first.tolist())


def _rankings(
    clause_index: ClauseIndex, wording: Wording, filters: Filters, passing: Mask, top_k: int
) -> dict[str, Ranking]:
    """What each ranker says. Under a filter each must list enough clauses that pass: of few clauses it ranks all."""
    limit, among = CANDIDATES, None
    if filters != Filters():
        if len(passing) <= CONSIDER_ALL_UP_TO:
            limit = len(passing)
        else:
            among = passing
    if len(passing) > CONSIDER_ALL_UP_TO:
        limit = max(limit, top_k)
    return {ranker.name: ranker.rank(wording, limit, among) for ranker in clause_index.rankers}


def _candidates(rankings: Mapping[str, Ranking], clause_count: int) -> NDArray[np.int64]:
    """The clauses that get a fused score, ascending: all of a small corpus, else those that a ranker lists."""
    if clause_count <= CONSIDER_ALL_UP_TO:
        return np.arange(clause_count, dtype=np.int64)
    return np.unique(np.concatenate([ranking.positions for ranking in rankings.values()]))


def _of_named_level(query: Query, shelf: Shelf, candidates: NDArray[np.int64]) -> Mask:
    # 区里另外还有没有 behind a question about the city asks for the district's.
    named = shelf.levels_named(query.parts[-1].text) or frozenset[str]().union(
        *(shelf.levels_named(part.text) for part in query.parts)
    )
    return shelf.traits.of_levels(named, candidates)


def _by_position(ranking: Ranking, wanted: NDArray[np.int64]) -> dict[int, Found]:
    """What a ranking says of the clauses wanted, those it lists."""
    places: list[int] = np.flatnonzero(np.isin(ranking.positions, wanted)).tolist()
    return {int(ranking.positions[place]): Found(place + 1, round(float(ranking.scores[place]), 6)) for place in places}
