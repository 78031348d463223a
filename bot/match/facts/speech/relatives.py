"""What is said of a relative, where it ends."""

from __future__ import annotations

import re
from functools import cache

from bot.match.facts.profile_text import CHILD
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech


@cache
def small_child() -> re.Pattern[str]:
    """A child too young to be told of any further: 娃3岁, 孩子上幼儿园."""
    children = any_of(word for word in asker_fact_words().of("relation")[CHILD] if not word.isascii())
    years = r"[^\d岁]{0,3}(?:(?<!\d)1?\d|[一二三四五六七八九]|十[一二三四五]?)\s?(?:周?岁|个月)"
    return re.compile(rf"{children}(?:{years}|[^，。]{{0,6}}{any_of(asker_speech().studies.of_children)})")
