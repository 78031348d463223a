"""Names of activities: in 院士对接会, 博士论坛 and 全国技术能手大赛 nobody of that kind is told of."""

from __future__ import annotations

import re
from functools import cache

from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech


def names_an_activity(text: str, end: int, until: int) -> bool:
    """Whether a word that ends at ``end`` belongs to the name of an activity that goes on behind it."""
    return _behind().match(text, end, until) is not None


@cache
def _behind() -> re.Pattern[str]:
    words = asker_speech().activities
    chinese = any_of(word for word in words.names if not word.isascii())
    english = any_of(word for word in words.names if word.isascii())
    return re.compile(rf"[”\"』」’]?(?:{any_of(words.between)}|\s){{0,5}}(?:{chinese}(?!队)|(?<=\s){english}(?![a-z]))")
