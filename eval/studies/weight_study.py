"""What each weight of search is worth: left out one by one, and learned on some questions and measured on the others.

Weights chosen with all questions in view flatter themselves. Here the questions fall into folds by their identity; the
weights that are measured on one fold were learned on the other folds alone, starting from those that are set.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.pipeline import PolicyBot
from eval.cases.cases import Case
from eval.scoring import metrics as m
from eval.scoring.scoring import RETRIEVED, Yardstick
from eval.studies.listwise import Floats, learned_weights
from index.rankers.protocol import TextEncoder, Vectors
from index.search.search import parts_of, search
from index.store.store import ClauseIndex
from index.types import Query

FOLDS = 5
SHARPNESS = 10.0  # a tenth of a score apart is e times as likely; 6 to 20 learn alike
PULL = 1.0  # towards the weights that are set; a tenth and three times of it learn alike
STEPS = 100
Weights = Mapping[str, float]

MEASURES: Mapping[str, Callable[[Case, list[str]], float | bool | None]] = {
    "hit@1": m.hit_at_1,
    "R@5": lambda case, texts: m.recall_at(case, texts, 5),
    "R@10": lambda case, texts: m.recall_at(case, texts, RETRIEVED),
    "all@5": lambda case, texts: m.all_evidence_at(case, texts, 5),
}


@dataclass(frozen=True, slots=True)
class LabelledQuery:
    """A question as search in ``clause_index`` sees it, and what the scores of its first clauses are made of."""

    clause_index: ClauseIndex
    case: Case
    query: Query
    parts: Floats  # a row a clause, a column a weight
    right: tuple[NDArray[np.bool_], ...]  # for each quote, which of those clauses hold it


@dataclass(frozen=True, slots=True)
class WeightsRow:
    """One line of the table: mean of each of MEASURES over all questions, and over the English ones."""

    name: str
    all: Mapping[str, float]
    english: Mapping[str, float]


def queries_labelled(cases: Sequence[Case], bot: PolicyBot, as_of: date) -> list[LabelledQuery]:
    """Every question with evidence, as search over the bot's corpus sees it."""
    clause_index = replace(bot.clause_index, encoder=_Remembering(bot.clause_index.encoder))
    stick = Yardstick(bot.corpus)
    return [_labelled(case, bot.query(case.question(as_of)), clause_index, stick) for case in cases if case.evidence]


def measure_weights(asked: Sequence[LabelledQuery], as_set: Weights) -> tuple[list[WeightsRow], dict[str, float]]:
    """The rows as set, each weight left out, and learned on folds; and the weights learned on all questions.

    Measured is the search for the whole question; things set side by side get no searches of their own here.
    """
    rows = [_row("as set", asked, [as_set] * len(asked))]
    for name in as_set:
        without = {**as_set, name: 0.0}
        rows += [_row(f"without {name}", asked, [without] * len(asked))]
    folds = [fold_of(item.case.id) for item in asked]
    start = dict(as_set)
    by_fold = {
        fold: learned([item for item, its in zip(asked, folds, strict=True) if its != fold], start)
        for fold in sorted(set(folds))
    }
    rows.append(_row("learned on other folds", asked, [by_fold[fold] for fold in folds]))
    return rows, learned(asked, start)


def fold_of(identity: str) -> int:
    """The fold of a question, from 0; the same whatever other questions there are."""
    return int(hashlib.sha256(identity.encode()).hexdigest(), 16) % FOLDS


def learned(asked: Sequence[LabelledQuery], start: Weights) -> dict[str, float]:
    """The weights that make the clauses with evidence likely under a softmax over the first clauses, pulled to ``start``.

    Each quote counts alike within its question.
    """
    return learned_weights(asked, start, sharpness=SHARPNESS, pull=PULL * SHARPNESS, steps=STEPS)


def _labelled(case: Case, query: Query, clause_index: ClauseIndex, stick: Yardstick) -> LabelledQuery:
    positions, columns = parts_of(clause_index, query)
    found: list[int] = positions.tolist()
    ids = [clause_index.shelf.clauses[position].id for position in found]
    right = tuple(np.array([identity in holders for identity in ids], np.bool_) for holders in stick.holders(case))
    table = np.stack([columns[name].astype(np.float64) for name in clause_index.weights], axis=1)
    return LabelledQuery(clause_index, case, query, table, right)


class _Remembering:
    """The same encoder, each question embedded once: weights change nothing in its vector."""

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder, self._known = encoder, dict[tuple[str, ...], Vectors]()
        self.dim, self.identity = encoder.dim, encoder.identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        if (key := tuple(texts)) not in self._known:
            self._known[key] = self._encoder.encode_queries(texts)
        return self._known[key]

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors:
        return self._encoder.encode_passages(texts, progress=progress)


def _row(name: str, asked: Sequence[LabelledQuery], weights: Sequence[Weights]) -> WeightsRow:
    measured: list[dict[str, float]] = []
    for item, of_item in zip(asked, weights, strict=True):
        hits = search(replace(item.clause_index, weights=of_item), item.query, RETRIEVED)
        texts = [hit.clause.text for hit in hits]
        measured.append({measure: float(of(item.case, texts) or 0.0) for measure, of in MEASURES.items()})
    english = [row for row, item in zip(measured, asked, strict=True) if item.case.lang == "en"]
    return WeightsRow(name, _means(measured), _means(english))


def _means(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([row[name] for row in rows])) for name in MEASURES} if rows else {}


def weights_table(rows: Sequence[WeightsRow], learned_on_all: Weights) -> str:
    """For people: a line a row, then the weights learned on all questions."""
    head = ["", *MEASURES, "English hit@1", "English R@5"]
    lines = [
        [
            row.name,
            *(f"{value:.3f}" for value in row.all.values()),
            *(_number(row.english, n) for n in ("hit@1", "R@5")),
        ]
        for row in rows
    ]
    widths = [max(len(line[column]) for line in (head, *lines)) for column in range(len(head))]
    said = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (head, *lines)
    ]
    return "\n".join([*said, "learned on all: " + ", ".join(f"{n} {w:.3f}" for n, w in learned_on_all.items())])


def _number(means: Mapping[str, float], name: str) -> str:
    return f"{means[name]:.3f}" if means else "–"
