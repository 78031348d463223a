"""The replies that lie under ``eval/replies``, read anew: what of them stands, and how many come to nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import eval as evaluation
from bot.pipeline import PolicyBot
from bot.text.phrase_file import phrases
from bot.types import Language, Question
from eval.runs.replies_file import with_replies_of

REPLIES = Path(evaluation.__file__).parent / "replies"
DAY = date(2026, 11, 22)
EVERY = 9  # of the 78 questions: nine of each file take a few seconds


def asked_in(file: Path) -> list[tuple[str, ...]]:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [tuple(line["turns"]) for line in lines if line["step"] == "answer"]


@pytest.mark.parametrize(("name", "most"), [("good", 1), ("careless", 2)])
def test_few_replies_come_to_nothing(compendium_bot: PolicyBot, name: str, most: int) -> None:
    file = REPLIES / f"{name}.jsonl"
    replaying, counts = with_replies_of(compendium_bot, None, file, None)
    ends = tuple(phrases("bot.llm", "notices.toml")["instead"].to(one).split("}")[-1] for one in Language)
    instead = [
        turns[-1]
        for turns in asked_in(file)[::EVERY]
        if any(notice.endswith(ends) for notice in replaying.ask(Question(turns, DAY)).notices)
    ]
    assert counts is not None
    assert counts.missing == 0
    assert len(instead) <= most, instead
