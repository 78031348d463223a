"""What a second look at the first clauses adds to their scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.rankers.postings import Postings
from index.scoring.query_preparation import prepare
from index.scoring.rescoring import LOOKED_AT, WEIGHTS
from index.search.search import search
from index.store.store import ClauseIndex
from index.types import Filters, Query, QueryPart
from ingest.types import Role


def looked_at(clause_index: ClauseIndex, *turns: str) -> dict[str, dict[str, float]]:
    """By column, the number of each clause."""
    query = Query(tuple(QueryPart(turn) for turn in turns))
    wording = prepare(query, clause_index.shelf, clause_index.encoder)
    columns = clause_index.rescorer.columns(query, wording, range(len(clause_index.shelf.clauses)))
    ids = [clause.id for clause in clause_index.shelf.clauses]
    return {name: dict(zip(ids, column.tolist(), strict=True)) for name, column in columns.items()}


def test_every_column_has_a_weight_and_lies_between_0_and_1(clause_index: ClauseIndex) -> None:
    columns = looked_at(clause_index, "首次认定的高新技术企业奖励多少")
    assert columns.keys() == WEIGHTS.keys()
    assert all(0 <= number <= 1 for column in columns.values() for number in column.values())


def test_a_clause_that_says_all_of_the_question_stands_above_one_that_repeats_a_part(clause_index: ClauseIndex) -> None:
    said = looked_at(clause_index, "劳动能力鉴定结论有效期")["said"]
    assert max(said, key=said.__getitem__) == "d1-3"
    assert said["d1-3"] == 1.0


def test_what_two_sentences_say_together_no_sentence_says_at_once(clause_index: ClauseIndex) -> None:
    # 鉴定结论 and 再次申请 stand in different sentences of the third clause of the first document.
    columns = looked_at(clause_index, "鉴定结论有效期再次申请鉴定")
    query = Query.of("鉴定结论有效期再次申请鉴定")
    wording = prepare(query, clause_index.shelf, clause_index.encoder)
    assert len(clause_index.shelf.sentences[2]) == 2
    assert columns["said"]["d1-3"] == 1.0
    alone = clause_index.rescorer.columns(query, wording, [2])
    assert alone["said"].tolist() == alone["said_at_once"].tolist() == [1.0]  # alone, a clause is the best there is


def test_the_department_counts_only_when_one_is_asked_for(clause_index: ClauseIndex) -> None:
    named = clause_index.shelf.clauses[7]
    assert "责任单位" in named.text
    shelf = clause_index.shelf
    charged = replace(named, text=named.text.replace("责任单位：旗科技局", "由旗科技局负责"))
    clauses = tuple(charged if clause is named else clause for clause in shelf.clauses)
    changed = replace(clause_index, shelf=replace(shelf, clauses=clauses))
    assert looked_at(changed, "高企奖励归哪个部门管")["office"][named.id] == 1.0
    assert looked_at(changed, "高企奖励有多少")["office"][named.id] == 0.0


def test_a_follow_up_asks_for_what_was_asked_before(compendium_index: ClauseIndex) -> None:
    alone = looked_at(compendium_index, "那硕士呢？")
    follow_up = looked_at(compendium_index, "博士的生活补贴是多少 那硕士呢？", "那硕士呢？")
    assert not any(alone["amount"].values())
    assert any(follow_up["amount"].values())


@pytest.mark.parametrize(("question", "lower"), [("院士给多少安家补贴", True), ("院士算哪一类人才", False)])
def test_an_entry_of_a_catalogue_gives_way_unless_a_class_is_asked_for(
    compendium_index: ClauseIndex, question: str, lower: bool
) -> None:
    column = looked_at(compendium_index, question)["rule"]
    entries = {c.id for c in compendium_index.shelf.clauses if c.role is Role.CATALOGUE}
    assert {identity for identity, number in column.items() if number == 0} == (entries if lower else set())


def test_scores_fall_and_filters_hold_after_the_second_look(compendium_index: ClauseIndex) -> None:
    hits = search(compendium_index, Query.of("安家补贴多少", Filters(levels=frozenset({"旗"}))), LOOKED_AT + 10)
    assert len(hits) == LOOKED_AT + 10
    assert {hit.clause.level for hit in hits} == {"旗"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_rarity_is_the_frequency_in_the_scores() -> None:
    postings = Postings.of([["a", "b"], ["a"], ["a", "c"]], "")
    assert postings.rarity("a") == pytest.approx(np.log(1 + 0.5 / 3.5))
    assert postings.rarity("b") == pytest.approx(np.log(1 + 2.5 / 1.5))
    assert postings.rarity("x") == 0.0
