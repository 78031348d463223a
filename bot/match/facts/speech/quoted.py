"""What a profile says of the policy itself: A类人才是指院士 defines, 政策里写“全职引进的博士” quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.match.facts.words import either
from ingest.vocabulary.matching.asker_speech import asker_speech


def quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What of a sentence is of the policy, up to where the asker is named again."""
    defines, quotes, writes, asker = _patterns()
    if found := defines.search(text, start, end):
        yield start, _until(asker, text, found.end(), end)
    found = quotes.search(text, start, end)
    if found:
        yield found.span()
    elif found := writes.search(text, start, end):
        yield found.start(), _until(asker, text, found.end(), end)


def _until(asker: re.Pattern[str], text: str, start: int, end: int) -> int:
    own = asker.search(text, start, end)
    return own.start() if own else end


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = asker_speech().quoted
    source, write = either(words.sources), either(words.write)
    return (
        re.compile("|".join(words.defines)),
        re.compile(rf"{source}[^，。；“\"]{{0,10}}{write}[^，。；“\"]{{0,6}}[“\"][^”\"]*[”\"]"),
        re.compile(rf"{source}{either(words.inside)}[^，。；“\"]{{0,8}}{write}"),
        re.compile(either(asker_speech().others.asker)),
    )
