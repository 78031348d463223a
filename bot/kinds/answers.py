"""Which kind of set a question asks for, and its answer: one function from a reading to a draft, or to None."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.compose.draft import Draft
from bot.evidence.benefit_rows import purposes_asked
from bot.granting.class_sums import asks_for_sum
from bot.kinds.asker_field import of_field_told
from bot.kinds.class_grants import grants_of_class
from bot.kinds.class_table import CLASSES, asks_of_employers, asks_one_sum, compare_classes, is_of_agencies
from bot.kinds.document_summary import measures_of, summarise, summarise_heading
from bot.kinds.extremes import extremes_of_grants, extremes_of_rows
from bot.kinds.grant_list import list_grants, other_rows
from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.grants_asked import grants_asked, grants_named, is_of_chapter, is_of_documents, is_of_several
from bot.kinds.headed_lists import headed_list
from bot.kinds.printed_lists import printed_list
from bot.kinds.procedure import steps_in_order
from bot.kinds.talent_catalogues import class_of_award, classes_counted, members_of_class
from bot.kinds.words import asked_words, ends_asked, said
from bot.talk.document_counts import compose_count, compose_documents
from bot.types import AnswerKind, AnswerSentence, Question, SentenceRole
from bot.understand.asks_on import asks_for_more
from bot.understand.grades import letter_tiers
from bot.understand.levels_and_places import Places, other_place
from bot.understand.reading import Reading
from bot.verdicts.price_rows import compare_prices
from index.text.question_types import QuestionType
from index.types import Filters, Hit
from ingest.types import Corpus
from ingest.vocabulary.places import places_by_latin_name


def question_continued(question: Question) -> tuple[Question | None, int]:
    """The question that 继续 goes on with and how often it was said; none where nothing stood before it."""
    turns = list(question.turns)
    said_on = 0
    while turns and asks_for_more(turns[-1]):
        turns.pop()
        said_on += 1
    return (replace(question, turns=tuple(turns)) if turns else None), said_on


def count_asked(reading: Reading, corpus: Corpus, places: Places, hits: Sequence[Hit]) -> Draft | None:
    """How many things stand below a heading, how many documents there are, or how many articles one has; None for other questions."""
    return (
        headed_list(reading, corpus, places, hits)
        or compose_documents(reading, corpus)
        or compose_count(reading, corpus)
    )


def answer_of_set(
    reading: Reading, hits: Sequence[Hit], shelf: Callable[[], GrantShelf], places: Places, page: int = 0
) -> Draft | None:
    """The answer to a question on a set of things; None for any other question. ``hits`` are what was found for it."""
    if other_place(reading.text, places) is not None:
        return None
    limits = reading.query.filters.levels
    if limits:
        reading = replace(reading, levels=tuple(sorted(limits & frozenset(reading.levels) or limits)))
    asked = _Asked(reading, hits, lambda: shelf().at(limits), places, page)
    for kind in _KINDS:
        if (draft := kind(asked)) is not None:
            _say_unsettled(draft, asked, kind)
            return draft if _is_within(draft, reading.query.filters) else None
    return None


def _say_unsettled(draft: Draft, asked: _Asked, kind: Callable[[_Asked], Draft | None]) -> None:
    """What a set made of records does not count, since its words changed and nobody looked at it again."""
    missing = len(asked.shelf().unsettled) if kind in _OF_RECORDS else 0
    if missing:
        text = said("unsettled", draft.language, n=missing)
        draft.sentences.append(AnswerSentence(text, (), (), role=SentenceRole.HEDGE))


def _is_within(draft: Draft, filters: Filters) -> bool:
    """Whether nothing in the answer goes beyond what the question is limited to."""
    return not any(
        (filters.levels and clause.level not in filters.levels)
        or (filters.documents and clause.document not in filters.documents)
        for clause in draft.clauses
    )


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
    among, classes = words.asks_for("among", text), words.asks_for("which_class", text)
    if wanted is not None and (wanted.is_bare or is_of_chapter(wanted, shelf)):
        return extremes_of_grants(asked.reading, wanted, shelf, ends)
    if wanted is not None and words.asks_for("which_grant", text) and is_of_several(wanted, shelf):
        return extremes_of_grants(asked.reading, wanted, shelf, ends)
    if classes and wanted is not None and is_of_documents(wanted, shelf):
        return extremes_of_grants(asked.reading, wanted, shelf, ends, of_classes=True)
    return extremes_of_rows(asked.reading, asked.hits, shelf, ends, of_classes=classes) if among else None


def _class_grants(asked: _Asked) -> Draft | None:
    """All that is printed for one class of people."""
    return grants_of_class(asked.reading, asked.places, asked.shelf(), asked.page)


def _field_told(asked: _Asked) -> Draft | None:
    """What is printed for a field somebody says they are in."""
    return of_field_told(asked.reading, asked.shelf(), asked.page)


def _prices(asked: _Asked) -> Draft | None:
    """Prices set side by side by the names of their rows."""
    return compare_prices(asked.reading, asked.shelf().corpus)


def _class_table(asked: _Asked) -> Draft | None:
    """What each class gets at each level, without those that the question leaves out (除了A类)."""
    reading, words = asked.reading, asked_words()
    of_sum = asks_for_sum(reading)
    letters = letter_tiers(reading.last)
    employers = words.asks_for("to_employer", reading.last) if of_sum else asks_of_employers(reading)
    if not (purposes_asked(reading) or is_of_agencies(reading) or employers):
        return None
    if of_sum:
        return compare_classes(reading, asked.shelf(), letters)
    without = words.asks["without"].search(reading.last)
    if without is not None and (left_out := letter_tiers(without[0])):
        return compare_classes(reading, asked.shelf(), frozenset(CLASSES) - left_out)
    if words.asks_for("compare", reading.last):
        return compare_classes(reading, asked.shelf(), reading.tiers)
    of_whom = QuestionType.AMOUNT in reading.types and (is_of_agencies(reading) or employers)
    if of_whom and not letters and reading.carried.earlier:  # 猎头呢 behind what the employer gets for one class
        letters = frozenset(tier for tier in reading.tiers if tier.isascii())
    several = len(letters) > 1 and (is_of_agencies(reading) or of_whom)
    if several or words.asks_for("each_class", reading.last):
        return compare_classes(reading, asked.shelf(), letters or frozenset(CLASSES))
    is_of_others = of_whom and not (reading.levels or words.asks_for("speaks_of_self", reading.last))
    levels_apart = len(letters) == 1 and len(reading.levels) > 1 and not is_of_others  # each level is then a part
    if letters and not levels_apart and (is_of_others or asks_one_sum(reading, asked.places)):
        return compare_classes(reading, asked.shelf(), letters)
    return None


def _none_gives(asked: _Asked) -> Draft | None:
    """市里旗里都不给的: no list of what is printed nowhere can be made, and that is said."""
    words, text = asked_words(), asked.reading.last
    if not words.asks_for("none_gives", text) or not words.asks_for("list", text):
        return None
    draft = Draft(asked.reading.language, asked.shelf().corpus)
    draft.kind = AnswerKind.CLARIFY
    for key, role in (("none_gives", SentenceRole.HEDGE), ("none_gives_ask", SentenceRole.QUESTION)):
        draft.sentences.append(AnswerSentence(said(key, draft.language), (), (), role=role))
    return draft


def _summary(asked: _Asked) -> Draft | None:
    """A document as a whole."""
    if not asked_words().asks_for("summary", asked.reading.last):
        return None
    corpus = asked.shelf().corpus
    told = summarise(asked.reading, corpus, asked.places, asked.page)
    return told or (summarise_heading(asked.reading, corpus, asked.places, asked.hits) if asked.page == 0 else None)


def _measures(asked: _Asked) -> Draft | None:
    """All measures of a document that is named."""
    return measures_of(asked.reading, asked.shelf().corpus, asked.places, asked.page)


def _besides(asked: _Asked) -> Draft | None:
    """除了博士还有谁: who else gets it, without what goes to them alone."""
    reading = asked.reading
    found = asked_words().asks["besides"].search(reading.last)
    if found is None:
        return None
    wanted = grants_named(reading, reading.last[found.end() :], asked.places)
    if wanted is None or (wanted.is_bare and not wanted.levels):
        return None
    left_out = (found["who"] or found["whom"] or "").strip()
    shelf = asked.shelf()
    listed = list_grants(reading, wanted, shelf, asked.page, everything=False, without=left_out)
    return listed or other_rows(reading, wanted, shelf, left_out)


def _steps(asked: _Asked) -> Draft | None:
    """The steps of a procedure in printed order."""
    words, text = asked_words(), asked.reading.last
    applies = words.asks_for("applies", text)
    if not (applies or words.asks_for("steps_apart", text)) or words.asks_for("not_steps", text):
        return None
    return steps_in_order(asked.reading, asked.hits, asked.shelf().corpus, of_its_own=applies)


def _printed_list(asked: _Asked) -> Draft | None:
    """A list that one sentence prints with its number."""
    words, text = asked_words(), asked.reading.last
    if not words.asks_for("count", text) or words.asks_for("excluded", text) or ends_asked(text):
        return None
    return printed_list(asked.reading, asked.hits, asked.shelf().corpus)


_KINDS: tuple[Callable[[_Asked], Draft | None], ...] = (
    *(_none_gives, _prices, _field_told, _class_kinds, _class_grants, _class_table, _besides, _printed_list),
    *(_grants, _extremes, _measures, _summary, _steps),
)
_OF_RECORDS = frozenset({_field_told, _class_grants, _class_table, _grants, _extremes})
