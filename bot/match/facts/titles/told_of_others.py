"""Where a profile tells of a cousin, a friend, the firm next door: neither the asker nor whom the asker brings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from bot.match.facts.profile_text import Clause
from bot.match.facts.speech.quoted import quoted
from bot.match.facts.words import Found, WordFinder, either
from ingest.vocabulary.matching.asker_speech import asker_speech


@dataclass(frozen=True, slots=True)
class _Others:
    named: WordFinder
    of_person: WordFinder
    pronouns: re.Pattern[str]
    asker: re.Pattern[str]
    hearsay: re.Pattern[str]
    beside: re.Pattern[str]
    predicate: re.Pattern[str]  # 我是他徒弟 tells of the asker
    tells: re.Pattern[str]


@cache
def _others() -> _Others:
    words = asker_speech().others
    return _Others(
        WordFinder(dict.fromkeys(words.named, ()), decoys=words.not_named),
        WordFinder(dict.fromkeys((*words.named, *words.teachers), ()), decoys=words.not_named),
        re.compile(rf"\s*{either(words.pronouns)}"),
        re.compile(either(words.asker)),
        re.compile(either(words.hearsay)),
        re.compile(rf"{either(words.beside)}\s?(?:{either(words.asker)})?[的\s]?[^，。,.]{{0,3}}$"),
        re.compile(rf"{either(words.asker)}[^，。,]{{0,4}}{either(words.being)}[^，。,]{{0,6}}$"),
        re.compile(rf"\s?{either(words.tells)}"),
    )


def told_of_others(
    text: str, sentences: Sequence[tuple[Clause, ...]], *, of_firm: bool, is_somebody: Callable[[int], bool]
) -> tuple[tuple[int, int], ...]:
    """From where somebody else is named to where the asker is named again, or to the end of the sentence.

    ``of_firm``: the firm's own teachers and heads are its people. ``is_somebody``: whether 他 at the beginning of a
    sentence is a person nobody named before, and not a relative or somebody brought.
    """
    found: list[tuple[int, int]] = []
    words, end_before = _others(), -1
    others = words.named if of_firm else words.of_person
    for clauses in sentences:
        first, last = clauses[0].start, clauses[-1].end
        goes_on = (bool(found) and found[-1][1] == end_before) or is_somebody(first)
        named = [(first, first)] if goes_on and words.pronouns.match(text, first, last) else []
        subjects = (word for word in others.find(text, first, last) if _is_subject(text, word, first, last))
        named += [(word.start, word.end) for word in subjects]
        for start, end in named:
            own = words.asker.search(text, end, last)  # not in the name itself: my boss
            found.append((start, own.start() if own else last))
        found += quoted(text, first, last)
        end_before = last
    return tuple(found)


def _is_subject(text: str, word: Found, first: int, last: int) -> bool:
    """Not beside somebody (和同学一起), nor who tells something; 听说隔壁… tells of them."""
    words = _others()
    before = words.hearsay.sub("", text[first : word.start])
    barred = words.beside.search(before) or words.predicate.search(before)
    return barred is None and words.tells.match(text, word.end, last) is None
