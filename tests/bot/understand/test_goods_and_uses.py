"""What a rate is for, in questions and in the printed lists."""

from __future__ import annotations

import pytest

from bot.understand.goods_and_uses import goods_named, uses_named


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
        ("what do strategic emerging industries pay for electricity?", {"新兴产业"}),
        ("what is the industrial electricity tariff?", {"工商"}),
        ("电价多少", set[str]()),
    ],
)
def test_uses_are_told_apart(text: str, uses: set[str]) -> None:
    assert uses_named(text) == uses


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("居民用电多少钱", {"电"}),
        ("5.电价 ——居民 不满1kv：一档0.415元；二档0.465元；三档0.715元", {"电"}),
        ("一度多少钱", {"电"}),
        ("水费多少", {"水"}),
        ("3.天然气价格 ——居民用气 第一档价格：2.06元/立方米", {"气"}),
        ("厂房供热多少钱一平米", {"热"}),
        ("工业用地一亩多少钱", {"地"}),
        ("地价、电价、水价、气价列一下", {"地", "电", "水", "气"}),
        ("what does electricity cost", {"电"}),
        ("which policies are in power", set[str]()),
        ("年度奖励多少", set[str]()),
    ],
)
def test_what_is_paid_for_is_told_apart(text: str, goods: set[str]) -> None:
    assert goods_named(text) == goods
