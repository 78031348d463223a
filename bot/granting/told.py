"""What a conversation tells of its asker: facts of every turn, where a later turn corrects an earlier one the later ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.match.facts.profile_text import prepared
from bot.match.facts.read import read_facts
from bot.match.facts.words import WordFinder
from bot.match.heard import heard_facts
from bot.match.matching import Matcher
from bot.match.types import AskerFacts, Fact
from ingest.normalise import to_simplified
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.inclusions import inclusions
from ingest.vocabulary.talk import talk_words

LATEST_TURNS = 8  # looked at; what was told before them is long ago
_ENGLISH_SELF = re.compile(r"\b(?:I|we|my|our|us)\b")
_OF_FIRMS = frozenset({"recognition", "recognition.time", "size", "rd", "rd_share", "revenue", "ownership"})
_OF_PERSONS = frozenset({"talent_class", "degree", "title", "skill_level", "age"})  # what nobody but a person has
_FIRMS = frozenset({"company", "employer"})
_TO_EMPLOYER = re.compile(talk_words().to_employer, re.IGNORECASE)
_NOT_FULL_TIME = re.compile(talk_words().not_full_time)
_GIVEN_TO = {who: re.compile(words, re.IGNORECASE) for who, words in talk_words().given_to.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of a conversation. ``speaks`` is true when it says who asks, or to whom the money asked about goes."""

    facts: AskerFacts
    speaks: bool
    only_employer: bool = False  # it is asked what the employer gets, not the person brought in
    last: frozenset[Fact] = frozenset()  # told by the last turn
    says_who: bool = False  # by name or by what only a person has; 我 alone may speak for a firm

    @classmethod
    def of(cls, turns: Sequence[str], matcher: Matcher, as_of: date) -> Told:
        """The facts of ``turns``, the question last."""
        whole, speaks, says_who = AskerFacts(frozenset()), False, False
        own = whole
        for typed in turns[-LATEST_TURNS:]:
            turn = _NOT_FULL_TIME.sub(talk_words().comes_now_and_then, to_simplified(typed))
            own = read_facts(turn, matcher.known_places, as_of, matcher.listed, is_question=True)
            more = (*heard_facts(turn, own, matcher.listed, as_of), *_once_more(turn, own, whole))
            own = replace(own, facts=(*own.facts, *more))
            named = _named(turn)
            of_self = named is not None or _speaks_of_self(turn)
            speaks = speaks or (of_self and bool(named or own.who))
            who = named or (own.who if of_self or not whole.who else whole.who)
            whole = replace(_with(whole, own), who=who)
            says_who = says_who or named is not None
        # 我… of a high-tech enterprise with so much turnover is no person, however it is put.
        firms = any(fact.attribute in _OF_FIRMS and fact.about == "asker" for fact in whole.facts)
        only_employer = _TO_EMPLOYER.search(to_simplified(turns[-1])) is not None
        says_who = says_who or any(fact.attribute in _OF_PERSONS and fact.about == "asker" for fact in whole.facts)
        speaks = speaks and not (firms and whole.who.isdisjoint(_FIRMS))
        return cls(whole, speaks, only_employer, frozenset(own.facts), says_who)


def _once_more(turn: str, own: AskerFacts, earlier: AskerFacts) -> Iterator[Fact]:
    """再次获批呢 behind a question on 首次认定的高企: how often, of the recognition spoken of before."""
    if own.of("recognition.time") or own.of("recognition"):
        return
    text = prepared(turn).text
    times = {name for found in _times().find(text, 0, len(text)) for name in found.names}
    for fact in earlier.of("recognition.time") if times else ():
        yield replace(fact, words=tuple(sorted(times)), said=None)


@cache
def _times() -> WordFinder:
    return WordFinder(asker_speech().times, names_count=False)


def _named(turn: str) -> frozenset[str] | None:
    """To whom the money asked about goes, where the turn says so."""
    plain = to_simplified(turn)
    given_to = frozenset(who for who, words in _GIVEN_TO.items() if words.search(plain))
    if _TO_EMPLOYER.search(plain):
        given_to |= {"employer"}
    if "intermediary" in given_to:
        return frozenset({"intermediary", "company"})
    return _FIRMS if "employer" in given_to and "person" not in given_to else given_to or None


def _speaks_of_self(turn: str) -> bool:
    plain = to_simplified(turn)
    return any(word in plain for word in inclusions().speaks_of_self) or _ENGLISH_SELF.search(turn) is not None


def _with(earlier: AskerFacts, later: AskerFacts) -> AskerFacts:
    """Both; of an attribute that the later one speaks of, only what it says."""
    said = {_key(fact) for fact in later.facts}
    kept = tuple(fact for fact in earlier.facts if _key(fact) not in said)
    return AskerFacts(later.who, (*kept, *later.facts))


def _key(fact: Fact) -> tuple[str, str | None, str]:
    several = fact.attribute in ("event", "status", "recognition", "award", "industry")
    named = fact.words[0] if several and fact.words else fact.of
    return fact.attribute, named, fact.about
