"""What a rate is for: homes, farms, public bodies, businesses, the new industries that have a power rate of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping

_USES: Mapping[str, re.Pattern[str]] = {
    "居民": re.compile(r"(?<!非)居民|家里|家庭|住户|自家|我家|住宅|宿舍|household|residential|at home"),
    "农业": re.compile(r"农业|农村|种地|种植|养殖|灌溉|大棚|农场|\bfarm|agricultur|irrigat"),
    "公共": re.compile(r"学校|机关|行政|事业单位|医院|\bschool|public bod|government office"),
    "工商": re.compile(
        r"工业|工商|商业|厂|企业|公司|车间|生产线|非居民|店|商铺|商场|超市|宾馆|我们(?!家)|我司|"
        r"factory|industr|compan|\bplant\b|business|commercial"
    ),
    "新兴产业": re.compile(
        r"战略性新兴|光伏|稀土|充换电|数据中心|5g|半导体|算力|机房|储能|先进.{0,3}材料|data cent|semiconductor"
    ),
}


def uses_named(text: str) -> frozenset[str]:
    """The uses that ``text`` (simplified, lower case) names; empty when it names none."""
    return frozenset(use for use, pattern in _USES.items() if pattern.search(text))
