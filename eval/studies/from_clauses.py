"""An answer from given clauses instead of those that search finds: what composing is worth by itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose.body import compose
from bot.compose.draft import Draft
from bot.evidence.candidates import Candidate, QueryTerms, find_candidates, query_terms
from bot.evidence.per_sub_question import Compared, aspect_words, fitting
from bot.pipeline import PolicyBot
from bot.types import Question
from bot.understand.reading import Reading, read_question
from bot.understand.sub_questions import aspects_of
from index.text.question_types import QuestionType
from index.types import Hit
from ingest.types import Clause


def draft_from(bot: PolicyBot, question: Question, clauses: Sequence[Clause]) -> Draft:
    """The body made of ``clauses``, taken as equally good hits; nothing is searched and nothing declined."""
    finder, glossary = bot.finder, bot.clause_index.shelf.glossary
    reading = read_question(question, finder.places, bot.settings.max_turns, finder.spelling.read, glossary.expand)
    wanted = query_terms(reading, finder.weights, glossary.expand(reading.text))
    hits = [Hit(clause, rank, 1.0, {}, None) for rank, clause in enumerate(clauses, start=1)]
    compared: list[Compared] = []
    for aspect in (aspect for aspect in aspects_of(reading, finder.places) if aspect.level is not None):
        of_level = [hit for hit in hits if hit.clause.level == aspect.level]
        words = aspect_words(aspect, wanted, finder.weights, glossary.expand(aspect.text))
        compared.append(Compared(aspect, tuple(of_level), tuple(_candidates(bot, reading, of_level, words))))
    return compose(
        reading,
        _candidates(bot, reading, hits, wanted),
        wanted,
        bot.corpus,
        compared=fitting(compared, QuestionType.AMOUNT in reading.types),
    )


def _candidates(bot: PolicyBot, reading: Reading, hits: Sequence[Hit], wanted: QueryTerms) -> list[Candidate]:
    similarity = bot.finder.similarity
    vector = similarity.question_vector(reading.query)
    return find_candidates(reading, hits, wanted, lambda clause, spans: similarity.cosines(vector, clause, spans))
