"""What is said of a relative, where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.match.facts.profile_text import CHILD
from bot.match.facts.words import either
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech

SPOUSE = "配偶"  # as conditions have it


def is_again_the_asker(before: str, clause: str, relatives: Sequence[str]) -> bool:
    """Whether a clause behind ``before``, which tells of relatives, tells of the asker: 岳母75岁，本市E类人才.

    Old parents and children do not work; of husbands and wives nothing can be said.
    """
    words = _words()
    if SPOUSE in relatives or not relatives or words.works.search(clause) is None:
        return False
    ages = [int(match["n"]) for match in _AGE.finditer(before)]
    limits = asker_speech().dependants
    too_old_or_young = any(age <= limits.oldest_child or age >= limits.youngest_parent for age in ages)
    return too_old_or_young or words.told_of.search(before) is not None


_AGE = re.compile(r"(?<!\d)(?P<n>\d{1,3})(?:\s?(?:周?岁|years? old)|(?=\s*(?:$|[，,、和])))")


@dataclass(frozen=True, slots=True)
class _Words:
    works: re.Pattern[str]
    told_of: re.Pattern[str]


@cache
def _words() -> _Words:
    words = asker_speech().dependants
    return _Words(re.compile(either(words.of_one_who_works)), re.compile(rf"^\s*{words.told_of}"))


@cache
def small_child() -> re.Pattern[str]:
    """A child too young to be told of any further: 娃3岁, 孩子上幼儿园."""
    children = any_of(word for word in asker_fact_words().of("relation")[CHILD] if not word.isascii())
    years = r"[^\d岁]{0,3}(?:(?<!\d)1?\d|[一二三四五六七八九]|十[一二三四五]?)\s?(?:周?岁|个月)"
    return re.compile(rf"{children}(?:{years}|[^，。]{{0,6}}{any_of(asker_speech().studies.of_children)})")


def goes_to_school(clause: str) -> bool:
    """Whether a clause tells of the schools of children: 在旗里上小学."""
    return _schools().search(clause) is not None


@cache
def _schools() -> re.Pattern[str]:
    return re.compile(any_of(asker_speech().studies.of_children))


def is_hired(clause: str) -> bool:
    """Whether words on a relative say that they were taken on: 被一家企业全职引进."""
    return re.search(any_of(asker_speech().asker.bring), clause) is not None
