"""Class tables, summaries, who is left out, steps; and what no set is. Over the real index and the corpora of the tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.kinds.answers import question_continued
from bot.pipeline import PolicyBot
from bot.types import Answered, AnswerKind, Question, SentenceRole
from bot.understand.asks_on import asks_for_more
from bot.verify.counts import recounts
from index.types import Filters

DAY = date(2026, 11, 29)


def _ask(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer


def test_the_whole_table_of_classes_with_a_and_equal_said_as_equal(bot: PolicyBot) -> None:
    answer = _ask(bot, "A类到F类安家补贴对比一下")
    assert answer.sentences[0].text == "A类各级相同：不低于300万元。"
    (table,) = answer.tables
    assert [row[0].text for row in table.rows] == [f"{letter}类" for letter in "ABCDEF"]
    assert [cell.text for cell in table.rows[0]] == ["A类", "不低于300万元", "不低于300万元"]
    assert answer.sentences[-1].text == "〔旗〕没有印出E类、F类。"
    assert answer.sentences[-1].role is SentenceRole.HEDGE


def test_a_comparison_takes_the_purpose_in_so_many_words(bot: PolicyBot) -> None:
    body = _ask(bot, "猎头荐来A类人才，市里和旗里的荐才奖励差多少？").body
    assert "50万元" in body
    assert "30万元" in body
    assert "200万元" not in body


def test_a_document_is_summed_up_by_its_headings(bot: PolicyBot) -> None:
    answer = _ask(bot, "总结一下英才兴蒙")
    assert answer.kind is AnswerKind.SUMMARY
    assert answer.sentences[0].text.endswith("共12条：")
    assert recounts(answer.sentences[0].text, answer.sentences[0].counted, bot.corpus)
    assert "加大刚性引进人才科研经费支持力度" in answer.body
    assert all(one.citations for one in answer.sentences if one.role is not SentenceRole.QUESTION)


def test_a_name_that_two_levels_share_is_told_apart(bot: PolicyBot) -> None:
    both = [one.text for one in _ask(bot, "科技兴蒙的主要内容").sentences if one.role is SentenceRole.COUNT]
    one = [one.text for one in _ask(bot, "市里的科技兴蒙方案讲了什么").sentences if one.role is SentenceRole.COUNT]
    assert (len(both), len(one)) == (2, 1)


@pytest.mark.parametrize(
    ("name", "asked", "count"),
    [
        ("county", "引进急需紧缺人才若干措施的主要内容", "《云浦县引进急需紧缺人才若干措施》共19条："),
        ("county", "总结一下招商引资优惠办法", "《云浦县招商引资优惠办法》共28条："),
    ],
)
def test_summaries_of_another_corpus(
    other_corpus_bot: Callable[[str], PolicyBot], name: str, asked: str, count: str
) -> None:
    answer = _ask(other_corpus_bot(name), asked)
    assert answer.sentences[0].text == count
    assert len(answer.sentences) >= 6


def test_who_is_left_out_is_told_across_the_clauses_of_a_document(bot: PolicyBot) -> None:
    body = _ask(bot, "战新企业新能源交易比例提到58%那条，哪些用电企业是享受不了的？").body
    assert "单晶硅、多晶硅" in body
    assert "六类市场化并网" in body


def test_where_nobody_is_printed_as_left_out_it_is_said(bot: PolicyBot) -> None:
    assert _ask(bot, "哪些人不能享受旗里的人才政策").sentences[0].role is SentenceRole.HEDGE


@pytest.mark.parametrize(("name", "said"), [("county", "公务员"), ("province", "机关事业单位工作人员")])
def test_who_is_left_out_elsewhere(other_corpus_bot: Callable[[str], PolicyBot], name: str, said: str) -> None:
    first = _ask(other_corpus_bot(name), "哪些人不适用补贴规定").sentences[0]
    assert said in first.text


def test_steps_come_in_printed_order(bot: PolicyBot) -> None:
    answer = _ask(bot, "鼓励类外资项目进口设备要免关税，从填报开始分几步走，每步找谁？")
    assert answer.sentences[0].text == "按条文顺序："
    places = [answer.citations[one.citations[0] - 1].clause.span.start for one in answer.sentences if one.citations]
    assert places == sorted(places)
    assert all(words in answer.body for words in ("信息报告", "省级商务主管部门", "回执", "海关"))


def test_a_day_asked_for_is_no_procedure(bot: PolicyBot) -> None:
    assert "2025年1月1日" in _ask(bot, "病残津贴办法从什么时候开始实施？").sentences[0].text


def test_going_on_is_read() -> None:
    question = Question(("旗里有哪些补贴", "继续", "还有吗"), DAY)
    before, pages = question_continued(question)
    assert asks_for_more(question.last)
    assert before is not None
    assert (before.turns, pages) == (("旗里有哪些补贴",), 2)
    assert not asks_for_more("还有哪些补贴")
    assert question_continued(Question(("继续",), DAY)) == (None, 1)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("旗里除了A类人才，其他类的安家补贴各是多少？", "〔旗〕B类最高300万元；C类最高200万元；D类最高80万元。"),
        ("市里安家补贴，不含A类和B类，分别给多少？", "〔市〕C类250万元；D类200万元；E类100万元；F类80万元。"),
        (
            "各类人才安家补贴市里分别多少",
            "〔市〕A类不低于300万元；B类300万元；C类250万元；D类200万元；E类100万元；F类80万元。",
        ),
        (
            "Except class A, how much is the settling-in allowance at the banner for the other classes?",
            "〔Banner〕Class B: up to RMB 3 million; Class C: up to RMB 2 million; Class D: up to RMB 800,000.",
        ),
    ],
)
def test_classes_left_out_are_not_said_and_none_other_is_missing(bot: PolicyBot, asked: str, said: str) -> None:
    assert _ask(bot, asked).sentences[0].text == said


def test_what_no_level_gives_cannot_be_listed(bot: PolicyBot) -> None:
    answer = _ask(bot, "市里旗里都不给的人才补贴有哪些？")
    assert answer.kind is AnswerKind.CLARIFY
    assert [one.role for one in answer.sentences] == [SentenceRole.HEDGE, SentenceRole.QUESTION]


def test_all_steps_of_a_document_on_nothing_else(bot: PolicyBot) -> None:
    answer = _ask(bot, "病残津贴怎么申请？把步骤按顺序说一遍")
    assert answer.sentences[0].text == "按条文顺序："
    assert all(words in answer.body for words in ("待遇领取地申请", "鉴定结论", "初审", "公示", "次月发放"))
    assert "停发" not in answer.body


def test_a_set_is_limited_to_the_levels_chosen(bot: PolicyBot) -> None:
    question = Question(("A到F类安家补贴对比",), DAY, Filters(levels=frozenset({"旗"})))
    answer = bot.ask(question)
    assert isinstance(answer, Answered)
    assert answer.sentences[0].text == "〔旗〕A类不低于300万元；B类最高300万元；C类最高200万元；D类最高80万元。"
    assert {citation.clause.level for citation in answer.citations} == {"旗"}


def test_documents_are_counted_by_level(bot: PolicyBot) -> None:
    answer = _ask(bot, "汇编一共多少份文件？其中旗级几份？")
    counts = [one for one in answer.sentences if one.role is SentenceRole.COUNT]
    assert counts[0].text == "收录政策文件，共23份。"
    assert any(one.text.startswith("旗，共2份：") for one in counts)
    assert all(len(one.counted) > 0 for one in counts)


def test_papers_somebody_hands_in_are_no_documents_held(bot: PolicyBot) -> None:
    assert _ask(bot, "申请病残津贴要准备几份文件？").kind is not AnswerKind.CORPUS


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("旗里A、B、C、D类引进，猎头能拿多少", "〔旗〕A类30万元；B类20万元；C类10万元；D类5万元。"),
        ("市里猎头引进A到D类各奖励多少", "〔市〕A类50万元；B类40万元；C类30万元；D类20万元。"),
        (
            "通过猎头引进A、B、C类，旗里给用人单位引才资助多少",
            "〔旗〕A类最高200万元；B类最高150万元；C类最高50万元。",
        ),
    ],
)
def test_classes_of_whom_the_money_goes_to(bot: PolicyBot, asked: str, said: str) -> None:
    assert _ask(bot, asked).sentences[0].text == said
