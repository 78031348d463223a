"""Very many clauses in little memory: each lies packed in a few hundred bytes and is made when it is asked for.

A clause as Python objects takes one to six kilobytes, packed about a tenth of that; making it takes some 30 µs.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from types import GenericAlias
from typing import Any, cast, get_type_hints, overload

from pydantic import TypeAdapter

from ingest.types import Clause

# Up to here clauses stay as they are: a hundred megabytes or two, and nothing to be made.
PACK_FROM = 50_000  # clauses

_NAMES = tuple(field.name for field in fields(Clause))
# The fields in their order, without their names, which would be half of what is written.
_TYPES = get_type_hints(Clause)
_ROW = TypeAdapter(cast(type[tuple[Any, ...]], GenericAlias(tuple, tuple(_TYPES[name] for name in _NAMES))))


def row_of_clause(clause: Clause) -> bytes:
    """A clause as a JSON row."""
    return _ROW.dump_json(tuple(getattr(clause, name) for name in _NAMES), exclude_defaults=True)


def clause_of_row(row: bytes) -> Clause:
    """The clause of a row."""
    return Clause(*_ROW.validate_json(row))


class PackedClauses(Sequence[Clause]):
    """Clauses one after another as JSON rows; equal to what was packed, but a new object each time."""

    def __init__(self, clauses: Iterable[Clause] = ()) -> None:
        self._rows = bytearray()
        self._ends = array("Q", [0])
        self.extend(clauses)

    def extend(self, clauses: Iterable[Clause]) -> None:
        """Packs further clauses behind the last one."""
        for clause in clauses:
            self._rows += row_of_clause(clause)
            self._ends.append(len(self._rows))

    @overload
    def __getitem__(self, place: int) -> Clause: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Clause]: ...
    def __getitem__(self, place: int | slice) -> Clause | Sequence[Clause]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        number = place + len(self) if place < 0 else place
        if not 0 <= number < len(self):
            raise IndexError(f"There is no clause {place} among {len(self)}")
        return clause_of_row(bytes(memoryview(self._rows)[self._ends[number] : self._ends[number + 1]]))

    def __iter__(self) -> Iterator[Clause]:
        return (self[number] for number in range(len(self)))

    def __len__(self) -> int:
        return len(self._ends) - 1


class ClauseCollector:
    """Takes in clauses file by file and packs them as soon as they are many."""

    def __init__(self) -> None:
        self._few: list[Clause] = []
        self._many: PackedClauses | None = None

    def add(self, clauses: Iterable[Clause]) -> None:
        """Further clauses, behind those before."""
        for clause in clauses:
            if self._many is not None:
                self._many.extend((clause,))
                continue
            self._few.append(clause)
            if len(self._few) > PACK_FROM:
                self._many, self._few = PackedClauses(self._few), []

    def collected(self) -> Sequence[Clause]:
        """All of them in their order."""
        return tuple(self._few) if self._many is None else self._many
