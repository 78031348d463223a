"""Every constraint of a question held against the words that would be cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.refuse.answerability import Searched
from bot.refuse.constraints.types import ConstraintCheck, ConstraintChecks

Check = Callable[[Searched], Iterable[ConstraintCheck]]

CHECKS: tuple[Check, ...] = ()


def check_constraints(searched: Searched) -> ConstraintChecks:
    """What becomes of each constraint; nothing to check where nothing was found."""
    if not searched.candidates:
        return ConstraintChecks()
    return ConstraintChecks(tuple(check for checks in CHECKS for check in checks(searched)))
