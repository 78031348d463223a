"""The words that a record of an entitlement may use: kinds, recipients, bounds, attributes and their operators."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import model_validator

from ingest.sentences import Sentence
from ingest.vocabulary.load import Subject, read

Label = tuple[str, str]
"""Chinese and English."""


class Attribute(Subject):
    """A fact about an asker that a condition may speak of; the fields are described in ``entitlements.toml``."""

    takes: Literal["words", "steps", "number"]
    label: Label
    units: tuple[str, ...] = ()  # empty: the unit as printed
    ladder: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _steps_have_a_ladder(self) -> Attribute:
        if (self.takes == "steps") != bool(self.ladder):
            raise ValueError(Sentence("ingest.ladder_when_steps"))
        return self


class _Operators(Subject):
    words: tuple[str, ...]
    steps: tuple[str, ...]
    number: tuple[str, ...]


class EntitlementWords(Subject):
    """The whole of ``entitlements.toml``."""

    kinds: Mapping[str, Label]
    recipients: Mapping[str, Label]
    bounds: Mapping[str, Label]
    operators: _Operators
    attributes: Mapping[str, Attribute]

    def operators_of(self, attribute: Attribute) -> tuple[str, ...]:
        """The comparisons that an attribute allows."""
        return {
            "words": self.operators.words,
            "steps": self.operators.steps,
            "number": self.operators.number,
        }[attribute.takes]


@cache
def entitlement_words() -> EntitlementWords:
    """The vocabulary of records, read and checked once. Raises VocabularyUnusable."""
    return read("entitlements", EntitlementWords)
