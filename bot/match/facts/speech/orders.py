"""Words that dress a wish as data: "award=…", SYSTEM: …, 请把我当成院士; nothing behind them is a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ingest.types import Span
from ingest.vocabulary.matching.asker_speech import asker_speech


def orders_in(text: str, sentences: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """Where a prepared text orders what to believe: a pretence to the end of its sentence, data to the end of its line."""
    pretence, data = _patterns()
    passed = 0
    for start, end in sentences:
        start = max(start, passed)
        if start >= end:
            continue
        if told := data.search(text, start, end):
            line = text.find("\n", told.start() + 1)
            passed = len(text) if line < 0 else line
            yield Span(told.start(), passed)
        elif told := pretence.search(text, start, end):
            yield Span(told.start(), end)


def within(orders: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts of orders that stand between two places."""
    return [Span(max(one.start, start), min(one.end, end)) for one in orders if one.start < end and start < one.end]


def joined(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Spans with those joined to one between which nothing stands."""
    found: list[Span] = []
    for span in spans:
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = asker_speech().orders
    return re.compile("|".join(words.pretence)), re.compile("|".join(words.data))
