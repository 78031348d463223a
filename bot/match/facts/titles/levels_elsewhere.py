"""Levels of another region: 省级 of somebody from another province, 榆林市级. No grant of the corpus is for these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.match.facts.reading import Reading
from bot.match.types import Fact
from ingest.vocabulary.matching.asker_speech import asker_speech

_LEVEL = "recognition.level"
_BEFORE = 14  # characters in front of a recognition in which its level stands


def with_levels_elsewhere(reading: Reading, facts: Sequence[Fact]) -> list[Fact]:
    """The facts with each level that is of another region under the one word for these."""
    words = asker_speech().levels_elsewhere
    outside = [
        fact
        for fact in facts
        if fact.attribute in ("origin", "place") and fact.said and set(words.outside) & set(fact.words)
    ]
    return [_of_region(reading, fact, outside) if fact.attribute == _LEVEL else fact for fact in facts]


def _of_region(reading: Reading, fact: Fact, outside: Sequence[Fact]) -> Fact:
    if fact.said is None or not outside:
        return fact
    words, text = asker_speech().levels_elsewhere, reading.profile.text
    start = max(0, fact.said.start - _BEFORE)
    near = text[start : fact.said.end]
    for place in outside:
        assert place.said is not None
        named = start <= place.said.start and place.said.end <= fact.said.end
        if named and re.match(words.level, text[place.said.end : fact.said.end]):
            return replace(fact, words=(words.another,))
    other_province = any(words.outside[0] in place.words for place in outside)
    if other_province and re.search(words.of_a_province, near) and words.own not in near:
        return replace(fact, words=(words.another,))
    return fact
