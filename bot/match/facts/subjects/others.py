"""Where a profile speaks of people and firms who are neither the asker, nor a relative, nor whom a firm brings.

他是全职引进的博士，我是他同学; 听说隔壁老王被引进了; 我同学小张是博士。去年来的。 Nothing that stands there is a fact of the asker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.match.facts.profile_text import Clause
from bot.match.facts.speech.quoted import quoted
from bot.match.facts.words import Found, WordFinder, either
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech

Sentences = Sequence[tuple[Clause, ...]]


@dataclass(frozen=True, slots=True)
class _Others:
    named: WordFinder
    of_person: WordFinder
    by_name: re.Pattern[str]  # 老王, 张博士
    pronouns: re.Pattern[str]  # at the beginning of a sentence
    he: re.Pattern[str]  # at the beginning of a clause: one person
    asker: re.Pattern[str]
    of_asker: re.Pattern[str]  # up to the asker's word: 是我, 跟我
    of_theirs: re.Pattern[str]  # behind it: 我同学
    beside: re.Pattern[str]
    hearsay: re.Pattern[str]
    predicate: re.Pattern[str]  # 我是他徒弟 tells of the asker
    tells: re.Pattern[str]


@cache
def _others() -> _Others:
    words = asker_speech().others
    relations = [word for said in asker_fact_words().of("relation").values() for word in said]
    known = (*words.named, *words.teachers, *relations)
    hearsay = either(words.hearsay)
    return _Others(
        WordFinder(dict.fromkeys(words.named, ()), decoys=words.not_named),
        WordFinder(dict.fromkeys((*words.named, *words.teachers, *words.persons), ()), decoys=words.not_named),
        re.compile(rf"(?<![\u4e00-\u9fff])(?:{hearsay}|{any_of(words.asker_names)})?(?P<name>{words.by_name})"),
        re.compile(rf"\s*{either(words.pronouns)}"),
        re.compile(rf"\s*{hearsay}?\s*{either(words.one)}(?!{asker_speech().others.plural})"),
        re.compile(either(words.asker)),
        re.compile(rf"{either(words.beside)}\s?$|{any_of(words.being)}\s?$"),
        re.compile(rf"\s?的?(?:{either(known)})"),
        re.compile(rf"{either(words.beside)}\s?(?:{either(words.asker)})?[的\s]?[^，。,.]{{0,3}}$"),
        re.compile(rf"{hearsay}[^，。,.]{{0,3}}$"),
        re.compile(rf"{either(words.asker)}[^，。,]{{0,4}}{either(words.being)}[^，。,]{{0,6}}$"),
        re.compile(rf"\s?{either(words.tells)}"),
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that are not the asker's. ``unsure``: nobody is named, so that they may be."""

    start: int
    end: int
    unsure: bool = False


def of_others(
    text: str,
    sentences: Sentences,
    *,
    firm: bool,
    may_be_known: Callable[[Clause], bool],
) -> Iterator[Stretch]:
    """From where somebody else is named to where the asker is named again, or to the end of the sentence.

    ``firm``: a firm is asking; of others a person alone speaks by 他 without having named anybody. ``may_be_known``: whether
    the 他 at the beginning of a clause may be a relative, or somebody the employer brings.
    """
    going = False  # the sentence before ended with somebody else
    told = False  # the asker has told of themselves
    words, others = _others(), _others().named if firm else _others().of_person
    for clauses in sentences:
        first, last = clauses[0].start, clauses[-1].end
        pronoun = words.pronouns.match(text, first, last) is not None
        silent = not firm and _own(text, first, last) is None and not may_be_known(clauses[0])
        goes_on = going and (pronoun or silent)
        named = [(first, first)] if goes_on else []
        if not firm:
            named += [
                (c.start, c.start) for c in clauses if words.he.match(text, c.start, c.end) and not may_be_known(c)
            ]
            named += _by_name(text, first, last)
        named += [
            (word.start, word.end) for word in others.find(text, first, last) if _is_subject(text, word, first, last)
        ]
        going = False
        for start, end in sorted(named):
            own = _own(text, end, last)  # not in the name itself: my boss
            yield Stretch(start, last if own is None else own, told and goes_on and not pronoun and start == first)
            going = going or own is None
        told = told or not named or _own(text, first, last) is not None
        yield from (Stretch(*span) for span in quoted(text, first, last))


def _own(text: str, start: int, end: int) -> int | None:
    """Where the asker is the subject again: not in 他是我同学, nor in 跟我一个班."""
    words = _others()
    for found in words.asker.finditer(text, start, end):
        if words.of_theirs.match(text, found.end(), end) or words.of_asker.search(text, start, found.start()):
            continue
        return found.start()
    return None


def _by_name(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """老王被引进了, 张博士是…; not 我老王, who is the asker."""
    for found in _others().by_name.finditer(text, start, end):
        if any(text[found.start() : found.start("name")] == own for own in asker_speech().others.asker_names):
            continue
        yield found.start("name"), found.end()


def _is_subject(text: str, word: Found, first: int, last: int) -> bool:
    words = _others()
    before = text[first : word.start]
    barred = (words.beside.search(before) and not words.hearsay.search(before)) or words.predicate.search(before)
    return not barred and words.tells.match(text, word.end, last) is None
