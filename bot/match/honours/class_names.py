"""The names that classes of talent have in one catalogue alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.match.types import AskerFacts, Fact
from ingest.entitlements.types import Attached, ReadableCondition, leaves
from ingest.normalise import to_simplified
from ingest.vocabulary.talk import talk_words

_CLASS = "talent_class"
_NAMED = re.compile(talk_words().named_class)
_ROUND = 8  # characters on either side of a class in which its name stands
ClassNames = Mapping[str, frozenset[tuple[str, str]]]


def class_names(grants: Iterable[Attached]) -> ClassNames:
    """The names of classes as records print them, each with whose catalogues have it and for which class."""
    found: dict[str, set[tuple[str, str]]] = {}
    for grant in grants:
        for condition in (grant.record.conditions, *(row.when for row in grant.record.amounts)):
            for leaf in leaves(condition):
                if isinstance(leaf, ReadableCondition) and leaf.attribute == _CLASS and leaf.of:
                    for match in _NAMED.finditer(leaf.span):
                        found.setdefault(match["name"], set()).add((leaf.of, match["class"]))
    return {name: frozenset(of) for name, of in found.items()}


def with_catalogues(profile: str, facts: AskerFacts, names: ClassNames) -> AskerFacts:
    """The facts with whose a class is, where the name said beside it stands in one catalogue alone."""
    plain = to_simplified(profile)
    return replace(facts, facts=tuple(_of_catalogue(plain, fact, names) for fact in facts.facts))


def _of_catalogue(plain: str, fact: Fact, names: ClassNames) -> Fact:
    if fact.attribute != _CLASS or fact.of is not None or fact.said is None:
        return fact
    around = plain[max(0, fact.said.start - _ROUND) : fact.said.end + _ROUND]
    holders = {of for name, listed in names.items() if name in around for of, letter in listed if letter in fact.words}
    return replace(fact, of=holders.pop()) if len(holders) == 1 else fact
