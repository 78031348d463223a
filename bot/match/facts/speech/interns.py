"""Students whom a firm takes as interns: they are neither hired nor brought, and what they are the firm is not."""

from __future__ import annotations

import re
from functools import cache

from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech


def takes_interns(reading: Reading, clause: Clause) -> bool:
    """Whether a clause tells that the asker takes interns; not that they were hired after it, nor an intern's own."""
    text, words = reading.profile.text, _words()
    if not words[0].search(text, clause.start, clause.end) or words[1].search(text, clause.start, clause.end):
        return False
    if reading.is_organisation and not reading.is_person:
        return True
    asks_for_firm = reading.is_organisation or "employer" in reading.who
    return asks_for_firm and words[2].search(text, clause.start, clause.end) is not None


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Being an intern, what comes after it, and taking interns."""
    studies = asker_speech().studies
    intern = any_of(studies.internship)
    return (
        re.compile(intern),
        re.compile(any_of(studies.hired_after)),
        re.compile(rf"{any_of(studies.takes)}[^，。；\n]*?{intern}"),
    )


def is_paid_to_interns(reading: Reading, clause: Clause) -> bool:
    """接收大学生实习4个月，每月付3200元: money a month in a sentence that tells of interns taken."""
    monthly = re.search(any_of(asker_speech().studies.monthly), reading.profile.of(clause)) is not None
    return monthly and any(takes_interns(reading, other) for other in reading.profile.sentence_clauses(clause))
