"""What was answered may be had together by the rules of the documents that grant it, and of no other. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question, SentenceRole
from bot.understand.levels_and_places import Places
from bot.verdicts.rule_of_said import asks_overlap_alone

DAY = date(2026, 11, 30)
OF_NEW_ENERGY = "本政策与我旗现行政策交叉重复的"


def _ask(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer


@pytest.mark.parametrize(
    ("turn", "alone"),
    [
        ("这几个能一起拿吗？", True),
        ("两级能叠加吗？", True),
        ("can both the city and the banner subsidies be claimed together?", True),
        ("购房补贴和安家补贴能一起拿吗？", False),
        ("给多少", False),
    ],
)
def test_a_turn_that_names_none_of_the_benefits(turn: str, alone: bool, places: Places) -> None:
    assert asks_overlap_alone(turn, places) is alone


@pytest.mark.parametrize(
    "turns",
    [
        ("研发投入6000万的规上企业，市里和自治区分别最多能奖补多少？", "这几个能一起拿吗？"),
        ("年薪70万的技术总监，旗里给多少？市里给多少？两级能叠加吗？",),
        ("旗里配偶生活补贴多少？", "市里的购房补贴能一起领吗？"),
        ("发明专利奖励多少？", "能重复申请吗？"),
    ],
)
def test_no_rule_of_a_document_that_grants_none_of_it(bot: PolicyBot, turns: tuple[str, ...]) -> None:
    answer = _ask(bot, *turns)
    assert not any(one.role is SentenceRole.VERDICT and OF_NEW_ENERGY in one.text for one in answer.sentences)
    assert not any("职业培训补贴不得重复享受" in one.text for one in answer.sentences)


def test_across_levels_no_rule_decides_and_each_is_quoted(bot: PolicyBot) -> None:
    answer = _ask(bot, "年薪70万的技术总监，旗里给多少？", "市里给多少？", "两级能叠加吗？")
    assert answer.sentences[0].role is SentenceRole.HEDGE
    assert "没有写两级能不能同时享受" in answer.sentences[0].text
    assert {clause.level for clause in (citation.clause for citation in answer.citations)} == {"市", "旗"}


def test_of_one_document_its_own_rule_decides(bot: PolicyBot) -> None:
    answer = _ask(bot, "旗里产业人才购房补贴多少", "能同时享受吗")
    assert answer.sentences[0].role is SentenceRole.VERDICT
    assert OF_NEW_ENERGY in answer.sentences[0].text


def test_which_rule_prevails_is_the_rule_without_a_verdict(bot: PolicyBot) -> None:
    answer = _ask(bot, "旗新能源政策什么时候开始执行，试行多久？", "它和旗里别的政策冲突怎么办？")
    assert [one.role for one in answer.sentences] == [SentenceRole.QUOTE]
    assert OF_NEW_ENERGY in answer.sentences[0].text
