"""What is proposed after an answer, over the real compendium; what is offered is answered."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.suggest.next_questions import Angle, NextQuestions, Proposal, holds, proposals, topic_of
from bot.types import Answer, Answered, Declined, Question
from index.types import Filters
from ingest.normalise import match_form
from ingest.types import Corpus

AS_OF = date(2026, 11, 22)
SUBSIDY = "全职引进的B类人才，市里给多少安家补贴？"
HALF = 0.5  # of what is proposed is answered at least; the page tries eight to offer three


@pytest.fixture(scope="module")
def shelves(bot: PolicyBot) -> NextQuestions:
    return NextQuestions.of(bot)


def ask(bot: PolicyBot, *turns: str) -> Answer:
    return bot.ask(Question(turns, AS_OF))


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("1.鼎力支持顶尖人才。对全职引进", "鼎力支持顶尖人才"),
        ("6.着力促进社会化引才荐才。", "着力促进社会化引才荐才"),
    ],
)
def test_a_clause_is_named_by_the_short_heading_it_opens_with(corpus: Corpus, words: str, topic: str) -> None:
    (clause, *_) = [clause for clause in corpus.clauses if clause.text.startswith(words)]
    assert topic_of(clause) == topic


def test_a_name_is_short_and_stands_in_the_clause_or_above_it(corpus: Corpus) -> None:
    named = [(clause, topic) for clause in corpus.clauses if (topic := topic_of(clause))]
    assert len(named) > len(corpus.clauses) / 3
    for clause, topic in named:
        assert 3 <= len(topic) <= 28
        assert topic in clause.text or topic in clause.path[-1]


def test_questions_after_an_answer_come_from_its_clauses_and_stand_alone(
    bot: PolicyBot, shelves: NextQuestions
) -> None:
    answer = ask(bot, SUBSIDY)
    proposed = list(proposals(answer, shelves))
    assert len({match_form(one.question) for one in proposed}) == len(proposed) >= 3
    by_id = bot.corpus.clause_by_id
    for one in proposed:
        clause = by_id[one.clause_id]
        topic = topic_of(clause)
        assert topic
        assert topic in one.question
        assert match_form(one.question) != match_form(SUBSIDY)


def test_departments_are_not_proposed_to_who_asked_for_them(bot: PolicyBot, shelves: NextQuestions) -> None:
    angles = {one.angle for one in proposals(ask(bot, SUBSIDY), shelves)}
    assert Angle.OFFICE in angles
    after = proposals(ask(bot, "鼎力支持顶尖人才由哪些部门负责？"), shelves)
    assert Angle.OFFICE not in {one.angle for one in after}


def test_in_the_language_of_the_answer(bot: PolicyBot, shelves: NextQuestions) -> None:
    answer = ask(bot, "How much settling-in allowance does the city pay category-A talent?")
    proposed = list(proposals(answer, shelves))
    assert proposed
    assert all(one.question.isascii() or "“" in one.question for one in proposed)
    assert all(one.question.endswith("?") for one in proposed)
    assert any(re.search(r"“[A-Z][A-Za-z ,-]+ \([\u4e00-\u9fff]+\)”", one.question) for one in proposed)
    hant = proposals(ask(bot, "全職引進的A類人才，市裡給多少安家補貼？"), shelves)
    assert any("規定" in one.question or "部門" in one.question for one in hant)


def test_after_a_decline_the_nearest_clauses_are_asked_about(bot: PolicyBot, shelves: NextQuestions) -> None:
    answer = ask(bot, "包头市E类人才安家补贴多少？")
    assert isinstance(answer, Declined)
    proposed = list(proposals(answer, shelves))
    near = {citation.clause.id for citation in answer.citations}
    assert all(one.angle is Angle.NEIGHBOUR and one.clause_id in near for one in proposed)


@pytest.mark.parametrize(
    "question", [SUBSIDY, "高新技术企业有什么奖励？", "失业保险稳岗返还比例是多少？", "旗里对引进人才有哪些补贴？"]
)
def test_what_is_offered_is_answered_from_its_own_clause(bot: PolicyBot, shelves: NextQuestions, question: str) -> None:
    tried = [proposal for proposal, _ in zip(shelves.proposals(ask(bot, question)), range(8), strict=False)]
    offered = [proposal for proposal in tried if shelves.answered(proposal, AS_OF, Filters())]
    assert len(offered) >= HALF * len(tried) > 0
    for proposal in offered:
        answer = ask(bot, proposal.question)
        assert isinstance(answer, Answered)
        assert proposal.clause_id in {citation.clause.id for citation in answer.citations}


def test_an_answer_that_says_something_else_does_not_hold(bot: PolicyBot) -> None:
    answer = ask(bot, SUBSIDY)
    assert isinstance(answer, Answered)
    own = answer.citations[0].clause.id
    assert holds(Proposal(SUBSIDY, Angle.ROW, own), answer)
    assert holds(Proposal(SUBSIDY, Angle.ROW, own, says=("300 万元", "没有的话")), answer)
    assert not holds(Proposal(SUBSIDY, Angle.ROW, own, says=("301万元",)), answer)
    assert not holds(Proposal(SUBSIDY, Angle.ROW, "another clause"), answer)
    hedged = replace(answer, sentences=(replace(answer.sentences[0], citations=()), *answer.sentences[1:]))
    assert not holds(Proposal(SUBSIDY, Angle.ROW, own), hedged)
    assert not holds(Proposal(SUBSIDY, Angle.ROW, own), replace(answer, sentences=()))
    assert not holds(Proposal("包头", Angle.ROW, own), ask(bot, "包头市E类人才安家补贴多少？"))


def test_what_an_english_sentence_stands_for_counts_as_said(bot: PolicyBot) -> None:
    answer = ask(bot, "How much settling-in allowance does the city pay category-B talent?")
    assert isinstance(answer, Answered)
    assert answer.sentences[0].source_quote
    own = answer.citations[0].clause.id
    assert holds(Proposal("how much", Angle.ROW, own, says=("300万元",)), answer)


def test_checking_asks_no_language_model(bot: PolicyBot) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    assert NextQuestions.of(replace(bot, writer=never)).bot.writer is None  # pyright: ignore[reportArgumentType]


def test_the_same_answer_proposes_the_same(bot: PolicyBot, shelves: NextQuestions) -> None:
    answer = ask(bot, SUBSIDY)
    assert list(proposals(answer, shelves)) == list(proposals(answer, NextQuestions.of(bot)))
