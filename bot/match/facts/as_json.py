"""Facts as JSON for the contract and the page: each with its label, its value and the words it was said in."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.match.facts.checks import shown, shown_money
from bot.match.types import AskerFacts, Fact
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.english_names import in_english

Json = dict[str, object]
_CURRENCIES = {"元": "RMB", "美元": "US$"}
_UNITS = {"年": "years", "月": "months", "岁": "years old", "人": "people", "%": "%", "千伏": "kV"}


def facts_json(facts: AskerFacts, profile: str = "") -> Json:
    """``"facts"`` of the contract: who asks, every fact as it was understood, what does not fit together.

    ``profile`` is what the facts were read from, for the words said; without it ``said`` is null.
    """
    recipients = entitlement_words().recipients
    return {
        "who": [
            {"code": who, "label": {"zh": recipients[who][0], "en": recipients[who][1]}}
            for who in recipients
            if who in facts.who
        ],
        "facts": [_fact(fact, profile) for fact in facts.facts],
        "contradictions": list(facts.contradictions),
    }


def _fact(fact: Fact, profile: str) -> Json:
    label = entitlement_words().attributes[fact.attribute].label
    about = asker_speech().about[fact.about]
    return {
        "attribute": fact.attribute,
        "label": {"zh": label[0], "en": label[1]},
        "value": {"zh": value_shown(fact, "zh"), "en": value_shown(fact, "en")},
        "words": list(fact.words),
        "number": None if fact.number is None else _json_number(fact.number),
        "unit": fact.unit,
        "of": fact.of,
        "about": {"code": fact.about, "zh": about[0], "en": about[1]},
        "group": fact.group,
        "people": fact.people,
        "denied": fact.denied,
        "planned": fact.planned,
        "upto": None if fact.upto is None else _json_number(fact.upto),
        "said": fact.said.of(profile) if fact.said is not None and profile else None,
        "because": fact.because or None,
    }


_POWERS = {"万": 10**4, "亿": 10**8}


def value_shown(fact: Fact, language: str) -> str:
    """The value as a person reads it: 高新技术企业, 38亿元, US$ 160,000,000; what is denied or planned is said so."""
    value = _held(fact, language)
    return asker_speech().plan[language == "en"].format(a=value) if fact.planned else value


def because_shown(fact: Fact, language: str) -> str:
    """What a fact was worked out from, as a reader of ``language`` knows it: 2024年起，到2026年 is from 2024 to 2026."""
    if language != "en":
        return fact.because
    told = re.sub(r"\d+(?:\.\d+)?[万亿]", lambda amount: f"{_plain(amount[0]):,f}", fact.because)
    for pattern, english in asker_speech().worked_out:
        told = re.sub(pattern, english, told)
    return in_english(told)


def _plain(amount: str) -> Decimal:
    """An amount that checks.shown_money wrote, in full."""
    return Decimal(int(Decimal(amount[:-1]) * _POWERS[amount[-1]]))


def _held(fact: Fact, language: str) -> str:
    if fact.number is not None and fact.upto is not None:
        ends = (_amount(number, fact.unit or "", language) for number in (fact.number, fact.upto))
        return (" to " if language == "en" else "至").join(ends)
    if fact.number is not None:
        return _amount(fact.number, fact.unit or "", language)
    word = fact.words[0] if language == "zh" else in_english(fact.words[0])
    if fact.attribute == "talent_class":
        word = asker_speech().talent_class[language == "en"].format(a="、".join(fact.words))
    name = word if fact.of is None else _of(word, fact.of, language)
    if not fact.denied:
        return name
    template = asker_speech().denial[language == "en"]
    return template.format(a=name)


def _of(word: str, of: str, language: str) -> str:
    return f"{of}：{word}" if language == "zh" else f"{in_english(of)}: {word}"


def _amount(number: Decimal, unit: str, language: str) -> str:
    if unit in _CURRENCIES:
        return f"{shown_money(number)}{unit}" if language == "zh" else f"{_CURRENCIES[unit]} {number:,f}"
    if language == "zh" or unit == "%":
        return f"{shown(number)}{unit}"
    return f"{shown(number)} {_UNITS.get(unit, unit)}".strip()


def _json_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
