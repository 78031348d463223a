"""The weights of sentences, learned from question sets, and what they are worth on questions that they were not learned from.

The sets may be of several corpora: what is learned of one alone is often only true there.

A sentence is right when it says a point that is asked for and stands in a clause that holds the evidence. Questions fall
into folds by the words that prove them, so that two questions about one sentence are never on both sides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.compose.body import compose
from bot.evidence.candidates import ranked
from bot.evidence.per_sub_question import fitting
from bot.evidence.weights import FEATURES, FOR, EvidenceWeights
from bot.pipeline import PolicyBot
from bot.refuse.answerability import is_weak
from bot.step_log import StepLog
from bot.types import Language
from eval.cases.cases import Case
from eval.scoring.metrics import points_said, squeeze
from eval.scoring.scoring import Yardstick
from eval.studies.listwise import Bounds, Floats, learned_weights
from eval.studies.weight_study import FOLDS
from index.text.question_types import QuestionType

# A point of score more is e^3.5 times as likely: the scale that the margins of bot.evidence.selection fit. On other folds 3 says .014
# less of all points in 8 characters fewer, 4 as much in 9 characters more with .017 fewer of its citations right.
SHARPNESS = 3.5
# Towards the weights set by hand. On other folds (means of four seeds) 8, 12 and 16 say .882, .882 and .879 of all points with
# .809, .810 and .808 best sentences right, a question or two apart; of these the strongest: with 8 and 12 the words of a
# question count so little that the reward of other firms follows the sentence on the one asked for (test_missing_facts.py).
PULL = 16.0
STEPS = 300
STEP = 0.05  # weights are rounded to this: what learning says beyond it is chance
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question with the sentences that were found for it by ``bot``."""

    bot: PolicyBot
    set_name: str
    case: Case
    step_log: StepLog  # of the asking
    holders: tuple[frozenset[str], ...]  # for each quote, the clauses that hold it
    parts: Floats  # a row a candidate, a column a feature
    right: tuple[NDArray[np.bool_], ...]  # for each point asked for, which candidates say it


@dataclass(frozen=True, slots=True)
class Measured:
    """What is right of some answers, as means over their questions."""

    best_right: float  # the best sentence says a point asked for, from a clause that holds evidence
    all_points: float  # the body says every point
    cited: float  # share of the evidence in clauses that the body cites
    proving: float  # share of the clauses cited that hold evidence
    characters: float

    def rounded(self) -> dict[str, float]:
        """The shares to three places, as the table shows them."""
        return {name: round(value, 3) for name, value in asdict(self).items() if name != "characters"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: over all questions, and over those of each set."""

    name: str
    all: Measured
    by_set: Mapping[str, Measured]


def questions_weighed(sets: Mapping[str, Sequence[Case]], bot: PolicyBot, as_of: date) -> list[Weighed]:
    """Every question that has an answer in the corpus, with the sentences found for it; no language model is asked."""
    asking, stick = replace(bot, writer=None), Yardstick(bot.corpus)
    return [
        _weighed(name, case, asking, stick, as_of)
        for name, cases in sets.items()
        for case in cases
        if case.evidence and case.answer
    ]


def measure_evidence_weights(asked: Sequence[Weighed], in_use: EvidenceWeights, seed: int) -> list[Row]:
    """The weights in use; learned on the other folds; and learned there without each of the features in turn.

    The weights in use may have been learned from these very questions; the other rows never were.
    """
    begun = {"learned on other folds": in_use}
    begun |= {f"without {name}": _without(in_use, name) for name in FEATURES}
    as_now = _row("in use", asked, [in_use.all] * len(asked))
    return [as_now, *(_row(name, asked, of_other_folds(asked, its, seed)) for name, its in begun.items())]


def _without(weights: EvidenceWeights, name: str) -> EvidenceWeights:
    return replace(weights, held={**weights.held, name: 0.0})


def of_other_folds(asked: Sequence[Weighed], begun: EvidenceWeights, seed: int) -> list[dict[str, float]]:
    """For each question weights that were learned from the questions of the other folds alone."""
    folds = [fold_of(item.case, seed) for item in asked]
    by_fold = {
        fold: learned([item for item, its in zip(asked, folds, strict=True) if its != fold], begun)
        for fold in sorted(set(folds))
    }
    return [by_fold[fold] for fold in folds]


def fold_of(case: Case, seed: int) -> int:
    """The fold of a question, from 0: by its first quote, the same whatever other questions there are."""
    return int(hashlib.sha256(f"{seed}:{squeeze(case.evidence[0].quote)}".encode()).hexdigest(), 16) % FOLDS


def learned(asked: Sequence[Weighed], begun: EvidenceWeights) -> dict[str, float]:
    """Every weight, rounded: those held as they are; each other on its side of 0, drawn to what was set by hand."""
    held = begun.held
    start = {name: held[name] if name in held else begun.by_hand[name] for name in FEATURES}
    bounds: dict[str, Bounds] = {
        name: (held[name], held[name]) if name in held else (0.0, None) if side == FOR else (None, 0.0)
        for name, side in FEATURES.items()
    }
    exact = learned_weights(asked, start, sharpness=SHARPNESS, pull=PULL, steps=STEPS, bounds=bounds)
    return {name: held[name] if name in held else _rounded(weight) for name, weight in exact.items()}


def _rounded(weight: float) -> float:
    return round(round(weight / STEP) * STEP, 2) + 0.0  # no -0.0


def _weighed(set_name: str, case: Case, bot: PolicyBot, stick: Yardstick, as_of: date) -> Weighed:
    step_log = StepLog()
    bot.ask(case.question(as_of), step_log)
    candidates, holders = step_log.candidates, stick.holders(case)
    proving = frozenset[str]().union(*holders)
    says = np.array(
        [[c.clause.id in proving and said for said in points_said(case.answer, c.text)] for c in candidates], np.bool_
    ).reshape(len(candidates), len(case.answer))
    parts = np.array([[c.features.get(name, 0.0) for name in FEATURES] for c in candidates], np.float64)
    return Weighed(
        bot, set_name, case, step_log, holders, parts.reshape(len(candidates), len(FEATURES)), tuple(says.transpose())
    )


def _row(name: str, asked: Sequence[Weighed], weights: Sequence[Weights]) -> Row:
    table = np.array([_measured(item, its) for item, its in zip(asked, weights, strict=True)])
    sets = np.array([item.set_name for item in asked])
    return Row(
        name,
        Measured(*table.mean(axis=0).tolist()),
        {one: Measured(*table[sets == one].mean(axis=0).tolist()) for one in dict.fromkeys(sets.tolist())},
    )


def _measured(item: Weighed, weights: Weights) -> tuple[float, float, float, float, float]:
    """One question, in the order of the fields of :class:`Measured`. What is refused for other reasons is composed too."""
    found, reading, wanted = item.step_log, item.step_log.reading, item.step_log.wanted
    if reading is None or wanted is None or not found.candidates:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    candidates = ranked(found.candidates, weights)
    compared = [replace(one, candidates=tuple(ranked(one.candidates, weights))) for one in found.compared]
    draft = compose(
        reading,
        candidates,
        wanted,
        item.bot.corpus,
        compared=fitting(compared, QuestionType.AMOUNT in reading.types),
        weak=is_weak(reading, candidates, item.bot.finder.printed),
    )
    joint = " " if reading.language is Language.EN else ""
    body = joint.join(sentence.marked for sentence in draft.sentences)
    cited = {clause.id for clause in draft.clauses}
    first, proving = candidates[0], frozenset[str]().union(*item.holders)
    best_right = first.clause.id in proving and any(points_said(item.case.answer, first.text))
    return (
        float(best_right),
        float(all(points_said(item.case.answer, body))),
        sum(not cited.isdisjoint(ids) for ids in item.holders) / len(item.holders),
        len(cited & proving) / (len(cited) or 1),
        float(len(body)),
    )


def evidence_weights_table(rows: Sequence[Row]) -> str:
    """For people: a line a row over all questions, then each set under the first two."""
    head = ("", "best sentence right", "all points", "evidence cited", "citations right", "characters")
    lines = [head, *((row.name, *_cells(row.all)) for row in rows)]
    for name in rows[0].by_set:
        lines += [(f"{name}: {row.name}", *_cells(row.by_set[name])) for row in rows[:2]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _cells(measured: Measured) -> tuple[str, ...]:
    *shares, characters = astuple(measured)
    return (*(f"{share:.3f}" for share in shares), f"{characters:.0f}")
