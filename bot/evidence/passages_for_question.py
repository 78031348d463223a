"""The passages of a clause as a question looks at them: lists whole or by item, rows by column, answers of which question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.evidence.features import asks_for_list
from bot.evidence.guide_labels import answers_by_label, label_of_line
from bot.evidence.passages import Passage, passages_of
from bot.evidence.table_rows import is_table_row, row_words
from bot.text.term_overlap import sentence_terms
from bot.understand.reading import Reading
from ingest.structure.numbering import ITEM_LABEL
from ingest.types import Clause, Span

LONGEST_TITLE = (
    26  # characters of an item's own title ("3.用人单位引才奖励。"); the next longer first sentences are rules
)
LONGEST_LIST = 500  # characters of a list that is said as a whole
SAME_QUESTION = 0.5  # of the words of a question printed
LIKE_QUESTION, NEAR_QUESTION = 0.2, 0.9  # of its words, and how near it is
_LINE_ENDS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class PassageRead:
    """A passage as a question looks at it."""

    passage: Passage
    span: Span  # without its label
    text: str  # with its lead-in
    terms: frozenset[str]
    asked: frozenset[str]  # the words of the question it answers, when that is the one asked
    otherwise: bool  # it answers another question
    sentences: tuple[int, ...]  # whose nearness counts


def without_label(text: str, span: Span) -> Span:
    """A sentence of ``text`` without its item number, dash and the blanks around it; as it was if nothing else is left."""
    sentence = span.of(text)
    label = ITEM_LABEL.match(sentence)
    start = span.start + (label.end() if label else len(sentence) - len(sentence.lstrip()))
    end = span.start + len(sentence.rstrip())
    return Span(start, end) if start < end else span


def read_passage(
    reading: Reading,
    clause: Clause,
    passage: Passage,
    sentences: Sequence[Span],
    cosines: Sequence[float],
    wanted: Mapping[str, float],
) -> PassageRead:
    """A passage of ``clause`` for a question of the words ``wanted``; ``cosines`` are those of its ``sentences``."""
    if is_table_row(clause):
        text = row_words(clause, reading)
        return PassageRead(passage, passage.span, text, sentence_terms(text), frozenset(), False, passage.sentences)
    is_list = (
        passage.asked is not None and len(passage.sentences) > 1
    )  # a question answered by a list: all its labels stay
    span = passage.span if is_list else without_label(clause.text, passage.span)
    text = said_words(clause.text, passage.lead, span)
    question = [number for number, sentence in enumerate(sentences) if sentence == passage.asked]
    near = max((cosines[number] for number in question if number < len(cosines)), default=0.0)
    asked = sentence_terms(passage.asked.of(clause.text)) if passage.asked else frozenset[str]()
    otherwise = passage.asked is not None and not _is_asked(asked, wanted, near)
    # A question may be nearer to what is asked than its answer; one that was asked otherwise tells nothing of it.
    own = (*passage.sentences, *(question if passage.first and not otherwise else ()))
    return PassageRead(
        passage, span, text, sentence_terms(text), frozenset[str]() if otherwise else asked, otherwise, own
    )


def is_title_only(clause: Clause, one: PassageRead) -> bool:
    """True for a short passage without a figure: the title of what follows."""
    return one.passage.whole is None and len(one.text) <= LONGEST_TITLE and not _has_figure(clause, one.span)


def passages_for(reading: Reading, clause: Clause, sentences: Sequence[Span]) -> list[Passage]:
    """What of a clause can be said by itself; a list as a whole, where lists are asked for, else its items."""
    if clause.role.is_rate_row:
        return [Passage(Span(0, len(clause.text)), tuple(range(len(sentences))))]
    made: list[Passage] = []
    as_whole = asks_for_list(reading)
    passages = passages_of(clause.text, sentences)
    for passage in passages:
        whole = passage.whole
        if whole is None:
            made.append(passage)
            continue
        opens = passage.lead is None
        label = answers_by_label(reading, label_of_line(whole.of(clause.text)))
        fits = len(whole) <= LONGEST_LIST and (as_whole or bool(label))
        below = clause.text[passage.span.start : passage.span.end].rstrip().endswith(("：", ":"))
        if opens and (fits or (below and len(whole) <= LONGEST_LIST)):
            inside = (n for one in passages if one.whole == whole and (fits or one is passage) for n in one.sentences)
            made.append(replace(passage, span=whole, sentences=tuple(inside)))
        elif not fits and not (opens and below):
            made.append(passage)
    return made


def said_words(text: str, lead: Span | None, span: Span) -> str:
    """The words of a passage, line ends between its items undone, its lead-in in front."""
    before = without_label(text, lead).of(text) if lead else ""
    return _LINE_ENDS.sub("", f"{before}{span.of(text)}")


def _is_asked(question: frozenset[str], wanted: Mapping[str, float], near: float) -> bool:
    """Whether a question printed is the one asked: by half of its words, or by some of them and its meaning."""
    shared = len(question & wanted.keys()) / (len(question) or 1)
    return shared >= SAME_QUESTION or (shared >= LIKE_QUESTION and near >= NEAR_QUESTION)


def _has_figure(clause: Clause, span: Span) -> bool:
    return any(span.contains(figure.span) for figure in clause.figures)
