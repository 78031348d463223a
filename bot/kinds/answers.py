"""Which kind of set a question asks for, and its answer: one function from a reading to a draft, or to None."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.compose.draft import Draft
from bot.evidence.benefit_rows import purposes_asked
from bot.kinds.class_table import compare_classes
from bot.kinds.document_summary import summarise
from bot.kinds.extremes import ends_asked, extremes_of_grants, extremes_of_rows
from bot.kinds.grant_list import list_grants
from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.grants_asked import grants_asked, grants_named, is_of_chapter
from bot.kinds.printed_lists import printed_list
from bot.kinds.procedure import steps_in_order
from bot.kinds.talent_catalogues import class_of_award, classes_counted, members_of_class
from bot.kinds.words import asked_words, said
from bot.types import AnswerKind, AnswerSentence, Question, SentenceRole
from bot.understand.levels_and_places import Places, other_place
from bot.understand.reading import Reading
from index.types import Hit
from ingest.normalise import to_simplified
from ingest.types import Corpus
from ingest.vocabulary.places import places_by_latin_name


def asks_for_more(question: Question) -> bool:
    """Whether the last turn only asks to go on: 继续, 还有吗."""
    return _is_more(question.last)


def question_continued(question: Question) -> tuple[Question | None, int]:
    """The question that 继续 goes on with and how often it was said; none where nothing stood before it."""
    turns = list(question.turns)
    said_on = 0
    while turns and _is_more(turns[-1]):
        turns.pop()
        said_on += 1
    return (replace(question, turns=tuple(turns)) if turns else None), said_on


def _is_more(turn: str) -> bool:
    return asked_words().asks_for("more", to_simplified(turn).strip().lower())


def nothing_to_continue(reading: Reading, corpus: Corpus) -> Draft:
    """What is said to 继续 where no question stood before it."""
    draft = Draft(reading.language, corpus)
    draft.kind = AnswerKind.CLARIFY
    words = said("nothing_to_continue", reading.language)
    draft.sentences.append(AnswerSentence(words, (), (), role=SentenceRole.QUESTION))
    return draft


def answer_of_set(
    reading: Reading, hits: Sequence[Hit], shelf: Callable[[], GrantShelf], places: Places, page: int = 0
) -> Draft | None:
    """The answer to a question on a set of things; None for any other question. ``hits`` are what was found for it."""
    if other_place(reading.text, places) is not None:
        return None
    asked = _Asked(reading, hits, shelf, places, page)
    for kind in (_class_kinds, _class_table, _besides, _printed_list, _grants, _extremes, _summary, _steps):
        draft = kind(asked)
        if draft is not None:
            return draft
    return None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with all that its answer is made from."""

    reading: Reading
    hits: Sequence[Hit]
    shelf: Callable[[], GrantShelf]
    places: Places
    page: int


def _class_kinds(asked: _Asked) -> Draft | None:
    words, reading = asked_words(), asked.reading
    if not any(words.asks_for(kind, reading.last) for kind in ("classes", "class_of", "class_members")):
        return None
    shelf = asked.shelf()
    names = [*places_by_latin_name(), *(name for names in asked.places.names.values() for name in names)]
    return (
        classes_counted(reading, shelf)
        or members_of_class(reading, shelf, asked.page, names)
        or class_of_award(reading, shelf)
    )


def _grants(asked: _Asked) -> Draft | None:
    """All grants of a kind."""
    words, text = asked_words(), asked.reading.last
    asks = words.asks_for("list", text) or words.asks_for("count", text)
    if not asks or words.asks_for("single", text) or words.asks_for("excluded", text) or ends_asked(text):
        return None
    wanted = grants_asked(asked.reading, asked.places)
    if wanted is None or (wanted.general and wanted.is_bare and not (wanted.levels or wanted.recipients)):
        return None
    everything = words.asks_for("complete", text)
    return list_grants(asked.reading, wanted, asked.shelf(), asked.page, everything=everything)


def _extremes(asked: _Asked) -> Draft | None:
    """The most or least of several things."""
    words, text = asked_words(), asked.reading.last
    ends = ends_asked(text)
    if ends is None or words.asks_for("excluded", text):
        return None
    wanted, shelf = grants_asked(asked.reading, asked.places), asked.shelf()
    among = words.asks_for("among", text)
    if wanted is not None and (wanted.is_bare or is_of_chapter(wanted, shelf)):
        return extremes_of_grants(asked.reading, wanted, shelf, ends)
    return extremes_of_rows(asked.reading, asked.hits, shelf, ends) if among else None


def _class_table(asked: _Asked) -> Draft | None:
    """What each class gets at each level."""
    reading = asked.reading
    if not asked_words().asks_for("compare", reading.last) or not purposes_asked(reading):
        return None
    return compare_classes(reading, asked.shelf())


def _summary(asked: _Asked) -> Draft | None:
    """A document as a whole."""
    if not asked_words().asks_for("summary", asked.reading.last):
        return None
    return summarise(asked.reading, asked.shelf().corpus, asked.places)


def _besides(asked: _Asked) -> Draft | None:
    """除了博士还有谁: who else gets it, without what goes to them alone."""
    reading = asked.reading
    found = asked_words().asks["besides"].search(reading.last)
    if found is None:
        return None
    wanted = grants_named(reading, reading.last[found.end() :], asked.places)
    if wanted is None or (wanted.is_bare and not wanted.levels):
        return None
    left_out = found["who"] or found["whom"] or ""
    return list_grants(reading, wanted, asked.shelf(), asked.page, everything=False, without=left_out.strip())


def _steps(asked: _Asked) -> Draft | None:
    """The steps of a procedure in printed order."""
    words, text = asked_words(), asked.reading.last
    if not words.asks_for("steps_apart", text) or words.asks_for("not_steps", text):
        return None
    return steps_in_order(asked.reading, asked.hits, asked.shelf().corpus)


def _printed_list(asked: _Asked) -> Draft | None:
    """A list that one sentence prints with its number."""
    words, text = asked_words(), asked.reading.last
    if not words.asks_for("count", text) or words.asks_for("excluded", text) or ends_asked(text):
        return None
    return printed_list(asked.reading, asked.hits, asked.shelf().corpus)
