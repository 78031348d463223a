"""Whether an answer is right, as one word: what a person who knows the answer would say of it."""

from __future__ import annotations

from bot.output.json_form import answer_json
from bot.types import Answer
from eval.cases.cases import Case
from eval.scoring.metrics import answer_right, forbidden_said
from eval.scoring.results import Given, result_from_row


def given_of(answer: Answer) -> Given:
    """An answer as it is scored."""
    given = result_from_row({"id": "", "retrieved": [], "answer": answer_json(answer)}).given
    assert given is not None
    return given


def is_right(case: Case, given: Given | None) -> bool | None:
    """Whether every point is said and nothing forbidden, or what is to be declined was; None when nothing is known.

    ``given`` is None for a question that crashed, which is never right.
    """
    if case.answerable and not case.answer:
        return None
    if given is None:
        return False
    if not case.answerable:
        return given.declined
    return answer_right(case, given) is True and not forbidden_said(case, given)
