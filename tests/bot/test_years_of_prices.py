"""Prices of several years, in documents and in the rows of a table: the year asked about chooses, or is said not to be
held. And a document that is asked for as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Declined, Question, Reason
from index.store.store import build_index, open_index
from ingest.corpus.load import load_corpus

AS_OF = date(2026, 11, 22)
GUIDE = """<html><body><h1>青川区投资要素价格指南（{year}年）</h1><p>一、用水价格</p><table>
<tr><th>用户类别</th><th>价格（元/立方米）</th></tr><tr><td>工业用水</td><td>{water}</td></tr>
<tr><td>居民用水</td><td>2.{cents}</td></tr></table><p>二、用电价格</p><p>大工业用电价格为每千瓦时0.6{cents}元。</p></body></html>"""
WAGES = """# 青川区最低工资标准

一、各年最低工资标准如下。

| 年份 | 月最低工资（元） | 小时最低工资（元） |
|---|---|---|
| 2022年 | 1980 | 20.8 |
| 2023年 | 2060 | 21.6 |
| 2025年 | 2270 | 24.0 |
"""
NOTICE = """青川区人民政府关于印发青川区支持企业发展若干措施的通知
青政规〔2025〕7号
各镇人民政府：
现将《青川区支持企业发展若干措施》印发给你们，请认真执行。
青川区人民政府
2025年3月2日
青川区支持企业发展若干措施
一、支持企业升规。对首次升规的工业企业，给予一次性奖励11万元。
二、支持企业上市。有下列情形之一的，给予奖励：
（一）在主板上市的，奖励310万元；
（二）在新三板挂牌的，奖励52万元。
三、支持用工。对招用本区劳动者的企业，给予每人每年1300元补贴。
"""


@pytest.fixture(scope="module")
def years_bot(compendium_bot: PolicyBot, tmp_path_factory: pytest.TempPathFactory) -> PolicyBot:
    """A bot over four short files, embedded by the model that is open already."""
    folder, home = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("home")
    for year, water, cents in ((2024, "4.45", 40), (2025, "4.55", 50)):
        (folder / f"{year}.html").write_text(GUIDE.format(year=year, water=water, cents=cents), "utf-8")
    (folder / "工资.md").write_text(WAGES, "utf-8")
    (folder / "措施.txt").write_text(NOTICE, "utf-8")
    corpus, encoder = load_corpus(folder), compendium_bot.clause_index.encoder
    build_index(corpus, encoder, home)
    return PolicyBot.over(open_index(corpus, encoder, home), compendium_bot.settings, compendium_bot.finder.topics)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("2024年工业用水多少钱？", "4.45元/立方米", "4.55"),
        ("2025年工业用水多少钱？", "4.55元/立方米", "4.45"),
        ("工业用水多少钱一方？", "4.55元/立方米", "4.45"),  # the last one
        ("去年大工业用电价格是多少？", "0.650元", "0.640元"),
        ("2023年最低工资多少？", "2060元", "1980"),
        ("现在的最低工资是多少？", "2270元", "2060"),
        ("历年最低工资是多少？", "1980元", "4.45"),
    ],
)
def test_the_year_chooses_the_document_or_the_row(years_bot: PolicyBot, question: str, said: str, unsaid: str) -> None:
    answer = years_bot.ask(Question((question,), AS_OF))

    assert isinstance(answer, Answered), answer.body
    assert said in answer.body
    assert unsaid not in answer.body
    assert not any("有效；" in notice for notice in answer.notices)  # no term is printed: none is claimed


@pytest.mark.parametrize(
    "question", ["2022年我们区工业用水多少钱？", "2021年最低工资是多少？", "2023年咱们区的大工业用电价格是多少？"]
)
def test_a_price_of_a_year_that_is_not_held_is_declined(years_bot: PolicyBot, question: str) -> None:
    answer = years_bot.ask(Question((question,), AS_OF))

    assert isinstance(answer, Declined), answer.body
    assert answer.reason is Reason.NOT_STATED


@pytest.mark.parametrize("question", ["青政规〔2025〕7号文件的主要内容是什么？", "7号文件讲了什么"])
def test_a_document_asked_for_as_a_whole_is_told_by_its_measures(years_bot: PolicyBot, question: str) -> None:
    answer = years_bot.ask(Question((question,), AS_OF))

    assert isinstance(answer, Answered)
    assert [citation.clause.address for citation in answer.citations] == ["一、", "二、", "三、"]
    assert all(words in answer.body for words in ("11万元", "310万元", "1300元"))


def test_what_is_asked_of_a_document_is_no_question_for_all_of_it(years_bot: PolicyBot) -> None:
    answer = years_bot.ask(Question(("青政规〔2025〕7号对新三板挂牌奖励多少？",), AS_OF))

    assert isinstance(answer, Answered)
    assert "52万元" in answer.sentences[0].text
    assert "1300元" not in answer.body
