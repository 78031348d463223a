"""Units of measure, and the words beside a figure that say how it limits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import model_validator

from ingest.sentences import Sentence
from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.wordings import Wording, Wordings

Many = tuple[str, ...]
Printed = Mapping[str, str]
"""As printed → the unit meant."""


class Units(Subject):
    """The whole of ``units.toml``, where the fields are described."""

    per_whom: Many
    per_measure: Many
    per_time: Many
    in_characters: Many
    from_two: Many
    money: Printed
    duration: Printed
    ratio: Printed
    score: Printed
    age: Printed
    count: Printed
    measure: Printed
    goes_on_as: Mapping[str, str]

    @property
    def base(self) -> dict[str, str]:
        """Every unit as printed with the unit it means."""
        kinds = (self.money, self.duration, self.ratio, self.score, self.age, self.count, self.measure)
        return {printed: unit for kind in kinds for printed, unit in kind.items()}

    @model_validator(mode="after")
    def _speaks_of_units(self) -> Units:
        named = {*self.in_characters, *self.from_two, *self.goes_on_as}
        if unknown := named - self.base.keys():
            raise ValueError(Sentence("ingest.is_no_unit", unit=min(unknown)))
        return self


@cache
def units() -> Units:
    """Units of measure, read and checked once. Raises VocabularyUnusable."""
    return read("units", Units)


class BoundWords(Subject):
    """What says that a figure limits in one way, in front of it and behind it."""

    before: Wordings
    after: Wordings
    whole: tuple[Wording, ...] = ()


class Bounds(Subject):
    """The whole of ``bounds.toml``, where the fields are described."""

    between: Wordings
    at_least: BoundWords
    at_most: BoundWords
    about: BoundWords


@cache
def bounds() -> Bounds:
    """Words beside figures, read and checked once. Raises VocabularyUnusable."""
    return read("bounds", Bounds)
