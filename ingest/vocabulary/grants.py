"""The words by which grants, their recipients and their conditions are found in any policy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import model_validator

from ingest.sentences import Sentence
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.load import Subject, read

Many = tuple[str, ...]


class Verbs(Subject):
    """What says that something is granted, and what says that it is not."""

    give: Many
    gives_itself: Many
    gives_to: Many
    apply: Many
    gifts: Many
    relief: Many
    right: Many
    may: Many
    right_is: Many
    not_granted: Many
    not_a_grant: Many


class Nobody(Subject):
    """Who gets money and is no asker, and what only looks like a recipient."""

    government: Many
    other: Many


class Employing(Subject):
    """A firm that takes people on."""

    verbs: Many
    whom: Many


class Conditions(Subject):
    """What conditions are made of."""

    decision: Many
    degrees: Many
    titles: Many
    skills: Many
    sizes: Many
    arrivals: Many
    unread: Many
    levels: Mapping[str, str]
    recognitions: Mapping[str, Many]
    times: Mapping[str, Many]
    figures: Mapping[str, Many]


class Amounts(Subject):
    """What stands around a figure."""

    cap: Many
    periods: Mapping[str, Many]


class Documents(Subject):
    """Sentences that speak for a whole document."""

    scope: Many
    exclusions: Many
    overlap: Many
    procedure: Many


class Prices(Subject):
    """How a price is announced."""

    words: Many
    for_households: Many


class GrantWords(Subject):
    """The whole of ``grants.toml``, where the fields are described."""

    verbs: Verbs
    kinds: Mapping[str, Many]
    recipients: Mapping[str, Many]
    by_gift: Mapping[str, Many]
    nobody: Nobody
    employing: Employing
    conditions: Conditions
    amounts: Amounts
    documents: Documents
    prices: Prices

    @model_validator(mode="after")
    def _speaks_of_what_records_may_hold(self) -> GrantWords:
        allowed = entitlement_words()
        tables = (
            ("kinds", self.kinds, allowed.kinds),
            ("recipients", self.recipients, allowed.recipients),
            ("by_gift", self.by_gift, allowed.recipients),
            ("conditions.figures", self.conditions.figures, allowed.attributes),
        )
        for name, table, known in tables:
            if unknown := table.keys() - known.keys():
                raise ValueError(Sentence("ingest.names_unknown_word", name=name, word=min(unknown)))
        return self


@cache
def grant_words() -> GrantWords:
    """The words of grants, read and checked once. Raises VocabularyUnusable."""
    return read("grants", GrantWords)
