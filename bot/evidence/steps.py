"""Steps of one rule (达到500万美元的，…；达到2000万美元的，…) and items of one list by size: which of them a quantity asked about is in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from bot.evidence.candidates import Candidate
from bot.understand.reading import Reading, asks_several
from ingest.facts.figures import find_figures
from ingest.types import Bound, Figure

FEWEST_STEPS = 2
_CONDITION_ENDS = re.compile(r"[，；。]")
_BELOW = re.compile(r"(?:不足|不满|低于|小于|不超过)\s*$")
_LOOKED_BACK = 4  # characters


def without_other_steps(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without the steps of a rule that a quantity of the question lies outside of.

    All where the question names no such quantity, or sets several things side by side.
    """
    quantities = [figure for figure in find_figures(reading.last) if figure.upper is None and figure.unit]
    if not quantities or asks_several(reading):
        return list(candidates)
    dropped: list[Candidate] = []
    for steps in _rules(candidates):
        for quantity in quantities:
            sized = [(step, figures) for step in steps if (figures := _sizes(step, quantity.unit))]
            right = _right_steps(sized, quantity.value)
            if len(sized) >= FEWEST_STEPS and right:
                dropped += [step for step, _ in sized if step not in right]
                break
    return [candidate for candidate in candidates if candidate not in dropped]


def _rules(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """The candidates that stand under the same words; the first of several steps holds these words itself."""
    groups: defaultdict[tuple[str, int, int], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.lead is not None:
            groups[candidate.clause.id, candidate.lead.start, candidate.lead.end].append(candidate)
    for (clause, _, end), steps in groups.items():
        lead = steps[0].lead
        steps += [
            c
            for c in candidates
            if lead is not None and c.clause.id == clause and c.lead is None and c.span.start < end < c.span.end
            if c.span.end <= min(step.span.start for step in steps)
        ]
    return list(groups.values())


def _sizes(step: Candidate, unit: str) -> list[Figure]:
    """The figures of that unit in the condition of a step: what stands before its first comma behind the shared words."""
    text = step.clause.text
    begin = _begin_of_condition(step)
    end = _CONDITION_ENDS.search(text, begin, step.span.end)
    until = end.start() if end else step.span.end
    return [figure for figure in step.figures if begin <= figure.span.start < until and figure.unit == unit]


def _begin_of_condition(step: Candidate) -> int:
    """Of the first step, which begins with the words that all share, its last phrase before the first figure."""
    first = min((figure.span.start for figure in step.figures), default=step.span.start)
    if step.lead is not None:
        return step.span.start
    return max(step.span.start, step.clause.text.rfind("，", step.span.start, first) + 1)


def _right_steps(sized: Sequence[tuple[Candidate, Sequence[Figure]]], value: Decimal) -> list[Candidate]:
    """The steps that hold the value; of several that only begin somewhere the highest."""
    holding = [(step, figures) for step, figures in sized if all(_holds(step, figure, value) for figure in figures)]
    floors = [figures[0].value for step, figures in holding if _is_floor(step, figures)]
    highest = max(floors, default=None)
    return [step for step, figures in holding if not _is_floor(step, figures) or figures[0].value == highest]


def _is_floor(step: Candidate, figures: Sequence[Figure]) -> bool:
    return len(figures) == 1 and figures[0].upper is None and not _is_ceiling(step, figures[0])


def _holds(step: Candidate, figure: Figure, value: Decimal) -> bool:
    if figure.upper is not None:
        return figure.value <= value <= figure.upper
    return value <= figure.value if _is_ceiling(step, figure) else value >= figure.value


def _is_ceiling(step: Candidate, figure: Figure) -> bool:
    before = step.clause.text[max(0, figure.span.start - _LOOKED_BACK) : figure.span.start]
    return figure.bound is Bound.AT_MOST or _BELOW.search(before) is not None
