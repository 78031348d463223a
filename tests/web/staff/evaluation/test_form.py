"""What a run is asked to be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from starlette.datastructures import FormData

from eval.cases.case_files import load_cases
from eval.sets.question_sets import PACKAGED
from web.staff.evaluation.form import NotUnderstood, read_run_form

TODAY = date(2026, 11, 22)


def form(*fields: tuple[str, str]) -> FormData:
    return FormData([("set", "dev"), *fields])


def test_a_set_is_asked_whole_today_with_answers(tmp_path: Path) -> None:
    wanted = read_run_form(form(), tmp_path, TODAY)
    assert [one.name for one in wanted.sets] == ["dev"]
    assert wanted.cases == load_cases([PACKAGED / "dev.jsonl"])
    assert (wanted.plan.as_of, wanted.plan.retrieval_only, wanted.plan.workers) == (TODAY, False, 1)
    assert not wanted.ask_anew


def test_several_sets_another_day_and_search_alone(tmp_path: Path) -> None:
    given = form(
        ("set", "answer_fresh"), ("as_of", "2025-01-31"), ("limit", "3"), ("mode", "search"), ("ask_anew", "1")
    )
    wanted = read_run_form(given, tmp_path, TODAY)
    assert [one.name for one in wanted.sets] == ["answer_fresh", "dev"]
    assert len(wanted.cases) == 3
    assert (wanted.plan.as_of, wanted.plan.retrieval_only, wanted.ask_anew) == (date(2025, 1, 31), True, True)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (FormData(), "choose_a_set"),
        (FormData([("set", "../../etc/passwd")]), "choose_a_set"),
        (form(("limit", "0")), "limit_not_understood"),
        (form(("limit", "-1")), "limit_not_understood"),
        (form(("limit", "٣")), "limit_not_understood"),
        (form(("limit", "9" * 5000)), "limit_not_understood"),
        (form(("as_of", "22.11.2026")), "day_not_understood"),
    ],
)
def test_what_is_not_understood_is_named(given: FormData, word: str, tmp_path: Path) -> None:
    with pytest.raises(NotUnderstood, match=word):
        read_run_form(given, tmp_path, TODAY)
