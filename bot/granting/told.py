"""What a conversation tells of its asker: facts of every turn, where a later turn corrects an earlier one the later ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.match.facts.read import read_facts
from bot.match.heard import heard_facts
from bot.match.matching import Matcher
from bot.match.types import AskerFacts, Fact
from ingest.normalise import to_simplified
from ingest.vocabulary.matching.inclusions import inclusions
from ingest.vocabulary.talk import talk_words

LATEST_TURNS = 8  # looked at; what was told before them is long ago
_ENGLISH_SELF = re.compile(r"\b(?:I|we|my|our|us)\b")
_GIVEN_TO = {who: re.compile(words, re.IGNORECASE) for who, words in talk_words().given_to.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of a conversation. ``speaks`` is true when it says who asks, or to whom the money asked about goes."""

    facts: AskerFacts
    speaks: bool

    @classmethod
    def of(cls, turns: Sequence[str], matcher: Matcher, as_of: date) -> Told:
        """The facts of ``turns``, the question last."""
        whole = AskerFacts(frozenset())
        for turn in turns[-LATEST_TURNS:]:
            own = read_facts(turn, matcher.known_places, as_of, matcher.listed)
            own = replace(own, facts=(*own.facts, *heard_facts(turn, own, matcher.listed, as_of)))
            whole = _with(whole, own)
        last = to_simplified(turns[-1])
        given_to = frozenset(who for who, words in _GIVEN_TO.items() if words.search(last))
        if given_to:
            firms = frozenset({"company", "employer"}) if "employer" in given_to else frozenset[str]()
            return cls(replace(whole, who=given_to | firms), True)
        plain = [to_simplified(turn) for turn in turns[-LATEST_TURNS:]]
        speaks = any(word in turn for turn in plain for word in inclusions().speaks_of_self)
        return cls(whole, bool(whole.who) and (speaks or any(map(_ENGLISH_SELF.search, plain))))


def _with(earlier: AskerFacts, later: AskerFacts) -> AskerFacts:
    """Both; of an attribute that the later one speaks of, only what it says."""
    said = {_key(fact) for fact in later.facts}
    kept = tuple(fact for fact in earlier.facts if _key(fact) not in said)
    return AskerFacts(later.who or earlier.who, (*kept, *later.facts))


def _key(fact: Fact) -> tuple[str, str | None, str]:
    several = fact.attribute in ("event", "status", "recognition", "award", "industry")
    named = fact.words[0] if several and fact.words else fact.of
    return fact.attribute, named, fact.about
