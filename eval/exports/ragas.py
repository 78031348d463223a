"""Ragas: ``ragas.jsonl``, samples of one turn for ``EvaluationDataset.from_jsonl``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.exports.judged import Judged, with_run, write_lines
from eval.scoring.scoring import Yardstick


def write_ragas(questions: Sequence[Judged], stick: Yardstick, folder: Path) -> list[Path]:
    """What was asked, found, answered, and should have been: the points in their first wording, the evidence as contexts.

    A question without an answer in the run (search alone, a crash) has an empty response. Raises EvaluationUnusable
    without a run.
    """
    del stick
    rows = (
        {
            "user_input": one.asked,
            "retrieved_contexts": [hit.text for hit in result.retrieved],
            "reference_contexts": [item.quote for item in one.case.evidence],
            "response": "" if result.given is None else result.given.body,
            "reference": "；".join(point[0] for point in one.case.answer),
        }
        for one, result in with_run(questions)
    )
    return [write_lines(folder / "ragas.jsonl", rows)]
