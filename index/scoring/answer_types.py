"""What sort of thing a question asks for, and which clauses say a thing of that sort.

"多少钱" asks for an amount, and the clause that only names the subject does not answer it; the one with a figure may.
Read off the signs of the question and off the typed facts of a clause, never off single topics.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntFlag, auto

from ingest.normalise import search_form
from ingest.types import Clause, Role


class Sort(IntFlag):
    """Sorts of things asked for and said; a question and a clause may be of several."""

    NOTHING = 0
    AMOUNT = auto()  # money or a share
    OFFICE = auto()  # a department or who is in charge
    TIME = auto()  # a day, a term, how long
    CLASS = auto()  # which class of people somebody belongs to


# Matched against the search form of the question: simplified, lower case.
_ASKED: Mapping[Sort, re.Pattern[str]] = {
    Sort.AMOUNT: re.compile(
        r"多少|几多|金额|多大|几成|几倍|几个点|比例|税率|费率|价格|价钱|[什啥]么?价|几毛|几块|几万|怎么算|封顶|上限|能拿到?什么|"
        r"how (?:much|many|big|large)|what (?:rate|percentage|amount|share|salary|reward|tax)|tariff|price|cost|\bcap\b|amount"
    ),
    Sort.OFFICE: re.compile(
        r"(?:哪|什么|啥)(?:个|些|几个|家|一家)?(?:政府)?(?:部门|单位|厅局|机构|厅|局|科室)|"
        r"谁(?:来)?(?:负责|管|解释|受理|牵头|定|批|拍板|出)|找谁|归谁|由谁|牵头|责任单位|去哪(?:儿|里)?(?:申请|办|报)|"
        r"(?:which|what) (?:body|bodies|departments?|office|agency|agencies|authority|authorities|bureau)|"
        r"who (?:is in charge|handles|leads|interprets|is responsible)"
    ),
    Sort.TIME: re.compile(
        r"什么时候|啥时候|何时|多久|多长|几年|几个月|哪一?年|哪一?天|几号|期限|截止|有效期|时限|最长|到期|过期|失效|作废|废止|"
        r"还(?:能|可以|有效|算数|享受|适用|管用|来得及)|来得及|"
        r"\bwhen\b|how long|until|deadline|duration|which year|what date|effective|take effect|expire|in force|still valid"
    ),
    Sort.CLASS: re.compile(
        r"几类|哪(?:一|个)?类|什么类|第几|哪一?(?:档|层次)|什么(?:档|层次)|算.{0,6}人才|which (?:class|category|tier|talent)"
    ),
}
_MONEY_OR_SHARE = ("元", "%")
_TIMES = frozenset({"日期", "年", "月", "日", "天", "个月"})
_IN_CHARGE = re.compile(r"负责|牵头|主管部门|会同")


def sorts_asked(text: str) -> Sort:
    """The sorts of things that ``text`` asks for, in Chinese or English; NOTHING where no sign of one stands."""
    plain = search_form(text)
    asked = Sort.NOTHING
    for sort, pattern in _ASKED.items():
        if pattern.search(plain):
            asked |= sort
    return asked


def sorts_said(clause: Clause) -> Sort:
    """The sorts of things that a clause says."""
    said = Sort.NOTHING
    units = {figure.unit for figure in clause.figures}
    if any(part in unit for unit in units for part in _MONEY_OR_SHARE):
        said |= Sort.AMOUNT
    if units & _TIMES:
        said |= Sort.TIME
    if clause.departments or _IN_CHARGE.search(clause.text):
        said |= Sort.OFFICE
    if clause.role is Role.CATALOGUE:
        said |= Sort.CLASS
    return said
