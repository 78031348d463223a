"""What the checks decide: nothing, a sentence that names what is not borne out, or that the question is not answered.

A thing that the cited words do not bear out refuses when nothing of its kind is borne out; the clauses follow as the
nearest. Where a part of what is asked is borne out, or something else is asked beside, that is answered and the rest is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.refuse.answerability import Searched
from bot.refuse.constraints.checking import check_constraints
from bot.refuse.constraints.cited import plain, states_amount
from bot.refuse.constraints.classes import YES_OR_NO as CLASS_OR_NOT
from bot.refuse.constraints.documents import CALLED
from bot.refuse.constraints.fees import FAULT as FEE
from bot.refuse.constraints.given_for import ELSEWHERE, HONOUR
from bot.refuse.constraints.sizes import OF_ALL
from bot.refuse.constraints.sizes import YES_OR_NO as SIZE_OR_NOT
from bot.refuse.constraints.steps import TIERS
from bot.refuse.constraints.types import ConstraintCheck, ConstraintChecks, ConstraintKind, Outcome
from bot.refuse.constraints.years_and_codes import NO_EDITION
from bot.refuse.gate import BY_CONSTRAINT, BY_KIND, Refusal, after_search
from bot.types import Reason
from index.text.question_types import QuestionType

# Nothing that is named instead tells that a thing merely not mentioned is what the question is about: 光伏厂 in
# "我在光伏厂上班" is where somebody works.
_ONLY_IF_OTHERS_ARE_NAMED = frozenset(
    {ConstraintKind.OBJECT, ConstraintKind.RECIPIENT, ConstraintKind.GRADE, ConstraintKind.LEVEL}
)
# What is not mentioned is what the question is about.
# Only named, never a reason not to answer: likeness of words, and a class or a size of which a "no" is printed.
_A_NO = frozenset({CLASS_OR_NOT, SIZE_OR_NOT})
_ONLY_NAMED = frozenset({"object.given_for", "attribute.members", CALLED, HONOUR, TIERS, OF_ALL, NO_EDITION, *_A_NO})
# Of these nothing is known where no sibling is printed: a rule may speak of a thing by a word that nobody thought of.
_REFUSE_IF_OTHERS_ARE_NAMED = frozenset({ConstraintKind.OBJECT, ConstraintKind.RECIPIENT, ConstraintKind.GRADE})
# 首次, 全职: said of anything. What only another document prints is no reason to answer from there.
_SAID_OF_THINGS = frozenset({"object.times", "recipient.presence", ELSEWHERE})
AHEAD = 0.01  # score
FURTHEST_DOWN = 2.5  # score below the best sentence
_ASKED_BY_ITSELF = frozenset({"object.fee", "object.given_for", "object.own", HONOUR, ELSEWHERE, "grade.degrees"})


def counting(checks: ConstraintChecks) -> tuple[ConstraintCheck, ...]:
    """The unmet checks that say something about the answer: what an answer that is given has to name."""
    return tuple(
        check
        for check in checks.unmet
        if check.outcome is Outcome.CONTRADICTED
        or check.kind not in _ONLY_IF_OTHERS_ARE_NAMED
        or check.fault in _ASKED_BY_ITSELF
        or (check.kind is ConstraintKind.OBJECT and not check.elsewhere)
    )


def refusal_of(checks: ConstraintChecks) -> Refusal | None:
    """Why the question is not answered; None when it is, with or without a hedge."""
    unmet = counting(checks)
    for check in unmet:
        refusal = BY_CONSTRAINT.get(check.fault) or (BY_KIND.get(check.kind.value) if _is_sure(check) else None)
        if refusal is None or _is_partly_met(checks, check.fault):
            continue
        place = check.asked if refusal.reason is Reason.OTHER_PLACE else ""
        return replace(refusal, place=place, checks=tuple(one for one in unmet if one.fault == check.fault))
    return None


def _is_sure(check: ConstraintCheck) -> bool:
    if check.fault in _ONLY_NAMED or check.beside:
        return False
    return check.outcome is Outcome.CONTRADICTED or check.kind not in _REFUSE_IF_OTHERS_ARE_NAMED or check.fault == FEE


def judged(searched: Searched) -> tuple[ConstraintChecks, Refusal | None]:
    """The checks of a question, and why it is not answered: by the gate, with what the checks know of it, else by a check."""
    checks = check_constraints(searched)
    refusal = after_search(searched)
    return checks, refusal_of(checks) if refusal is None else replace(refusal, checks=counting(checks))


def unnamed(checks: ConstraintChecks, named: Sequence[str]) -> ConstraintChecks:
    """The checks without those of things that are ``named`` as not found anyway."""
    return ConstraintChecks(tuple(c for c in checks.checks if c.is_met or not any(c.asked in name for name in named)))


def without_printed(checks: ConstraintChecks, quoted: Sequence[str]) -> ConstraintChecks:
    """The checks without those of things not mentioned that the sentences ``quoted`` print after all."""
    text = plain("".join(quoted))
    return ConstraintChecks(
        tuple(
            check
            for check in checks.checks
            if check.outcome is not Outcome.NOT_MENTIONED
            or check.kind not in (ConstraintKind.OBJECT, ConstraintKind.RECIPIENT)
            or plain(check.asked) not in text
        )
    )


def judged_further_down(searched: Searched) -> tuple[Searched, ConstraintChecks, Refusal | None]:
    """As :func:`judged`; where a thing is not borne out by the best sentences and one further down speaks of it, that one leads."""
    checks, refusal = judged(searched)
    kinds = (ConstraintKind.OBJECT, ConstraintKind.RECIPIENT)
    things = [c.asked for c in checks.unmet if c.kind in kinds and c.fault not in _SAID_OF_THINGS]
    if not things or not searched.candidates:
        return searched, checks, refusal
    best = searched.candidates[0].score
    amount, levels = QuestionType.AMOUNT in searched.reading.types, searched.reading.levels
    near = [
        replace(c, score=best + AHEAD)
        for c in searched.candidates
        if any(thing in plain(c.text) for thing in things)
        and c.score >= best - FURTHEST_DOWN
        and (states_amount(c) or not amount)
        and (not levels or c.clause.level in levels)
    ]
    if not near:
        return searched, checks, refusal
    rest = [c for c in searched.candidates if not any(c.is_same(one) for one in near)]
    further = replace(searched, candidates=[*near[:1], *rest])
    again, refused = judged(further)
    better = len(counting(again)) < len(counting(checks)) and (refused is None or refusal is not None)
    return (further, again, refused) if better else (searched, checks, refusal)


def leads_with_hedge(checks: ConstraintChecks) -> bool:
    """Whether nothing of the kind asked for is borne out, so that the clauses are only the nearest."""
    return any(
        not _is_partly_met(checks, check.fault) and not check.beside
        for check in counting(checks)
        if check.fault not in _A_NO and check.fault != ELSEWHERE
    )


def _is_partly_met(checks: ConstraintChecks, fault: str) -> bool:
    """Whether another thing of the same kind is borne out."""
    return any(check.is_met and check.fault == fault for check in checks.checks)
