from __future__ import annotations

import pytest

from bot.match.facts.speech.relatives import small_child


@pytest.mark.parametrize(
    ("said", "small"),
    [("娃3岁", True), ("孩子上幼儿园", True), ("孩子8个月", True), ("孩子20岁", False), ("父亲72岁", False)],
)
def test_a_child_too_young_to_be_told_of_further(said: str, small: bool) -> None:
    assert (small_child().search(said) is not None) is small
