"""TREC: ``qrels.txt`` and ``run.txt``, as trec_eval and ir_measures read them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.exports.judged import Judged, with_run, write_text
from eval.scoring.scoring import Yardstick

TAG = "policyqa"


def write_trec(questions: Sequence[Judged], stick: Yardstick, folder: Path) -> list[Path]:
    """``qid 0 clause gain`` and ``qid Q0 clause rank score tag``; the score is 1 ÷ rank, because those tools sort by it.

    Questions without evidence are left out of both. Raises EvaluationUnusable without a run.
    """
    del stick
    asked = [(one, result) for one, result in with_run(questions) if one.relevant]
    gains = [f"{one.case.id} 0 {clause} {gain}\n" for one, _ in asked for clause, gain in one.relevant.items()]
    found = [
        f"{one.case.id} Q0 {hit.clause_id} {rank} {1 / rank:.6f} {TAG}\n"
        for one, result in asked
        for rank, hit in enumerate(result.retrieved, 1)
    ]
    return [write_text(folder / "qrels.txt", "".join(gains)), write_text(folder / "run.txt", "".join(found))]
