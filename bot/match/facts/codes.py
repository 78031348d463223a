"""Facts as compact codes for a link behind ``#``, and back: codes of attributes and of known words, never free text.

A code of a word is the beginning of its hash, so that it stays the same when words are added; a word that no vocabulary
and no record knows (a product, a kind of lorry) is left out. What was worked out from other facts is worked out again.

    {"who": "company.employer", "recognition": "k3d0q2", "rd": "n3800000_8fzq1w", "degree": "t.x2m4qa"}
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal

from bot.match.facts.checks import Language, derived, fitting, label, settled
from bot.match.facts.people import MOST_GROUPS
from bot.match.facts.places import KnownPlaces, names_of
from bot.match.facts.reading import widened
from bot.match.facts.titles.title_holders import titles_known
from bot.match.honours.prizes import words_of_prizes
from bot.match.types import AskerFacts, Fact
from ingest.errors import QuestionUnusable
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.grants import grant_words
from ingest.vocabulary.levels import level_names
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.places import place_names

WHO = "who"
_LENGTH = 7  # characters of a code; some thousand words stay apart
_MOST_ITEMS = 200  # of a link; a person's profile has a few dozen
_ABOUT = {"t": "talent", "r": "relative"}
_ITEM = re.compile(
    r"(?P<planned>~)?(?P<denied>!)?(?:(?P<about>[tr])(?:(?P<group>\d)(?:x(?P<people>[1-9]\d{0,3}))?)?\.)?(?:n(?P<number>\d{1,20}(?:\.\d{1,6})?)(?:-(?P<upto>\d{1,20}(?:\.\d{1,6})?))?(?:_(?P<unit>[a-z2-7]+))?|(?P<words>[a-z2-7]+(?:-[a-z2-7]+)*))(?:@(?P<of>[a-z2-7]+))?"
)


class FactCodes:
    """The codes of all words that a corpus and the vocabularies know. ``listed`` are the words of its records."""

    def __init__(self, known: KnownPlaces, listed: Mapping[str, frozenset[str]] | None = None) -> None:
        self._known = known
        self._listed = listed or {}

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Code → word."""
        return {code_of(word): word for word in dict.fromkeys(_all_words(self._known, self._listed))}

    def of(self, facts: AskerFacts) -> dict[str, str]:
        """The codes of facts, by attribute; facts of which no word is known are left out."""
        items: dict[str, list[str]] = {}
        for fact in facts.facts:
            if fact.said is None and fact.because:
                continue
            if item := self._item(fact):
                items.setdefault(fact.attribute, []).append(item)
        who = [name for name in entitlement_words().recipients if name in facts.who]
        return ({WHO: ".".join(who)} if who else {}) | {
            name: ",".join(dict.fromkeys(found)) for name, found in items.items()
        }

    def facts(self, codes: Mapping[str, str], language: Language = "zh") -> AskerFacts:
        """The facts of codes, checked as those of a profile. Raises QuestionUnusable, naming the attribute, for what is no code."""
        who = [name for name in codes.get(WHO, "").split(".") if name]
        if unknown := set(who) - entitlement_words().recipients.keys():
            raise _no_code(WHO, min(unknown), language)
        facts = [fact for name, items in codes.items() if name != WHO for fact in self._facts_of(name, items, language)]
        if len(facts) > _MOST_ITEMS:
            raise QuestionUnusable("bot.link_holds_too_many_facts", number=len(facts), most=_MOST_ITEMS)
        kept, unfit = fitting(facts, language)
        more, faults = derived(kept, language)
        return AskerFacts(frozenset(who), (*settled(kept, faults), *more), (*unfit, *faults))

    def _item(self, fact: Fact) -> str | None:
        start = "~" * fact.planned + "!" * fact.denied + _whose(fact)
        end = f"@{code_of(fact.of)}" if fact.of is not None and code_of(fact.of) in self.words else ""
        if fact.number is not None:
            unit = f"_{code_of(fact.unit)}" if fact.unit and code_of(fact.unit) in self.words else ""
            upto = f"-{fact.upto:f}" if fact.upto is not None else ""
            return f"{start}n{fact.number:f}{upto}{unit}{end}"
        codes = [code_of(word) for word in _narrowest(fact.words) if code_of(word) in self.words]
        return f"{start}{'-'.join(codes)}{end}" if codes else None

    def _facts_of(self, attribute: str, items: str, language: Language) -> Iterator[Fact]:
        if attribute not in entitlement_words().attributes:
            raise _no_code("#", attribute, language)
        for item in dict.fromkeys(items.split(",")):
            match = _ITEM.fullmatch(item)
            fact = self._fact(attribute, match) if match is not None else None
            if fact is None:
                raise _no_code(attribute, item, language)
            yield fact

    def _fact(self, attribute: str, match: re.Match[str]) -> Fact | None:
        """None where a code is no word, or no number where one is wanted."""
        takes_number = entitlement_words().attributes[attribute].takes == "number"
        group = int(match["group"] or 0)
        codes = [code for code in (*(match["words"] or "").split("-"), match["unit"], match["of"]) if code]
        known = all(code in self.words for code in codes)
        if not known or takes_number != (match["number"] is not None) or group > MOST_GROUPS:
            return None
        about = _about(match["about"])
        words = [self.words[code] for code in (match["words"] or "").split("-") if code]
        return Fact(
            attribute,
            words=widened(tuple(words)),
            number=Decimal(match["number"]) if match["number"] else None,
            unit=self.words[match["unit"]] if match["unit"] else None,
            of=self.words[match["of"]] if match["of"] else None,
            about=about,
            denied=bool(match["denied"]),
            planned=bool(match["planned"]),
            upto=Decimal(match["upto"]) if match["upto"] else None,
            group=group,
            people=int(match["people"]) if match["people"] else None,
        )


def code_of(word: str) -> str:
    """The code of a word: a to z and 2 to 7."""
    return base64.b32encode(hashlib.sha256(word.encode()).digest()).decode().lower()[:_LENGTH]


def _about(code: str | None) -> Literal["asker", "talent", "relative"]:
    return "talent" if code == "t" else "relative" if code == "r" else "asker"


def _whose(fact: Fact) -> str:
    """Nothing for the asker, r. for a relative, t. for the people brought, with group and number: t2x3."""
    letter = next((code for code, about in _ABOUT.items() if about == fact.about), "")
    group = f"{fact.group}" if fact.group or fact.people else ""
    people = f"x{fact.people}" if fact.people else ""
    return f"{letter}{group}{people}." if letter else ""


def _no_code(where: str, what: str, language: Language) -> QuestionUnusable:
    """What is no code, under the name that the page has for it."""
    if where == WHO:
        where = asker_speech().who[language == "en"]
    elif where in entitlement_words().attributes:
        where = label(where, language)
    shown = what if len(what) <= 40 else f"{what[:40]}…"
    return QuestionUnusable("bot.link_holds_no_fact", where=where, what=shown)


def _narrowest(words: tuple[str, ...]) -> Iterator[str]:
    """Words without those that follow from an earlier one."""
    implied: set[str] = set()
    for word in words:
        if word not in implied:
            yield word
        implied |= set(widened((word,)))


def _all_words(known: KnownPlaces, listed: Mapping[str, frozenset[str]]) -> Iterable[str]:
    own, speech, records = asker_fact_words(), asker_speech(), entitlement_words()
    for attribute in own.attributes:
        yield from own.of(attribute)
        yield from (f"申报{name}" for name in own.of(attribute) if attribute == "recognition")
    yield from (word for name, wider in (*own.wider.items(), *own.opposites.items()) for word in (name, *wider))
    yield from grant_words().conditions.recognitions
    for attribute in records.attributes.values():
        yield from (*attribute.ladder, *attribute.units)
    yield from (
        *speech.times,
        *level_names(),
        *speech.money,
        *(unit for units in speech.units.values() for unit in units),
    )
    yield from _places(known)
    yield from speech.certificates.values()
    yield speech.levels_elsewhere.another
    yield speech.kin.talent
    yield from "ABCDEFGH"
    yield from "一二三四五六七八"
    yield from sorted(word for words in listed.values() for word in words)
    yield from titles_known()
    yield from words_of_prizes(listed.get("award", ()))


def _places(known: KnownPlaces) -> Iterable[str]:
    words = asker_speech().places
    yield from (place for full in known.names.values() for place in full)
    yield from known.region
    yield from known.levels.covered
    yield from (
        *words.outside,
        *words.outside_province,
        *words.abroad,
        *words.countries,
        *words.not_mainland,
        *words.areas,
    )
    yield from (f"{full[-1]}{words.outside_behind}" for full in known.region)
    yield from (words.household.format(level=full[-1]) for full in known.region)
    yield from (words.student_of.format(place=name) for full in known.region for name in names_of(full))
    yield from (name for names in place_names().provinces.values() for name in names)
    yield from (city for cities in words.cities.values() for city in cities)
