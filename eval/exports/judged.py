"""Questions with the clauses that prove each: what every export is written from."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.cases.cases import Case
from eval.scoring.results import Result
from eval.scoring.scoring import Yardstick
from ingest.errors import EvaluationUnusable


@dataclass(frozen=True, slots=True)
class Judged:
    """One question: ``relevant`` clause ids with the number of evidence quotes that each holds, and its result in a run."""

    case: Case
    relevant: Mapping[str, int]
    result: Result | None = None

    @property
    def asked(self) -> str:
        """All turns in order, a line each, the last written as often as it was asked."""
        *earlier, last = self.case.turns
        return "\n".join((*earlier, last * self.case.repeat))


Writer = Callable[[Sequence[Judged], Yardstick, Path], list[Path]]
"""Writes the files of one form into a folder, and names them."""


def judged(cases: Iterable[Case], stick: Yardstick, results: Mapping[str, Result] | None = None) -> list[Judged]:
    """Every question with its clauses; ``results`` are those of a run of the same questions.

    Raises EvaluationUnusable for a question that the run did not ask.
    """
    found: list[Judged] = []
    for case in cases:
        if results is not None and case.id not in results:
            raise EvaluationUnusable("eval.run_of_other_questions", id=case.id)
        held = [clause for holders in stick.holders(case) for clause in holders]
        relevant = {clause: held.count(clause) for clause in sorted(set(held))}
        found.append(Judged(case, relevant, None if results is None else results[case.id]))
    return found


def with_run(questions: Sequence[Judged]) -> list[tuple[Judged, Result]]:
    """Each with its result. Raises EvaluationUnusable where no run was given."""
    paired = [(one, one.result) for one in questions if one.result is not None]
    if len(paired) < len(questions):
        raise EvaluationUnusable("eval.export_needs_run")
    return paired


def write_text(path: Path, text: str) -> Path:
    """Write aside, then switch, so that a reader never sees half a file."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """JSON, an object a line."""
    return write_text(path, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))
