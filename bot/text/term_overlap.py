"""How much of a question a sentence covers, by the pairs of characters that search counts, weighted by their rarity."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.rankers.postings import Postings
from index.text.tokens import WordSplitter


def terms_of(text: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese characters, Latin words and numbers; not "the" and the like, nor lone letters.

    A title that a clause prints in English must not make "the" the rarest word of the corpus, and 奖 in 奖30万元 says
    nothing of its own.
    """
    return frozenset(token for token in WordSplitter.bigrams(text) if len(token) > 1 or token.isdigit())


@lru_cache(maxsize=20_000)  # sentences of the corpus come again with every question; ~6 MB for this compendium
def sentence_terms(text: str) -> frozenset[str]:
    """As :func:`terms_of`, remembered."""
    return terms_of(text)


@dataclass(frozen=True, slots=True)
class TermWeights:
    """Inverse document frequency over the clauses of a corpus, ln(1 + N/df) scaled to at most 1; unseen terms weigh 0.

    Milder on common words than the rarity by which search ranks: a sentence of six words says much by two common ones.
    """

    weights: Mapping[str, float]

    @classmethod
    def of(cls, pairs: Postings) -> TermWeights:
        """The weights of the pairs of an index."""
        total = pairs.clause_count
        highest = math.log(1 + total) or 1.0
        return cls({term: math.log(1 + total / count) / highest for term, count in pairs.clause_counts()})

    def weigh(self, terms: Iterable[str], factor: float = 1.0) -> dict[str, float]:
        """The terms that occur in the corpus with their weights times ``factor``."""
        return {term: self.weights[term] * factor for term in terms if term in self.weights}


def covered(wanted: Mapping[str, float], terms: frozenset[str]) -> float:
    """Share of the weight of ``wanted`` that stands in ``terms``; 0 when nothing is wanted."""
    total = sum(wanted.values())
    return sum(weight for term, weight in wanted.items() if term in terms) / total if total else 0.0
