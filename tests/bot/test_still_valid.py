"""Whether a document that is named, or what was just cited, still holds: said first. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question, SentenceRole
from index.store.store import build_index, open_index
from ingest.corpus.load import load_corpus

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("turns", "verdict", "printed"),
    [
        (("旗里的新能源人才政策现在还有效吗",), "无法判断：", "试行期一年"),
        (("市里的人才新政现在还有效吗",), "条文没有印出终止日期", "本政策自印发之日起施行"),
        (("租房补贴多少", "现在还有效吗"), "条文没有印出终止日期", "本政策自印发之日起施行"),
        (("A类人才在市里安家补贴多少", "现在还有效吗"), "条文没有印出终止日期", "本政策自印发之日起施行"),
        (("西部大开发15%的税率", "Is it still valid?"), "On the day of asking", "31 December 2030"),
        (("Is the city's talent policy still valid?",), "No end is printed", "takes effect from the date of issue"),
    ],
)
def test_the_verdict_comes_first_and_then_the_words_on_the_term(
    bot: PolicyBot, turns: tuple[str, ...], verdict: str, printed: str
) -> None:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    first, second, *rest = answer.sentences
    assert first.role is SentenceRole.VERDICT
    assert first.text.startswith(verdict)
    assert printed in second.text
    assert rest == []


def test_a_document_without_any_term_is_said_to_print_none(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("科技兴蒙还有效吗",), DAY))
    assert isinstance(answer, Answered)
    assert [one.text.endswith("没有印出施行日期或有效期，请向责任单位核实。") for one in answer.sentences] == [
        True,
        True,
    ]


def test_a_document_called_by_its_number_is_not_the_one_whose_title_has_its_words(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("财税〔2011〕58号里的企业所得税政策规定现在还执行吗？",), DAY))
    assert isinstance(answer, Answered)
    assert "停止执行" in answer.body


OVER = """青川区夜校补助办法

第一条 对夜校给予5万元补助。

第二条 本办法自2024年1月1日起施行。
"""
LATER = """青川区夜校扶持办法

第一条 对夜校给予8万元补助。

第二条 本办法自2026年3月1日起施行，《青川区夜校补助办法》同时废止。
"""


@pytest.fixture(scope="module")
def succeeded(compendium_bot: PolicyBot, tmp_path_factory: pytest.TempPathFactory) -> PolicyBot:
    """A bot over a policy and the one that took its place."""
    folder, home = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("home")
    (folder / "a.txt").write_text(OVER, encoding="utf-8")
    (folder / "b.txt").write_text(LATER, encoding="utf-8")
    corpus, encoder = load_corpus(folder), compendium_bot.clause_index.encoder
    build_index(corpus, encoder, home)
    return PolicyBot.over(open_index(corpus, encoder, home), compendium_bot.settings, compendium_bot.finder.topics)


def test_of_a_document_whose_place_another_took_that_is_said(succeeded: PolicyBot) -> None:
    answer = succeeded.ask(Question(("《青川区夜校补助办法》现在还有效吗？",), DAY))
    assert isinstance(answer, Answered)
    assert "《青川区夜校补助办法》已被《青川区夜校扶持办法》废止或替代" in answer.body
    assert "《青川区夜校补助办法》同时废止" in answer.body
    assert "没有印出施行日期" not in answer.body
    before = succeeded.ask(Question(("《青川区夜校补助办法》现在还有效吗？",), date(2026, 2, 1)))
    assert isinstance(before, Answered)
    assert "不再执行" not in before.body
