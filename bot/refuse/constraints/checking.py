"""Every constraint of a question held against the words that would be cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.refuse.answerability import Searched
from bot.refuse.constraints.attributes import check_attributes, check_measures
from bot.refuse.constraints.classes import check_classes
from bot.refuse.constraints.documents import check_documents
from bot.refuse.constraints.fees import check_fees
from bot.refuse.constraints.given_for import (
    check_given_for,
    check_honours,
    check_known_elsewhere,
    check_own_nouns,
    check_purposes,
)
from bot.refuse.constraints.listed_siblings import check_listed_siblings
from bot.refuse.constraints.siblings import check_siblings
from bot.refuse.constraints.sizes import check_sizes
from bot.refuse.constraints.steps import check_steps, check_tiers
from bot.refuse.constraints.types import NO_CHECKS, ConstraintCheck, ConstraintChecks
from bot.refuse.constraints.whose import check_places, check_ranks
from bot.refuse.constraints.years_and_codes import check_years_and_codes

Check = Callable[[Searched], Iterable[ConstraintCheck]]

CHECKS: tuple[Check, ...] = (
    check_places,
    check_ranks,
    check_documents,
    check_classes,
    check_siblings,
    check_listed_siblings,
    check_fees,
    check_given_for,
    check_purposes,
    check_own_nouns,
    check_honours,
    check_known_elsewhere,
    check_sizes,
    check_steps,
    check_tiers,
    check_years_and_codes,
    check_attributes,
    check_measures,
)


def check_constraints(searched: Searched) -> ConstraintChecks:
    """What becomes of each constraint; nothing to check where nothing was found."""
    if not searched.candidates:
        return NO_CHECKS
    return ConstraintChecks(tuple(check for checks in CHECKS for check in checks(searched)))
