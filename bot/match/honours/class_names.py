"""The names that classes of talent have in one catalogue alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.match.facts.profile_text import prepared
from bot.match.facts.reading import Reading
from bot.match.types import AskerFacts, Fact
from ingest.entitlements.types import Attached, ReadableCondition, leaves
from ingest.normalise import to_simplified
from ingest.types import Span
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.talk import talk_words

_CLASS = "talent_class"
_NAMED = re.compile(talk_words().named_class)
_LEVEL_OF = {said: level for level, words in asker_speech().levels.items() for said in (*words, level)}
_LEVELS = any_of(said for said in _LEVEL_OF if not said.isascii())
_NO_CLASS = any_of(talk_words().no_class_behind)
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
    whole = [_of_catalogue(plain, fact, names) for fact in facts.facts]
    return replace(facts, facts=(*whole, *_named_alone(profile, plain, facts, names)))


def _named_alone(profile: str, plain: str, facts: AskerFacts, names: ClassNames) -> Iterator[Fact]:
    """市级拔尖人才, of a catalogue of that level alone: its class, said without the letter."""
    if any(fact.attribute == _CLASS for fact in facts.facts):
        return
    reading = Reading(prepared(profile), facts.who, date.min)
    for name, holders in names.items():
        for match in re.finditer(rf"(?P<level>{_LEVELS})(?:的|认定的|评的)?{re.escape(name)}(?!{_NO_CLASS})", plain):
            said = _LEVEL_OF[match["level"]]
            found = [(of, letter) for of, letter in holders if of.endswith(said)]
            clause = next((c for c in reading.clauses if c.start <= match.start() < c.end), None)
            if len(found) != 1 or clause is None or clause.asking or reading.is_of_others(match.start()):
                continue
            of, letter = found[0]
            span = Span(match.start(), match.end())
            denied = reading.profile.is_denied(clause, span.start, span.end)
            about = reading.about(clause, _CLASS)
            yield Fact(_CLASS, (letter,), of=of, about=about, denied=denied, said=span)
            return


def _of_catalogue(plain: str, fact: Fact, names: ClassNames) -> Fact:
    if fact.attribute != _CLASS or fact.of is not None or fact.said is None:
        return fact
    around = plain[max(0, fact.said.start - _ROUND) : fact.said.end + _ROUND]
    holders = {of for name, listed in names.items() if name in around for of, letter in listed if letter in fact.words}
    return replace(fact, of=holders.pop()) if len(holders) == 1 else fact
