"""What a rate is of and for whom: power, water, gas, heat, land; homes, farms, public bodies, businesses, new industries."""

from __future__ import annotations

import re
from collections.abc import Mapping

_USES: Mapping[str, re.Pattern[str]] = {
    "居民": re.compile(r"(?<!非)居民|家里|家庭|住户|自家|我家|住宅|宿舍|household|residential|at home"),
    "农业": re.compile(r"农业|农村|种地|种植|养殖|灌溉|大棚|农场|\bfarm|agricultur|irrigat"),
    "公共": re.compile(r"学校|机关|行政|事业单位|医院|\bschool|public bod|government office"),
    "工商": re.compile(
        r"工业|工商|商业|厂|企业|公司|车间|生产线|非居民|店|商铺|商场|超市|宾馆|我们(?!家)|我司|"
        r"factory|(?<!emerging )industr|compan|\bplant\b|business|commercial"
    ),
    "新兴产业": re.compile(
        r"战略性新兴|光伏|稀土|充换电|数据中心|5g|半导体|算力|机房|储能|先进.{0,3}材料|"
        r"emerging industr|photovoltaic|\bsolar\b|rare.earth|energy storage|data cent|semiconductor"
    ),
}

_GOODS: Mapping[str, re.Pattern[str]] = {
    "电": re.compile(r"用电|电价|电费|[一每]度|千瓦时|千伏|\bkv\b|electricit|power (?:price|tariff|rate|cost)"),
    "水": re.compile(r"用水|水价|水费|自来水|\bwater\b"),
    "气": re.compile(r"用气|气价|气费|天然气|燃气|烧气|natural gas|gas (?:price|tariff|rate|cost)"),
    "热": re.compile(r"供热|供暖|取暖|暖气|热价|\bheating\b"),
    "地": re.compile(r"用地|地价|土地|[一每]亩|\bland\b"),
}


def uses_named(text: str) -> frozenset[str]:
    """The uses that ``text`` (simplified, lower case) names; empty when it names none."""
    return frozenset(use for use, pattern in _USES.items() if pattern.search(text))


def goods_named(text: str) -> frozenset[str]:
    """What is paid for (电, 水, 气, 热, 地) that ``text`` (simplified, lower case) names; empty when it names none."""
    return frozenset(good for good, pattern in _GOODS.items() if pattern.search(text))
