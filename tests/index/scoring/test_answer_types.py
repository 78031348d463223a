"""What sort of thing is asked for, and which clauses of the compendium say such a thing."""

from __future__ import annotations

import pytest

from index.scoring.answer_types import Sort, sorts_asked, sorts_said
from index.store.store import ClauseIndex
from ingest.types import Clause, Role


@pytest.mark.parametrize(
    ("question", "sorts"),
    [
        ("高企首次认定奖多少钱", Sort.AMOUNT),
        ("企业所得税减按什么税率", Sort.AMOUNT),
        ("病殘津貼從什麼時候開始發", Sort.TIME),
        ("负面清单由谁负责解释", Sort.OFFICE),
        ("全国技术能手在市里的目录算第几类", Sort.CLASS),
        ("首次认定的高企奖多少，归哪个部门管", Sort.AMOUNT | Sort.OFFICE),
        ("How much is the relocation allowance, and until when?", Sort.AMOUNT | Sort.TIME),
        ("Which department handles complaints?", Sort.OFFICE),
        ("Which talent class am I in?", Sort.CLASS),
        ("外籍员工的子女怎么入学", Sort.NOTHING),
        ("", Sort.NOTHING),
    ],
)
def test_the_sorts_a_question_asks_for(question: str, sorts: Sort) -> None:
    assert sorts_asked(question) == sorts


def clause_with(compendium_index: ClauseIndex, words: str) -> Clause:
    return next(clause for clause in compendium_index.shelf.clauses if words in clause.text)


@pytest.mark.parametrize(
    ("words", "said", "not_said"),
    [
        ("减按15%的税率征收企业所得税", Sort.AMOUNT | Sort.TIME, Sort.CLASS),
        ("由国家发展改革委、商务部会同有关部门负责解释", Sort.OFFICE, Sort.AMOUNT | Sort.CLASS),
        ("国家最高科学技术奖获得者", Sort.CLASS, Sort.AMOUNT | Sort.OFFICE | Sort.TIME),
        ("境外投资者不得作为个体工商户", Sort.NOTHING, Sort.AMOUNT | Sort.OFFICE | Sort.TIME | Sort.CLASS),
    ],
)
def test_the_sorts_a_clause_says(compendium_index: ClauseIndex, words: str, said: Sort, not_said: Sort) -> None:
    sorts = sorts_said(clause_with(compendium_index, words))
    assert sorts & said == said
    assert not sorts & not_said


def test_every_entry_of_a_catalogue_says_a_class(compendium_index: ClauseIndex) -> None:
    entries = [clause for clause in compendium_index.shelf.clauses if clause.role is Role.CATALOGUE]
    assert len(entries) > 100
    assert all(Sort.CLASS in sorts_said(clause) for clause in entries)
