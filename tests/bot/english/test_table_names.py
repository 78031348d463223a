"""Rows and columns of a table in English."""

from __future__ import annotations

import pytest

from bot.english.table_names import column_in_english, row_name
from ingest.editions.types import Edition


@pytest.mark.parametrize(
    ("printed", "english"),
    [("City·安家补贴", "City · Settling-in allowance"), ("安家补贴", "Settling-in allowance"), ("Rate", "Rate")],
)
def test_a_column_says_what_is_given(printed: str, english: str) -> None:
    assert column_in_english(printed) == english


def test_a_row_says_each_part_once() -> None:
    assert row_name("高新技术企业·高新技术企业", [], Edition()) == "high-tech enterprise"
    assert row_name("县办夜校", [], Edition()) == "县办夜校"
