"""Each question as the classifier sees it, with what the rules alone make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.pipeline import PolicyBot
from bot.refuse.constraints.types import NO_CHECKS
from bot.step_log import StepLog
from bot.types import Answer, Answered, PartStatus, SentenceRole
from eval.cases.cases import Case
from eval.scope.features import NOTHING_FOUND, check_features, likeness_features

HEDGED, DECLINED = 0.5, 1.0
WITHIN = "within"
# Reasons that the tables call otherwise: another place is the nearest of misses.
CALLED: Mapping[str, str] = {"garbage": "nonsense", "other-place": "near-miss"}


@dataclass(frozen=True, slots=True)
class Scoped:
    """One question. ``reason`` is why the corpus does not hold its answer, or WITHIN."""

    set_name: str
    id: str
    kind: str
    reason: str
    fold_by: str  # questions with the same words here fall into the same fold
    likeness: Mapping[str, float]
    checks: Mapping[str, float]
    by_rules: float  # 0 answered, HEDGED, DECLINED
    reachable: bool  # the classifier would be asked: searched for as a whole, and no rule speaks


def reason_of(case: Case) -> str:
    """Why the corpus does not hold the answer of a question, or WITHIN."""
    return WITHIN if case.answerable else CALLED.get(case.reason, case.reason)


def collect(sets: Mapping[str, Sequence[Case]], bot: PolicyBot, as_of: date) -> Iterable[Scoped]:
    """Every question asked of ``bot`` without a language model."""
    asking = replace(bot, writer=None)
    for name, cases in sets.items():
        for case in cases:
            yield _scoped(name, case, asking, as_of)


def _scoped(name: str, case: Case, bot: PolicyBot, as_of: date) -> Scoped:
    question, log = case.question(as_of), StepLog()
    by_rules = outcome(bot.ask(question, log))
    reachable = by_rules == 0 and len(log.looked_at) == 1
    if len(log.looked_at) != 1:  # decided before search, or in parts: what is like it is asked of the whole
        log = StepLog()
        bot.finder.find(bot.finder.read(question), log)
    searched, checks = next(iter(log.looked_at), None), next(iter(log.checks), NO_CHECKS)
    return Scoped(
        name,
        case.id,
        case.kind,
        reason_of(case),
        case.evidence[0].quote if case.evidence else case.turns[-1],
        dict(NOTHING_FOUND) if searched is None else likeness_features(searched),
        check_features(checks),
        by_rules,
        reachable,
    )


def outcome(answer: Answer) -> float:
    """What became of a question: 0 answered, HEDGED, DECLINED."""
    if not isinstance(answer, Answered):
        return DECLINED
    says = any(sentence.role is SentenceRole.HEDGE for sentence in answer.sentences)
    return HEDGED if says or any(part.status is not PartStatus.ANSWERED for part in answer.parts) else 0.0
