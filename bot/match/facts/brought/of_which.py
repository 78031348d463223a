"""Some of several people told of by themselves: 两名博士，其中一人是…. What is told of all is theirs too, and they are counted once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from bot.match.facts.words import either
from bot.match.types import Fact
from ingest.vocabulary.matching.asker_speech import asker_speech


def is_of_which(text: str, start: int, number: int) -> bool:
    """Whether a clause from ``start`` says in front of the ``number`` of people that they are some of those before."""
    return _of_which().search(text, start, number) is not None


def with_parts(facts: Sequence[Fact], whole_of: Mapping[int, int]) -> list[Fact]:
    """Facts in groups, those in ``whole_of`` (a part → its whole) with what is said of the whole, which are the fewer."""
    told = list(facts)
    for part, whole in whole_of.items():
        own = [fact for fact in told if fact.about == "talent" and fact.group == part]
        all_ = [fact for fact in told if fact.about == "talent" and fact.group == whole]
        count = next((fact.people for fact in own if fact.people), None) or 1
        known = {fact.attribute for fact in own}
        shared = [replace(fact, group=part, people=count) for fact in all_ if fact.attribute not in known]
        number = next((fact.people for fact in all_ if fact.people), None)
        left = None if number is None else number - count
        kept = [fact for fact in told if fact not in all_]
        if left is None or left > 0:
            kept += [replace(fact, people=left) for fact in all_]
        told = [*kept, *shared]
    return told


@cache
def _of_which() -> re.Pattern[str]:
    return re.compile(either(asker_speech().parts.of_which))
