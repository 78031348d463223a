"""Which sentences make an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.choice import choose
from bot.evidence import find_candidates, wanted_words
from bot.likeness import TermWeights
from bot.places import Places
from bot.question import read_question
from bot.types import Question
from index.types import Hit
from ingest.types import Clause, Corpus

ClauseWith = Callable[[str], Clause]
ASKED = "鼓励类产业企业的所得税税率延续到哪年，还有效吗"


@pytest.mark.parametrize(
    ("score", "documents"),
    [
        (4.5, 1),  # clearly below the rule asked about: the end of another rule only misleads
        (4.9, 2),  # as good: perhaps it is the one that is meant
    ],
)
def test_the_term_of_another_document_is_left_out(
    score: float, documents: int, corpus: Corpus, places: Places, clause_with: ClauseWith
) -> None:
    reading = read_question(Question((ASKED,), date(2026, 11, 22)), places, 20)
    wanted = wanted_words(reading, TermWeights.of(clause.text for clause in corpus.clauses), ())
    clauses = [clause_with("减按15%的税率"), clause_with("阶段性降低失业保险费率至1%")]
    hits = [Hit(clause, rank, 1.0, {}, None) for rank, clause in enumerate(clauses, start=1)]
    found = find_candidates(reading, hits, wanted, lambda _clause, _spans: ())
    terms = [next(c for c in found if c.clause is clause and c.statement is not None) for clause in clauses]
    lead, other = replace(terms[0], score=5.0), replace(terms[1], score=score)
    assert len({c.clause.document for c in choose(reading, [lead, other], wanted)}) == documents
