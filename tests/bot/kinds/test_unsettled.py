"""Of a grant whose words changed no set may say that it is not printed, or that it was counted. Over the real index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.compose.draft import Draft
from bot.kinds.answers import answer_of_set
from bot.kinds.grant_shelf import GrantShelf
from bot.pipeline import PolicyBot
from bot.types import Question
from ingest.entitlements.types import Flagged
from ingest.sentences import Sentence

DAY = date(2026, 11, 29)
CHANGED = "c01-settle-a"  # the city's 安家补贴 for A类


@pytest.fixture
def changed(bot: PolicyBot) -> GrantShelf:
    shelf = bot.finder.shelf()
    record = next(item.record for item in shelf.known.attached if item.record.id == CHANGED)
    stands = tuple(item for item in shelf.known.attached if item.record.id != CHANGED)
    flagged = (Flagged(record, Sentence("ingest.no_longer_above", words="300万元")),)
    return GrantShelf(shelf.corpus, replace(shelf.known, attached=stands, flagged=flagged))


def _draft(bot: PolicyBot, shelf: GrantShelf, asked: str) -> Draft | None:
    reading = bot.finder.read(Question((asked,), DAY))
    return answer_of_set(reading, (), lambda: shelf, bot.finder.places)


@pytest.mark.parametrize("asked", ["A类人才市里安家补贴多少", "A类、B类人才市里安家补贴对比", "A类人才安家补贴多少"])
def test_no_table_is_made_without_it(bot: PolicyBot, changed: GrantShelf, asked: str) -> None:
    before = _draft(bot, bot.finder.shelf(), asked)
    assert before is not None
    assert "A类" in "".join(one.text for one in before.sentences)
    assert _draft(bot, changed, asked) is None  # the clauses say it in their own words


def test_a_table_of_other_classes_stands_and_says_what_it_leaves_out(bot: PolicyBot, changed: GrantShelf) -> None:
    draft = _draft(bot, changed, "C类人才市里安家补贴多少")
    assert draft is not None
    assert draft.sentences[-1].text == "另有1项支持的原文有变动，尚未重新核对，没有计入。"


def test_a_list_says_what_it_does_not_count(bot: PolicyBot, changed: GrantShelf) -> None:
    draft = _draft(bot, changed, "市里给个人的补贴有哪些")
    assert draft is not None
    assert "另有1项支持的原文有变动" in draft.sentences[-1].text
