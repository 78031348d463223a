"""The forms by name, written into a folder of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.cases.joined_sets import load_together
from eval.exports.beir import write_beir
from eval.exports.judged import Writer, judged
from eval.exports.promptfoo import write_promptfoo
from eval.exports.ragas import write_ragas
from eval.exports.trec import write_trec
from eval.runs.run_folder import read_run
from eval.scoring.scoring import Yardstick
from ingest.errors import EvaluationUnusable
from ingest.types import Corpus

FORMS: Mapping[str, Writer] = {
    "beir": write_beir,
    "trec": write_trec,
    "ragas": write_ragas,
    "promptfoo": write_promptfoo,
}
OF_A_RUN = frozenset({"trec", "ragas"})
"""Forms that tell of what was found and answered."""


def export_sets(form: str, sets: Sequence[Path], corpus: Corpus, run: Path | None, folder: Path | None) -> list[Path]:
    """Write question sets in one of FORMS into ``folder``, with what ``run`` found and answered; returns the files.

    Raises EvaluationUnusable when there is no folder, or it cannot be written, and for a run that is missing where the form
    tells of one, or of other questions.
    """
    if folder is None:
        raise EvaluationUnusable("eval.export_needs_folder", form=form)
    if form in OF_A_RUN and run is None:
        raise EvaluationUnusable("eval.export_needs_run")
    stick = Yardstick(corpus)
    questions = judged(load_together(sets), stick, None if run is None else read_run(run).results)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return FORMS[form](questions, stick, folder)
    except OSError as error:
        raise EvaluationUnusable("eval.run_cannot_be_written", folder=folder, reason=error.strerror) from error
