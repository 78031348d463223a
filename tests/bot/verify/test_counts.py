"""A count stands when as many things are there as it says."""

from __future__ import annotations

import pytest

from bot.types import SentenceRole
from bot.verify.counts import counted_sentence, place_of, recounts
from ingest.types import Corpus, Span


def _first(corpus: Corpus, number: int) -> list[str]:
    return [clause.id for clause in corpus.clauses[:number]]


def test_as_many_clauses_as_said_stand(corpus: Corpus) -> None:
    names = _first(corpus, 3)
    sentence = counted_sentence("共3条。", names, (), {}, corpus)
    assert sentence is not None
    assert (sentence.role, sentence.counted, sentence.figures) == (SentenceRole.COUNT, tuple(names), ())
    assert recounts("3 in all.", names, corpus)
    assert recounts("共2份文件。", [document.id for document in corpus.documents[:2]], corpus)


@pytest.mark.parametrize("said", ["共4条。", "共2条。", "三条。", "有3条。"])
def test_another_number_does_not(corpus: Corpus, said: str) -> None:
    assert not recounts(said, _first(corpus, 3), corpus)


def test_a_clause_counted_twice_or_not_there_does_not(corpus: Corpus) -> None:
    first = _first(corpus, 1)
    assert not recounts("共2条。", [*first, *first], corpus)
    assert not recounts("共2条。", [*first, "no-such-clause"], corpus)


def test_words_of_a_clause_are_counted_once_each(corpus: Corpus) -> None:
    clause = next(clause for clause in corpus.clauses if len(clause.text) > 20)
    apart = [place_of(clause, Span(0, 4)), place_of(clause, Span(5, 9))]
    assert recounts("共2项。", apart, corpus)
    assert not recounts("共2项。", [place_of(clause, Span(0, 6)), apart[1]], corpus)  # they overlap
    beyond = len(clause.text)
    assert not recounts("共1项。", [place_of(clause, Span(beyond, beyond + 3))], corpus)


def test_what_else_a_count_says_has_to_be_printed(corpus: Corpus) -> None:
    assert counted_sentence("共3条，最高300万元。", _first(corpus, 3), (), {}, corpus) is None
