"""Whether a degree is held or still studied for, by the words beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.match.facts.numbers import years_in
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading
from bot.match.facts.words import Found
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

_LONGEST_STUDIES = 4  # years
_BESIDE_DEGREE = 10  # characters between a degree and the word that it was broken off


@dataclass(frozen=True, slots=True)
class StudyWords:
    """What stands beside words of studying."""

    finished: re.Pattern[str]
    no_school: re.Pattern[str]
    internship: re.Pattern[str]


@cache
def study_words() -> StudyWords:
    """The words of ``[studies]`` as patterns."""
    words = asker_speech().studies
    return StudyWords(*(re.compile(any_of(each)) for each in (words.finished, words.no_school, words.internship)))


@dataclass(frozen=True, slots=True)
class DegreeWords:
    """What tells beside a degree whether it is held."""

    no_degree: re.Pattern[str]  # in front: honorary, or what somebody is called
    treated: re.Pattern[str]  # 当博士 of 当博士养, with the degree itself
    treated_as: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    not_graduated: re.Pattern[str]
    broken_off: re.Pattern[str]
    off_before: re.Pattern[str]  # up to the degree: dropped out of a PhD, 肄业的博士
    graduated: re.Pattern[str]


@cache
def degree_words() -> DegreeWords:
    """The words of ``[studies]`` on degrees as patterns."""
    words = asker_speech().studies
    near, far = rf"[^，。,;；]{{0,{_BESIDE_DEGREE}}}?", r"[a-z\s]{0,30}?"
    return DegreeWords(
        re.compile(rf"{any_of(words.honorary)}\s?$|{any_of(words.called)}[我他她做作]?\w{{1,2}}$"),
        re.compile(rf"{any_of(words.treated)}\w?$"),
        re.compile(rf"\w{{0,3}}?{any_of(words.treated_as)}"),
        re.compile(rf"{any_of(words.under_way_before)}[^，。,]*$"),
        re.compile(rf"\s?{any_of(words.under_way_behind)}(?!导)"),
        re.compile(rf"(?:{near}|{far}){any_of(words.not_graduated)}"),
        re.compile(rf"(?:{near}|{far}){any_of(words.broken_off)}"),
        re.compile(
            rf"{any_of(words.broken_off)}(?:\s(?:of|my|the|a|his|her|doing))*\s?$|{any_of(words.broken_off)}{asker_speech().won.of_lost}\w{{0,4}}$"
        ),
        re.compile(any_of(words.finished[:1])),
    )


def is_under_way(reading: Reading, clause: Clause, word: Found) -> bool:
    """Whether studies that stand in a clause go on: 读硕士二年级, not 2015年在…读硕士, nor 读硕士毕业."""
    years = [year for year, _ in years_in(reading.profile.text, clause.start, clause.end)]
    over = study_words().finished.match(reading.profile.text, word.end)
    return over is None and all(reading.as_of.year - year <= _LONGEST_STUDIES for year in years)


def is_no_school(text: str, found: Found) -> bool:
    """西安交大附属医院; 山大 in 燕山大学, 北理工 in 华北理工大学: a short name that is part of another's whole one."""
    words = asker_speech().studies
    if study_words().no_school.match(text, found.end):
        return True
    goes_on = re.match(words.behind_a_part, text[found.end :]) is not None
    return goes_on and found.start > 0 and text[found.start - 1] not in words.before_a_school
