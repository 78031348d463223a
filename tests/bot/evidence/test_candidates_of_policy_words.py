"""The words that are wanted of a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from bot.evidence.candidates import query_terms
from bot.evidence.per_sub_question import aspect_words
from bot.text.term_overlap import TermWeights
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question
from bot.understand.sub_questions import Aspect


@pytest.mark.parametrize("also", [("创业", "初创"), ("补贴", "补助")])
def test_words_of_the_policies_stand_by_themselves(also: tuple[str, str], weights: TermWeights, places: Places) -> None:
    """创业 and 初创 are not 业初, though 企业初创期 stands in the compendium and would weigh more than both."""
    reading = read_question(Question(("start-up",), date(2026, 11, 22)), places, 20)
    across = also[0][-1] + also[1][0]
    assert across in weights.weights
    wanted = query_terms(reading, weights, also)
    assert across not in wanted.words
    assert set(also) <= set(wanted.words)
    assert across not in aspect_words(Aspect("start-up", "start-up"), wanted, weights, also).words
