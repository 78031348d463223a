"""What follows from the facts, and what does not fit together: shares, growth; two degrees, negative and absurd numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from bot.match.facts.figures import Labelled, as_fact
from bot.match.facts.numbers import MONEY, years_in
from bot.match.facts.person import said_only
from bot.match.facts.reading import Reading, either
from bot.match.facts.speech.kinds_counted import without_parts
from bot.match.facts.speech.nearness import exact_ones
from bot.match.types import Fact
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.english_names import in_english

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
# Of somebody the firm brings as well, each of them by themselves.
_ONE_EACH = frozenset({"contract_years", "annual_salary"})
_GROWS = {"revenue": "revenue_growth", "rd": "rd_growth"}
_OF_A_SHARE = frozenset({"rd", "revenue", "rd_share"})
_OF_WORK = frozenset({"years_working", "years_experience"})
_CLAIMED_OR_NOT = frozenset({"place", "recognition", "award", "title", "skill_level", "not_in", "status"})
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
        said = short(reading.profile.said[item.number.start : item.number.end])
        if item.number.negative:
            faults.append(sentence("negative", language, a=said, b=label(item.attribute, language)))
        elif _absurd(item):
            faults.append(sentence("absurd", language, a=said, b=label(item.attribute, language)))
        else:
            usable.append(item)
    facts: list[Fact] = []
    for attribute in dict.fromkeys(item.attribute for item in usable):
        group = [item for item in usable if item.attribute == attribute]
        others = [item for item in group if reading.about(item.clause, attribute) == "talent"]
        if attribute in _ONE and len(others) < len(group):
            group, grown, fault = _one_of(reading, [item for item in group if item not in others], language)
            group = [*group, *others]  # of several people each has their own
            facts += grown
            faults += fault
        facts += without_parts(reading, [as_fact(reading, item) for item in group])
    return facts, faults


_SHOWN = 40  # characters of a figure or an instruction that is named
_FIGURES_SHOWN = 4
_BESIDE = 4  # characters between a number and what it counts


def without_refused(facts: Sequence[Fact], labelled: Sequence[Labelled]) -> list[Fact]:
    """Facts without what is said together with a number that was refused: 发明专利-4件 is no patent."""
    refused = [item.number for item in labelled if item.number.negative or _absurd(item)]
    return [
        fact
        for fact in facts
        if fact.attribute != "event"
        or fact.said is None
        or not any(n.start - _BESIDE <= fact.said.end and fact.said.start <= n.end + _BESIDE for n in refused)
    ]


def _absurd(item: Labelled) -> bool:
    return is_absurd(item.attribute, item.number.value, item.number.sort == MONEY)


def is_absurd(attribute: str, value: Decimal, money: bool) -> bool:
    """Whether a number is beyond what can be of its attribute."""
    bounds = asker_speech().bounds_of_numbers
    limits = bounds.get(attribute) or bounds["money" if money else "any"]
    part = attribute in asker_speech().whole_numbers.words and value != value.to_integral_value()
    return part or not limits[0] <= value <= limits[1]


def fitting(facts: Sequence[Fact], language: Language) -> tuple[list[Fact], list[str]]:
    """Facts of a form or a link, each once, without what cannot be and what does not fit together; a sentence for each."""
    faults: list[str] = []
    kept: list[Fact] = []
    for fact in dict.fromkeys(facts):
        money = fact.unit in asker_speech().money
        if any(n is not None and is_absurd(fact.attribute, n, money) for n in (fact.number, fact.upto)):
            faults.append(sentence("absurd", language, a=_said(fact), b=label(fact.attribute, language)))
        else:
            kept.append(fact)
    kept, two = one_number_each(kept, language)
    kept, unfit = consistent(kept, language)
    kept, too_young = of_age(kept, language)
    return kept, [*faults, *two, *unfit, *too_young]


def one_number_each(facts: Sequence[Fact], language: Language) -> tuple[list[Fact], list[str]]:
    """Facts without two numbers for what an asker has one of: two ages, contracts of one and of five years."""
    told: dict[tuple[str, str, int], list[Fact]] = {}
    for fact in facts:
        if fact.attribute in _ONE | _ONE_EACH and not fact.planned and not fact.denied:
            told.setdefault((fact.attribute, fact.about, fact.group), []).append(fact)
    two = {key: each for key, each in told.items() if len({fact.number for fact in each}) > 1}
    faults = [
        sentence("two_values", language, a=label(key[0], language), b=_few([_said(fact) for fact in each], language))
        for key, each in two.items()
    ]
    return [fact for fact in facts if not any(fact in each for each in two.values())], faults


def _few(said: Sequence[str], language: Language) -> str:
    """The first of several figures, and how many there are where that is not all."""
    each = list(dict.fromkeys(map(short, said)))
    first = "、".join(each[:_FIGURES_SHOWN])
    if len(each) <= _FIGURES_SHOWN:
        return first
    count = len(each) - (_FIGURES_SHOWN if language == "en" else 0)
    return sentence("and_more", language, a=first, b=str(count))


def short(said: str) -> str:
    """Words of a profile as a sentence about them shows them."""
    said = " ".join(said.split())
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


def _said(fact: Fact) -> str:
    return f"{shown(fact.number or Decimal(0))}{fact.unit or ''}"


def _one_of(
    reading: Reading, group: list[Labelled], language: Language
) -> tuple[list[Labelled], list[Fact], list[str]]:
    group = exact_ones(_each_in_its_year(reading, group))
    values = {item.number.value for item in group}
    years = {item.number.year for item in group}
    if len(values) == 1:
        return group[:1], [], []
    dated = sorted((item for item in group if item.number.year is not None), key=lambda item: item.number.year or 0)
    if len(years) == len(values) and len(dated) == len(group):
        return dated[-1:], _growth(reading, dated), []
    said = [reading.profile.said[item.number.start : item.number.end].strip() for item in group]
    attribute = group[0].attribute
    return [], [], [sentence("two_values", language, a=label(attribute, language), b=_few(said, language))]


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
    """The R&D share from both amounts, and the contradictions between facts (see :func:`unsettled`)."""
    more: list[Fact] = []
    faults: list[str] = []
    rd, revenue, given = (_single(facts, name) for name in ("rd", "revenue", "rd_share"))
    if rd and revenue and rd.unit == revenue.unit and rd.number is not None and revenue.number:
        share = rd.number / revenue.number * 100
        if rd.number > (revenue.upto or revenue.number):
            a, b = shown_money(rd.number), shown_money(revenue.number)
            faults.append(sentence("rd_above_revenue", language, a=a, b=b))
        elif given is None:
            least, most = rd.number / (revenue.upto or revenue.number), (rd.upto or rd.number) / revenue.number
            because = f"{shown_money(rd.number)}÷{shown_money(revenue.number)}={shown(share)}%"
            upto = None if least == most else _rounded(most * 100)
            more.append(Fact("rd_share", number=_rounded(least * 100), upto=upto, unit="%", because=because))
        elif given.number is not None and abs(given.number - share) > _TOLERANCE and not (rd.upto or revenue.upto):
            faults.append(sentence("share_differs", language, a=f"{shown(given.number)}%", b=f"{shown(share)}%"))
    return more, faults


def settled(facts: Sequence[Fact], faults: Sequence[str]) -> list[Fact]:
    """Facts without the amounts that do not fit together: R&D above revenue, or a share that is another one."""
    return [fact for fact in facts if fact.attribute not in _OF_A_SHARE] if faults else list(facts)


def of_age(facts: Sequence[Fact], language: Language) -> tuple[list[Fact], list[str]]:
    """Facts without an age and years of work that do not fit together: 25 years old with 20 years of experience."""
    age = next((f for f in facts if f.attribute == "age" and f.about == "asker" and f.number is not None), None)
    worked = [f for f in facts if f.attribute in _OF_WORK and f.about == "asker" and f.number is not None]
    youngest = Decimal(asker_speech().bounds_of_numbers["age"][0])
    too_long = next(
        (f for f in worked if age and age.number is not None and age.number - (f.number or 0) < youngest), None
    )
    if age is None or too_long is None or age.number is None or too_long.number is None:
        return list(facts), []
    fault = sentence("age_and_work", language, a=shown(age.number), b=shown(too_long.number))
    return [fact for fact in facts if fact is not age and fact not in worked], [fault]


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
    """Facts without what does not fit together: claimed and denied, two of which only one can be, two degrees.

    What is in contradiction counts as not known; a sentence for each says so.
    """
    kept, faults = consistent(facts, language)
    return _one_degree(reading, kept, faults, language)


def consistent(facts: Sequence[Fact], language: Language) -> tuple[list[Fact], list[str]]:
    """Facts without words of which one alone can hold, two classes of one catalogue, and what is claimed and denied."""
    faults: list[str] = []
    kept = _one_class(_one_of_each_group(list(facts), faults, language), faults, language)
    held = [f for f in kept if f.words and not f.denied and not f.planned]
    claimed = {(f.attribute, word, f.about) for f in held for word in f.words[: None if f.attribute == "place" else 1]}
    both = [f for f in kept if f.denied and f.words and (f.attribute, f.words[0], f.about) in claimed]
    for fact in both:
        if fact.attribute in _CLAIMED_OR_NOT:
            name = fact.words[0]
            faults.append(sentence("both", language, a=_named(name, language)))
            kept = [f for f in kept if not ((f.attribute == fact.attribute and name in f.words) or f.of == name)]
    return kept, faults


def _one_class(facts: list[Fact], faults: list[str], language: Language) -> list[Fact]:
    """A类也是F类: in one catalogue a person is of one class; A或B类 leaves it open."""
    own = [f for f in facts if f.attribute == "talent_class" and f.about == "asker" and not (f.denied or f.planned)]
    for of in dict.fromkeys(fact.of for fact in own):
        each = [fact for fact in own if fact.of == of]
        names = list(dict.fromkeys(fact.words for fact in each))
        if len(names) > 1:
            a, b = ("、".join(_named(word, language) for word in words) for words in names[:2])
            faults.append(sentence("only_one", language, a=label("talent_class", language), b=a, c=b))
            facts = [fact for fact in facts if fact not in each]
    return facts


def _named(word: str, language: Language) -> str:
    return in_english(word) if language == "en" else word


def _one_of_each_group(facts: list[Fact], faults: list[str], language: Language) -> list[Fact]:
    """民营的国有企业, 首次又是第二次, 规模以上的个体户: of such words one alone can hold, so that none counts."""
    for attribute, groups in asker_speech().at_most_one.items():
        held = [f for f in facts if f.attribute == attribute and f.about == "asker" and not (f.denied or f.planned)]
        # several times of one recognition are its history; two in one breath are none
        for own in [[fact] for fact in held] if attribute == "recognition.time" else [held]:
            for group in groups:
                words = list(dict.fromkeys(word for fact in own for word in fact.words if word in group))
                if len(words) > 1:
                    a, b = (_named(word, language) for word in words[:2])
                    faults.append(sentence("only_one", language, a=label(attribute, language), b=a, c=b))
                    gone = [fact for fact in facts if fact.attribute == attribute and set(fact.words) & set(group)]
                    facts = [fact for fact in facts if fact not in (own if len(own) == 1 else gone)]
    return facts


def _one_degree(
    reading: Reading, facts: list[Fact], faults: list[str], language: Language
) -> tuple[list[Fact], list[str]]:
    """The highest degree of several; none where a lower one is said to be the highest (博士, 最高学历本科)."""
    ladder = entitlement_words().attributes["degree"].ladder
    told = [f for f in facts if f.attribute == "degree" and f.about == "asker" and not f.planned and f.words]
    own = [f for f in told if not f.denied]
    taken_back = next((f for f in told if f.denied and any(f.words[0] == other.words[0] for other in own)), None)
    if taken_back is not None:
        faults.append(sentence("both", language, a=_named(taken_back.words[0], language)))
        return [f for f in facts if f not in told], faults
    steps = {f.words[0] for f in own}
    only = next((f for f in own if f.said and said_only(reading, f.said.start)), None)
    if len(steps) < 2:
        return facts, faults
    highest = max(steps, key=ladder.index)
    if only is not None and only.words[0] != highest and not _rose(reading, only, highest, own):
        a, b = (_named(word, language) for word in (highest, only.words[0]))
        faults.append(sentence("two_degrees", language, a=a, b=b))
        return [f for f in facts if f not in own], faults
    keep = next(f for f in own if f.words[0] == highest)
    return [f for f in facts if f not in own or f is keep], faults


def _rose(reading: Reading, only: Fact, highest: str, own: Sequence[Fact]) -> bool:
    """第一学历本科，后来读了博士: the higher degree came later."""
    higher = next(f for f in own if f.words[0] == highest)
    if only.said is None or higher.said is None or higher.said.start < only.said.end:
        return False
    between = reading.profile.text[only.said.end : higher.said.start]
    return re.search(either(asker_speech().studies.later), between) is not None
