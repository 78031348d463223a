"""An answer being put together: numbered in the order of use, each sentence checked when it is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bot.compose.draft import Draft
from bot.types import Language
from bot.understand.reading import Reading
from ingest.types import Clause, Corpus, Span

ClauseWith = Callable[[str], Clause]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]
TALENT = "分别给予200万元、150万元、100万元、50万元人才培养资助"
WATER = "工商业用水：10.4"


@pytest.fixture
def draft(corpus: Corpus) -> Draft:
    return Draft(Language.ZH, corpus)


def test_clauses_are_numbered_as_they_are_first_used(draft: Draft, clause_with: ClauseWith) -> None:
    talent, water = clause_with(TALENT), clause_with(WATER)
    assert draft.cite(talent, Span(14, 69), "answer") == 1
    assert draft.cite(water, Span(2, 9), "condition") == 2
    assert draft.cite(talent, Span(2, 14), "validity") == 1
    assert draft.clauses == [talent, water]
    first, second = draft.citations()
    assert (first.n, first.clause, first.why) == (1, talent, "answer")  # what it was first cited for
    assert first.quotes == (Span(2, 14), Span(14, 69))  # in the order of its text
    assert second.document_title == "伊金霍洛旗基本情况"


def test_the_same_quote_stands_once(draft: Draft, clause_with: ClauseWith) -> None:
    for _ in range(2):
        draft.cite(clause_with(WATER), Span(2, 9), "answer")
    assert draft.quoted() == [(clause_with(WATER), (Span(2, 9),))]


def test_what_is_not_cited_has_no_number(draft: Draft, clause_with: ClauseWith) -> None:
    with pytest.raises(ValueError):
        draft.number_of(clause_with(WATER))


def test_a_sentence_is_said_or_withheld(draft: Draft, clause_with: ClauseWith) -> None:
    number = draft.cite(clause_with(WATER), Span(2, 9), "answer")
    assert draft.say("工商业用水10.4元/吨。", [number])
    assert not draft.say("工商业用水10.5元/吨。", [number])
    assert not draft.say("工商业用水10.4元/吨。", [number + 1])
    assert [sentence.marked for sentence in draft.sentences] == ["工商业用水10.4元/吨。[1]"]
    assert draft.withheld == ["工商业用水10.5元/吨。", "工商业用水10.4元/吨。"]
    assert draft.length == len("工商业用水10.4元/吨。")


def test_a_hedge_stands_in_front_of_what_is_said_and_cites_nothing(draft: Draft, clause_with: ClauseWith) -> None:
    draft.hedge()
    assert draft.sentences == []
    draft.say("工商业用水10.4元/吨。", [draft.cite(clause_with(WATER), Span(2, 9), "answer")])
    draft.hedge("weak_amount")
    assert [(sentence.text[:7], sentence.citations) for sentence in draft.sentences] == [
        ("未找到写明数额", ()),
        ("工商业用水10", (1,)),
    ]


def test_a_hedge_comes_first_and_cites_nothing(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    _, draft = answer_from(["引进C类人才资助多少"], [clause_with(TALENT)])
    draft.hedge()
    assert draft.sentences[0].text.startswith("未找到直接规定，最接近的是")
    assert (draft.sentences[0].citations, draft.sentences[0].figures) == ((), ())
    empty = Draft(draft.language, draft.corpus)
    empty.hedge()
    assert empty.sentences == []
