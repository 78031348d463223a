from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.cases.case_files import load_cases
from eval.runs.conditions import conditions_of, differences
from eval.runs.run import run
from eval.runs.run_folder import RunFolder, read_run, record_end
from eval.studies.baseline import write_baseline
from eval.studies.compare import compare, comparison_text, read_compared, read_thresholds


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"as_of": "2026-12-01"}, "day of asking 2026-11-22 → 2026-12-01"),
        ({"cases_sha256": "9" * 64}, "questions 111111111111 → 999999999999"),
        ({"corpus": "d" * 64}, "corpus cccccccccccc → dddddddddddd"),
        ({"index": {"model": "large"}}, "embedding model pairs → large"),
        ({"settings": {"chat_model": "openai:m"}}, "language model none → openai:m"),
        ({"settings": {"chat_model": "", "reranker": "/srv/models/bge"}}, "reranker none → bge"),
    ],
)
def test_what_differs_is_told(change: dict[str, object], told: str, about: dict[str, object]) -> None:
    before = {**about, "settings": {"chat_model": "", "reranker": ""}}
    assert [one.words for one in differences(conditions_of(before), conditions_of({**before, **change}))] == [told]
    assert differences(conditions_of(before), conditions_of(before)) == ()


def test_what_one_side_does_not_know_is_no_difference(about: dict[str, object]) -> None:
    assert differences({"as_of": "2026-11-22"}, conditions_of(about)) == ()


def test_a_comparison_warns(small_bot, question_set, plan, about: dict[str, object], tmp_path: Path) -> None:
    cases = load_cases([question_set()])
    for name, day in (("a", "2026-11-22"), ("b", "2026-12-01")):
        run(RunFolder(tmp_path / name), cases, small_bot, plan, {**about, "as_of": day})
        record_end(RunFolder(tmp_path / name), 1.0)
    write_baseline(read_run(tmp_path / "a"), tmp_path / "baseline.json")
    for before in ("a", "baseline.json"):
        compared = compare(read_compared(tmp_path / before), read_compared(tmp_path / "b"), read_thresholds())
        text = comparison_text(compared, 10)
        assert "WARNING: not the same conditions" in text
        assert "day of asking 2026-11-22 → 2026-12-01" in text
        assert compared.failures == ()
    same = compare(read_compared(tmp_path / "a"), read_compared(tmp_path / "a"), read_thresholds())
    assert "WARNING" not in comparison_text(same, 10)


def test_a_baseline_of_an_earlier_version_is_compared_by_what_it_knows(
    small_bot, question_set, plan, about: dict[str, object], tmp_path: Path
) -> None:
    folder = RunFolder(tmp_path / "run")
    run(folder, load_cases([question_set()]), small_bot, plan, about)
    record_end(folder, 1.0)
    path = tmp_path / "baseline.json"
    write_baseline(read_run(folder.path), path)
    file = json.loads(path.read_text(encoding="utf-8"))
    del file["conditions"]
    path.write_text(json.dumps({**file, "corpus": "d" * 64}), encoding="utf-8")
    compared = compare(read_compared(path), read_compared(folder.path), read_thresholds())
    assert [one.words for one in compared.differences] == ["corpus dddddddddddd → cccccccccccc"]
