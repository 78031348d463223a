"""Two runs of the same questions side by side: which metrics moved beyond noise, and which questions moved."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from eval.cases.joined_sets import renamings
from eval.runs.conditions import Conditions, Difference, conditions_of, differences
from eval.runs.run_folder import read_run
from eval.scoring.intervals import mcnemar, paired_difference
from eval.scoring.scoring import METRIC_BY_NAME, METRICS, Metric, Scores
from eval.studies.baseline import read_baseline
from ingest.errors import EvaluationUnusable

THRESHOLDS = Path(__file__).parents[1] / "thresholds.toml"

ROUNDING = 1e-9
"""A loss smaller than this is a difference of summation, not of answers."""


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """One side of a comparison. ``bodies`` are missing for a baseline, which keeps figures only."""

    name: str
    scores: Mapping[str, Scores]
    bodies: Mapping[str, str]
    conditions: Conditions = field(default_factory=dict[str, str])
    sets: tuple[str, ...] = ()  # names of the question sets; empty where they are not known

    def renamed(self, names: Mapping[str, str]) -> ComparedRun:
        """The same with the ids of ``names`` called otherwise."""
        scores = {names.get(id, id): values for id, values in self.scores.items()}
        return replace(self, scores=scores, bodies={names.get(id, id): body for id, body in self.bodies.items()})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What must not get worse, and by how much it may at most."""

    alpha: float
    most_loss: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Movement:
    """One metric on the questions both sides have. ``gain`` is positive when it got better."""

    metric: Metric
    questions: int
    before: float
    after: float
    low: float  # of after - before, 95 %
    high: float
    p: float | None  # McNemar, yes/no metrics only
    fails: str | None  # why the gate fails, None when it does not

    @property
    def gain(self) -> float:
        return (self.after - self.before) * self.metric.better


@dataclass(frozen=True, slots=True)
class Changed:
    """One question that moved: the metrics that got better and worse, as "name before → after"."""

    id: str
    better: tuple[str, ...]
    worse: tuple[str, ...]
    text_before: str | None
    text_after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All metrics and all questions that moved."""

    before: str
    after: str
    shared: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    movements: tuple[Movement, ...]
    changed: tuple[Changed, ...]
    differences: tuple[Difference, ...] = ()  # of the conditions: what moved may come of these, not of the code

    @property
    def failures(self) -> tuple[Movement, ...]:
        return tuple(movement for movement in self.movements if movement.fails is not None)


def read_compared(path: Path) -> ComparedRun:
    """A run folder, or a baseline file made by ``python -m eval baseline``. Raises EvaluationUnusable."""
    if path.is_file():
        baseline = read_baseline(path)
        return ComparedRun(path.name, baseline.scores, {}, baseline.conditions)
    run = read_run(path)
    bodies = {id: result.given.body for id, result in run.results.items() if result.given is not None}
    sets = tuple(Path(str(one["name"])).stem for one in run.about.get("questions", ()))
    return ComparedRun(str(path), run.scores, bodies, conditions_of(run.about), sets)


def read_thresholds(path: Path = THRESHOLDS) -> Thresholds:
    """Raises EvaluationUnusable for a missing or faulty file, or a metric that does not exist."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        guarded = cast("Mapping[str, Mapping[str, float]]", content["guarded"])
        thresholds = Thresholds(
            float(content["alpha"]), {name: float(row["most_loss"]) for name, row in guarded.items()}
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise EvaluationUnusable("eval.no_thresholds", path=path, reason=error) from error
    unknown = sorted(set(thresholds.most_loss) - set(METRIC_BY_NAME))
    if unknown:
        raise EvaluationUnusable("eval.guards_no_metric", path=path, unknown=unknown[0])
    return thresholds


def compare(before: ComparedRun, after: ComparedRun, thresholds: Thresholds) -> Comparison:
    """A run of one set is compared with a run of several too: the questions of that set are those they share.

    Raises EvaluationUnusable when the two sides share no question.
    """
    names = renamings(before.scores.keys(), after.scores.keys(), before.sets, after.sets)
    before, after = before.renamed(names[0]), after.renamed(names[1])
    shared = [id for id in before.scores if id in after.scores]
    if not shared:
        raise EvaluationUnusable("eval.share_no_question", before=before.name, after=after.name)
    moved = [_movement(metric, shared, before, after, thresholds) for metric in METRICS]
    changed = [change for id in shared if (change := _changed(id, before, after)) is not None]
    return Comparison(
        before=before.name,
        after=after.name,
        shared=len(shared),
        only_before=tuple(id for id in before.scores if id not in after.scores),
        only_after=tuple(id for id in after.scores if id not in before.scores),
        movements=tuple(movement for movement in moved if movement is not None),
        changed=tuple(changed),
        differences=differences(before.conditions, after.conditions),
    )


def _movement(
    metric: Metric, shared: Sequence[str], before: ComparedRun, after: ComparedRun, thresholds: Thresholds
) -> Movement | None:
    pairs = [(before.scores[id].get(metric.name), after.scores[id].get(metric.name)) for id in shared]
    old = [first for first, second in pairs if first is not None and second is not None]
    new = [second for first, second in pairs if first is not None and second is not None]
    difference = paired_difference(old, new)
    if difference is None:
        return None
    p = mcnemar([value > 0 for value in old], [value > 0 for value in new]) if metric.is_yes_no else None
    loss = -difference.value * metric.better
    fails = None
    if metric.name in thresholds.most_loss and loss > ROUNDING:
        beyond_chance = p < thresholds.alpha if p is not None else _nearest_to_zero(difference.low, difference.high) > 0
        most = thresholds.most_loss[metric.name]
        if beyond_chance:
            fails = "beyond chance"
        elif loss > most + ROUNDING:
            fails = f"lost more than {most:g}"
    mean_old, mean_new = sum(old) / len(old), sum(new) / len(new)
    return Movement(metric, len(old), mean_old, mean_new, difference.low, difference.high, p, fails)


def _nearest_to_zero(low: float, high: float) -> float:
    """How far the interval stays away from no difference; 0 when it holds it."""
    return max(low, -high, 0.0)


def _changed(identity: str, before: ComparedRun, after: ComparedRun) -> Changed | None:
    better: list[str] = []
    worse: list[str] = []
    for metric in METRICS:
        old, new = before.scores[identity].get(metric.name), after.scores[identity].get(metric.name)
        if old is None or new is None or old == new or metric.name == "body-length":
            continue
        (better if (new - old) * metric.better > 0 else worse).append(f"{metric.name} {old:g} → {new:g}")
    text_before, text_after = before.bodies.get(identity), after.bodies.get(identity)
    text_moved = text_before is not None and text_after is not None and text_before != text_after
    if not better and not worse and not text_moved:
        return None
    return Changed(
        identity, tuple(better), tuple(worse), text_before if text_moved else None, text_after if text_moved else None
    )


def comparison_text(comparison: Comparison, most_questions: int) -> str:
    """What the terminal shows: metrics that moved, then questions that moved, worse ones first."""
    lines = [f"{comparison.before} → {comparison.after}: {comparison.shared} questions in both"]
    if comparison.differences:
        lines.append("  WARNING: not the same conditions; what moved may come of them, not of the code:")
        lines.extend(f"    {difference.words}" for difference in comparison.differences)
    for side, ids in (("before", comparison.only_before), ("after", comparison.only_after)):
        if ids:
            lines.append(f"  only {side}: {len(ids)} questions, not compared ({', '.join(ids[:5])} …)")
    lines.append(f"  {'metric':22}{'n':>6}{'before':>9}{'after':>9}{'change, 95 %':>26}{'p':>8}")
    lines.extend(_movement_line(movement) for movement in comparison.movements)
    worse = [change for change in comparison.changed if change.worse]
    better = [change for change in comparison.changed if change.better and not change.worse]
    text_only = [change for change in comparison.changed if not change.better and not change.worse]
    lines.append(f"questions: {len(better)} better, {len(worse)} worse, {len(text_only)} with other words only")
    for label, changes in (("worse", worse), ("better", better), ("words", text_only)):
        for change in changes[:most_questions]:
            lines.append(f"  {label:7}{change.id:12}{'; '.join((*change.worse, *change.better))}")
            if change.text_before is not None:
                lines.extend([f"         - {change.text_before}", f"         + {change.text_after}"])
        if len(changes) > most_questions:
            lines.append(f"  {label:7}… and {len(changes) - most_questions} more (--all)")
    lines.extend(
        f"FAILED: {movement.metric.name} {movement.before:.4f} → {movement.after:.4f} ({movement.fails})"
        for movement in comparison.failures
    )
    return "\n".join(lines)


def _movement_line(movement: Movement) -> str:
    difference = movement.after - movement.before
    interval = f"{difference:+.3f} [{movement.low:+.3f}, {movement.high:+.3f}]"
    p = "" if movement.p is None else f"{movement.p:.3f}"
    return (
        f"  {movement.metric.name:22}{movement.questions:>6}{movement.before:>9.3f}{movement.after:>9.3f}"
        f"{interval:>26}{p:>8}{'  FAILED' if movement.fails else ''}"
    ).rstrip()
