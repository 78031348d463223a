"""Of which kind the things are that a number counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from bot.match.facts.numbers import Number
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading
from bot.match.facts.speech.studies import study_words
from bot.match.types import Fact
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

OF_KINDS = frozenset({"patents", "standards", "vehicles", "contract_months"})
"""Attributes whose number counts things of several kinds."""
OF_PIECES = frozenset({"patents", "standards"})
"""Those of them that are won one by one, so that a part of them is told behind the whole."""
_KIND = re.compile(r"(?P<kind>[\u4e00-\u9fff]{2,10})")


def kind_counted(reading: Reading, clause: Clause, number: Number) -> str | None:
    """What a number counts: 重型货车, 国内发明专利; None where it is not said."""
    if number.sort == "months":  # an internship is no contract
        return (
            asker_speech().studies.internship[0]
            if study_words().internship.search(reading.profile.of(clause))
            else None
        )
    match = _KIND.match(reading.profile.text, number.end, clause.end)
    if match and number.sort in ("vehicles", "pieces", "items"):
        kind = match["kind"].removeprefix(asker_speech().parts.being)  # 其中2件是日本专利
        return re.split(r"[给和与的在，。]", kind)[0] or None
    before = re.search(
        r"([\u4e00-\u9fff]{2,8}专利|实用新型|外观设计|[\u4e00-\u9fff]{2}标准)$",
        reading.profile.text[clause.start : number.start],
    )
    return (
        re.sub("^.*(?:授权|获得|有|拿到|国内|年|，)", "", before[1])
        if before and number.sort in ("pieces", "items")
        else None
    )


def without_parts(reading: Reading, facts: Sequence[Fact]) -> list[Fact]:
    """3件，其中美国专利1件: of what is counted as a whole what the part behind leaves, 2 of them granted at home."""
    words, text = asker_speech().parts, reading.profile.text
    found = list(facts)
    for place, (whole, part) in enumerate(pairwise(facts)):
        if whole.attribute != part.attribute or whole.attribute not in OF_PIECES:
            continue
        if whole.said is None or part.said is None or part.of is None or not _is_less(part, whole):
            continue
        between = text[whole.said.end : part.said.start]
        if re.search(any_of(words.of_which), between) is None or re.search(words.ends, between):
            continue
        abroad = re.search(any_of(words.abroad), part.of) is not None
        if abroad:
            found[place + 1] = replace(part, of=words.away)
        left = (whole.number or Decimal(0)) - (part.number or Decimal(0))
        found[place] = replace(whole, number=left, of=words.home if abroad else words.other)
    return found


def _is_less(part: Fact, whole: Fact) -> bool:
    return part.number is not None and whole.number is not None and part.number < whole.number
