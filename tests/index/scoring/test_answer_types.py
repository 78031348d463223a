"""Which clauses of the compendium say what is asked for."""

from __future__ import annotations

import pytest

from index.scoring.answer_types import types_said
from index.store.store import ClauseIndex
from index.text.question_types import QuestionType
from ingest.types import Clause, Role

AMOUNT, WHEN, OFFICE, CLASS = QuestionType.AMOUNT, QuestionType.WHEN, QuestionType.OFFICE, QuestionType.CLASS


def clause_with(compendium_index: ClauseIndex, words: str) -> Clause:
    return next(clause for clause in compendium_index.shelf.clauses if words in clause.text)


@pytest.mark.parametrize(
    ("words", "said", "not_said"),
    [
        ("减按15%的税率征收企业所得税", {AMOUNT, WHEN}, {CLASS}),
        ("由国家发展改革委、商务部会同有关部门负责解释", {OFFICE}, {AMOUNT, CLASS}),
        ("国家最高科学技术奖获得者", {CLASS}, {AMOUNT, OFFICE, WHEN}),
        ("境外投资者不得作为个体工商户", set(), {AMOUNT, OFFICE, WHEN, CLASS}),
    ],
)
def test_what_a_clause_says(
    compendium_index: ClauseIndex, words: str, said: set[QuestionType], not_said: set[QuestionType]
) -> None:
    types = types_said(clause_with(compendium_index, words))
    assert types >= said
    assert not types & not_said


def test_every_entry_of_a_catalogue_says_a_class(compendium_index: ClauseIndex) -> None:
    entries = [clause for clause in compendium_index.shelf.clauses if clause.role is Role.CATALOGUE]
    assert len(entries) > 100
    assert all(CLASS in types_said(clause) for clause in entries)
