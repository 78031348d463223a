"""还有吗 gives the next and never the same again; nothing is carried over from a question that was declined. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Declined, Question, SentenceRole

DAY = date(2026, 11, 29)


def _quotes(bot: PolicyBot, *turns: str) -> set[str]:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return {one.text for one in answer.sentences if one.role is SentenceRole.QUOTE}


def _last(bot: PolicyBot, *turns: str) -> str:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer.sentences[-1].text


def test_more_of_an_answer_that_is_no_list_is_other_sentences_until_there_are_none(bot: PolicyBot) -> None:
    asked = "高新技术企业首次认定奖励多少"
    first, second = _quotes(bot, asked), _quotes(bot, asked, "还有吗")
    assert second
    assert not first & second
    assert "没有更多" in _last(bot, asked, *["还有吗"] * 4)


def test_more_of_a_summary_are_the_articles_not_told_yet(bot: PolicyBot) -> None:
    asked = "总结一下英才兴蒙"
    told = [_quotes(bot, asked), _quotes(bot, asked, "还有吗")]
    assert all(told)
    assert not told[0] & told[1]
    assert _last(bot, asked, "还有吗", "还有吗") == "前面的清单已经列完，没有更多了。"


@pytest.mark.parametrize("asked", ["猎头推荐A类和B类人才分别奖励多少？", "哪个补贴最多？", "空港物流园区的地价多少"])
def test_what_was_told_whole_is_not_told_again(bot: PolicyBot, asked: str) -> None:
    assert "没有更多" in _last(bot, asked, "还有吗")


@pytest.mark.parametrize("before", ["通辽招博士给多少安家费", "今天天气怎么样", "隐形冠军企业市里奖多少"])
@pytest.mark.parametrize("after", ["那多少钱", "那期限呢"])
def test_nothing_is_carried_over_from_a_question_that_was_declined(bot: PolicyBot, before: str, after: str) -> None:
    declined = bot.ask(Question((before,), DAY))
    answer = bot.ask(Question((before, after), DAY))
    assert isinstance(declined, Declined)
    assert isinstance(answer, Declined)
    assert answer.body == f"上一个问题没有找到答案，所以这里没有可以接着说的内容。{declined.body}"


def test_a_greeting_is_nothing_that_could_be_gone_on_with(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("你好", "还有吗"), DAY))
    assert isinstance(answer, Answered)
    assert not answer.citations


@pytest.mark.parametrize("turns", [("空港物流园区的地价多少", "谁负责？"), ("水价多少", "归哪个部门管")])
def test_that_no_office_is_printed_beside_a_price_comes_first(bot: PolicyBot, turns: tuple[str, ...]) -> None:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    assert answer.sentences[0].text == "所引条文没有写明责任单位。"
    assert all(citation.clause.role.is_rate_row for citation in answer.citations)


def test_where_the_asker_is_decides_no_level(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("我们是伊旗的高新技术企业，市里给多少？",), DAY))
    assert isinstance(answer, Answered)
    assert {citation.clause.level for citation in answer.citations} == {"市"}


def _said(bot: PolicyBot, *turns: str) -> str:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return "\n".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    "turns",
    [
        (
            "What is the settling-in allowance for class A talent, who is responsible for it, and until when is it valid?",
        ),
        ("What is the settling-in allowance for class A talent?", "Who is responsible? Until when does it apply?"),
        ("Until when is the banner settling-in allowance valid?",),
        ("旗里的安家补贴有效期到什么时候？",),
    ],
)
def test_no_other_documents_term_is_told_of_a_grant(bot: PolicyBot, turns: tuple[str, ...]) -> None:
    said = _said(bot, *turns)
    assert "2024" not in said
    assert "2025" not in said
    assert "neither a day of effect nor a term" in said or "没有印出施行日期或有效期" in said


def test_an_english_follow_up_asks_the_question_before_of_another_level(bot: PolicyBot) -> None:
    asked = "What settling-in allowance does the city give to class B talent?"
    assert "up to RMB 3 million" in _said(bot, asked, "And the banner?")


def test_an_amount_only_heard_of_is_no_quantity_of_a_later_estimate(bot: PolicyBot) -> None:
    heard = "Is it true that class C talent receives 3 million from the banner?"
    assert "Estimate" not in _said(bot, heard, "What does a company get that takes interns for six months?")
