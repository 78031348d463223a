"""Numbers in digits and in characters."""

from decimal import Decimal

import pytest

from ingest.facts.numerals import narrow, value_of


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("3", "3"),
        ("1,221", "1221"),
        ("2.03 亿", "203000000"),
        ("50 多亿", "5000000000"),
        ("3百万", "3000000"),
        ("1亿5000万", "150000000"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("三百二十", "320"),
        ("一千零五", "1005"),
        ("两万", "20000"),
        ("三百万", "3000000"),
        ("一亿五千万", "150000000"),
        ("二〇二五", "2025"),
        ("两", "2"),
        ("３００万", "3000000"),
        ("2千3百万", "23000000"),
        ("1百5十万", "1500000"),
        ("1亿2千万", "120000000"),
        ("零点五", "0.5"),
        ("一点二五", "1.25"),
        ("二点五万", "25000"),
        ("叁佰万", "3000000"),
        ("壹亿贰仟万", "120000000"),
        ("٣٠٠万", "3000000"),  # a digit of any script is one for \d
    ],
)
def test_value(printed: str, value: str) -> None:
    assert value_of(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["", "五四", "十百千万", "三百千", "3百2百", "叁佰贰仟", "9" * 25, "9" * 5000])
def test_what_is_no_number(printed: str) -> None:
    assert value_of(printed) is None


@pytest.mark.parametrize(
    ("text", "narrowed"),
    [
        ("３００％", "300%"),
        ("１，０００元，另给", "1,000元，另给"),
        ("3，4 个", "3，4 个"),
        ("没有数字，", "没有数字，"),
        ("٣٠٠万，𝟐५", "300万，25"),
    ],
)
def test_wide_digits_are_narrowed_in_place(text: str, narrowed: str) -> None:
    assert narrow(text) == narrowed
    assert len(narrow(text)) == len(text)
