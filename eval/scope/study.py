"""What likeness, the checks and both tell of questions out of scope, on questions that they were not learned from.

Rules decide first. So the figures that matter are those of the questions on which no rule speaks: what a classifier finds
there is what it adds, and every answerable question it touches is what it costs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.refuse.constraints.types import ConstraintKind
from eval.scope.collecting import WITHIN, Scoped
from eval.scope.features import LIKENESS
from eval.scope.logistic import Floats, auc, caught, learn
from eval.scoring.metrics import squeeze
from eval.studies.weight_study import FOLDS
from ingest.errors import EvaluationUnusable

PENALTY = 10.0  # 1 and 30 rank alike, .01 of AUC apart
TOUCHED = (0.02, 0.05)  # shares of answerable questions that may be touched wrongly
SILENT = "no rule speaks"
CHECKS = tuple(kind.value for kind in ConstraintKind)


@dataclass(frozen=True, slots=True)
class Cell:
    """How well one kind of questions out of scope is told from the answerable ones."""

    questions: int
    auc: float
    caught: tuple[float, ...]  # at each of TOUCHED


@dataclass(frozen=True, slots=True)
class Row:
    """One way to score; a cell for each reason, the commonest first."""

    name: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows over the same questions."""

    title: str
    within: int
    rows: tuple[Row, ...]


def measure_scope(asked: Sequence[Scoped], pairs: Sequence[Scoped], seed: int) -> list[Table]:
    """All questions and those on which no rule speaks, each also without every kind of check and every feature in turn.

    ``pairs`` are learned from and never measured. Raises EvaluationUnusable when no question is answerable, or all are.
    """
    if len({item.reason == WITHIN for item in asked}) < 2:
        raise EvaluationUnusable("eval.nothing_out_of_scope")
    silent = [item for item in asked if item.reachable]
    also = [item for item in pairs if item.reachable]
    everywhere = _compared("all questions", asked, pairs, seed)
    rules = _row("rules", asked, np.array([item.by_rules for item in asked]))
    tables = [
        Table(everywhere.title, everywhere.within, (rules, *everywhere.rows)),
        _ablation(everywhere.title, asked, pairs, seed),
    ]
    if len({item.reason == WITHIN for item in silent}) > 1:
        tables += [_compared(SILENT, silent, also, seed), _ablation(SILENT, silent, also, seed)]
    return tables


def _compared(title: str, asked: Sequence[Scoped], pairs: Sequence[Scoped], seed: int) -> Table:
    ways = {"likeness": LIKENESS, "checks": _check_names(asked), "both": (*LIKENESS, *_check_names(asked))}
    rows = [_row(name, asked, of_other_folds(asked, (), names, seed)) for name, names in ways.items()]
    if pairs:
        rows += [
            _row(f"{name}, pairs learned from", asked, of_other_folds(asked, pairs, names, seed))
            for name, names in ways.items()
        ]
    return Table(title, sum(item.reason == WITHIN for item in asked), tuple(rows))


def _ablation(title: str, asked: Sequence[Scoped], pairs: Sequence[Scoped], seed: int) -> Table:
    names = (*LIKENESS, *_check_names(asked))
    rows = [_row("both", asked, of_other_folds(asked, pairs, names, seed))]
    for left_out in (*CHECKS, *LIKENESS):
        kept = tuple(name for name in names if name.partition(".")[0] != left_out)
        rows.append(_row(f"without {left_out}", asked, of_other_folds(asked, pairs, kept, seed)))
    return Table(f"{title}, each left out", sum(item.reason == WITHIN for item in asked), tuple(rows))


def _check_names(asked: Sequence[Scoped]) -> tuple[str, ...]:
    return tuple(asked[0].checks) if asked else ()


def of_other_folds(asked: Sequence[Scoped], pairs: Sequence[Scoped], names: Sequence[str], seed: int) -> Floats:
    """A score for each question, learned from the questions of the other folds and from all of ``pairs``."""
    folds = np.array([fold_of(item, seed) for item in asked])
    table, more = features_of(asked, names), features_of(pairs, names)
    is_out, more_out = _out(asked), _out(pairs)
    scores = np.zeros(len(asked))
    for fold in sorted(set(folds.tolist())):
        others = folds != fold
        features = np.concatenate((table[others], more))
        learned_out = np.concatenate((is_out[others], more_out))
        scores[~others] = learn(features, learned_out, _balanced(learned_out), PENALTY).scores(table[~others])
    return scores


def features_of(asked: Sequence[Scoped], names: Sequence[str]) -> Floats:
    """A row a question, a column a feature."""
    rows = [[{**item.likeness, **item.checks}[name] for name in names] for item in asked]
    return np.array(rows, np.float64).reshape(len(asked), len(names))


def fold_of(item: Scoped, seed: int) -> int:
    """The fold of a question, from 0: by its evidence or its words, the same whatever other questions there are."""
    return int(hashlib.sha256(f"{seed}:{squeeze(item.fold_by)}".encode()).hexdigest(), 16) % FOLDS


def _out(asked: Sequence[Scoped]) -> NDArray[np.bool_]:
    return np.array([item.reason != WITHIN for item in asked], np.bool_)


def _balanced(is_out: NDArray[np.bool_]) -> Floats:
    """Counts under which both sides weigh alike, a question 1 on average."""
    out, within = max(int(is_out.sum()), 1), max(int((~is_out).sum()), 1)
    return np.where(is_out, len(is_out) / 2 / out, len(is_out) / 2 / within)


def _row(name: str, asked: Sequence[Scoped], scores: Floats) -> Row:
    reasons = np.array([item.reason for item in asked])
    within = scores[reasons == WITHIN]
    counted = {reason: int((reasons == reason).sum()) for reason in sorted(set(reasons.tolist()) - {WITHIN})}
    cells = {
        reason: Cell(
            counted[reason],
            auc(scores[reasons == reason], within),
            tuple(caught(scores[reasons == reason], within, share) for share in TOUCHED),
        )
        for reason in sorted(counted, key=lambda reason: -counted[reason])
    }
    return Row(name, cells if len(within) else {})


def scope_table(tables: Sequence[Table]) -> str:
    """For people: a line a row, and for each reason AUC and what is caught at 2 % and 5 %."""
    return "\n\n".join(_printed(table) for table in tables)


def _printed(table: Table) -> str:
    reasons = table.rows[0].cells
    head = (
        f"{table.title} ({table.within} answerable)",
        *(f"{name} ({its.questions})" for name, its in reasons.items()),
    )
    lines = [head]
    for row in table.rows:
        cells = (f"{its.auc:.3f} {' '.join(f'{share:.2f}' for share in its.caught)}" for its in row.cells.values())
        lines.append((row.name, *cells))
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def by_rules_table(asked: Sequence[Scoped]) -> str:
    """What the rules make of each reason and of each kind of answerable question: shares declined and hedged."""
    groups: dict[str, list[float]] = {}
    for item in asked:
        groups.setdefault(f"{item.reason}: {item.kind}" if item.reason == WITHIN else item.reason, []).append(
            item.by_rules
        )
    lines = [f"{'by the rules':34}{'n':>5}{'declined':>10}{'hedged':>8}"]
    for name in sorted(groups, key=lambda name: (name.startswith(WITHIN), -len(groups[name]))):
        its = np.array(groups[name])
        lines.append(f"{name:34}{len(its):>5}{(its == 1).mean():>10.3f}{((its > 0) & (its < 1)).mean():>8.3f}")
    return "\n".join(lines)
