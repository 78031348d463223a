"""What classes get for one purpose or through one recipient, at every level. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question, SentenceRole

DAY = date(2026, 11, 29)


def _texts(bot: PolicyBot, *turns: str) -> list[str]:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return [sentence.text for sentence in answer.sentences]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("C类人才安家费给多少钱", ["〔市〕C类250万元。", "〔旗〕C类最高200万元。"]),
        ("A类人才安家补贴多少", ["A类各级相同：不低于300万元。"]),
        ("猎头荐来一名D类人才奖多少", ["〔市〕D类20万元。", "〔旗〕D类5万元。"]),
    ],
)
def test_one_class_has_its_amount_at_every_level(bot: PolicyBot, asked: str, said: list[str]) -> None:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    assert [one.text for one in answer.sentences if one.role is SentenceRole.VERDICT] == said
    assert "全职引进" in answer.body  # the clause behind it says on what condition


def test_a_level_that_prints_it_for_other_classes_alone_is_named(bot: PolicyBot) -> None:
    assert _texts(bot, "E类人才安家补贴多少")[-1] == "〔旗〕没有印出E类。"


def test_a_class_alone_in_its_grant_stands_beside_the_others(bot: PolicyBot) -> None:
    body = "".join(_texts(bot, "A类、B类、C类人才科研经费分别多少"))
    assert "A类最高1亿元" in body
    assert "没有印出A类" not in body


def test_what_employers_get_is_told_grant_by_grant(bot: PolicyBot) -> None:
    said = _texts(bot, "给用人单位的奖励，引进A类和B类分别多少？")
    assert said[0] == "〔市〕引才单位人才培养资助，A类200万元；B类150万元。"
    assert said[1] == "〔旗〕用人单位引才资助，A类最高200万元；B类最高150万元。"
    assert not any("各级相同" in one for one in _texts(bot, "企业培养的A类、B类人才，旗里分别给单位多少"))


def test_what_a_class_gets_is_not_what_its_agency_gets(bot: PolicyBot) -> None:
    said = _texts(bot, "A类人才能拿多少钱")
    assert said[0].startswith("〔市〕给A类人才的支持事项共")
    assert not any("荐才" in one for one in said)
