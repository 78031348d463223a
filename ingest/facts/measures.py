"""Units of measure: how they are printed, and the base unit they mean.

A unit prints with a Chinese number only when that is no mere idiom: 三年, 两倍, 五名; but 一个, 三项 and 四个面向
are not figures.
"""

from __future__ import annotations

import re

# printed → base unit
MONEY = {
    "元人民币": "元",
    "人民币元": "元",
    "块钱": "元",
    "美元": "美元",
    "港元": "港元",
    "欧元": "欧元",
    "日元": "日元",
    "元": "元",
}
DURATION = {
    "个自然年": "年",
    "周年": "年",
    "年": "年",
    "个月": "月",
    "个工作日": "工作日",
    "工作日": "工作日",
    "个自然日": "日",
    "自然日": "日",
    "个小时": "小时",
    "小时": "小时",
    "分钟": "分钟",
    "个星期": "周",
    "周": "周",
    "个季度": "季度",
    "天": "日",
    "日": "日",
    "学时": "学时",
    "课时": "学时",
}
RATIO = {
    "%": "%",
    "‰": "‰",
    "个百分点": "百分点",
    "个基点": "基点",
    "个BP": "基点",
    "BPs": "基点",
    "bps": "基点",
    "BP": "基点",
    "bp": "基点",
    "倍": "倍",
}
SCORE = {"个积分": "分", "积分": "分", "分": "分", "个学分": "学分", "学分": "学分"}
AGE = {"周岁": "周岁", "岁": "周岁"}
COUNT = {
    "个": "个",
    "名": "名",
    "人次": "人次",
    "人": "人",
    "位": "位",
    "家": "家",
    "户": "户",
    "套": "套",
    "所": "所",
    "座": "座",
    "台": "台",
    "辆": "辆",
    "艘": "艘",
    "架次": "架次",
    "架": "架",
    "件": "件",
    "项": "项",
    "次": "次",
    "种": "种",
    "类": "类",
    "部门": "部门",
    "部": "部",
    "场": "场",
    "条": "条",
    "篇": "篇",
    "间": "间",
    "张": "张",
    "批": "批",
    "份": "份",
    "期": "期",
    "例": "例",
    "宗": "宗",
    "笔": "笔",
    "强": "强",
    "处": "处",
    "支": "支",
    "头": "头",
    "只": "只",
    "株": "株",
}
MEASURE = {
    "平方公里": "平方公里",
    "平方千米": "平方公里",
    "立方米": "立方米",
    "立方": "立方米",
    "平方米": "平方米",
    "平米": "平方米",
    "㎡": "平方米",
    "m²": "平方米",
    "m2": "平方米",
    "m³": "立方米",
    "m3": "立方米",
    "公顷": "公顷",
    "公里": "公里",
    "千米": "公里",
    "亩": "亩",
    "吨": "吨",
    "公斤": "公斤",
    "千克": "公斤",
    "千瓦时": "千瓦时",
    "千瓦": "千瓦",
    "兆瓦": "兆瓦",
    "吉瓦": "GW",
    "千伏": "千伏",
    "kWh": "千瓦时",
    "KWh": "千瓦时",
    "GWh": "GWh",
    "MWh": "MWh",
    "GW": "GW",
    "MW": "兆瓦",
    "kW": "千瓦",
    "KV": "千伏",
    "kV": "千伏",
    "Kv": "千伏",
    "kv": "千伏",
    "GB": "GB",
    "TB": "TB",
    "标箱": "标箱",
    "TEU": "标箱",
    "毫米": "毫米",
    "厘米": "厘米",
    "米": "米",
    "度": "千瓦时",
    "分贝": "分贝",
    "张床位": "床位",
    "床位": "床位",
}
# What an answer to "多少" is measured in; a price per unit (元/亩) begins with one of these.
MONEY_OR_SHARE = frozenset({"元", "美元", "%", "‰", "‱", "基点", "倍"})
BASE = {**MONEY, **DURATION, **RATIO, **SCORE, **AGE, **COUNT, **MEASURE}

# What may be printed behind a stroke: 元/亩, 元/人·月, 元/天·床.
_PER_WHOM = (
    "张床位", "人次", "架次", "班次", "车次", "床位", "人", "家", "户", "件", "项", "套", "台", "辆", "个", "次", "班", "车",
    "床", "名", "条", "只", "头", "株", "生", "座", "间", "箱", "架", "艘", "场",
)  # fmt: skip
# A price per measure is a unit of its own wherever the measure is printed: 5 元/吨, 每吨 5 元.
PER_MEASURE = (
    "平方公里", "吨·公里", "立方米", "平方米", "千瓦时", "吨公里", "公斤", "千克", "平米", "公里", "千瓦", "兆瓦", "公顷", "标箱",
    "架次", "班次", "车次", "立方", "亩", "吨", "度", "㎡", "m²", "m2", "m³", "m3", "kWh", "KWh", "kW", "MW", "kg", "GB", "TB",
)  # fmt: skip
PER_TIME = ("工作日", "小时", "学时", "季度", "月", "年", "日", "天", "周")
_DIVISOR = "|".join(re.escape(word) for word in sorted({*_PER_WHOM, *PER_MEASURE, *PER_TIME}, key=len, reverse=True))
PER = rf"(?:\s?/\s?(?:{_DIVISOR})(?:\s?[·•‧/]\s?(?:{_DIVISOR}))?)"

# Units that make a figure of a number written in characters; the rest only with digits.
CHARACTER_UNITS = frozenset(
    {
        *MONEY,
        *DURATION,
        *AGE,
        "%",
        "个百分点",
        "个基点",
        "分",
        "倍",
        "名",
        "人",
        "家",
        "次",
        "套",
        "户",
        "部门",
        "位",
        "亩",
        "吨",
        "平方米",
    }
)
# With these a number in characters counts only from two on: 一家, 一人, 一名 and 一次 are articles or idioms.
NEEDS_TWO = frozenset({"名", "人", "家", "次", "套", "户", "位", "部门"})


# A unit that begins other words as well: 分 is none in 分之, 分局, 分3年拨付.
_GOES_ON_AS = {
    "分": "钟之类公局厂店院部支册期批段行摊级组析区布享配担散歧年月季次别档步层项头工两一二三四五六七八九十\\d"
}


def any_of(table: dict[str, str]) -> str:
    """A regular expression that matches the longest printed unit of a table."""
    return "(?:" + "|".join(_printed(unit) for unit in sorted(table, key=len, reverse=True)) + ")"


def _printed(unit: str) -> str:
    barred = _GOES_ON_AS.get(unit)
    return re.escape(unit) + (rf"(?![{barred}])" if barred else "")


UNIT = any_of(BASE)
FIRST_OF_UNIT = "".join(sorted({unit[0] for unit in BASE}))
"""The characters a unit can begin with, for a class of characters."""


def divisors_of(per: str) -> tuple[tuple[str, ...], bool]:
    """What a price is per, and whether a time is among it: /人·月 → (人,), True; /吨·公里 → (吨·公里,), False."""
    parts = (per[1:],) if per[1:] in PER_MEASURE else tuple(re.split(r"[·•‧/]", per[1:]))
    things = tuple(part for part in parts if part not in PER_TIME)
    return things, len(things) < len(parts)
