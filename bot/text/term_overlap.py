"""How much of a question a sentence covers: character pairs and Latin words, weighted by how rare they are in the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.text.terms import TermCounts, terms_of

__all__ = ["TermWeights", "covered", "sentence_terms", "terms_of"]


@lru_cache(maxsize=20_000)  # sentences of the corpus come again with every question; ~6 MB for this compendium
def sentence_terms(text: str) -> frozenset[str]:
    """As :func:`terms_of`, remembered."""
    return terms_of(text)


@dataclass(frozen=True, slots=True)
class TermWeights:
    """Inverse document frequency over the clauses of a corpus, ln(1 + N/df) scaled to at most 1; unseen terms weigh 0."""

    weights: Mapping[str, float]

    @classmethod
    def of(cls, texts: Iterable[str]) -> TermWeights:
        """Count ``texts``, one per clause."""
        counts = TermCounts()
        counts.add(texts)
        return cls(counts.weights())

    def weigh(self, terms: Iterable[str], factor: float = 1.0) -> dict[str, float]:
        """The terms that occur in the corpus with their weights times ``factor``."""
        return {term: self.weights[term] * factor for term in terms if term in self.weights}


def covered(wanted: Mapping[str, float], terms: frozenset[str]) -> float:
    """Share of the weight of ``wanted`` that stands in ``terms``; 0 when nothing is wanted."""
    total = sum(wanted.values())
    return sum(weight for term, weight in wanted.items() if term in terms) / total if total else 0.0
