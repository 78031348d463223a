"""Questions of several parts, from the question to the answer, over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.output.json_form import answer_json
from bot.output.terminal import answer_text
from bot.pipeline import PolicyBot
from bot.step_log import StepLog
from bot.types import Answered, Declined, PartStatus, Question

DAY = date(2026, 11, 22)


def _answered(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer


def _said(answer: Answered, part: int) -> str:
    return "".join(answer.sentences[place].text for place in answer.parts[part].sentences)


def test_two_things_asked_get_an_answer_each(bot: PolicyBot) -> None:
    answer = _answered(bot, "工商业用水多少钱一吨？再次获批的高企旗里奖多少？")
    assert [part.status for part in answer.parts] == [PartStatus.ANSWERED] * 2
    assert "10.4元/吨" in _said(answer, 0)
    assert "20万元" in _said(answer, 1)


def test_a_part_of_another_subject_is_named_and_the_rest_answered(bot: PolicyBot) -> None:
    answer = _answered(bot, "今天天气怎么样？工商业用水多少钱一吨？")
    assert [part.status for part in answer.parts] == [PartStatus.NOT_FOUND, PartStatus.ANSWERED]
    assert answer.sentences[0].text == "未找到：今天天气怎么样。"
    assert "10.4元/吨" in _said(answer, 1)


def test_who_handles_it_is_the_office_of_the_clause_before(bot: PolicyBot) -> None:
    answer = _answered(bot, "2024年要给沿黄盟市解决多少工业用水指标？哪个单位负责？")
    assert "水利厅" in _said(answer, 1)


def test_when_no_part_is_found_the_question_is_declined(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("今天天气怎么样？给我讲个笑话吧，行吗？",), DAY))
    assert isinstance(answer, Declined)
    assert [part.status for part in answer.parts] == [PartStatus.NOT_FOUND] * 2
    assert answer_json(answer)["parts"] != []


def test_forty_parts_are_bounded_and_the_rest_is_named(bot: PolicyBot) -> None:
    asked = "".join(f"第{number}号楼的工业用电多少钱一度？" for number in range(1, 41))
    log = StepLog()
    answer = bot.ask(Question((asked,), DAY), log)
    assert isinstance(answer, Answered)
    assert len(answer.parts) == 40
    assert "第40号楼" in answer.sentences[-1].text
    assert log.plan is not None
    assert len(log.plan.left_out) == 34


def test_an_english_question_of_two_parts_is_answered_in_english(bot: PolicyBot) -> None:
    answer = _answered(bot, "How much is water for industry? What about today's weather, what is it like?")
    assert any(sentence.text.startswith("Not found (未找到)") for sentence in answer.sentences)


def test_a_stream_gives_the_sentences_of_the_answer(bot: PolicyBot) -> None:
    *sentences, answer = bot.stream(Question(("工商业用水多少钱一吨？今天天气怎么样？",), DAY))
    assert isinstance(answer, Answered)
    assert tuple(sentences) == answer.sentences


def test_clauses_of_every_part_are_among_the_first_found(bot: PolicyBot) -> None:
    hits = bot.retrieve(Question(("工商业用水多少钱一吨？再次获批的高企旗里奖多少？",), DAY), 5)
    texts = "".join(hit.clause.text for hit in hits)
    assert "工商业用水" in texts
    assert "再次获批" in texts


def test_the_terminal_names_the_parts(bot: PolicyBot) -> None:
    lines = answer_text(_answered(bot, "工商业用水多少钱一吨？今天天气怎么样？")).splitlines()
    assert lines[0] == "【工商业用水多少钱一吨？】"
    assert "【今天天气怎么样？】" in lines


@pytest.mark.parametrize("last", ["电价多少", "水价多少", "换个话题，水价"])
def test_a_heading_of_the_corpus_opens_a_topic_however_short(bot: PolicyBot, last: str) -> None:
    answer = _answered(bot, "我是博士，旗里安家费多少", last)
    assert answer.standalone == last
    assert "价" in answer.sentences[0].text
    assert "博士" not in answer.body


def test_a_list_of_forty_is_bounded_and_the_rest_is_named(bot: PolicyBot) -> None:
    goods = [f"第{number}区工业用电" for number in range(1, 41)]
    answer = _answered(bot, f"{'、'.join(goods)}分别多少钱一度")
    assert len(answer.parts) == 40
    assert answer.sentences[-1].text.startswith("一次最多回答六个问题，请另问：第7区工业用电；")
    assert answer.sentences[-1].text.endswith("第40区工业用电。")


def test_a_grant_asked_behind_a_list_of_prices_is_answered_too(bot: PolicyBot) -> None:
    answer = _answered(bot, "水价、电价、气价三个价格多少，市里高企奖多少")
    assert answer.parts[-1].question == "市里高企奖多少"
    assert "高新技术企业" in _said(answer, len(answer.parts) - 1)
    assert answer.notices == ()
