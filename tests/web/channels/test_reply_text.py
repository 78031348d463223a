from __future__ import annotations

import re

from bot.types import Question
from tests.web.conftest import TODAY, LittleBot
from web.answers.bot_pool import BotDoor
from web.api.answer_service import AnswerService
from web.channels.reply_text import answer_markdown
from web.http.guards import Allowance
from web.settings import WebSettings


def test_what_a_clause_contains_stays_text(bot: LittleBot, settings: WebSettings) -> None:
    service = AnswerService(BotDoor(1), Allowance(1), settings, lambda: TODAY)
    said = answer_markdown(bot.ask(Question(("<x>",), TODAY)), service)
    assert not re.search(r"(?<!\\)<", said)
    assert "注意 \\<b\\>" in said
    assert not re.search(r"(?<!\\)\]\(", said), "no address of ours is set, so nothing is a link"
