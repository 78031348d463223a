"""How what the rankers say becomes one score."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from index.rankers.protocol import Ranking, Vectors

# Chosen on the 233 answerable development questions from a grid in steps of .05; in five-fold cross-validation
# (weights from four fifths, measured on the fifth) hit@1 is .854 and R@5 .959. Any mixture of .10-.20, .30-.40,
# .10-.25 and .25-.40 keeps R@5 above .94 and hit@1 above .82. A learned fusion ties with weights set by hand.
WEIGHTS: Mapping[str, float] = {
    "clause_vectors": 0.15,
    "sentence_vectors": 0.35,
    "words": 0.15,
    "bigrams": 0.35,
}
# Added where a question is asked in English and the corpus has an English edition: to what the same words and vectors say
# of the Chinese. On 100 English questions any mixture of .4-.7 and .5-1 keeps hit@1 above .83 and R@5 above .97.
ENGLISH_WEIGHTS: Mapping[str, float] = {"english_vectors": 0.5, "english_words": 0.7}
# Added for clauses of a level of government that the question names (旗里, 市里): enough to part near-identical
# clauses of two levels, too little to lift an unrelated one. A lower level often repeats a higher one, and then nothing else
# parts the two.
LEVEL, LEVEL_BONUS = "level", 0.1
# Above the sum of all others, those of :mod:`index.scoring.rescoring` included: a clause named by its address stands before whatever is merely alike.
ADDRESS_WEIGHT = 2.0
# Far apart from rounding differences between processors, far below any difference that means something.
DECIMALS = 6


def fuse(rankings: Mapping[str, Ranking], clause_count: int, weights: Mapping[str, float] = WEIGHTS) -> Vectors:
    """One score for each clause: min-max over what each ranker lists, then the sum weighted by ``weights``.

    What a ranker does not list counts 0 there. The address ranker already speaks between 0 and 1.
    """
    total = np.zeros(clause_count, np.float64)
    for name, ranking in rankings.items():
        if not len(ranking.positions):
            continue
        if name in weights:
            total[ranking.positions] += weights[name] * min_max(ranking.scores)
        else:
            total[ranking.positions] += ADDRESS_WEIGHT * ranking.scores
    return np.round(total, DECIMALS).astype(np.float32)


def balanced(weights: Mapping[str, float], rankings: Mapping[str, Ranking]) -> Mapping[str, float]:
    """The weights of one search, drawn together when English rankers speak, so that the best possible score stays the same.

    What reads a score as sure or doubtful means the same in both languages. The order does not change; a clause named by
    its address, whose weight is none of these, stays before the others.
    """
    added = sum(
        weights.get(name, 0.0) for name in ENGLISH_WEIGHTS if name in rankings and len(rankings[name].positions)
    )
    others = sum(weight for name, weight in weights.items() if name not in ENGLISH_WEIGHTS)
    if not added or not others:
        return weights
    return {name: weight * others / (others + added) for name, weight in weights.items()}


def min_max(scores: Vectors) -> Vectors:
    """The scores moved and stretched to lie between 0 and 1; equal ones are 1."""
    low, high = float(scores.min()), float(scores.max())
    if high <= low:
        return np.ones_like(scores)
    return (scores - low) / (high - low)
