"""The terms by which texts are compared, and how rare each is in a corpus."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

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


class TermCounts:
    """In how many texts each term stands."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._texts = 0

    def add(self, texts: Iterable[str]) -> None:
        """Further texts."""
        for text in texts:
            self._counts.update(terms_of(text))
            self._texts += 1

    def weights(self) -> dict[str, float]:
        """Inverse document frequency, ln(1 + N/df) scaled to at most 1."""
        highest = math.log(1 + self._texts) or 1.0
        return {term: math.log(1 + self._texts / count) / highest for term, count in self._counts.items()}
