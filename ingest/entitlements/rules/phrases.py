"""The phrases between commas in the words before a verb, and what stands at their edges without saying who or when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.types import Span

ABOUT = re.compile(r"\s*(?:其中)?(?:对于?|凡是?|鼓励|支持|向|面向|给|为(?!了))")
"""对…, 支持…: the phrase is about whom something is granted."""
TRAILING = re.compile(
    r"(?:[（(][^（()）]*[）)]|每人每[年月]|每[年月名人家个项]|分别|一次性|再|另外|另|最高|分级分类|分档|择优|可|按项目"
    r"|连续\s?\d+\s?年|\s)*$"
)
"""Adverbs and brackets at the end of a phrase."""
_COMMA = frozenset("，,：:")


def phrases(text: str, within: Span) -> Iterator[Span]:
    """The parts between commas, brackets and quotes left whole."""
    depth, start = 0, within.start
    for position in range(within.start, within.end):
        letter = text[position]
        depth += (letter in "（(“《") - (letter in "）)”》")
        if depth <= 0 and letter in _COMMA:
            yield Span(start, position)
            start = position + 1
    yield Span(start, within.end)
