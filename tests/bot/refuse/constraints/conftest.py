"""What the checks see of a question for which clauses of the compendium were found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.evidence.candidates import find_candidates, query_terms
from bot.refuse.answerability import Printed, Searched
from bot.text.term_overlap import TermWeights
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question
from index.types import Hit
from ingest.types import Clause, Corpus

AS_OF = date(2026, 11, 29)
Search = Callable[..., Searched]


@pytest.fixture(scope="session")
def printed(corpus: Corpus) -> Printed:
    return Printed.of(corpus)


@pytest.fixture
def search(
    corpus: Corpus, places: Places, printed: Printed, weights: TermWeights, clause_with: Callable[[str], Clause]
) -> Search:
    """A question and words of the clauses found for it, the best first."""

    def found(text: str, *words: str) -> Searched:
        reading = read_question(Question((text,), AS_OF), places, 20)
        wanted = query_terms(reading, weights, ())
        hits = [Hit(clause_with(one), rank, 1.0, {}, None) for rank, one in enumerate(words, start=1)]
        candidates = find_candidates(reading, hits, wanted, lambda _clause, _spans: ())
        return Searched(reading, candidates, wanted, -1.0, places, printed, corpus)

    return found
