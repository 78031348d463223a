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
RATIO = {"%": "%", "‰": "‰", "个百分点": "百分点", "个基点": "基点", "倍": "倍"}
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
MONEY_OR_SHARE = frozenset({"元", "美元", "%", "倍"})
BASE = {**MONEY, **DURATION, **RATIO, **AGE, **COUNT, **MEASURE}

# What may be printed behind a stroke: 元/亩, 元/人·月.
_PER_WHOM = ("架次", "班次", "人次", "人", "家", "户", "件", "项", "套", "台", "辆", "个", "次", "班", "车", "床", "名")
_PER_WHAT = (
    "立方米",
    "平方米",
    "千瓦时",
    "千伏安",
    "平米",
    "公里",
    "千瓦",
    "公顷",
    "标箱",
    "亩",
    "吨",
    "度",
    "㎡",
    "kWh",
    "KWh",
)
PER_TIME = ("工作日", "小时", "学时", "季度", "月", "年", "日", "天", "周")
_DIVISORS = sorted((*_PER_WHOM, *_PER_WHAT, *PER_TIME), key=len, reverse=True)
PER = rf"(?:\s?/\s?(?:{'|'.join(_DIVISORS)})(?:\s?[·•‧/]\s?(?:{'|'.join(PER_TIME)}))?)"

# Units that make a figure of a number written in characters; the rest only with digits.
CHARACTER_UNITS = frozenset(
    {
        *MONEY,
        *DURATION,
        *AGE,
        "%",
        "个百分点",
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


def any_of(table: dict[str, str]) -> str:
    """A regular expression that matches the longest printed unit of a table."""
    return "(?:" + "|".join(re.escape(unit) for unit in sorted(table, key=len, reverse=True)) + ")"


UNIT = any_of(BASE)
