"""The compendium and the bot over it; hits made by hand, so that these tests need neither model nor index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.compose.body import compose
from bot.compose.draft import Draft
from bot.evidence.candidates import find_candidates, query_terms
from bot.pipeline import PolicyBot
from bot.text.term_overlap import TermWeights
from bot.types import Question
from bot.understand.levels_and_places import Places, places_of
from bot.understand.reading import Reading, read_question
from index.types import Hit
from ingest.facts.figures import find_figures
from ingest.types import Clause, Corpus, Span

AS_OF = date(2026, 11, 22)
ClauseWith = Callable[[str], Clause]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]


@pytest.fixture(scope="session")
def corpus(compendium: Corpus) -> Corpus:
    return compendium


@pytest.fixture(scope="session")
def bot(compendium_bot: PolicyBot) -> PolicyBot:
    return compendium_bot


@pytest.fixture(scope="session")
def places(corpus: Corpus) -> Places:
    return places_of(corpus)


@pytest.fixture(scope="session")
def clause_with(corpus: Corpus) -> ClauseWith:
    """The first clause that holds the words."""

    def find(words: str) -> Clause:
        return next(clause for clause in corpus.clauses if words in clause.text)

    return find


@pytest.fixture(scope="session")
def invented(clause_with: ClauseWith) -> ClauseWith:
    """A clause of the city's talent policy with other words: its figures are theirs, it has no rows and no offices."""
    pattern = clause_with("分别给予200万元、150万元、100万元、50万元人才培养资助")

    def with_words(text: str) -> Clause:
        pieces = (Span(pattern.span.start, pattern.span.start + len(text)),)
        return replace(pattern, text=text, pieces=pieces, figures=find_figures(text), benefits=(), departments=())

    return with_words


@pytest.fixture(scope="session")
def weights(corpus: Corpus) -> TermWeights:
    """The weights of terms by the clauses of the compendium."""
    return TermWeights.of(clause.text for clause in corpus.clauses)


@pytest.fixture
def answer_from(corpus: Corpus, places: Places, weights: TermWeights) -> AnswerFrom:
    """Reads the turns and composes from the given clauses as if search had found them in this order."""

    def compose_from(turns: Sequence[str], clauses: Sequence[Clause]) -> tuple[Reading, Draft]:
        reading = read_question(Question(tuple(turns), AS_OF), places, 20)
        hits = [Hit(clause, rank, 1.0 - 0.1 * rank, {}, None) for rank, clause in enumerate(clauses, start=1)]
        wanted = query_terms(reading, weights, ())
        candidates = find_candidates(reading, hits, wanted, lambda _clause, _spans: ())
        return reading, compose(reading, candidates, wanted, corpus)

    return compose_from
