"""What a share of revenue is the share of: R&D, or the main business; both are said as 占收入的…%."""

from __future__ import annotations

import re
from functools import cache

from bot.match.facts.numbers import Number
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading
from bot.match.facts.words import either
from ingest.vocabulary.matching.title_holders import title_holder_words

_RD, _MAIN = "rd_share", "revenue_share"


def share_told(reading: Reading, clause: Clause, number: Number, attribute: str) -> str:
    """The attribute of a share by what was last spoken of in front of 占: 主营产品属于目录，占收入72%.

    Empty where it is the share of something else: 海外收入占七成.
    """
    if attribute not in (_RD, _MAIN):
        return attribute
    text, first = reading.profile.text, reading.profile.sentence_clauses(clause)[0].start
    divided = max(text.rfind(sign, first, number.start) for sign in title_holder_words().shares.divides)
    if divided < 0:
        return attribute
    named = list(_named().finditer(text, first, divided))
    if named and named[-1]["else"]:
        return ""
    return attribute if not named else _RD if named[-1]["rd"] else _MAIN


@cache
def _named() -> re.Pattern[str]:
    words = title_holder_words().shares
    return re.compile(f"(?P<rd>{either(words.research)})|(?P<else>{either(words.else_)})|{either(words.main)}")
