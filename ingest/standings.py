"""From when until when something holds, and where that stands on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ingest.spans import Span


class Standing(StrEnum):
    """Where a statement stands on a given day."""

    CURRENT = "current"
    EXPIRING = "expiring"  # ends within 90 days
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REPEALED = "repealed"
    UNDETERMINED = "undetermined"  # a term is printed that cannot be counted out (试行期一年 without a date)
    UNSTATED = "unstated"  # nothing is printed about time


EXPIRING_WITHIN_DAYS = 90


@dataclass(frozen=True, slots=True)
class Validity:
    """What is printed about when a statement holds. Target years are not expiry and are kept apart."""

    valid_from: date | None = None
    valid_until: date | None = None  # last day in force
    repealed: bool = False
    undetermined: str | None = None  # the printed words of a term that cannot be counted out
    target_years: tuple[int, ...] = ()
    quotes: tuple[Span, ...] = ()  # where it is printed, in the clause's text (empty when inherited)

    def standing(self, as_of: date) -> Standing:
        """Where this stands on ``as_of``."""
        if self.repealed:
            return Standing.REPEALED
        if self.valid_until is not None and as_of > self.valid_until:
            return Standing.EXPIRED
        if self.valid_from is not None and as_of < self.valid_from:
            return Standing.NOT_YET
        if self.valid_until is not None:
            days_left = (self.valid_until - as_of).days
            return Standing.EXPIRING if days_left <= EXPIRING_WITHIN_DAYS else Standing.CURRENT
        if self.undetermined is not None:
            return Standing.UNDETERMINED
        return Standing.CURRENT if self.valid_from is not None else Standing.UNSTATED

    def within(self, whole: Validity) -> Validity:
        """This of a part, and what ``whole`` says of the document it stands in: it begins and ends no later."""
        ends = [day for day in (self.valid_until, whole.valid_until) if day is not None]
        return Validity(
            valid_from=self.valid_from or whole.valid_from,
            valid_until=min(ends, default=None),
            repealed=self.repealed or whole.repealed,
            undetermined=self.undetermined or (whole.undetermined if not ends else None),
            target_years=self.target_years,
            quotes=self.quotes,
        )

    def holds_in(self, first: date, last: date) -> bool:
        """True when this is in force on a day from ``first`` to ``last``, as far as is printed."""
        begun = self.valid_from is None or self.valid_from <= last
        return begun and not self.repealed and (self.valid_until is None or first <= self.valid_until)
