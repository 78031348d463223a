"""Conditions that somebody who tells of his own case has still to check."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bot.compose.conditions import MOST_CONDITIONS, open_conditions
from bot.compose.draft import Draft
from bot.compose.notices import notices_of
from bot.understand.reading import Reading
from ingest.types import Clause, Corpus, Span

ClauseWith = Callable[[str], Clause]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]
SPOUSE = "按照每月1000元标准给予生活补贴"


def conditions(asked: str, clause: Clause) -> list[str]:
    return open_conditions(asked, [(clause, [Span(0, len(clause.text))])])


def test_conditions_are_quoted_as_printed(clause_with: ClauseWith) -> None:
    clause = clause_with(SPOUSE)
    found = conditions("我爱人没有工作", clause)
    assert "引进产业人才配偶连续超过6个月未就业的" in found
    assert all(words in clause.text for words in found)


def test_what_the_person_has_told_is_not_asked_again(clause_with: ClauseWith) -> None:
    assert "引进产业人才配偶连续超过6个月未就业的" not in conditions("我爱人6个月没有工作了", clause_with(SPOUSE))


def test_a_sentence_that_gives_nothing_has_no_conditions_to_check(clause_with: ClauseWith) -> None:
    clause = clause_with(words := "柔性引进到伊金霍洛旗工作的高层次人才可申请入住人才公寓。")
    start = clause.text.index(words)
    assert open_conditions("我能住人才公寓吗", [(clause, [Span(start, start + len(words))])]) == []


def test_no_more_than_a_reader_takes_in(corpus: Corpus) -> None:
    for clause in corpus.clauses:
        found = conditions("", clause)
        assert len(found) <= MOST_CONDITIONS
        assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("question", "expected"), [("我爱人没有工作，能领多少补贴", True), ("引进人才的配偶补贴多少", False)]
)
def test_they_are_said_to_who_tells_of_his_own_case(
    question: str, expected: bool, answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus
) -> None:
    reading, draft = answer_from([question], [clause_with(SPOUSE)])
    assert any("请核对条文所印的条件" in notice for notice in notices_of(reading, draft, corpus)) is expected
