"""A person's words in, facts of the asker out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from bot.match.facts.brought.gone import without_gone
from bot.match.facts.brought.one_degree import with_one_degree
from bot.match.facts.brought.own_people import own_people
from bot.match.facts.checks import (
    derived,
    numbers_as_facts,
    of_age,
    one_number_each,
    sentence,
    settled,
    short,
    without_contradictions,
    without_refused,
)
from bot.match.facts.figures import figure_facts
from bot.match.facts.identity import who_asks
from bot.match.facts.named import named_facts, whole_capital
from bot.match.facts.people import MOST_GROUPS, came_along, in_groups, with_one_age
from bot.match.facts.person import brought_by_contract, person_facts
from bot.match.facts.places import KnownPlaces
from bot.match.facts.profile_text import LONGEST_PROFILE, Clause, prepared
from bot.match.facts.reading import Reading, finder, is_done
from bot.match.facts.recognitions import award_levels, recognition_facts, skill_facts
from bot.match.facts.speech.founding import alone, first_firm, founded, no_longer, not_founded
from bot.match.facts.speech.interns import trained_to_order
from bot.match.facts.subjects.brought import facts_of_brought
from bot.match.facts.titles.award_holders import whole_names
from bot.match.facts.titles.lapsed import held_today
from bot.match.facts.titles.levels_elsewhere import with_levels_elsewhere
from bot.match.facts.titles.outcomes import can_be_missed
from bot.match.facts.titles.prizes_told import prizes_told
from bot.match.facts.titles.recognised_where import won_here_and_now
from bot.match.facts.titles.title_holders import is_candidate
from bot.match.facts.titles.titles_abroad import titles_abroad
from bot.match.facts.whereabouts import place_facts
from bot.match.facts.words import either
from bot.match.types import AskerFacts, Fact
from bot.text.language import language_of
from bot.types import Language
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech

# What somebody is or brings along, whatever they plan; where they will be is told by the words beside the place.
_HELD = frozenset(
    {"plan", "place", "origin", "relation", "relative_status", "relative_age", "not_in", "ownership", "size", "status", "school",
     "age", "loan", "team_size", "years_operating", "years_working", "years_experience", "insured_months", "monthly_sales"}
)  # fmt: skip
# What is awarded, so that it can be missed or taken away.
_AWARDED = frozenset(
    {"award", "recognition", "recognition.level", "recognition.time", "title", "skill_level", "talent_class"}
)
# What somebody will pay and sign when a plan comes true.
_SIGNED = frozenset({"contract_years", "contract_months", "arrival", "annual_salary"})
_TERMS = frozenset({"contract_years", "contract_months", "annual_salary", "investment", "fixed_assets", "arrival"})


def read_facts(
    profile: str,
    known: KnownPlaces,
    as_of: date,
    listed: Mapping[str, frozenset[str]] | None = None,
    *,
    is_question: bool = False,
    who: frozenset[str] | None = None,
) -> AskerFacts:
    """The facts of an asker from a profile in Chinese (either script) or English.

    ``known`` are the places of the corpus (:func:`bot.match.facts.places.known_places`), ``listed`` the words of its records
    by attribute. Of a question the case asked about is read, of a profile only what it tells;
    of one longer than LONGEST_PROFILE characters the beginning, and this is said. ``who`` asks, where that is known.
    """
    text = prepared(profile, as_of, is_question=is_question)
    language = "en" if language_of(profile) is Language.EN else "zh"
    reading = Reading(text, who_asks(text) if who is None else who, as_of)
    labelled = list(figure_facts(reading))
    numbers, faults = numbers_as_facts(reading, labelled, language)
    facts = [
        *place_facts(reading, known),
        *whole_names(named_facts(reading, listed or {})),
        *titles_abroad(reading),
        *recognition_facts(reading, known.levels, (listed or {}).get("recognition", frozenset())),
        *person_facts(reading, known),
        *skill_facts(reading),
        *numbers,
        *trained_to_order(reading),
        *(fact for fact in founded(reading) if all(fact.attribute != other.attribute for other in numbers)),
    ]
    facts += (*prizes_told(reading, facts), *first_firm(reading, facts), *alone(reading, facts))
    facts = [_with_stance(reading, fact) for fact in _won(reading, without_refused(facts, labelled))]
    facts, lapsed, doubted = held_today(reading, list(no_longer(reading, facts)), language)
    facts = won_here_and_now(reading, list(_as_now(reading, facts, known)), known)
    facts += not_founded(reading, facts)
    facts += whole_capital(reading, facts)
    facts += award_levels(reading, facts, known.levels)
    facts = with_levels_elsewhere(reading, facts)
    told = _once(facts)
    facts, both = without_contradictions(reading, told, language)
    facts, too_many = in_groups(reading, list(own_people(reading, facts)))
    facts, gone = without_gone(reading, facts, language)
    facts, degrees = with_one_degree(reading, facts, language)
    facts += brought_by_contract(reading, facts)
    facts += came_along(reading, facts)
    facts, two_ages = with_one_age(reading, _once(facts, grouped=True), language)
    facts, two = one_number_each(facts, language)
    facts, too_young = of_age(facts, language)
    more, unfit = derived(facts, language)
    facts = settled(facts, unfit)
    faults += [*lapsed, *gone, *degrees, *both, *two_ages, *two, *too_young, *unfit]
    faults += [sentence("too_many_people", language, a=str(MOST_GROUPS))] if too_many else []
    faults += [sentence("instruction", language, a=short(text.said[s.start : s.end])) for s in text.instructions]
    faults += [sentence("whose", language, a=short(text.said[s.start : s.end])) for s in reading.unsure]
    if text.cut:
        faults.append(sentence("too_long", language, a=str(LONGEST_PROFILE)))
    doubted |= {word for fact in told if fact.attribute in _AWARDED for word in fact.words} - _known_words(facts)
    own = _without_theirs(
        facts, brought := [] if who else facts_of_brought(reading, partial(_own, known, as_of, listed))
    )
    return AskerFacts(reading.who, (*own, *more, *brought), tuple(dict.fromkeys(faults)), doubted)


def _own(
    known: KnownPlaces, as_of: date, listed: Mapping[str, frozenset[str]] | None, profile: str
) -> tuple[Fact, ...]:
    """The facts of a relative's own story."""
    return read_facts(profile, known, as_of, listed, who=frozenset({"person"})).facts


def _without_theirs(facts: Sequence[Fact], brought: Sequence[Fact]) -> Iterator[Fact]:
    """Facts without what was read of the relative who was brought, which is told better as their own."""
    relation = next((fact.of for fact in brought), None)
    for fact in facts:
        again = fact.attribute == "relative_status" and fact.of == relation
        if not brought or fact.about != "relative" or not (again or fact.attribute == "talent_class"):
            yield fact


def _known_words(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(word for fact in facts for word in fact.words)


def _with_stance(reading: Reading, fact: Fact) -> Fact:
    """The fact as planned where its own words stand behind 打算, 拟 or if we: it does not hold yet."""
    if fact.said is None or fact.attribute in _HELD or fact.denied or fact.planned:
        return fact
    if reading.is_person and fact.about == "asker" and fact.attribute in _SIGNED and _is_unsigned(reading):
        return replace(fact, planned=True)
    return replace(
        fact, planned=reading.is_planned(fact.said.start) or _follows_a_plan(reading, fact.attribute, fact.said.start)
    )


def _is_unsigned(reading: Reading) -> bool:
    """Whether a person says of a contract that it is not signed yet: all that it brings is a plan."""
    unsigned = re.compile(asker_speech().stance.unsigned_told)
    told = (c for c in reading.clauses if not c.asking and not c.of_others and not reading.relatives_in(c))
    return any(unsigned.search(reading.profile.of(clause)) for clause in told)


def _won(reading: Reading, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts with what was not won denied, and what is not decided yet as planned."""
    facts = list(facts)
    degrees = [fact for fact in facts if fact.attribute == "degree"]
    for fact in facts:
        if fact.attribute == "award" and finder("degree").stands_in("".join(fact.words)):  # 博士学位, of a catalogue
            at = fact.said
            own = [one for one in degrees if at and one.said and one.said.start < at.end and at.start < one.said.end]
            yield from (replace(fact, denied=one.denied, planned=one.planned) for one in own[:1])
            continue
        worked = reading.clause_at(fact.said) if fact.attribute == "years_working" else None
        if worked is not None and fact.said is not None:
            yield replace(fact, denied=reading.profile.is_over(worked, fact.said.end))
            continue
        missed = fact.attribute in _AWARDED or (fact.attribute == "event" and can_be_missed(fact.words))
        clause = reading.clause_at(fact.said) if missed and not fact.denied else None
        if clause is None or fact.said is None:
            yield fact
        elif reading.profile.is_lost(clause, fact.said.start, fact.said.end):
            if fact.of is None:  # no level and no time of what is not held
                yield replace(fact, denied=True)
        else:
            pending = reading.profile.is_pending(clause, fact.said.start, fact.said.end)
            listed = fact.attribute == "award" and is_candidate(fact.words[0])  # as catalogues list them
            yield replace(fact, planned=fact.planned or (pending and not listed))


_BOUGHT = "购置住房"  # as conditions have it


def _as_now(reading: Reading, facts: Sequence[Fact], known: KnownPlaces) -> Iterator[Fact]:
    """Facts without what was and is no more (原来无房) and without a home elsewhere; who bought one has one."""
    words, text = asker_speech().states, reading.profile.text
    former = re.compile(rf"{either(words.former)}(?!.*{either(words.now)})")
    for fact in facts:
        clause = reading.clause_at(fact.said)
        if clause is None or fact.said is None:
            yield fact
            continue
        part = text[clause.start : fact.said.start]
        own = fact.attribute == "status" and set(fact.words) & set(words.passing)
        if own and (former.search(part) or (words.housed in opposed(fact) and _is_elsewhere(reading, clause, known))):
            continue
        yield fact
        bought = fact.attribute == "event" and _BOUGHT in fact.words and not (fact.denied or fact.planned)
        if bought and reading.is_person and not _is_elsewhere(reading, clause, known):
            homeless = asker_fact_words().opposites[words.housed]
            yield Fact("status", (words.housed,), said=fact.said, because=_BOUGHT)
            yield Fact("status", homeless, denied=True, said=fact.said, because=_BOUGHT)


def opposed(fact: Fact) -> tuple[str, ...]:
    """The words of a fact, of a denied one those that hold instead."""
    opposites = asker_fact_words().opposites.items()
    return tuple(name for name, against in opposites if set(against) & set(fact.words)) if fact.denied else fact.words


def _is_elsewhere(reading: Reading, clause: Clause, known: KnownPlaces) -> bool:
    """在老家有一套房, 在北京买了房: in a place that a clause names and the corpus does not know."""
    words, text = asker_speech().states, reading.profile.text
    if any(
        known.region and set(known.chain(text[f.start : f.end])) & set(known.region)
        for f in known.finder.find(text, clause.start, clause.end)
    ):
        return False
    where = re.search(rf"{any_of(words.away)}|{words.located}", reading.profile.of(clause))
    return where is not None and re.search(any_of(words.here), where[0]) is None


def _follows_a_plan(reading: Reading, attribute: str, start: int) -> bool:
    """计划明年引进一位博士，年薪50万，签5年合同: terms of what is planned in the same sentence, unless they are done."""
    clause = next((clause for clause in reading.clauses if clause.start <= start < clause.end), None)
    if attribute not in _TERMS or clause is None or is_done(reading.profile.of(clause)):
        return False
    before = (other for other in reading.profile.sentence_clauses(clause) if other.number < clause.number)
    return any(
        other.planned_from is not None and reading.plans(other, other.end) and not other.asking for other in before
    )


def _once(facts: Iterable[Fact], grouped: bool = False) -> list[Fact]:
    """Each fact once: the same words of the same attribute said twice are one fact; wider ones take in narrower ones.

    What is said of people brought may be said of several: it is one fact only once they are ``grouped``.
    """
    kept: list[Fact] = []
    for fact in facts:
        key = (fact.attribute, fact.of, fact.about, fact.denied, fact.group)
        same = next(
            (
                other
                for other in kept
                if (other.attribute, other.of, other.about, other.denied, other.group) == key
                and other.number == fact.number
                and (set(fact.words) <= set(other.words))
                and (grouped or fact.about != "talent" or fact.said == other.said)
            ),
            None,
        )
        if same is None:
            kept.append(fact)
    return kept
