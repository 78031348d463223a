"""Research bodies that a firm sets up elsewhere: 在常州设一个研发中心 is no sign that the firm comes from there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.match.facts.reading import Reading, is_done
from bot.match.types import Fact
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

_NEAR = 4  # characters between a place and the word of setting up
_COUNTED = 6  # characters between that word and the body: 设一个无人机研发中心


def is_outpost(reading: Reading, end: int, until: int) -> bool:
    """Whether a firm sets up a research body at the place that ends at ``end``."""
    return reading.is_organisation and _sets_up().match(reading.profile.text, end, until) is not None


def outpost_facts(reading: Reading, start: int, end: int, until: int, signs: tuple[str, ...]) -> Iterator[Fact]:
    """The event, or the plan, of a body set up at a place elsewhere; ``signs`` end the levels that it lies outside of."""
    match = _sets_up().match(reading.profile.text, end, until)
    if match is None:
        return
    words = asker_speech().outposts
    names = (*words.event, *(words.of_level.format(level=sign) for sign in signs))
    attribute = "plan" if _is_planned(reading, start) else "event"
    yield Fact(attribute, names, said=reading.profile.span(start, match.end()))


def _is_planned(reading: Reading, start: int) -> bool:
    """打算把总部迁到…，上海留研发中心: a plan, where that is what the sentence began with."""
    clause = next((c for c in reading.clauses if c.start <= start < c.end), None)
    before = reading.profile.sentence_clauses(clause) if clause else ()
    told = any(c.planned_from is not None and c.start <= start for c in before)
    return reading.is_planned(start) or (told and clause is not None and not is_done(reading.profile.of(clause)))


@cache
def _sets_up() -> re.Pattern[str]:
    words = asker_speech().outposts
    between = rf"(?:[^，。；,;\n]{{0,{_COUNTED}}}?|(?:\s[a-z]+){{0,3}}?\s)"
    set_up = rf"(?:[^，。；,;\n]{{0,{_NEAR}}}?{any_of(words.sets_up)})[了着]?{between}{any_of(words.bodies)}"
    kept = rf"[的\s]?[^，。；,;\n]{{0,{_NEAR}}}?{any_of(words.bodies)}[^，。；,;\n]{{0,{_NEAR}}}?{any_of(words.keeps)}"
    return re.compile(f"(?:{set_up}|{kept})")
