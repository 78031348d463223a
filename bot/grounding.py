"""Whether a sentence of an answer may stand: its citations exist and every figure in it is printed in a cited clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.types import AnswerSentence, CheckedFigure
from ingest.facts.figures import find_figures, same_figure
from ingest.types import Clause, Figure

# Characters on either side that are compared when a clause prints the same figure more than once.
CONTEXT_CHARS = 12


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked. The sentence may stand when nothing is missing."""

    figures: tuple[CheckedFigure, ...]
    missing_citations: tuple[int, ...]
    missing_figures: tuple[str, ...]

    @property
    def stands(self) -> bool:
        return not self.missing_citations and not self.missing_figures


def check_sentence(text: str, citations: Sequence[int], cited: Mapping[int, Clause]) -> Verdict:
    """Match every figure of ``text`` to a figure of the clauses it cites.

    ``cited`` holds the clause of every citation number of the answer. A sentence without citations may stand only
    without figures.
    """
    clauses = [cited[n] for n in citations if n in cited]
    found: list[CheckedFigure] = []
    missing: list[str] = []
    for figure in find_figures(text):
        checked = _locate(text, figure, clauses)
        if checked is None:
            missing.append(figure.text)
        else:
            found.append(checked)
    return Verdict(tuple(found), tuple(n for n in citations if n not in cited), tuple(missing))


def grounded(text: str, citations: Sequence[int], cited: Mapping[int, Clause]) -> AnswerSentence | None:
    """The sentence with its figures and their places in the source, or None when it must be withheld."""
    verdict = check_sentence(text, citations, cited)
    if not verdict.stands:
        return None
    return AnswerSentence(text, tuple(citations), verdict.figures)


def _locate(text: str, figure: Figure, clauses: Sequence[Clause]) -> CheckedFigure | None:
    """The place of ``figure`` in the clauses: the equal one whose surroundings are most alike."""
    matches = [
        (_likeness(text, figure, clause.text, printed), clause, printed)
        for clause in clauses
        for printed in clause.figures
        if same_figure(printed, figure)
    ]
    if not matches:
        return None
    # max keeps the first of equals: the citation named first, the figure printed first.
    _, clause, printed = max(matches, key=lambda match: match[0])
    return CheckedFigure(figure.text, clause.id, clause.in_source(printed.span))


def _likeness(text: str, figure: Figure, source: str, printed: Figure) -> int:
    """Characters before and after the figure that agree, looking outwards until the first that differs."""
    before = _agreeing(reversed(text[: figure.span.start]), reversed(source[: printed.span.start]))
    after = _agreeing(text[figure.span.end :], source[printed.span.end :])
    return before + after


def _agreeing(a: Iterable[str], b: Iterable[str]) -> int:
    count = 0
    for left, right in zip(a, b, strict=False):
        if left != right or count == CONTEXT_CHARS:
            break
        count += 1
    return count
