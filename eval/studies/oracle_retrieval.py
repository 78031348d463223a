"""What composing says when it is handed the very clauses that hold the evidence: search aside, how good is the body."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median

from bot.pipeline import PolicyBot
from bot.step_log import MILLISECONDS
from bot.types import Language
from eval.cases.cases import Case
from eval.scoring.metrics import points_said
from eval.scoring.scoring import Yardstick
from eval.studies.from_clauses import draft_from


@dataclass(frozen=True, slots=True)
class FromGold:
    """One question answered from its gold clauses."""

    kind: str
    all_said: bool
    characters: int
    milliseconds: float  # processor time from the clauses to the body, the question's vector at hand


def answer_from_gold(bot: PolicyBot, cases: Sequence[Case], as_of: date) -> list[FromGold]:
    """Every question that has evidence in the corpus, answered from the first clause that holds each quote."""
    stick = Yardstick(bot.corpus)
    place = {clause.id: number for number, clause in enumerate(bot.corpus.clauses)}
    answered: list[FromGold] = []
    for case in cases:
        first = [min(holders, key=place.__getitem__) for holders in stick.holders(case) if holders]
        if not first or not case.answer:
            continue
        clauses = [bot.corpus.clause_by_id[id] for id in dict.fromkeys(first)]
        draft_from(bot, case.question(as_of), clauses)  # the encoder and the tables of words are warm from here on
        began = time.thread_time()
        draft = draft_from(bot, case.question(as_of), clauses)
        took = (time.thread_time() - began) * MILLISECONDS
        joint = " " if draft.language is Language.EN else ""
        body = joint.join(sentence.marked for sentence in draft.sentences)
        answered.append(FromGold(case.kind, all(points_said(case.answer, body)), len(body), took))
    return answered


def gold_table(answered: Sequence[FromGold]) -> str:
    """All questions, then each kind: how many, share with all points said, mean characters, median milliseconds."""
    kinds = sorted({one.kind for one in answered}, key=lambda kind: -sum(one.kind == kind for one in answered))
    rows = [("all", list(answered)), *((kind, [one for one in answered if one.kind == kind]) for kind in kinds)]
    lines = [f"{'':24}{'n':>5}{'right':>9}{'chars':>7}{'ms':>7}"]
    for name, part in rows:
        if part:
            right, characters = fmean(one.all_said for one in part), fmean(one.characters for one in part)
            took = median(one.milliseconds for one in part)
            lines.append(f"{name:24}{len(part):>5}{right:>9.3f}{characters:>7.0f}{took:>7.1f}")
    return "\n".join(lines)
