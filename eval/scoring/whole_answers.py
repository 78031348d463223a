"""What is measured of an answer as a whole: its parts, what it says first, and what it holds back."""

from __future__ import annotations

import re

from eval.cases.cases import Case, Points
from eval.scoring.metrics import points_said
from eval.scoring.results import Given, Result
from ingest.facts.figures import find_figures

WITHOUT_CLAUSES = frozenset({"talk", "clarify", "corpus"})
"""Kinds of answers that rest on no clause; nothing is held back in them."""

_YES = re.compile(r"^(?:是|可以|能|符合|有|仍|yes\b)", re.IGNORECASE)
_NO = re.compile(r"^(?:不|否|没有|未|已于|no\b|not\b)", re.IGNORECASE)
_EXPIRED = re.compile(r"已于.{4,20}到期|已到期|已废止|expired", re.IGNORECASE)


def hedged(given: Given) -> bool | None:
    """Whether an answer holds something back: a part not found or only partly, or a sentence that says so."""
    if given.declined:
        return None
    return any(part.status != "answered" for part in given.parts) or any(s.role == "hedge" for s in given.sentences)


def declined_or_said(case: Case, given: Given) -> bool | None:
    """For a question that must be declined: whether it was, or its answer says in words what is not there.

    A premise that is false is said by a verdict of no as well.
    """
    if case.answerable:
        return None
    if given.declined or hedged(given):
        return True
    first = next(iter(given.sentences), None)
    return first is not None and first.role == "verdict" and _NO.search(first.text) is not None


def hedged_falsely(case: Case, given: Given) -> bool | None:
    """For a question that has an answer: whether one was given that holds something back. A declined one holds nothing."""
    return bool(hedged(given)) if case.answerable else None


def uncited(given: Given) -> bool | None:
    """Whether an answer from clauses holds a sentence that rests on no citation."""
    if given.declined or given.kind in WITHOUT_CLAUSES:
        return None
    return any(not sentence.citations for sentence in given.sentences)


def facts_said(case: Case, given: Given) -> float | None:
    """Share of the points said, those left out that only test the wording of yes or no."""
    points = [point for place, point in enumerate(case.answer) if place not in case.polarity_groups]
    if not case.answerable or not points:
        return None
    return 0.0 if given.declined else sum(points_said(points, given.body)) / len(points)


def parts_answered(case: Case, given: Given) -> float | None:
    """Share of the question's parts of which every point is said, wherever the body says it."""
    if not case.answerable or not case.parts:
        return None
    if given.declined:
        return 0.0
    return sum(all(points_said(part, given.body)) for part in case.parts) / len(case.parts)


def turns_answered(case: Case, result: Result) -> float | None:
    """Share of the turns with points of which every point is said in the answer to that turn.

    The last turn counts too; a turn that was declined says nothing.
    """
    points = [(turn, place) for place, turn in enumerate(case.turn_answers[: len(case.turns)]) if turn]
    if not case.answerable or not points or result.given is None:
        return None
    given = (*result.turns, *(None,) * (len(case.turns) - 1 - len(result.turns)), result.given)
    return sum(_says(given[place], turn) for turn, place in points) / len(points)


def _says(given: Given | None, points: Points) -> bool:
    return given is not None and not given.declined and all(points_said(points, given.body))


def verdict_first(case: Case, given: Given) -> bool | None:
    """Whether the first thing said is the verdict that the question wants."""
    if not case.verdict:
        return None
    if given.declined or not given.sentences:
        return case.verdict == "not_found"
    first = given.sentences[0]
    said = (given.parts[0].verdict if given.parts else None) or first.text
    match case.verdict:
        case "yes":
            return _YES.search(said) is not None and _NO.search(said) is None
        case "no":
            return _NO.search(said) is not None
        case "expired":
            return _EXPIRED.search(said) is not None
        case "amount":
            return any("元" in figure.unit or figure.unit == "%" for figure in find_figures(said))
        case "count":
            return first.role == "count"
        case _:
            return any(part.status == "not_found" for part in given.parts)
