"""What follows from the facts, and what does not fit together: shares, growth; two degrees, negative and absurd numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from bot.match.facts.figures import Labelled, as_fact
from bot.match.facts.numbers import MONEY, years_in
from bot.match.facts.person import said_only
from bot.match.facts.reading import Reading
from bot.match.types import Fact
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.matching.asker_speech import asker_speech

Language = Literal["zh", "en"]
# An asker has one of these at a time; of patents, vehicles, contracts there may be many.
_ONE = frozenset(
    {
        "revenue",
        "rd",
        "rd_share",
        "headcount",
        "age",
        "taxable_income",
        "monthly_sales",
        "insured_months",
        "foreign_share",
    }
)
_GROWS = {"revenue": "revenue_growth", "rd": "rd_growth"}
_TOLERANCE = Decimal("0.3")  # points by which a rounded share may differ from what the amounts make


def sentence(key: str, language: Language, **blanks: str) -> str:
    """A sentence of ``[contradictions]`` with its blanks filled."""
    return asker_speech().contradictions[key][language == "en"].format(**blanks)


def label(attribute: str, language: Language) -> str:
    """What an attribute is called."""
    return entitlement_words().attributes[attribute].label[language == "en"]


def numbers_as_facts(
    reading: Reading, labelled: Sequence[Labelled], language: Language
) -> tuple[list[Fact], list[str]]:
    """The facts of the numbers and the sentences on those left out. Of several years the last counts; growth follows."""
    faults: list[str] = []
    usable: list[Labelled] = []
    for item in labelled:
        said = reading.profile.said[item.number.start : item.number.end].strip()
        if item.number.negative:
            faults.append(sentence("negative", language, a=said, b=label(item.attribute, language)))
        elif _absurd(item):
            faults.append(sentence("absurd", language, a=said, b=label(item.attribute, language)))
        else:
            usable.append(item)
    facts: list[Fact] = []
    for attribute in dict.fromkeys(item.attribute for item in usable):
        group = [item for item in usable if item.attribute == attribute]
        if attribute in _ONE:
            group, grown, fault = _one_of(reading, group, language)
            facts += grown
            faults += fault
        facts += [as_fact(reading, item) for item in group]
    return facts, faults


def _absurd(item: Labelled) -> bool:
    bounds = asker_speech().bounds_of_numbers
    limits = bounds.get(item.attribute) or (bounds["money"] if item.number.sort == MONEY else None)
    return limits is not None and not limits[0] <= item.number.value <= limits[1]


def _one_of(
    reading: Reading, group: list[Labelled], language: Language
) -> tuple[list[Labelled], list[Fact], list[str]]:
    group = _each_in_its_year(reading, group)
    values = {item.number.value for item in group}
    years = {item.number.year for item in group}
    if len(values) == 1:
        return group[:1], [], []
    dated = sorted((item for item in group if item.number.year is not None), key=lambda item: item.number.year or 0)
    if len(years) == len(values) and len(dated) == len(group):
        return dated[-1:], _growth(reading, dated), []
    said = "、".join(reading.profile.said[item.number.start : item.number.end].strip() for item in group)
    attribute = group[0].attribute
    return group[:1], [], [sentence("two_values", language, a=label(attribute, language), b=said)]


def _each_in_its_year(reading: Reading, group: list[Labelled]) -> list[Labelled]:
    """2023/2024/2025年营收分别为…: as many years as figures, one after another."""
    clauses = reading.profile.sentence_clauses(group[0].clause)
    years = [
        year
        for clause in clauses
        for year, place in years_in(reading.profile.text, clause.start, clause.end)
        if place < group[0].number.start
    ]
    if len(years) != len(group) or len({item.number.year for item in group}) == len(group):
        return group
    return [replace(item, number=replace(item.number, year=year)) for item, year in zip(group, years, strict=True)]


def _growth(reading: Reading, dated: Sequence[Labelled]) -> list[Fact]:
    """How much the last year is above the one before, where both are given and follow one another."""
    before, last = dated[-2], dated[-1]
    attribute = _GROWS.get(last.attribute)
    if attribute is None or not before.number.value or (last.number.year or 0) - (before.number.year or 0) != 1:
        return []
    grown = (last.number.value / before.number.value - 1) * 100
    because = f"({shown_money(last.number.value)}−{shown_money(before.number.value)})÷{shown_money(before.number.value)}={shown(grown)}%"
    return [Fact(attribute, number=_rounded(grown), unit="%", because=because)]


def derived(facts: Sequence[Fact], language: Language) -> tuple[list[Fact], list[str]]:
    """The R&D share from both amounts, and the contradictions between facts."""
    more: list[Fact] = []
    faults: list[str] = []
    rd, revenue = _single(facts, "rd"), _single(facts, "revenue")
    if rd and revenue and rd.unit == revenue.unit and rd.number is not None and revenue.number:
        share = rd.number / revenue.number * 100
        given = _single(facts, "rd_share")
        if rd.number > revenue.number:
            a, b = shown_money(rd.number), shown_money(revenue.number)
            faults.append(sentence("rd_above_revenue", language, a=a, b=b))
        elif given is None:
            because = f"{shown_money(rd.number)}÷{shown_money(revenue.number)}={shown(share)}%"
            more.append(Fact("rd_share", number=_rounded(share), unit="%", because=because))
        elif given.number is not None and abs(given.number - share) > _TOLERANCE:
            faults.append(sentence("share_differs", language, a=f"{shown(given.number)}%", b=f"{shown(share)}%"))
    return more, faults


def _single(facts: Sequence[Fact], attribute: str) -> Fact | None:
    return next((fact for fact in facts if fact.attribute == attribute), None)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01")).normalize() + 0


def shown(value: Decimal) -> str:
    """A number without needless zeros, two decimals at most."""
    return f"{_rounded(value):f}"


def shown_money(value: Decimal) -> str:
    """38亿, 6200万, 900: as people write amounts."""
    for power, name in ((10**8, "亿"), (10**4, "万")):
        if value >= power:
            return f"{shown(value / power)}{name}"
    return shown(value)


def without_contradictions(reading: Reading, facts: Sequence[Fact], language: Language) -> tuple[list[Fact], list[str]]:
    """Facts without those both claimed and denied, and with one degree where two were said."""
    faults: list[str] = []
    kept = list(facts)
    claimed = {(f.attribute, f.words[0], f.about) for f in facts if f.words and not f.denied}
    both = [f for f in facts if f.denied and f.words and (f.attribute, f.words[0], f.about) in claimed]
    for fact in both:
        if fact.attribute in ("recognition", "award", "title", "skill_level", "not_in"):
            name = fact.words[0]
            faults.append(sentence("both", language, a=name))
            kept = [f for f in kept if not ((f.attribute == fact.attribute and name in f.words) or f.of == name)]
    return _one_degree(reading, kept, faults, language)


def _one_degree(
    reading: Reading, facts: list[Fact], faults: list[str], language: Language
) -> tuple[list[Fact], list[str]]:
    """A doctor whose highest degree is said to be a bachelor's: the lower one is used, and it is asked."""
    ladder = entitlement_words().attributes["degree"].ladder
    own = [f for f in facts if f.attribute == "degree" and f.about == "asker" and not f.denied and f.words]
    steps = {f.words[0] for f in own}
    only = next((f for f in own if f.said and said_only(reading, f.said.start)), None)
    if len(steps) < 2:
        return facts, faults
    highest = max(steps, key=ladder.index)
    if only is not None and only.words[0] != highest:
        faults.append(sentence("two_degrees", language, a=highest, b=only.words[0]))
        return [f for f in facts if f not in own or f is only], faults
    keep = next(f for f in own if f.words[0] == highest)
    return [f for f in facts if f not in own or f is keep], faults


def about_relative(fact: Fact) -> Fact:
    """The fact as one of a relative."""
    return replace(fact, about="relative")
