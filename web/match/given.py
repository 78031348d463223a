"""What the page of matching sends, and the facts of an asker it stands for. Nothing of it is kept anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.match.facts.checks import derived, fitting, is_absurd, label, sentence, settled
from bot.match.facts.codes import FactCodes
from bot.match.facts.people import MOST_GROUPS
from bot.match.facts.places import KnownPlaces
from bot.match.facts.reading import widened
from bot.match.types import AskerFacts, Fact
from bot.types import Language
from ingest.errors import QuestionUnusable
from ingest.types import Span
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.matching.asker_speech import asker_speech
from web.match.words import UNITS
from web.texts import Tongue

MOST_FACTS = 200
LONGEST_WORD = 80  # characters of one word of a fact
SCRIPT, TRADITIONAL = "script", "hant"  # of a link: that its Chinese is in traditional characters
WORKED_OUT = "rd_share"  # from both amounts, each time anew

Word = Annotated[str, Field(min_length=1, max_length=LONGEST_WORD)]


class FactGiven(BaseModel):
    """A fact as the page has it: read from the profile, or filled into the form."""

    model_config = ConfigDict(extra="forbid")

    attribute: str = Field(max_length=40)
    words: list[Word] = Field(default_factory=list[str], max_length=40)
    number: Decimal | None = Field(None, allow_inf_nan=False, max_digits=24, decimal_places=8)
    unit: str | None = Field(None, max_length=12)
    of: Word | None = None
    about: Literal["asker", "talent", "relative"] = "asker"
    group: int = Field(0, ge=0, le=MOST_GROUPS)  # every grant is judged once for each
    people: int | None = Field(None, ge=1, le=9999)
    denied: bool = False
    planned: bool = False
    upto: Decimal | None = Field(None, allow_inf_nan=False, max_digits=24, decimal_places=8)
    said: tuple[int, int] | None = None
    because: str = Field("", max_length=400)


class MatchGiven(BaseModel):
    """What ``POST /page/match`` takes: a profile to be read, or facts to be judged, or the codes of a link."""

    model_config = ConfigDict(extra="forbid")

    lang: Tongue = "zh"
    profile: str = ""
    read: bool = False  # the profile is read; facts given as well take the place of read ones
    who: list[str] = Field(default_factory=list[str], max_length=40)
    facts: list[FactGiven] = Field(default_factory=list[FactGiven], max_length=MOST_FACTS)
    script: Literal["hans", "hant"] = "hans"  # of the reply before this one
    codes: dict[str, str] | None = None  # how much a link may hold is told by FactCodes, in a sentence of ours


def facts_given(given: MatchGiven, places: KnownPlaces) -> AskerFacts:
    """The facts of a form; absurd numbers are left out and said so.

    Raises QuestionUnusable for a recipient, an attribute or a value that no form of ours can send.
    """
    if unknown := set(given.who) - entitlement_words().recipients.keys():
        raise QuestionUnusable("web.match_without_recipient", recipient=min(unknown))
    facts: list[Fact] = []
    faults: list[str] = []
    for one in given.facts:
        _check(one, given.lang)
        if one.number is not None and (fault := _fault(one, given.lang)):
            faults.append(fault)
        elif one.attribute != WORKED_OUT or not one.because:
            facts.append(_fact(one, places))
    facts, unfit = fitting(facts, given.lang)
    more, apart = derived(facts, given.lang)
    return AskerFacts(frozenset(given.who), (*settled(facts, apart), *more), (*faults, *unfit, *apart))


def _check(given: FactGiven, tongue: Tongue) -> None:
    known = entitlement_words().attributes.get(given.attribute)
    if known is None:
        raise QuestionUnusable("web.match_without_attribute", attribute=given.attribute)
    if (known.takes == "number") != (given.number is not None) or bool(given.words) == (given.number is not None):
        raise QuestionUnusable("web.match_fact_without_value", label=label(given.attribute, tongue))


def _fault(given: FactGiven, tongue: Tongue) -> str:
    """Why a number cannot be meant; empty when it can."""
    assert given.number is not None
    value, unit = _scaled(given.number, given.unit)
    said, called = f"{given.number:f}{given.unit or ''}", label(given.attribute, tongue)
    if value < 0:
        return sentence("negative", tongue, a=said, b=called)
    absurd = is_absurd(given.attribute, value, unit in asker_speech().money)
    return sentence("absurd", tongue, a=said, b=called) if absurd else ""


def _scaled(number: Decimal, unit: str | None) -> tuple[Decimal, str | None]:
    """The number in the unit that conditions have."""
    known = UNITS.get(unit or "")
    return (number * known.times, known.plain) if known is not None and known.plain else (number, unit)


def _fact(given: FactGiven, places: KnownPlaces) -> Fact:
    number, unit = given.number, given.unit
    if number is not None:
        number, unit = _scaled(number, unit)
        number = Decimal(int(number)) if number == number.to_integral_value() else number.normalize()
    return Fact(
        given.attribute,
        words=_place(given.words, places) if given.attribute == "place" else widened(tuple(given.words)),
        number=number,
        unit=unit,
        of=given.of,
        about=given.about,
        group=given.group,
        people=given.people,
        denied=given.denied,
        planned=given.planned,
        upto=given.upto,
        said=Span(*given.said) if given.said and 0 <= given.said[0] <= given.said[1] else None,
        because=given.because,
    )


def _place(words: Sequence[str], places: KnownPlaces) -> tuple[str, ...]:
    """A place with those around it: all of them are where the asker is."""
    if len(words) > 1:
        return tuple(words)
    chain, speech = places.chain(words[0]), asker_speech().places
    return (*chain, *speech.areas) if any(name.startswith(tuple(speech.west)) for name in chain) else chain


def merged(read: AskerFacts, own: AskerFacts) -> AskerFacts:
    """Facts read from a profile, and those of the form in the place of what the profile says of the same."""
    if not own.facts and not own.who:
        return read
    settled = {_of_what(fact) for fact in own.facts}
    kept = (*own.facts, *(fact for fact in read.facts if _of_what(fact) not in settled and not _is_worked_out(fact)))
    more, unfit = derived(kept, "zh")
    faults = tuple(dict.fromkeys((*read.contradictions, *own.contradictions, *unfit)))
    return AskerFacts(own.who or read.who, (*kept, *more), faults)


def _of_what(fact: Fact) -> tuple[str, str | None, str, int]:
    return fact.attribute, fact.of, fact.about, fact.group


def _is_worked_out(fact: Fact) -> bool:
    return fact.attribute == WORKED_OUT and bool(fact.because) and fact.said is None


def link_of(facts: AskerFacts, codes: FactCodes, language: Language = Language.ZH) -> str:
    """The codes of facts as they stand in a link behind ``#``: ``who=company&size=k3d0q2``."""
    parts = codes.of(_linked(facts))
    if parts and language is Language.ZH_HANT:
        parts[SCRIPT] = TRADITIONAL
    return "&".join(f"{name}={items}" for name, items in parts.items())


def without_script(codes: Mapping[str, str]) -> dict[str, str]:
    """The codes of the facts alone."""
    return {name: items for name, items in codes.items() if name != SCRIPT}


def _linked(facts: AskerFacts) -> AskerFacts:
    """Without what is worked out anew; what was worked out from words that are not in the link counts as stated."""
    return replace(facts, facts=tuple(_stated(fact) for fact in facts.facts if not _is_worked_out(fact)))


def _stated(fact: Fact) -> Fact:
    return replace(fact, because="") if fact.said is None and fact.because else fact


def in_order(facts: Iterable[Fact]) -> Iterator[Fact]:
    """As the vocabulary lists the attributes."""
    order = {name: place for place, name in enumerate(entitlement_words().attributes)}
    return iter(sorted(facts, key=lambda fact: order[fact.attribute]))
