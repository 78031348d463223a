from __future__ import annotations

import pytest

from bot.awaited import NobodyWaits, check_awaited, while_awaited
from bot.pipeline import PolicyBot
from bot.settings import BotSettings
from bot.step_log import Step, StepLog
from bot.types import Question
from tests.bot.conftest import AS_OF

ASKED = Question(("全职引进的博士人才给多少租房补贴？",), AS_OF)


@pytest.fixture(scope="module")
def bot() -> PolicyBot:
    return PolicyBot.open(BotSettings())


def test_where_nobody_tells_somebody_waits() -> None:
    check_awaited()
    with while_awaited(lambda: True):
        check_awaited()


def test_what_was_told_holds_within_and_no_longer() -> None:
    with while_awaited(lambda: False), pytest.raises(NobodyWaits):
        check_awaited()
    check_awaited()


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_an_answer_stops_at_its_next_step(bot: PolicyBot, steps: int) -> None:
    left = iter([True] * steps)
    step_log = StepLog()
    with while_awaited(lambda: next(left, False)), pytest.raises(NobodyWaits):
        bot.ask(ASKED, step_log)
    assert list(step_log.milliseconds) == list(Step)[: steps + 1]
    assert step_log.draft is None


def test_a_streamed_answer_stops_as_well(bot: PolicyBot) -> None:
    with while_awaited(lambda: False), pytest.raises(NobodyWaits):
        next(bot.stream(ASKED))
    assert bot.ask(ASKED).citations
