"""Features of questions, kept below the home of the index: measuring again asks nothing again while code and texts stay."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

from eval.cases.cases import Case, row_from_case
from eval.scope.collecting import Scoped
from ingest.errors import EvaluationUnusable

FOLDER = "scope"
DIGITS = 16
PROJECT = Path(__file__).parents[2]
DECIDED_BY = ("ingest", "index", "bot", "eval/scope")  # what a feature depends on, besides texts and model


def kept_or_made(home: Path, name: str, about: Sequence[object], make: Callable[[], Iterable[Scoped]]) -> list[Scoped]:
    """What was kept under ``home`` for the same code and ``about``; made and kept where nothing is.

    Raises EvaluationUnusable when the file cannot be read or written.
    """
    told = json.dumps([code_digest(), *map(str, about)], ensure_ascii=False)
    path = home / FOLDER / f"{name}-{hashlib.sha256(told.encode()).hexdigest()[:DIGITS]}.json"
    try:
        if path.is_file():
            return [Scoped(**row) for row in json.loads(path.read_text("utf-8"))]
        made = list(make())
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps([asdict(item) for item in made], ensure_ascii=False), encoding="utf-8")
        aside.replace(path)
    except (OSError, ValueError, TypeError) as error:
        raise EvaluationUnusable("eval.cache_cannot_be_used", path=path, reason=error) from error
    return made


def cases_digest(cases: Iterable[Case]) -> str:
    """Of all that is known of the questions."""
    rows = "\n".join(json.dumps(row_from_case(case), ensure_ascii=False, sort_keys=True) for case in cases)
    return hashlib.sha256(rows.encode()).hexdigest()


@cache
def code_digest() -> str:
    """Of the source and the words that decide what a feature is."""
    digest = hashlib.sha256()
    for floor in DECIDED_BY:
        for path in sorted((PROJECT / floor).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.relative_to(PROJECT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
