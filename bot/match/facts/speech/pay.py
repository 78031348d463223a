"""What people who were brought are paid, where no word for pay is said: 今年分别付120万元和60万元, 一位一年120万，一位60万."""

from __future__ import annotations

import re
from functools import cache

from bot.match.facts.numbers import MONEY, Number
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading
from bot.match.facts.words import either
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.title_holders import title_holder_words

PAY = "annual_salary"  # the attribute
_BETWEEN = 16  # characters between what one is paid and another


def is_of_another(reading: Reading, clause: Clause, last: Number, number: Number) -> bool:
    """Whether a number is what another of several people is paid: nothing else stands between it and the last one."""
    between = reading.profile.text[last.end : number.start]
    return len(between) <= _BETWEEN and reading.speaks_of_talent(clause) and _another().fullmatch(between) is not None


def is_pay(reading: Reading, clause: Clause, number: Number) -> bool:
    """Whether money is somebody's pay who was brought: right behind a word of paying, or so much a year."""
    if number.sort != MONEY or not reading.speaks_of_talent(clause):
        return False
    before, behind = _pay()
    text = reading.profile.text
    return before.search(text, clause.start, number.start) is not None or behind.match(text, number.end) is not None


def is_of_talent(reading: Reading, clause: Clause) -> bool:
    """Whether money in a clause is a person's who was brought: 董事长年收入150万, but not 公司年收入8亿 behind it."""
    if not reading.speaks_of_talent(clause):
        return False
    part = reading.profile.of(clause)
    firm = re.match(rf"\s*而?{either(asker_speech().talent.firm_first)}", part) is not None
    return not firm or re.search(any_of(title_holder_words().person.posts), part) is not None


@cache
def _another() -> re.Pattern[str]:
    words = asker_speech().talent
    return re.compile(rf"(?:{any_of((*words.one_of, *words.paid, *words.a_year))}|[\s，,的是为])+")


@cache
def _pay() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = asker_speech().talent
    return re.compile(rf"{any_of(words.paid)}{any_of(words.paid_as)}*\s?$"), re.compile(rf"\s?{any_of(words.a_year)}")
