"""Students whom a firm takes as interns: they are neither hired nor brought, and what they are the firm is not.

And those whom a school trains to order: how large a class is, and how many of it the partner firm hired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from bot.match.facts.numbers import Number
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading
from bot.match.types import Fact
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech


def takes_interns(reading: Reading, clause: Clause) -> bool:
    """Whether a clause tells that the asker takes interns; not that they were hired after it, nor an intern's own."""
    text, words = reading.profile.text, _words()
    if not words[0].search(text, clause.start, clause.end) or words[1].search(text, clause.start, clause.end):
        return False
    if reading.is_organisation and not reading.is_person:
        return True
    asks_for_firm = reading.is_organisation or "employer" in reading.who
    return asks_for_firm and words[2].search(text, clause.start, clause.end) is not None


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Being an intern, what comes after it, and taking interns."""
    studies = asker_speech().studies
    intern = any_of(studies.internship)
    return (
        re.compile(intern),
        re.compile(any_of(studies.hired_after)),
        re.compile(rf"{any_of(studies.takes)}[^，。；\n]*?{intern}"),
    )


def is_paid_to_interns(reading: Reading, clause: Clause) -> bool:
    """接收大学生实习4个月，每月付3200元: money a month in a sentence that tells of interns taken."""
    monthly = re.search(any_of(asker_speech().studies.monthly), reading.profile.of(clause)) is not None
    return monthly and any(takes_interns(reading, other) for other in reading.profile.sentence_clauses(clause))


def trained_to_order(reading: Reading) -> Iterator[Fact]:
    """订单班一班40人，37人去了这家企业: the size of a class and those hired of it, each where one number alone is told."""
    text = reading.profile.text
    classes, in_front, behind, hired, of_whom = _classes()
    if "institution" not in reading.who or classes.search(text) is None:
        return
    size: dict[Decimal, Number] = {}
    placed: dict[Decimal, Number] = {}
    for clause in reading.clauses:
        if clause.asking or clause.of_others or clause.planned_from is not None:
            continue
        numbers = [number for number in reading.numbers(clause) if number.sort in ("people", "")]
        for number in numbers:
            if of_whom.match(text, number.end, clause.end) and len(numbers) > 1:  # 37 of the 40 students
                placed[number.value] = number
            elif in_front.search(text, clause.start, number.start) or behind.match(text, number.end, clause.end):
                size[number.value] = number
            elif number.sort == "people" and hired.match(text, number.end, clause.end):
                placed[number.value] = number
    if len(size) == 1:
        yield _people(reading, "class_size", *size.values())
    if len(placed) == 1:
        yield _people(reading, "placed", *placed.values())
    if len(size) == len(placed) == 1 and 0 < next(iter(placed)) <= next(iter(size)):
        of, all_ = next(iter(placed)), next(iter(size))
        share = (of / all_ * 100).quantize(Decimal("0.01"))
        yield Fact("placed_share", number=share.normalize() + 0, unit="%", because=f"{of}÷{all_}")


def _people(reading: Reading, attribute: str, number: Number) -> Fact:
    return Fact(attribute, number=number.value, unit="人", said=reading.profile.span(number.start, number.end))


@cache
def _classes() -> tuple[re.Pattern[str], ...]:
    """Classes trained to order; in front of a class's size, behind it; what those who were hired did; of the."""
    words = asker_speech().order_classes
    return (
        re.compile(any_of(words.names)),
        re.compile(rf"{any_of(words.size_of)}(?:{any_of(words.being)})*\s?$"),
        re.compile(rf"\s?的?{any_of(words.size_behind)}"),
        re.compile(rf"[^，。；\d]{{0,6}}?{any_of(words.hired)}"),
        re.compile(rf"\s?{any_of(words.of_the)}"),
    )
