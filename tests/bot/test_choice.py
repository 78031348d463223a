"""Which sentences make an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.choice import choose
from bot.draft import Draft
from bot.evidence import find_candidates, wanted_words
from bot.likeness import TermWeights
from bot.places import Places
from bot.question import Reading, read_question
from bot.types import Question
from index.types import Hit
from ingest.types import Clause, Corpus

ClauseWith = Callable[[str], Clause]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]
ASKED = "鼓励类产业企业的所得税税率延续到哪年，还有效吗"


@pytest.mark.parametrize(
    ("score", "documents"),
    [
        (4.5, 1),  # clearly below the rule asked about: the end of another rule only misleads
        (4.9, 2),  # as good: perhaps it is the one that is meant
    ],
)
def test_the_term_of_another_document_is_left_out(
    score: float, documents: int, corpus: Corpus, places: Places, clause_with: ClauseWith
) -> None:
    reading = read_question(Question((ASKED,), date(2026, 11, 22)), places, 20)
    wanted = wanted_words(reading, TermWeights.of(clause.text for clause in corpus.clauses), ())
    clauses = [clause_with("减按15%的税率"), clause_with("阶段性降低失业保险费率至1%")]
    hits = [Hit(clause, rank, 1.0, {}, None) for rank, clause in enumerate(clauses, start=1)]
    found = find_candidates(reading, hits, wanted, lambda _clause, _spans: ())
    terms = [next(c for c in found if c.clause is clause and c.statement is not None) for clause in clauses]
    lead, other = replace(terms[0], score=5.0), replace(terms[1], score=score)
    assert len({c.clause.document for c in choose(reading, [lead, other], wanted)}) == documents


SETTLING_IN = "对全职引进的顶尖人才（A类）给予不低于300万元安家补贴"
TRAINING_ON_TOP = "安家补贴扣除此前已享受购房、安家补贴补齐差额，分别给予所在单位200万元"
RENT = "硕士（或副高级职称人员、高级技师、重点高校本科生）1500元/人·月标准申请租房补贴"


@pytest.mark.parametrize(
    ("question", "also"),
    [
        ("在本市全职工作达到认定标准的A类人才，安家补贴是多少", ()),
        ("what settling-in allowance is paid to category a talent?", ("安家补贴", "本市全职工作", "认定标准")),
        ("what settling-in allowance is paid to category a talent?", ("安家补贴",)),
    ],
)
def test_money_for_another_purpose_is_not_put_in_front(
    question: str, also: tuple[str, ...], corpus: Corpus, places: Places, clause_with: ClauseWith
) -> None:
    """人才培养资助 is paid to the employer; its sentence names 安家补贴 three times, and is found first."""
    reading = read_question(Question((question,), date(2026, 11, 22)), places, 20, policy_words=lambda _text: also)
    wanted = wanted_words(reading, TermWeights.of(clause.text for clause in corpus.clauses), also)
    clauses = [clause_with(TRAINING_ON_TOP), clause_with(SETTLING_IN)]
    hits = [Hit(clause, rank, 1.0 - 0.2 * rank, {}, None) for rank, clause in enumerate(clauses, start=1)]
    found = find_candidates(reading, hits, wanted, lambda _clause, _spans: ())
    assert TRAINING_ON_TOP in found[0].text
    assert SETTLING_IN in choose(reading, found, wanted)[0].text


def test_money_for_another_purpose_is_not_added_to_what_is_asked(
    answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    clauses = [clause_with(RENT), clause_with("分别给予300万元、250万元、200万元、100万元、80万元安家补贴")]
    _, draft = answer_from(["硕士毕业生租房补贴是多少"], clauses)
    assert draft.sentences[0].text.startswith("〔市〕硕士")
    assert not any("安家补贴" in sentence.text for sentence in draft.sentences)


def test_without_a_sentence_for_the_asked_purpose_the_order_stays(
    answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    _, draft = answer_from(["A类人才的租房补贴是多少"], [clause_with(TRAINING_ON_TOP)])
    assert any(TRAINING_ON_TOP in sentence.text for sentence in draft.sentences)


@pytest.mark.parametrize("words", ["制定如下措施：", "为做好人才培养引进工作，制定如下人才分类及认定参考标准："])
def test_words_that_only_announce_the_rules_are_no_answer(
    words: str, answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    opening = clause_with(words)
    rule = clause_with("支持外商投资设立开放式创新平台类研发中心")
    _, draft = answer_from(["外商投资设立研发中心有哪些支持，人才分类标准是什么"], [opening, rule])
    assert not any(words in sentence.text for sentence in draft.sentences)
    _, alone = answer_from(["外商投资设立研发中心有哪些支持，人才分类标准是什么"], [opening])
    assert alone.sentences  # rather than nothing


def test_a_title_alone_is_said_with_how_to_come_by_its_text(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    _, draft = answer_from(
        ["外国商务人士在华工作生活指引讲了什么，能看全文吗"], [clause_with("外国商务人士在华工作生活指引（2024年版）")]
    )
    assert [sentence.text.partition("〕")[2] or sentence.text for sentence in draft.sentences] == [
        "外国商务人士在华工作生活指引（2024年版）",
        "（微信扫一扫下载政策全文）",
    ]
