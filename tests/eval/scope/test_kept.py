from __future__ import annotations

from pathlib import Path

import pytest

from eval.scope.collecting import WITHIN, Scoped
from eval.scope.kept import kept_or_made
from ingest.errors import EvaluationUnusable

ONE = Scoped("s", "1", "single", WITHIN, "q", {"near_best": 0.5}, {"grade.contradicted": 1.0}, 0.0, True)


def test_what_was_kept_is_not_made_again_and_what_changed_is(tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> list[Scoped]:
        made.append("")
        return [ONE]

    for about, times in (("corpus a", 1), ("corpus a", 1), ("corpus b", 2), ("corpus a", 2)):
        assert kept_or_made(tmp_path, "sets", [about], make) == [ONE]
        assert len(made) == times


def test_a_file_that_is_none_of_ours_is_one_sentence(tmp_path: Path) -> None:
    kept_or_made(tmp_path, "sets", ["a"], lambda: [ONE])
    next((tmp_path / "scope").iterdir()).write_text("{", encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match="remove it"):
        kept_or_made(tmp_path, "sets", ["a"], lambda: [ONE])
