"""What filters ask of clauses, one array each, so that a million clauses are sifted in a few milliseconds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.types import Filters
from ingest.types import Clause, PolicyDocument, Validity

NEVER_OVER = np.iinfo(np.int32).max
NO_LEVEL = -1
OVER_ON_ANY_DAY = 0  # days are counted from 1 (date.toordinal)


@dataclass(frozen=True, slots=True)
class Traits:
    """Row ``i`` is of clause ``i``. Levels and documents are numbered in the order of coming."""

    level: NDArray[np.int32]
    document: NDArray[np.int32]
    last_day: NDArray[np.int32]  # on which clause and document both are in force, as an ordinal
    level_numbers: Mapping[str, int]  # a clause without a level has NO_LEVEL
    document_numbers: Mapping[str, int]

    @classmethod
    def of(cls, clauses: Sequence[Clause], documents: Sequence[PolicyDocument]) -> Traits:
        """Reads them off the clauses; ``documents`` are those of the clauses, row by row."""
        levels: dict[str, int] = {}
        numbers: dict[str, int] = {}
        level = (NO_LEVEL if c.level is None else levels.setdefault(c.level, len(levels)) for c in clauses)
        document = (numbers.setdefault(c.document, len(numbers)) for c in clauses)
        pairs = zip(clauses, documents, strict=True)
        last_day = (min(_last_day(clause.validity), _last_day(whole.validity)) for clause, whole in pairs)
        columns = [np.fromiter(values, np.int32, len(clauses)) for values in (level, document, last_day)]
        return cls(columns[0], columns[1], columns[2], levels, numbers)

    def passing(self, filters: Filters) -> NDArray[np.bool_]:
        """Which clauses pass."""
        passes = np.ones(len(self.level), np.bool_)
        if filters.levels:
            passes &= self.of_levels(filters.levels)
        if filters.documents:
            passes &= _among(self.document, self.document_numbers, filters.documents)
        if filters.in_force_on is not None:
            passes &= self.last_day >= _ordinal(filters.in_force_on)
        return passes

    def of_levels(self, levels: Collection[str]) -> NDArray[np.bool_]:
        """Which clauses are of one of these levels."""
        return _among(self.level, self.level_numbers, levels)


def _among(column: NDArray[np.int32], numbers: Mapping[str, int], names: Collection[str]) -> NDArray[np.bool_]:
    wanted = np.zeros(len(numbers) + 1, np.bool_)  # the last one is for NO_LEVEL
    wanted[[numbers[name] for name in names if name in numbers]] = True
    return wanted[column]


def _last_day(validity: Validity) -> int:
    if validity.repealed:
        return OVER_ON_ANY_DAY
    return NEVER_OVER if validity.valid_until is None else _ordinal(validity.valid_until)


def _ordinal(day: date) -> int:
    return day.toordinal()
