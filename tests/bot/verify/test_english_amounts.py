from __future__ import annotations

import pytest

from bot.verify.english_amounts import in_english
from ingest.facts.figures import find_figures


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("给予300万元", "RMB 3 million"),
        ("最高150万元", "up to RMB 1.5 million"),
        ("10万元—50万元", "RMB 100,000 to RMB 500,000"),
        ("设立10亿元基金", "RMB 1 billion"),
        ("补贴3000元", None),  # small amounts read the same
        ("参考价格：20-25万元/亩", None),  # per mu
        ("投资总额1亿美元", None),
        ("占比25%", None),
    ],
)
def test_amounts(printed: str, english: str | None) -> None:
    assert in_english(find_figures(printed)[0]) == english
