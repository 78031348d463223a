"""How much of a question a sentence covers: character pairs and Latin words, weighted by how rare they are in the corpus."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.text.tokens import STOPWORDS
from ingest.normalise import match_form, search_form

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z0-9-]+|\d+(?:\.\d+)?%?")


def terms_of(text: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese characters, Latin words and numbers of ``text``; not "the" and the like.

    A title that a clause prints in English must not make "the" the rarest word of the corpus.
    """
    found: set[str] = set()
    for run in _HAN_RUN.findall(match_form(text)):
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    found.update(word for word in _LATIN.findall(search_form(text)) if word not in STOPWORDS)
    return frozenset(found)


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
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            counts.update(terms_of(text))
            total += 1
        highest = math.log(1 + total) or 1.0
        return cls({term: math.log(1 + total / count) / highest for term, count in counts.items()})

    def weigh(self, terms: Iterable[str], factor: float = 1.0) -> dict[str, float]:
        """The terms that occur in the corpus with their weights times ``factor``."""
        return {term: self.weights[term] * factor for term in terms if term in self.weights}


def covered(wanted: Mapping[str, float], terms: frozenset[str]) -> float:
    """Share of the weight of ``wanted`` that stands in ``terms``; 0 when nothing is wanted."""
    total = sum(wanted.values())
    return sum(weight for term, weight in wanted.items() if term in terms) / total if total else 0.0
