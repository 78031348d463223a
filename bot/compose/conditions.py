"""What somebody who tells of his own case still has to check: the conditions that the quoted sentences print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.facts.figures import find_figures, same_figure
from ingest.types import Clause, Span
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.wordings import either

MOST_CONDITIONS = 4  # of one answer; the clause itself has the rest
_LONGEST = 40  # characters of one condition
_PART = re.compile(r"[^，,。；;：（）()]+")
_CONDITION = re.compile(either(question_words().said.conditions))
_GIVES = frozenset({"元", "美元", "%", "倍"})


def open_conditions(asked: str, quoted: Sequence[tuple[Clause, Sequence[Span]]]) -> list[str]:
    """Parts of the quoted sentences that give something, which state a condition, as printed, in their order.

    Left out is one whose figures all stand in ``asked`` (simplified): that much the person has told.
    """
    told = find_figures(asked)
    found: list[str] = []
    for clause, spans in quoted:
        for span in spans:
            if not any(span.contains(f.span) and f.unit.partition("/")[0] in _GIVES for f in clause.figures):
                continue
            for part in _PART.finditer(span.of(clause.text)):
                words = part[0].strip(" —“”")
                if len(words) > _LONGEST or not _CONDITION.search(words):
                    continue
                figures = find_figures(words)
                gives = any(figure.unit.partition("/")[0] in _GIVES for figure in figures)
                met = bool(figures) and all(any(same_figure(figure, other) for other in told) for figure in figures)
                if not (gives or met or words in found):
                    found.append(words)
    return found[:MOST_CONDITIONS]
