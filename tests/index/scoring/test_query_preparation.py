"""A query as the rankers take it."""

import numpy as np
import pytest

from index.rankers.protocol import Shelf, TextEncoder
from index.scoring.query_preparation import EXPANSION_WEIGHT, prepare
from index.store.store import ClauseIndex
from index.types import Query, QueryPart


def test_what_the_glossary_adds_counts_less(shelf: Shelf, encoder: TextEncoder) -> None:
    asked, added = prepare(Query.of("高企奖多少"), shelf, encoder).words
    assert "高企" in asked.tokens
    assert "高新技术企业" in added.tokens
    assert (asked.weight, added.weight) == (1.0, EXPANSION_WEIGHT)


def test_each_part_keeps_its_weight(shelf: Shelf, encoder: TextEncoder) -> None:
    wording = prepare(Query((QueryPart("安家补贴"), QueryPart("旗里的呢", 0.3))), shelf, encoder)
    assert [tokens.weight for tokens in wording.bigrams] == [1.0, EXPANSION_WEIGHT, 0.3, 0.3 * EXPANSION_WEIGHT]


def test_the_vector_has_length_one(shelf: Shelf, encoder: TextEncoder) -> None:
    query = Query((QueryPart("安家补贴"), QueryPart("旗里的呢", 0.3)))
    assert np.isclose(np.linalg.norm(prepare(query, shelf, encoder).vector), 1)


def test_an_english_question_is_also_asked_in_chinese(shelf: Shelf, encoder: TextEncoder) -> None:
    english = prepare(Query.of("What relocation allowance is there?"), shelf, encoder).vector
    alone = encoder.encode_queries(["What relocation allowance is there?"])[0]
    chinese = encoder.encode_queries(["安家补贴"])[0]
    assert english @ chinese > alone @ chinese


def test_a_chinese_question_is_encoded_as_it_is(shelf: Shelf, encoder: TextEncoder) -> None:
    vector = prepare(Query.of("安家补贴多少"), shelf, encoder).vector
    np.testing.assert_allclose(vector, encoder.encode_queries(["安家补贴多少"])[0], rtol=1e-6)


@pytest.mark.parametrize(
    ("question", "stems"),
    [
        ("What allowances apply to 1,500 companies?", ("allowanc", "appli", "1500", "compani")),
        ("病残津贴 illness allowance 怎么领", ("illness", "allowanc")),  # asked in both
        ("申请 AEO 认证有什么好处", None),  # a name, no English
        ("病残津贴多少", None),
    ],
)
def test_what_is_asked_in_english_is_looked_for_in_english(
    english_index: ClauseIndex, encoder: TextEncoder, question: str, stems: tuple[str, ...] | None
) -> None:
    wording = prepare(Query.of(question), english_index.shelf, encoder)
    assert [part.tokens for part in wording.english_words] == ([] if stems is None else [stems])
    assert (wording.english_vector is None) is (stems is None)


def test_without_an_edition_nothing_is_looked_for_in_english(shelf: Shelf, encoder: TextEncoder) -> None:
    wording = prepare(Query.of("What allowances are there?"), shelf, encoder)
    assert (wording.english_words, wording.english_vector) == ((), None)


def test_of_several_turns_those_in_english_are_looked_for_in_english(
    english_index: ClauseIndex, encoder: TextEncoder
) -> None:
    query = Query((QueryPart("allowance by the month"), QueryPart("旗里的呢", 0.3)))
    wording = prepare(query, english_index.shelf, encoder)
    assert [(part.tokens, part.weight) for part in wording.english_words] == [(("allowanc", "month"), 1.0)]
