"""The difference of two printed amounts: both stand in the clauses cited, only the difference is ours, worked out once more."""

from __future__ import annotations

from collections.abc import Mapping

from bot.types import AnswerSentence, CheckedFigure, DerivedFigure, Operation
from bot.verify.arithmetic import money_words
from bot.verify.grounding import check_sentence
from ingest.facts.figures import same_figure
from ingest.types import Clause, Figure


def grounded_difference(
    text: str, greater: Figure, less: Figure, sources: Mapping[int, Clause]
) -> AnswerSentence | None:
    """The sentence that says ``greater`` less ``less``, or None when an amount or anything else in it does not stand.

    ``sources`` are the clauses that print the two, by their numbers in the answer.
    """
    places = [_place(figure, sources) for figure in (greater, less)]
    difference = money_words(greater.value - less.value)
    words = (greater.text, less.text, difference)
    if greater.value <= less.value or any(one not in text for one in words):
        return None
    rest = text
    for one in sorted(words, key=len, reverse=True):
        rest = rest.replace(one, " ", 1)
    if not check_sentence(rest, tuple(sources), sources).stands:
        return None
    first, second = places
    if first is None or second is None:
        return None
    derived = DerivedFigure(difference, greater.text, second, Operation.LESS)
    return AnswerSentence(text, tuple(sources), (first, second), derived)


def _place(figure: Figure, sources: Mapping[int, Clause]) -> CheckedFigure | None:
    for clause in sources.values():
        printed = next((one for one in clause.figures if same_figure(one, figure)), None)
        if printed is not None:
            return CheckedFigure(figure.text, clause.id, clause.in_source(printed.span))
    return None
