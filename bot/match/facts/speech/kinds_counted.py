"""Of which kind the things are that a number counts."""

from __future__ import annotations

import re

from bot.match.facts.numbers import Number
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading
from bot.match.facts.speech.studies import study_words
from ingest.vocabulary.matching.asker_speech import asker_speech

OF_KINDS = frozenset({"patents", "standards", "vehicles", "contract_months"})
"""Attributes whose number counts things of several kinds."""
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
        return re.split(r"[给和与的在，。]", match["kind"])[0] or None
    before = re.search(
        r"([\u4e00-\u9fff]{2,8}专利|实用新型|外观设计|[\u4e00-\u9fff]{2}标准)$",
        reading.profile.text[clause.start : number.start],
    )
    return (
        re.sub("^.*(?:授权|获得|有|拿到|国内|年|，)", "", before[1])
        if before and number.sort in ("pieces", "items")
        else None
    )
