"""What staff mark and type becomes a row of a question set, or a sentence says what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from starlette.datastructures import FormData

from bot.pipeline import PolicyBot
from bot.types import Answer, Question
from eval.cases.cases import Evidence
from tests.web.conftest import TODAY
from web.staff.bench.case_form import (
    LONGEST_TEXT,
    CaseFault,
    CaseForm,
    case_of,
    decline_of,
    emptied_of,
    filled_by,
    points_of,
    read_case_form,
)

FILLED = CaseForm(verdict="right", points="30万元|三十万元\n \n首次认定", must_not="50万元\n", note="招商例会")


@pytest.fixture
def question() -> Question:
    return Question(("高企首次认定奖励多少？",), TODAY)


@pytest.fixture
def answer(policy_bot: PolicyBot, question: Question) -> Answer:
    return policy_bot.ask(question)


@pytest.fixture
def award(policy_bot: PolicyBot) -> str:
    return next(clause.id for clause in policy_bot.corpus.clauses if "30万元" in clause.text)


def test_the_marked_clause_and_the_typed_points_become_a_case(
    policy_bot: PolicyBot, question: Question, answer: Answer, award: str
) -> None:
    form = replace(FILLED, quotes={award: "给予30万元奖励"})
    made = case_of(form, "bench-1", question, answer, "王丽", policy_bot.corpus)
    clause = policy_bot.corpus.clause_by_id[award]
    assert made.turns == question.turns
    assert made.evidence == (Evidence("给予30万元奖励", policy_bot.corpus.document_of(clause).title, clause.address),)
    assert made.answer == (("30万元", "三十万元"), ("首次认定",))
    assert (made.must_not, made.kind, made.lang) == (("50万元",), "single", "zh")
    assert "right（王丽） · 招商例会 · 提问日 as of 2026-11-22" in made.note


def test_without_a_quote_all_of_the_clause_is_evidence(
    policy_bot: PolicyBot, question: Question, answer: Answer, award: str
) -> None:
    made = case_of(replace(FILLED, quotes={award: ""}), "x", question, answer, "", policy_bot.corpus)
    assert made.evidence[0].quote == policy_bot.corpus.clause_by_id[award].text


def test_of_a_wrong_answer_the_note_keeps_what_was_said(
    policy_bot: PolicyBot, question: Question, answer: Answer, award: str
) -> None:
    form = replace(FILLED, verdict="wrong", quotes={award: ""})
    assert f"当时 then answered: {answer.body}" in case_of(form, "x", question, answer, "", policy_bot.corpus).note


def test_a_question_to_be_declined_has_no_evidence_and_no_points(
    policy_bot: PolicyBot, answer: Answer, award: str
) -> None:
    form = replace(FILLED, decline="other-place", quotes={award: ""})
    asked = Question(("高企奖励多少？", "包头呢？"), TODAY)
    made = case_of(form, "x", asked, answer, "", policy_bot.corpus)
    assert (made.kind, made.evidence, made.answer) == ("unanswerable:other-place", (), ())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"verdict": ""}, "fault_verdict"),
        ({"verdict": "perhaps"}, "fault_verdict"),
        ({"decline": "boredom"}, "fault_decline"),
        ({"quotes": {}}, "fault_evidence"),
        ({"quotes": None}, "fault_evidence"),
        ({"quotes": {"no-such": ""}}, "fault_gone"),
        ({"points": " \n|\n"}, "fault_points"),
    ],
)
def test_what_is_missing_is_named(
    policy_bot: PolicyBot, question: Question, answer: Answer, award: str, change: dict[str, Any], fault: str
) -> None:
    form = replace(FILLED, **{"quotes": {award: ""}, **change})
    with pytest.raises(CaseFault) as told:
        case_of(form, "x", question, answer, "", policy_bot.corpus)
    assert told.value.key == fault


def test_a_quote_that_does_not_stand_in_its_clause_is_told(
    policy_bot: PolicyBot, question: Question, answer: Answer, award: str
) -> None:
    with pytest.raises(CaseFault) as told:
        case_of(replace(FILLED, quotes={award: "40万元"}), "x", question, answer, "", policy_bot.corpus)
    assert (told.value.key, told.value.about) == ("fault_quote", "40万元")


def test_the_form_is_read_with_every_ticked_clause_and_cut_to_a_bearable_length() -> None:
    ticked = [("evidence", "a"), ("evidence", "b"), ("evidence", "a"), ("quote:a", " 甲 "), ("quote:c", "丙")]
    given = FormData([("verdict", "right"), *ticked, ("points", "点" * 10_000)])
    form = read_case_form(given)
    assert form.quotes == {"a": "甲", "b": ""}
    assert len(form.points) == LONGEST_TEXT


def test_a_case_is_emptied_of_what_the_answer_said_and_of_nothing_typed(answer: Answer, award: str) -> None:
    filled = filled_by(answer, {award: "给予30万元奖励"})
    assert (filled.verdict, filled.points, filled.filled) == ("right", "30万元", True)
    assert emptied_of(filled, filled) == CaseForm(verdict="right", quotes={}, points="")
    typed = replace(filled, quotes={award: "首次认定", "b": ""}, points="30万元\n20万元", note="注", must_not="甲")
    kept = emptied_of(typed, filled)
    assert (kept.quotes, kept.points, kept.note, kept.must_not) == ({award: "首次认定", "b": ""}, "20万元", "注", "甲")


def test_what_is_offered_comes_from_the_answer(policy_bot: PolicyBot, answer: Answer) -> None:
    assert points_of(answer) == ("30万元",)
    assert decline_of(answer) == ""
    elsewhere = policy_bot.ask(Question(("包头市给博士多少补贴？",), TODAY))
    assert (points_of(elsewhere), decline_of(elsewhere)) == ((), "other-place")


def test_a_reason_no_set_knows_is_offered_as_the_nearest_one(policy_bot: PolicyBot) -> None:
    too_long = policy_bot.ask(Question(("问" * 5000,), TODAY))
    assert decline_of(too_long) == "near-miss"
