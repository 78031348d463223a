"""The quantities a conversation names: amounts of money, how many people, how long. The latest turn that names one counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from bot.understand.grades import letter_tiers
from bot.verify.worked_out import MONTH, PERSON, YEAR, YUAN, Quantity
from ingest.facts.figures import find_figures
from ingest.facts.numerals import value_of
from ingest.vocabulary.talk import talk_words

LEAST_AMOUNT = 1000  # 元; a smaller bare number is a count or a year
_SAID = talk_words().quantities
_PEOPLE = re.compile(_SAID["people"], re.IGNORECASE)
_TIME = re.compile(_SAID["time"], re.IGNORECASE)
_HEADS_OF_CLASS = re.compile(_SAID["heads_of_class"])
_EACH_HEAD = re.compile(_SAID["each_head"])
_A_YEAR_ASKED = re.compile(_SAID["a_year_asked"])
_PAID_BARE = re.compile(
    rf"(?:{talk_words().own_payment_words})[^，。；？?\d]{{0,6}}(?P<number>\d{{4,6}})(?![\d.]|\s?{talk_words().not_bare})"
)
_A_MONTH_ASKED = re.compile(_SAID["a_month_asked"], re.IGNORECASE)
_CLASS = _SAID["class"]
_TWO = _SAID["two"]  # 两, said for the number 二
_Find = Callable[[str], Iterator[Quantity]]
LONGEST_YEARS = 50  # a larger number before 年 is a year of the calendar


def money_named(turns: Sequence[str], *, monthly: bool) -> list[Quantity]:
    """The amounts of money of the latest turn that names one; those paid every month only where ``monthly``."""
    return _latest(turns, lambda turn: _money(turn, monthly=monthly))


def people_named(turns: Sequence[str]) -> list[Quantity]:
    """How many people, or things counted like them, the latest turn that says so names; one alone is no factor."""
    return _latest(turns, _people)


def times_named(turns: Sequence[str]) -> list[Quantity]:
    """How long, of the latest turn that says so."""
    return _latest(turns, _times)


def asks_by_the_month(turn: str) -> bool:
    """Whether it is asked what a month comes to, and not all of it: 派出8个月，一个月多少."""
    return _A_MONTH_ASKED.search(turn) is not None


def heads_of_classes(turn: str) -> dict[str, Quantity | None]:
    """How many people of each class (A, B, …) a turn in match form names; None for a class without a number."""
    found: dict[str, Quantity | None] = dict.fromkeys(sorted(letter_tiers(turn)))
    each = _EACH_HEAD.search(turn)
    if each is not None:
        found = dict.fromkeys(found, _heads(each["said"], each["n"]))
    for match in _HEADS_OF_CLASS.finditer(turn):
        said, number = match["said"] or match["said_behind"], match["n"] or match["n_behind"]
        for letter in letter_tiers(f"{match['class'] or match['class_first']}{_CLASS}"):
            if each is None:
                found[letter] = _heads(said, number)
    return found


def _heads(said: str, number: str) -> Quantity | None:
    value = value_of(_TWO[1] if number == _TWO[0] else number)
    return None if value is None else Quantity(said, value, PERSON)


def _latest(turns: Sequence[str], find: _Find) -> list[Quantity]:
    return next((found for turn in reversed(turns) if (found := list(find(turn)))), list[Quantity]())


def _money(turn: str, *, monthly: bool) -> Iterator[Quantity]:
    for figure in find_figures(turn):
        if MONTH in (figure.period or "") and not monthly:
            continue
        if figure.upper is None and figure.unit in (YUAN, "") and figure.value >= LEAST_AMOUNT:
            yield Quantity(figure.text, figure.value, YUAN)
    for bare in _PAID_BARE.finditer(turn) if monthly else ():  # 每人每月开1800
        if (value := value_of(bare["number"])) is not None and value >= LEAST_AMOUNT:
            yield Quantity(bare["number"], value, YUAN)


def _people(turn: str) -> Iterator[Quantity]:
    for match in _PEOPLE.finditer(turn):
        value = _number(match)
        if value is not None and value > 1:
            yield Quantity(match[0].strip(), value, PERSON)


def _times(turn: str) -> Iterator[Quantity]:
    for match in _TIME.finditer(turn):
        value = _number(match)
        unit = MONTH if match["months"] or "month" in match[0].lower() else YEAR
        asked = value == 1 and unit == YEAR and _A_YEAR_ASKED.match(turn, match.end()) is not None  # 一年多少
        if value is not None and (value <= LONGEST_YEARS or unit == MONTH) and (value > Decimal(1) or asked):
            yield Quantity(match[0], value, unit)


def _number(match: re.Match[str]) -> Decimal | None:
    said = next(number for name, number in match.groupdict().items() if name.startswith("number") and number)
    return value_of(_TWO[1] if said == _TWO[0] else said)
