"""What a rate is for, in questions and in the printed lists."""

from __future__ import annotations

import pytest

from bot.rate_uses import uses_named


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("家里天然气多少钱一方", {"居民"}),
        ("——居民生活用水", {"居民"}),
        ("非居民供热：29.5元/平方米", {"工商"}),
        ("学校用水多少钱一吨", {"公共"}),
        ("——行政事业单位用水", {"公共"}),
        ("种地抽水用电每度多少钱", {"农业"}),
        ("我们厂用电", {"工商"}),
        ("我们家用电", set[str]()),
        ("准备上一个算力机房", {"新兴产业"}),
        ("电价多少", set[str]()),
    ],
)
def test_uses_are_told_apart(text: str, uses: set[str]) -> None:
    assert uses_named(text) == uses
