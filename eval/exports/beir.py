"""BEIR: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv`` (Thakur et al., NeurIPS Datasets 2021)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.exports.judged import Judged, write_lines, write_text
from eval.scoring.scoring import Yardstick

PATH_JOINT = " › "


def write_beir(questions: Sequence[Judged], stick: Yardstick, folder: Path) -> list[Path]:
    """Every clause of the corpus as a document, titled by its document and headings; questions without evidence left out."""
    asked = [one for one in questions if one.relevant]
    corpus = stick.corpus
    documents = (
        {
            "_id": clause.id,
            "title": PATH_JOINT.join((corpus.document_of(clause).title, *clause.path)),
            "text": clause.text,
        }
        for clause in corpus.clauses
    )
    (folder / "qrels").mkdir(exist_ok=True)
    rows = [f"{one.case.id}\t{clause}\t{gain}\n" for one in asked for clause, gain in one.relevant.items()]
    return [
        write_lines(folder / "corpus.jsonl", documents),
        write_lines(folder / "queries.jsonl", ({"_id": one.case.id, "text": one.asked} for one in asked)),
        write_text(folder / "qrels" / "test.tsv", "".join(("query-id\tcorpus-id\tscore\n", *rows))),
    ]
