from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.evidence.asked_level import NEARLY, asked_level_first
from bot.evidence.candidates import Candidate
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question
from index.types import Hit
from ingest.types import Clause, Span


@pytest.mark.parametrize(
    ("asked", "score", "own_leads"),
    [
        ("旗里另外还有没有", 5.0 - NEARLY + 0.1, True),
        ("旗里另外还有没有", 5.0 - NEARLY - 0.1, False),  # what the wider level gives is had there too
        ("市里和旗里分别有没有", 5.0 - NEARLY + 0.1, False),  # both are asked about
        ("另外还有没有", 5.0 - NEARLY + 0.1, False),
    ],
)
def test_the_level_that_is_asked_about_leads(
    asked: str, score: float, own_leads: bool, places: Places, invented: Callable[[str], Clause]
) -> None:
    reading = read_question(Question((asked,), date(2026, 11, 22)), places, 20)

    def candidate(text: str, score: float, **features: float) -> Candidate:
        hit = Hit(replace(invented(text), id=text), 1, 1.0, {}, None)
        return Candidate(hit, Span(0, len(text)), text, 0, features, score, None, frozenset())

    others = candidate("市里奖50万元。", 5.0, other_level=1.0)
    own = candidate("旗里奖10万元。", score, level_here=1.0)
    assert list(asked_level_first(reading, [others, own])) == ([own, others] if own_leads else [others, own])
