from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from eval.scoring.scoring import METRICS
from eval.studies.compare import ComparedRun, Thresholds, compare, comparison_text, read_compared, read_thresholds
from ingest.errors import EvaluationUnusable

NOTHING = dict.fromkeys((metric.name for metric in METRICS), None)
THRESHOLDS = read_thresholds()


def side(name: str, metric: str, values: Mapping[str, float | None], **bodies: str) -> ComparedRun:
    return ComparedRun(name, {id: {**NOTHING, metric: value} for id, value in values.items()}, bodies)


def many(*values: float) -> dict[str, float | None]:
    return {f"q{number}": value for number, value in enumerate(values)}


@pytest.mark.parametrize(
    ("metric", "before", "after", "fails"),
    [
        ("answer-right", [1.0] * 100, [1.0] * 99 + [0.0], None),  # one of a hundred is noise
        ("answer-right", [1.0] * 100, [1.0] * 94 + [0.0] * 6, "beyond chance"),  # p = 2 / 2^6
        ("answer-right", [1.0] * 100, [1.0] * 97 + [0.0] * 3, "lost more than 0.02"),
        ("answer-right", [0.0] * 6 + [1.0] * 94, [1.0] * 100, None),  # better
        ("declined-falsely", [0.0] * 100, [1.0] * 6 + [0.0] * 94, "beyond chance"),  # less is better
        ("declined-falsely", [1.0] * 6 + [0.0] * 94, [0.0] * 100, None),
        ("recall@10", [1.0] * 100, [1.0] * 90 + [0.5] * 10, "beyond chance"),
        ("recall@10", [1.0, 0.5] * 50, [0.5, 1.0] * 50, None),  # as many up as down
        ("unsupported-figures", [0.0] * 100, [0.0] * 99 + [1.0], "lost more than 0"),  # none is tolerated
        ("quote-fidelity", [1.0] * 100, [1.0] * 99 + [0.5], "lost more than 0"),
        ("ndcg@10", [1.0] * 100, [1.0] * 90 + [0.95] * 10, "beyond chance"),  # a rank lower here and there
        ("citation-precision", [0.8] * 100, [0.8] * 90 + [0.7] * 10, "beyond chance"),
        ("body-length", [100.0] * 50, [900.0] * 50, None),  # not guarded
    ],
)
def test_the_gate(metric: str, before: list[float], after: list[float], fails: str | None) -> None:
    compared = compare(side("a", metric, many(*before)), side("b", metric, many(*after)), THRESHOLDS)
    (movement,) = compared.movements
    assert movement.fails == fails
    assert len(compared.failures) == (fails is not None)


def test_the_same_run_has_not_moved() -> None:
    run = side("a", "answer-right", many(1.0, 0.0, 1.0))
    compared = compare(run, run, THRESHOLDS)
    assert compared.changed == ()
    assert compared.failures == ()


def test_each_question_that_moved_is_told_with_both_texts() -> None:
    before = side("a", "answer-right", many(1.0, 0.0, 1.0, 1.0), q0="旗里最高50万元", q2="同样的话", q3="说法一")
    after = side("b", "answer-right", many(0.0, 1.0, 1.0, 1.0), q0="市里100万元", q2="同样的话", q3="说法二")
    changed = {change.id: change for change in compare(before, after, THRESHOLDS).changed}
    assert list(changed) == ["q0", "q1", "q3"]
    assert changed["q0"].worse == ("answer-right 1 → 0",)
    assert (changed["q0"].text_before, changed["q0"].text_after) == ("旗里最高50万元", "市里100万元")
    assert changed["q1"].better == ("answer-right 0 → 1",)
    assert changed["q3"].better == changed["q3"].worse == ()
    text = comparison_text(compare(before, after, THRESHOLDS), 1)
    assert "1 better, 1 worse, 1 with other words only" in text
    assert "- 旗里最高50万元" in text


def test_only_questions_of_both_runs_are_compared() -> None:
    before = side("a", "answer-right", {"q0": 1.0, "old": 0.0})
    after = side("b", "answer-right", {"q0": 1.0, "new": 0.0, "newer": None})
    compared = compare(before, after, THRESHOLDS)
    assert (compared.shared, compared.only_before, compared.only_after) == (1, ("old",), ("new", "newer"))
    with pytest.raises(EvaluationUnusable, match="share no question"):
        compare(side("a", "answer-right", {"x": 1.0}), side("b", "answer-right", {"y": 1.0}), THRESHOLDS)


def test_a_question_that_was_answered_before_and_is_declined_now_still_counts() -> None:
    before = side("a", "answer-right", many(1.0, 1.0))
    after = side("b", "answer-right", many(1.0, 0.0))
    assert compare(before, after, THRESHOLDS).movements[0].questions == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no thresholds"),
        ("alpha = ", "holds no thresholds"),
        ("alpha = 0.05\n[guarded]\nrecall = 3\n", "holds no thresholds"),
        ('alpha = 0.05\n[guarded]\n"recall@7" = { most_loss = 0.1 }\n', '"recall@7", which is no metric'),
    ],
)
def test_faulty_thresholds_are_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "t.toml").write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match=message):
        read_thresholds(tmp_path / "t.toml")


def test_thresholds_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_text('alpha = 0.01\n[guarded]\n"mrr@10" = { most_loss = 0.5 }\n', encoding="utf-8")
    assert read_thresholds(tmp_path / "t.toml") == Thresholds(0.01, {"mrr@10": 0.5})


def test_what_is_neither_run_nor_baseline_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text('{"scores": 3}', encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match=r"b\.json is no baseline"):
        read_compared(tmp_path / "b.json")
    with pytest.raises(EvaluationUnusable, match="no run folder"):
        read_compared(tmp_path / "none")
