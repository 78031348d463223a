"""Sentences that leave out what the question is about: what they print is true of others, and decides nothing for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.evidence.candidates import Candidate
from bot.text.jieba_dictionary import nouns_in
from bot.understand.reading import Reading
from bot.verdicts.words import patterns
from ingest.vocabulary.questions import question_words

_PURPOSE = re.compile(question_words().besides.paid.pattern)  # 补贴, 返还: what a grant is called by
SHORTEST_GRANT, LONGEST_NAME = 4, 10  # characters of the name of a grant
SHORTEST_NAME = 2  # characters of a thing that is left out


def without_left_out(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those whose sentence leaves out something that the question names.

    All of them where the question itself speaks of what is left out.
    """
    if any(patterns("printed")[key].search(reading.last) for key in ("leaves_out", "left_out")):
        return list(candidates)
    return [one for one in candidates if not any(name in reading.last for name in _left_out(one.text))]


def without_others(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those on what the question sets aside, and without those under the name of another grant."""
    return _of_the_grant_named(reading, without_excepted(reading, candidates))


def _of_the_grant_named(reading: Reading, candidates: list[Candidate]) -> list[Candidate]:
    """Asked of one grant by the name that a heading has (稳岗返还): nothing from beside it under the heading of another."""
    headings = {one.clause.path[-1]: one.clause.document for one in candidates if len(one.clause.path) > 1}
    named = {name: document for heading, document in headings.items() if (name := _name_in(heading, reading.last))}
    if len(named) != 1:
        return candidates
    ((name, document),) = named.items()
    return [
        one
        for one in candidates
        if one.clause.document != document
        or not _PURPOSE.search(one.clause.path[-1])
        or name in one.clause.path[-1]
        or name in one.clause.text
    ]


def _name_in(heading: str, asked: str) -> str:
    """The longest piece of a heading that the question has and that says what money is given for; "" for none."""
    for length in range(min(LONGEST_NAME, len(asked)), SHORTEST_GRANT - 1, -1):
        for start in range(len(asked) - length + 1):
            piece = asked[start : start + length]
            if piece in heading and _PURPOSE.search(piece):
                return piece
    return ""


def without_excepted(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those on what the question sets aside (除了清华北大，别的学校…); all where no other is left."""
    found = patterns("overlap")["set_aside"].search(reading.last)
    nouns = [noun for noun in nouns_in(found["things"]) if len(noun) >= SHORTEST_NAME] if found else []
    printed = "\n".join(one.text for one in candidates)
    names = [name for noun in nouns for name in ([noun] if noun in printed else _halves(noun))]
    if not names:
        return list(candidates)
    return [one for one in candidates if not any(name in one.text for name in names)] or list(candidates)


def _halves(noun: str) -> list[str]:
    """清华 and 北大 of 清华北大, which people say in one breath."""
    half = len(noun) // 2
    return [noun[:half], noun[half:]] if half >= SHORTEST_NAME and len(noun) == 2 * half else []


def _left_out(text: str) -> Iterator[str]:
    """The things that a sentence leaves out, as printed."""
    for key in ("leaves_out", "left_out"):
        for found in patterns("printed")[key].finditer(text):
            for name in patterns("overlap")["joined"].split(found["things"]):
                if len(name.strip()) >= SHORTEST_NAME:
                    yield name.strip().lower()
