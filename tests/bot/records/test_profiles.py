from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.output.json_form import answer_json
from bot.records.profiles import without_profile
from bot.types import Answer, Answered, AnswerKind, AnswerSentence, Citation, Declined, Language, Question, Reason
from ingest.types import Span

AS_OF = date(2026, 11, 30)
PROFILE = "我叫张三，身份证152722199001011234，博士，今年全职引进到旗里的企业，我能拿到什么？"


@pytest.fixture
def matched(clause_with) -> Answered:
    clause = clause_with("——工商业用水：10.4元/吨")
    sentences = (
        AnswerSentence("按所述情况，共1项对得上，其中条件已满足0项。", (), ()),
        AnswerSentence("旗·安家补贴（给个人，还有待定条件；按所述算：张三1人）", (1,), ()),
        AnswerSentence("张三签了几年合同？", (), ()),
    )
    citation = Citation(1, clause, "人才政策", (Span(0, 6),), "match")
    return Answered(
        Question((PROFILE,), AS_OF), Language.ZH, sentences, (citation,), ("张三的年龄给了两个不同的数",), PROFILE, 12.5,
        kind=AnswerKind.MATCH, questions=("张三签了几年合同？",),
    )  # fmt: skip


def kept(answer: Answer) -> str:
    bare = without_profile(answer)
    return json.dumps({"turns": bare.question.turns, "answer": answer_json(bare)}, ensure_ascii=False)


def test_nothing_of_a_profile_is_kept_but_how_many_grants_it_met_and_which_clauses(matched: Answered) -> None:
    written = kept(matched)
    for words in ("张三", "152722199001011234", "今年全职引进到旗里"):
        assert words not in written
    bare = without_profile(matched)
    assert bare.question.turns == ("（提问人所说的自身情况，没有保存）",)
    assert bare.body == "按所述情况，共1项对得上，其中条件已满足0项。"
    assert bare.citations == matched.citations


def test_a_profile_in_an_earlier_turn_is_taken_out_of_what_follows_it() -> None:
    question = Question((PROFILE, "那租房补贴多少钱"), AS_OF)
    declined = Declined(
        question, Language.ZH, Reason.NOT_STATED, "没有写。", (), (), f"{PROFILE} 那租房补贴多少钱", 3.0
    )
    bare = without_profile(declined)
    assert bare.question.turns == ("（提问人所说的自身情况，没有保存）", "那租房补贴多少钱")
    assert "张三" not in kept(declined)
    assert bare.body == "没有写。"


def test_what_is_told_on_after_a_wish_is_a_profile_too(matched: Answered) -> None:
    told = replace(matched, question=Question(("我们能拿到什么？", PROFILE[:-8]), AS_OF))
    assert "张三" not in kept(told)


def test_what_tells_of_oneself_is_not_kept_though_nothing_was_matched() -> None:
    asked = "我叫张三，42岁，我老婆没工作，她的失业金找谁办？"
    declined = Declined(Question((asked,), AS_OF), Language.ZH, Reason.NOT_STATED, "没有写。", (), (), asked, 3.0)
    assert "张三" not in kept(declined)


def test_a_profile_in_english_says_so_in_english(matched: Answered) -> None:
    asked = "I am a nurse from Tianjin, 34 years old, hired this year. What can I get?"
    english = replace(matched, question=Question((asked,), AS_OF), language=Language.EN)
    assert without_profile(english).question.turns == ("(what the asker told of themselves; not kept)",)


@pytest.mark.parametrize(
    "asked", ["全职引进的A类人才给多少安家补贴？", "我们能拿到什么？", "企业引进博士，能拿到什么补贴？"]
)
def test_other_questions_are_kept_as_they_are(asked: str) -> None:
    declined = Declined(Question((asked,), AS_OF), Language.ZH, Reason.NOT_STATED, "没有写。", (), (), asked, 3.0)
    assert without_profile(declined) is declined
