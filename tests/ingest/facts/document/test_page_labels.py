"""Labelled values around a document."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.facts.document.page_labels import Labelled, day_of, labelled, last_day_of, says_it_is_over
from ingest.types import Span

ROWS = (
    "索引号：\t0001/2025-00012\t发文机关：\t青川区民政局\n文号：\t青民规〔2025〕2号\t成文日期：\t2025年05月30日\n"
    "实施日期：\t2025年06月01日\t失效日期：\t2026年06月01日"
)


def test_a_value_ends_at_the_next_label() -> None:
    found = labelled(ROWS)
    assert {fact: value.value for fact, value in found.items()} == {
        "other": "0001/2025-00012",
        "issuer": "青川区民政局",
        "number": "青民规〔2025〕2号",
        "issued": "2025年05月30日",
        "valid_from": "2025年06月01日",
        "valid_until": "2026年06月01日",
    }
    assert all(value.span.of(ROWS) == value.value for value in found.values())


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("发文机关：青川区商务局　文号：青商〔2025〕1号", "issuer", "青川区商务局"),
        ("成文日期：2026年7月8日索引号：YP08", "issued", "2026年7月8日"),
        ("发布日期：2025-06-03 成文日期：2025-06-01", "issued", "2025-06-01"),
        ("【发文字号】：青政〔2020〕1号", "number", "青政〔2020〕1号"),
    ],
)
def test_labels_on_one_line(text: str, fact: str, value: str) -> None:
    assert labelled(text)[fact].value == value


def test_a_sentence_is_no_value() -> None:
    assert labelled("来源：" + "各区应当按照规定报送材料" * 6) == {}


@pytest.mark.parametrize(
    ("label", "printed", "begins", "ends"),
    [
        ("失效日期", "2026年06月01日", date(2025, 6, 1), date(2026, 5, 31)),  # a year has gone by
        ("失效日期", "2025-12-31", date(2023, 1, 1), date(2025, 12, 31)),
        ("有效期至", "2026年6月", None, date(2026, 6, 30)),
        ("失效日期", "长期", date(2025, 6, 1), None),
    ],
)
def test_the_last_day(label: str, printed: str, begins: date | None, ends: date | None) -> None:
    assert last_day_of(Labelled(label, printed, Span(0, 1)), begins) == ends


def test_no_label_says_nothing() -> None:
    assert day_of(None) is last_day_of(None, None) is None
    assert not says_it_is_over(None)
    assert says_it_is_over(labelled("有效性：失效")["standing"])
    assert not says_it_is_over(labelled("有效性：有效")["standing"])
