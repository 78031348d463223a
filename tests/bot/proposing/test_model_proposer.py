"""The proposer reads answers that are there; what rules and records say already is left out and counted."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from bot.proposing.answers import Answer
from bot.proposing.model_proposer import MOST_OF_A_CLAUSE, ModelProposer
from bot.proposing.prompts import ClauseAsked
from ingest.entitlements.proposing import LeftOut, proposals
from ingest.entitlements.record_form import record_json
from ingest.entitlements.types import Entitlements
from ingest.types import Corpus
from tests.bot.proposing.conftest import HIGH_TECH, TODAY, Made

NAME = "openai:scripted"


def proposer(clauses: list[ClauseAsked], *records: dict[str, Any]) -> ModelProposer:
    one = next(one for one in clauses if HIGH_TECH in one.clause.text)
    return ModelProposer(NAME, {one.digest(NAME): Answer(NAME, TODAY, records)})


def test_what_stands_is_proposed_beside_what_does_not(corpus: Corpus, clauses: list[ClauseAsked], raw: Made) -> None:
    made = proposer(clauses, raw(), raw(kind="红包"), raw(spans=["无此"]), raw())
    left_out: Counter[str] = Counter()
    (item,) = proposals(made, corpus.documents, corpus.clauses, None, left_out)
    assert item.record.review.model == NAME
    assert item.record.review.proposed_on == TODAY
    assert not item.accepted
    assert made.dropped == {"unknown_kind": 1, "span_does_not_stand": 1, "too_many": 0}
    assert left_out == {LeftOut.REPEATED: 1}


def test_a_record_that_speaks_of_the_words_keeps_its_place(
    corpus: Corpus, clauses: list[ClauseAsked], raw: Made
) -> None:
    known = Entitlements(attached=tuple(proposals(proposer(clauses, raw()), corpus.documents, corpus.clauses)))
    left_out: Counter[str] = Counter()
    other = raw(spans=["给予15万元奖励"], recipient={"who": "person"})
    assert not list(proposals(proposer(clauses, other), corpus.documents, corpus.clauses, known, left_out))
    assert left_out == {LeftOut.SPOKEN_OF: 1}


def test_what_the_rules_propose_to_the_letter_is_no_addition(corpus: Corpus, clauses: list[ClauseAsked]) -> None:
    (suggested,) = next(one for one in clauses if HIGH_TECH in one.clause.text).suggested
    same = {key: value for key, value in record_json(suggested).items() if key not in ("id", "same_as", "review")}
    made = proposer(clauses, {**same, "title": "高新技术企业奖励"})
    assert not list(made.propose(corpus.documents[0], corpus.clauses))
    assert made.dropped["as_rules_propose"] == 1


def test_no_clause_fills_the_table(corpus: Corpus, clauses: list[ClauseAsked], raw: Made) -> None:
    made = proposer(clauses, *[raw(title=f"高新技术企业{n}") for n in range(MOST_OF_A_CLAUSE + 3)])
    list(made.propose(corpus.documents[0], corpus.clauses))
    assert made.dropped["too_many"] == 3


@pytest.mark.parametrize("answers", [{}, {"0" * 64: Answer(NAME, TODAY, ({"kind": "奖励"},))}])
def test_without_an_answer_nothing_is_proposed(corpus: Corpus, answers: dict[str, Answer]) -> None:
    assert not list(ModelProposer(NAME, answers).propose(corpus.documents[0], corpus.clauses))
