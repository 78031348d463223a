"""The form that starts a run: which questions, as of which day, and what is measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.datastructures import FormData

from eval.cases.cases import Case
from eval.cases.joined_sets import load_together
from eval.runs.run import Plan
from eval.sets.question_sets import QuestionSet, question_sets
from web.staff.shell.days import day_of

WORKERS = 1
"""Questions at a time: investors ask the same bot on the same machine meanwhile."""

LONGEST_NUMBER = 9  # digits; a set holds far fewer questions


class NotUnderstood(ValueError):
    """A field of the form; the message is a word of the page."""


@dataclass(frozen=True, slots=True)
class WantedRun:
    """A run somebody asked for."""

    sets: tuple[QuestionSet, ...]
    cases: tuple[Case, ...]
    plan: Plan
    ask_anew: bool


def read_run_form(form: FormData, home: Path, today: date) -> WantedRun:
    """The run that was asked for. Raises NotUnderstood for a field, EvaluationUnusable for a set at fault."""
    names = {str(name) for name in form.getlist("set")}
    sets = tuple(one for one in question_sets(home) if one.name in names)
    if not sets:
        raise NotUnderstood("choose_a_set")
    limit = _limit(str(form.get("limit", "")).strip())
    plan = Plan(_day(str(form.get("as_of", "")), today), retrieval_only=form.get("mode") == "search", workers=WORKERS)
    return WantedRun(sets, load_together(one.path for one in sets)[:limit], plan, bool(form.get("ask_anew")))


def _limit(given: str) -> int | None:
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER and int(given)):
        raise NotUnderstood("limit_not_understood")
    return int(given)


def _day(given: str, today: date) -> date:
    day = day_of(given) if given.strip() else today
    if day is None:
        raise NotUnderstood("day_not_understood")
    return day
