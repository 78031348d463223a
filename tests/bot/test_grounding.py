from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.grounding import check_sentence, grounded
from ingest.types import Clause, Corpus

TALENT = "分别给予200万元、150万元、100万元、50万元人才培养资助"


@pytest.fixture
def clause(clause_with: Callable[[str], Clause]) -> Clause:
    return clause_with(TALENT)


@pytest.mark.parametrize(
    "said",
    [
        "给予150万元人才培养资助",
        "给予一百五十万元人才培养资助",  # other notation, same figure
        "a grant of RMB 1.5 million",
        "没有数字的一句话",
    ],
)
def test_printed_figures_stand(said: str, clause: Clause) -> None:
    assert check_sentence(said, (1,), {1: clause}).stands


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("给予155万元人才培养资助", "155万元"),  # made up
        ("给予150元人才培养资助", "150元"),  # another unit
        ("资助占15%", "15%"),
        ("执行至2030年12月31日", "2030年12月31日"),
    ],
)
def test_other_figures_are_withheld(said: str, missing: str, clause: Clause) -> None:
    assert check_sentence(said, (1,), {1: clause}).missing_figures == (missing,)
    assert grounded(said, (1,), {1: clause}) is None


def test_a_citation_that_does_not_exist_withholds_the_sentence(clause: Clause) -> None:
    assert check_sentence("给予150万元", (1, 7), {1: clause}).missing_citations == (7,)
    assert grounded("给予150万元", (1, 7), {1: clause}) is None


def test_a_figure_without_citation_is_withheld(clause: Clause) -> None:
    assert grounded("给予150万元", (), {1: clause}) is None


def test_a_figure_of_an_uncited_clause_does_not_count(clause: Clause, corpus: Corpus) -> None:
    other = next(c for c in corpus.clauses if "参考价格" in c.text)
    assert grounded("参考价格：20-25万元/亩", (1,), {1: clause, 2: other}) is None
    assert grounded("参考价格：20-25万元/亩", (2,), {1: clause, 2: other}) is not None


def test_the_span_opens_at_the_figure_in_the_source(clause: Clause, corpus: Corpus) -> None:
    sentence = grounded(TALENT, (1,), {1: clause})
    assert sentence is not None
    source = corpus.source_by_name[clause.source].text
    assert [figure.span.of(source).replace("\n", "").replace(" ", "") for figure in sentence.figures] == [
        "200万元",
        "150万元",
        "100万元",
        "50万元",
    ]


def test_of_equal_figures_the_one_in_the_same_words_is_meant(
    clause_with: Callable[[str], Clause], corpus: Corpus
) -> None:
    clause = clause_with("未超过2年的，给予1万元一次性创业补贴")
    sentence = grounded("给予个人5万元一次性奖励", (1,), {1: clause})
    assert sentence is not None
    source = corpus.source_by_name[clause.source].text
    assert source[sentence.figures[0].span.start - 4 : sentence.figures[0].span.start].strip().endswith("个人")
