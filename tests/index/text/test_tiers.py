"""Classes a text names, in English too: several behind one word, and from one to another."""

from __future__ import annotations

import pytest

from index.text.tiers import letter_tiers


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("class a, b and c talent", "ABC"),
        ("classes b and c", "BC"),
        ("categories b, c, and d", "BCD"),
        ("class b to d talent", "BCD"),
        ("classes a or b", "AB"),
        ("class b and a company", "B"),
        ("class c, a doctor and an engineer", "C"),
        ("class a at a cost", "A"),
        ("first-class buildings", ""),
    ],
)
def test_several_classes_behind_one_word(text: str, letters: str) -> None:
    assert letter_tiers(text) == frozenset(letters)
