from __future__ import annotations

from bot.match.grant_judging import judge_grant
from bot.match.open_questions import OpenQuestion, first_questions, open_questions
from bot.types import Language
from ingest.entitlements.types import Attached, TextCondition
from tests.bot.match.conftest import MEASURES, asker, grant, number, said, words


def asked(*grants: Attached) -> tuple[str, ...]:
    return tuple(question.text for question in questions(*grants))


def questions(*grants: Attached) -> tuple[OpenQuestion, ...]:
    facts = asker(said("recognition", "高新技术企业"))
    return open_questions([judge_grant(item, facts, MEASURES) for item in grants], Language.ZH)


def test_what_decides_most_is_asked_first() -> None:
    size, spent = words("size", "规模以上"), number("rd", "at_least", 50_000_000, unit="元")
    told = asked(grant("a", size, spent), grant("b", words("size", "中小微")), grant("c", words("award", "甲奖")))
    assert told == (
        "规模是什么？（条款提到：规模以上、中小微）（关系到2项）",
        "是否有“甲奖”？",
        "研发投入是多少？（条款要求5000万元以上（含））",
    )


def test_what_somebody_else_decides_is_not_asked() -> None:
    assert asked(grant("a", TextCondition("择优", "择优", decision=True))) == ()
    assert asked(grant("a", TextCondition("签约", "签订协议"))) == ("是否：签订协议？",)


def test_soft_grants_and_failed_ones_ask_nothing() -> None:
    assert asked(grant("a", words("size", "小微"), soft=True)) == ()
    assert asked(grant("a", words("size", "小微"), who="bank")) == ()


def test_at_most_three_and_the_same_ones_each_time() -> None:
    grants = [grant(name, words("award", name)) for name in ("甲奖", "乙奖", "丙奖", "丁奖")]
    assert asked(*grants) == asked(*reversed(grants))
    assert len(asked(*grants)) == 3


def test_somebody_of_whom_nothing_is_known_is_asked_who_they_are() -> None:
    assert len(first_questions(Language.ZH)) == 3
    assert first_questions(Language.EN)[0].text.startswith("Are you a company")


def test_a_question_says_which_fact_answers_it() -> None:
    size = grant("a", words("size", "规模以上", "中小微"))
    (which,) = questions(size)
    assert (which.attribute, which.words, which.yes_or_no) == ("size", ("规模以上", "中小微"), False)
    (whether,) = questions(grant("b", words("award", "甲奖")))
    assert (whether.attribute, whether.words, whether.yes_or_no) == ("award", ("甲奖",), True)
    (checked,) = questions(grant("c", TextCondition("签约", "签订协议")))
    assert (checked.attribute, checked.words, checked.yes_or_no) == ("event", ("签订协议",), True)


def test_in_english_a_question_is_a_sentence() -> None:
    facts = asker(said("recognition", "高新技术企业"))
    grants = [
        grant("a", words("employer_kind", "国有企业")),
        grant("b", number("rd", "at_least", 5_000_000, unit="元")),
    ]
    told = [q.text for q in open_questions([judge_grant(one, facts, MEASURES) for one in grants], Language.EN)]
    assert [text.split("?")[0] for text in told] == ["What is the kind of employer", "What is the R&D spending"]
