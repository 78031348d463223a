"""Numbers of every script and wording, as they are read."""

from __future__ import annotations

import pytest

from bot.verify.meaning.plain_text import plain, without_marks


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("奖励⑤⓪⓪万元", "奖励500万元"),
        ("³⁰⁰⁰元", "3000元"),
        ("①对企业给予奖励", "①对企业给予奖励"),
        ("half a million yuan", "500000 yuan"),
        ("one and a half million yuan", "1500000 yuan"),
        ("20 lakh yuan", "2000000 yuan"),
        ("fifteen percent", "15 percent"),
        ("one hundred and twenty thousand RMB", "120000 RMB"),
        ("two dozen", "24"),
        ("a third-party agency", "a third-party agency"),
        ("占四分之一", "占25%"),
        ("进账1个亿", "进账1亿元"),
    ],
)
def test_a_number_is_written_so_that_it_can_be_read(text: str, read: str) -> None:
    assert plain(text) == read


def test_marks_of_citations_are_no_words() -> None:
    assert without_marks("给予300万元。[1][12]") == "给予300万元。"
