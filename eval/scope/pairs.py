"""Pairs of questions on other texts: one that a document answers, and one that only a neighbour in it seems to answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from eval.cases.cases import Case, Evidence
from ingest.errors import EvaluationUnusable

NEAR_MISS = "unanswerable:near-miss"


@dataclass(frozen=True, slots=True)
class Pairs:
    """The questions of one file of pairs, and the documents that they are about."""

    name: str
    cases: tuple[Case, ...]
    documents: tuple[Path, ...]


def load_pairs(documents: Path, file: Path) -> Pairs:
    """The questions of ``file``, a JSON object a line: ``doc`` (below ``documents``), ``q``, ``kind``, ``quote`` or ``near``.

    Raises EvaluationUnusable when a line cannot be read or a document is missing.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationUnusable("eval.pairs_unusable", path=file, number=0, reason=error) from error
    cases: list[Case] = []
    paths: dict[Path, None] = {}
    for number, line in enumerate(lines, 1):
        try:
            row = cast("Mapping[str, str | None]", json.loads(line))
            case, path = _case(row, f"{file.stem}/{number}"), documents / str(row["doc"])
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluationUnusable("eval.pairs_unusable", path=file, number=number, reason=error) from error
        if not path.is_file():
            raise EvaluationUnusable("eval.pairs_unusable", path=file, number=number, reason=f"no file {row['doc']}")
        cases.append(case)
        paths[path] = None
    return Pairs(file.stem, tuple(cases), tuple(paths))


def _case(row: Mapping[str, str | None], identity: str) -> Case:
    answerable = row["kind"] == "answerable"
    quote = row["quote"] if answerable else row["near"]
    return Case(
        identity,
        (str(row["q"]),),
        kind="single" if answerable else NEAR_MISS,
        evidence=(Evidence(str(quote)),),
    )


def lay_out(pairs: Pairs, folder: Path) -> None:
    """Copy the documents into ``folder``, each under a number of its own: two folders may hold files of one name."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(pairs.documents, 1):
        shutil.copyfile(path, folder / f"{number:03}-{path.name}")
