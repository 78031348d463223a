"""Classes by letter or number (E类, 第七类): those that the rule prints for what is asked, at the level asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.evidence.benefit_rows import purposes_asked
from bot.evidence.candidates import Candidate
from bot.refuse.answerability import Searched
from bot.refuse.constraints.cited import plain, words_of
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from bot.understand.grades import letter_tiers, numbered_tiers
from index.text.question_types import QuestionType
from ingest.structure.sentences import split_sentences

_AND_ABOVE = re.compile(r"([a-h])类?及以上|([一二三四五六七八])类及?以上")
_WHICH_CLASS = re.compile(r"(?:哪|算|是|什么|某|另|这|那|同|属于?)一类")
YES_OR_NO = "grade.class_or_not"  # of a class that may have it or not: what is printed for others is a "no", no gap
_LETTERS, _NUMBERS = "ABCDEFGH", "一二三四五六七八"
_TIERS: tuple[Callable[[str], frozenset[str]], ...] = (letter_tiers, numbered_tiers)


def check_classes(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each class that the last turn names, against the sentences on what is asked for it."""
    purposes = purposes_asked(searched.reading)
    for tiers in _TIERS:
        asked = tiers(_WHICH_CLASS.sub("", searched.reading.last))
        if not asked:
            continue
        sentences = [c for c in _of_levels_asked(searched) if _named(c, tiers)]
        fitting = [c for c in sentences if not purposes or any(purpose in c.text for purpose in purposes)] or sentences
        for name in sorted(asked):
            check = _checked(name, fitting, tiers)
            yield replace(check, fault=YES_OR_NO) if QuestionType.YES_NO in searched.reading.types else check


def _of_levels_asked(searched: Searched) -> Sequence[Candidate]:
    """Every sentence found, those that are not citable too: what any of them prints of a class is no gap."""
    levels = searched.reading.levels
    return [c for c in searched.candidates if c.clause.level in levels] or searched.candidates


def _checked(name: str, sentences: Sequence[Candidate], tiers: Callable[[str], frozenset[str]]) -> ConstraintCheck:
    kind, asked = ConstraintKind.GRADE, f"{name}类"
    printed: set[str] = set()
    for sentence in sentences:
        named = _named(sentence, tiers)
        if name in named:
            return ConstraintCheck(kind, asked, Outcome.BORNE_OUT, "grade.class", (), sentence.clause.id, sentence.span)
        printed |= named
    if not printed:
        return ConstraintCheck(kind, asked, Outcome.NOT_MENTIONED, "grade.class")
    shown = tuple(f"{one}类" for one in sorted(printed, key=(_LETTERS + _NUMBERS).index))
    first = sentences[0]
    return ConstraintCheck(kind, asked, Outcome.CONTRADICTED, "grade.class", shown, first.clause.id, first.span)


def _named(candidate: Candidate, tiers: Callable[[str], frozenset[str]]) -> frozenset[str]:
    """The classes that a sentence is about: its own, else those of the last sentence before it that names any."""
    if own := _with_those_above(words_of(candidate), tiers):
        return own
    text = candidate.clause.text
    before = (
        _with_those_above(plain(span.of(text)), tiers)
        for span in reversed(split_sentences(text))
        if span.end <= candidate.span.start
    )
    return next((named for named in before if named), frozenset[str]())


def _with_those_above(text: str, tiers: Callable[[str], frozenset[str]]) -> frozenset[str]:
    """The classes that ``text`` names; D类及以上 names those above D too."""
    found = set(tiers(text))
    for match in _AND_ABOVE.finditer(text):
        row, lowest = (_LETTERS, match[1].upper()) if match[1] else (_NUMBERS, match[2])
        if lowest in found:
            found.update(row[: row.index(lowest) + 1])
    return frozenset(found)
