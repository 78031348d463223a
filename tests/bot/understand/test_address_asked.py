from __future__ import annotations

import pytest

from bot.understand.address_asked import AddressAsked


@pytest.mark.parametrize(
    ("printed", "bare"), [("3.", True), ("(2012)", True), ("（1998）", True), ("（二）", False), ("第十条", False)]
)
def test_a_number_that_ends_a_sentence_and_a_year_in_brackets_name_no_article(printed: str, bare: bool) -> None:
    assert AddressAsked(printed, "我是利兹大学博士", "能拿到什么").is_bare_number is bare
