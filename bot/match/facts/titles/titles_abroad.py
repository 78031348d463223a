"""Titles of other countries, in the asker's own words: 日本工程院院士 is no 中国工程院院士, and a catalogue may list it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.match.facts.reading import Reading, finder
from bot.match.facts.titles.title_holders import is_title_abroad, title_abroad
from bot.match.types import Fact


def titles_abroad(reading: Reading) -> Iterator[Fact]:
    """A fact for each title that names another country in front of it."""
    text = reading.profile.text
    for clause in reading.clauses:
        if clause.asking or reading.relatives_in(clause):
            continue
        for found in finder("award").find(text, clause.start, clause.end):
            at = title_abroad(text, clause.start, found.start, found.end)
            if at is None or reading.is_of_others(found.start) or reading.holders.has(found.end - 1, found.end):
                continue
            words = (text[slice(*at)],)
            about = "asker" if reading.is_person else "talent"
            if is_title_abroad(words[0]):
                denied = reading.profile.is_denied(clause, *at)
                yield Fact("award", words, about=about, denied=denied, said=reading.profile.span(*at))
