"""What filters ask of clauses, one array each, so that a million clauses are sifted in a few milliseconds."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from index.arrays import open_array
from index.types import Filters
from ingest.types import Clause, PolicyDocument, Validity

NEVER_OVER = np.iinfo(np.int32).max
NO_LEVEL = -1
COLUMNS_FILE = "columns.npy"
NAMES_FILE = "names.json"
OVER_ON_ANY_DAY = SINCE_EVER = 0  # days are counted from 1 (date.toordinal)
COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Traits:
    """Row ``i`` is of clause ``i``. Levels and documents are numbered in the order of coming."""

    level: NDArray[np.int32]
    document: NDArray[np.int32]
    first_day: NDArray[np.int32]  # on which a clause is in force, as an ordinal; SINCE_EVER when none is printed
    last_day: NDArray[np.int32]  # on which clause and document both are in force, as an ordinal
    level_numbers: Mapping[str, int]  # a clause without a level has NO_LEVEL
    document_numbers: Mapping[str, int]

    @classmethod
    def of(cls, clauses: Sequence[Clause], documents: Mapping[str, PolicyDocument]) -> Traits:
        """Reads them off the clauses; ``documents`` are those of the clauses by their id."""
        levels: dict[str, int] = {}
        numbers: dict[str, int] = {}
        columns = np.empty((COLUMNS, len(clauses)), np.int32)
        for place, clause in enumerate(clauses):
            level = NO_LEVEL if clause.level is None else levels.setdefault(clause.level, len(levels))
            document = numbers.setdefault(clause.document, len(numbers))
            whole = documents[clause.document]
            last = min(_last_day(clause.validity), _last_day(whole.validity))
            columns[:, place] = level, document, _first_day(clause.validity.within(whole.validity)), last
        return cls(columns[0], columns[1], columns[2], columns[3], levels, numbers)

    def save(self, folder: Path) -> None:
        """Writes them into an empty folder."""
        np.save(folder / COLUMNS_FILE, np.stack((self.level, self.document, self.first_day, self.last_day)))
        names = {"levels": list(self.level_numbers), "documents": list(self.document_numbers)}
        (folder / NAMES_FILE).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, clause_count: int) -> Traits:
        """Reads them back; ValueError when they are of another number of clauses."""
        columns = open_array(folder / COLUMNS_FILE)
        names = cast(dict[str, list[str]], json.loads((folder / NAMES_FILE).read_text(encoding="utf-8")))
        if columns.shape != (COLUMNS, clause_count):
            raise ValueError(f"{COLUMNS_FILE} is not of {clause_count} clauses")
        levels, numbers = (
            {name: number for number, name in enumerate(names[kind])} for kind in ("levels", "documents")
        )
        return cls(columns[0], columns[1], columns[2], columns[3], levels, numbers)

    def passing(self, filters: Filters) -> NDArray[np.bool_]:
        """Which clauses pass."""
        passes = np.ones(len(self.level), np.bool_)
        if filters.levels:
            passes &= self.of_levels(filters.levels)
        if filters.documents:
            passes &= _among(self.document, self.document_numbers, filters.documents)
        if filters.without:
            passes &= ~_among(self.document, self.document_numbers, filters.without)
        if filters.in_force_on is not None:
            day = _ordinal(filters.in_force_on)
            passes &= (self.first_day <= day) & (day <= self.last_day)
        return passes

    def of_levels(self, levels: Collection[str], positions: NDArray[np.int64] | None = None) -> NDArray[np.bool_]:
        """Which clauses, of all or of those at ``positions``, are of one of these levels."""
        return _among(self.level if positions is None else self.level[positions], self.level_numbers, levels)


def _among(column: NDArray[np.int32], numbers: Mapping[str, int], names: Collection[str]) -> NDArray[np.bool_]:
    wanted = np.zeros(len(numbers) + 1, np.bool_)  # the last one is for NO_LEVEL
    wanted[[numbers[name] for name in names if name in numbers]] = True
    return wanted[column]


def _first_day(validity: Validity) -> int:
    return SINCE_EVER if validity.valid_from is None else _ordinal(validity.valid_from)


def _last_day(validity: Validity) -> int:
    if validity.repealed:
        return OVER_ON_ANY_DAY
    return NEVER_OVER if validity.valid_until is None else _ordinal(validity.valid_until)


def _ordinal(day: date) -> int:
    return day.toordinal()
