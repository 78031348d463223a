"""Cosines of a question with the sentences of a clause, from the vectors that the index holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bot.pipeline import PolicyBot
from index.types import Query
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Span

ClauseWith = Callable[[str], Clause]
TALENT = "分别给予200万元、150万元、100万元、50万元人才培养资助"


def test_one_cosine_a_sentence_the_nearest_being_the_one_that_answers(bot: PolicyBot, clause_with: ClauseWith) -> None:
    clause = clause_with(TALENT)
    sentences = split_sentences(clause.text)
    question = bot.finder.similarity.question_vector(Query.of("全职引进人才的单位给多少人才培养资助"))
    cosines = bot.finder.similarity.cosines(question, clause, sentences)
    assert len(cosines) == len(sentences)
    assert TALENT in sentences[int(np.argmax(cosines))].of(clause.text)
    assert all(0 < cosine < 1 for cosine in cosines)


def test_they_follow_the_order_asked_for(bot: PolicyBot, clause_with: ClauseWith) -> None:
    clause = clause_with(TALENT)
    sentences = split_sentences(clause.text)
    question = bot.finder.similarity.question_vector(Query.of("引才奖励"))
    forwards = bot.finder.similarity.cosines(question, clause, sentences)
    assert bot.finder.similarity.cosines(question, clause, sentences[::-1]) == pytest.approx(forwards[::-1])


def test_of_a_clause_that_is_not_in_the_index_nothing_is_known(bot: PolicyBot, clause_with: ClauseWith) -> None:
    clause = clause_with(TALENT)
    stranger = replace(clause, text=clause.text.replace("200万元", "900万元"))
    question = bot.finder.similarity.question_vector(Query.of("人才"))
    assert bot.finder.similarity.cosines(question, stranger, split_sentences(stranger.text)) == []
    assert bot.finder.similarity.cosines(question, clause, [Span(0, 5)]) == []
    assert bot.finder.similarity.cosines(question, clause, []) == []
