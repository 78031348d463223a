"""Things that a sentence lists by one ending (专家型、卓越型、骨干型; 三级、四级、五级), and one of that ending that it does not list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.refuse.answerability import Searched
from bot.refuse.constraints.cited import answering, clause_words, plain
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from bot.text.jieba_dictionary import words_in
from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.wordings import either

LISTED, ORDINAL = "object.listed", "grade.ordinal"
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_NOT_LISTED = re.compile(r"[（(][^（）()]*[）)]|[“”\"]")
_JOINT = re.compile(r"、|以及|或者|[和或及与]")
_WORDS = constraint_words().listed
_TELLS_NOTHING = re.compile(either(_WORDS.tell_nothing))
_BEFORE = re.compile(_WORDS.before)
_ORDINAL = re.compile(_WORDS.ordinal)
LONGEST_ENDING = 2  # characters
LONGEST_ITEM = 8  # characters


def check_listed_siblings(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each thing of the last turn whose ending the sentences that would answer list others of."""
    reading, sentences = searched.reading, answering(searched)
    text = " ".join(clause_words(c) for c in sentences)
    best = sentences[0]
    items = _items(plain(best.text))
    for thing in _things(reading.last):
        if thing in text or any(word in text and not set(word).isdisjoint(thing) for word in reading.also):
            continue
        others = [item for item in items if any(item.endswith(end) for end in _endings(thing))]
        if others:
            yield _unmet(ConstraintKind.OBJECT, thing, LISTED, others, searched)
    printed = list(dict.fromkeys(match[0] for match in _ORDINAL.finditer(plain(best.text))))
    for match in _ORDINAL.finditer(reading.last):
        others = [one for one in printed if one[-1] == match[0][-1]]
        if others and match[0] not in text:
            yield _unmet(ConstraintKind.GRADE, match[0], ORDINAL, others, searched)


def _unmet(kind: ConstraintKind, asked: str, fault: str, others: Sequence[str], searched: Searched) -> ConstraintCheck:
    best, elsewhere = answering(searched)[0], asked in searched.printed.text
    shown = tuple(dict.fromkeys(others))
    return ConstraintCheck(kind, asked, Outcome.CONTRADICTED, fault, shown, best.clause.id, best.span, elsewhere)


def _endings(thing: str) -> Iterator[str]:
    return (
        thing[-size:] for size in range(1, min(LONGEST_ENDING, len(thing) - 1) + 1) if thing[-size:] in _WORDS.endings
    )


def _things(text: str) -> Iterator[str]:
    """The words of ``text`` that end as things of a list do, with the word before where the ending is a word of its own."""
    for run in _HAN_RUN.findall(text):
        words = ["", *words_in(run)]
        for before, word in pairwise(words):
            whole = before + word if word in _WORDS.endings else word
            for end in _endings(whole):
                if not _TELLS_NOTHING.fullmatch(whole.removesuffix(end)):
                    yield whole
                    break


def _items(text: str) -> list[str]:
    """The items of the lists of ``text`` that share an ending with a neighbour; the first and last cut at it."""
    found: list[str] = []
    for first, second in pairwise(_JOINT.split(_NOT_LISTED.sub("", text))):
        for ending in _WORDS.endings:
            at = second[: LONGEST_ITEM + 1].find(ending)
            if first.endswith(ending) and at > 0 and len(first) > len(ending):
                found += [_BEFORE.split(first)[-1][-LONGEST_ITEM:], second[: at + len(ending)]]
    return found
