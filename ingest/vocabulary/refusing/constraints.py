"""What tells one thing from its neighbours, and what may be asked of a thing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.wordings import Wording, Wordings


class Family(Subject):
    """Siblings of which a rule that names some does not name the others."""

    kind: Literal["object", "grade", "recipient"]
    members: Mapping[str, Wordings]  # name → its wordings
    covers: Mapping[str, Wordings] = {}  # name → further wordings of a rule that include it
    of_the_best: bool = False  # they stand side by side in one document: only the best sentence says which is meant
    told_once: bool = False  # said of somebody in an earlier turn or part, it holds for those behind it


class AttributeWords(Subject):
    """One thing that may be asked of a rule."""

    asked: Wordings
    printed: Wordings  # one of these stands in a rule that answers it
    called: tuple[str, str]  # in an answer, Chinese and English


class MeasureWords(Subject):
    """One thing that a number is asked of: a duration, a share, a number of people."""

    asked: Wordings
    units: tuple[str, ...]  # a figure in one of these answers it
    printed: Wordings  # and so does one of these
    called: tuple[str, str]  # in an answer, Chinese and English


class GivenForWords(Subject):
    """How it is asked how much is given for a thing, and nouns that are no such thing."""

    given: Wording
    too_wide: Wordings
    money: str


class ListedWords(Subject):
    """Endings by which a rule lists things (专家型、卓越型), words in front of them that name nothing, and ordinals of a scale."""

    endings: tuple[str, ...]
    tell_nothing: Wordings
    before: Wording  # what ends before the first of a list
    ordinal: Wording


class Speech(Subject):
    """Patterns by which places, ranks, thresholds and positions are told; some of them capture a number."""

    floor_behind: str
    floor_before: str
    ceiling_behind: str
    ceiling_before: str
    not_above: str
    rank_asked: str
    rank_printed: str
    either: str
    is_granted: str
    granted_behind: str
    claimed_before: str
    asking: str
    asking_in: str
    asked_otherwise: str
    not_counted: str
    part_behind: str
    staying: str
    moving: str
    before_place: str
    behind_place: str
    place_suffix: str
    edition: str
    name_of_amount: str
    either_before: str
    size_named_from: str
    won: str
    tier_asked: str
    tiers_only_said: str
    tiers_printed: str
    behind_level: str
    denied: str
    year_asked: str
    year_open: str
    year_range: str
    how_many: str
    number: str


class ConstraintWords(Subject):
    """The whole of ``constraints.toml``, where the fields are described."""

    speech: Speech
    given_for: GivenForWords
    families: Mapping[str, Family]
    attributes: Mapping[str, AttributeWords]
    measures: Mapping[str, MeasureWords]
    listed: ListedWords
    facts: Mapping[str, AttributeWords]
    numbers: Mapping[str, AttributeWords]
    counted: Wordings


@cache
def constraint_words() -> ConstraintWords:
    """The words of constraints, read and checked once. Raises VocabularyUnusable."""
    return read("constraints", ConstraintWords)
