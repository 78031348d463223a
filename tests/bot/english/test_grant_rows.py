"""Rows of a grant in English: no figure apart from what limits it and whom it is for."""

from __future__ import annotations

import pytest

from bot.english.grant_rows import row_in_english, rows_in_english
from ingest.entitlements.types import AmountRow


def row(printed: str, figure: str, bound: str = "fixed", period: str = "", term: str = "") -> AmountRow:
    return AmountRow(printed, figure, bound, figure, period=period or None, term=term or None)


def test_each_row_is_said_with_its_class_and_its_bound() -> None:
    rows = [row("A类人才", "300万元", "floor"), row("B类人才", "300万元", "cap"), row("E、F类人才", "80万元", "cap")]
    assert rows_in_english(rows) == (
        "Class A: at least RMB 3 million", "Class B: up to RMB 3 million", "Class E, F: up to RMB 800,000",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "english"),
    [
        (row("带头人", "30万元", "cap", "每年", "最长补贴10年"), "up to RMB 300,000 per year, for at most 10 years"),
        (row("企业", "30万元", "fixed", "一次性"), "RMB 300,000, one-off"),
        (row("博士", "3000元/月", "fixed", "每月"), "RMB 3,000 per month"),
        (row("人才", "最低5万元，最高不超过40万元", "range"), "at least RMB 50,000, up to RMB 400,000"),
        (row("企业", "最高50万元", "cap"), "up to RMB 500,000"),
        (row("企业", "1%", "cap", "", "“十四五”期间"), "up to 1%, “‘十四五’期间”"),
        (row("企业", "减半征收"), ""),
    ],
)
def test_a_row_says_its_bound_once_with_period_and_term(one: AmountRow, english: str) -> None:
    assert row_in_english(one) == english


def test_an_object_without_english_or_with_the_english_of_another_is_quoted() -> None:
    assert rows_in_english([row("国家级", "5万元"), row("县办夜校", "3万元")]) == (
        "National level: RMB 50,000", "“县办夜校”: RMB 30,000",
    )  # fmt: skip
    assert rows_in_english([row("A类个人", "5万元"), row("A类团队", "9万元")]) == (
        "“A类个人”: RMB 50,000", "“A类团队”: RMB 90,000",
    )  # fmt: skip


def test_one_row_without_english_leaves_all_as_printed() -> None:
    assert rows_in_english([row("国家级", "5万元"), row("其他", "减半")]) == ()
    assert rows_in_english([row("三至六类人才", "5万元"), row("一类、二类人才", "8万元")]) == (
        "Class 3 to 6: RMB 50,000", "Class 1, 2: RMB 80,000",
    )  # fmt: skip
