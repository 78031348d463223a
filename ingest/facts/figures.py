"""The numbers of a text that carry meaning: amounts, ratios, durations, dates, counts, sizes.

Numbers that only name something are left out: clause numbers, 文号, titles in 《》, 十四五, 一带一路, 一次性, 四科.
The scan goes from the most to the least particular shape (dates, ratios, ranks, quantities); what one shape has
taken is struck out for the next, so no character belongs to two figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.facts import measures
from ingest.facts.calendar_words import is_day
from ingest.facts.english_figures import find_english
from ingest.facts.figure_context import with_context
from ingest.facts.figure_identity import canonical, same_figure, supports
from ingest.facts.numerals import ARABIC, IN_CHARACTERS, MULTIPLIER, NUMBER, WITH_DIGITS, narrow, value_of
from ingest.facts.ratios import find_ratios
from ingest.facts.scanning import STRUCK, beginning, first_match, matches, struck_out
from ingest.facts.small_change import find_small_change, is_score
from ingest.types import Bound, Figure, Span

__all__ = ["canonical", "find_figures", "same_figure", "supports"]

DATE = "日期"
CELL_BREAK = "\t"  # between two cells of a table row
_RANGE = r"(?:——|[—–\-－~～至到])"
_YEAR = r"(?:19|20)\d\d"
LONGEST_ROW = 32  # digits, points and commas in a row; a longer one is a code

# What is printed with digits and is no figure.
_NO_FIGURE = re.compile(
    r"《[^《》]{0,120}》"
    # 国发〔2023〕11号, 财税(2011)58 号, 公告 2020 年第 23 号, 令2019年第2号, 第 12 号
    rf"|[〔\[（(]\s?{_YEAR}\s?[〕\]）)]\s?第?\s?\d+\s?号"
    rf"|(?:公告|令|通告|决定|通知|文件)\s?{_YEAR}\s?年\s?第\s?\d+\s?号"
    rf"|第\s?{NUMBER}\s?(?:条|款|项|章|节|编|篇|届|号|批|版|次|部分|师|周)"
    rf"|{_YEAR}\s?年\s?版"
    # 5G, 2B, B2B, G306, 4+8+N, 2.0 版
    r"|(?<!\d)\d++(?:\.\d++)?\s?[GBCDO](?![A-Za-z%])|(?!m[23](?!\d))[A-Za-z]\d++[A-Za-z]*+|(?<!\d)\d++(?:\+[\dA-Z]++)++"
    r"|(?<![\d.])\d++\.\d++\s?版"
    rf"|(?<!\d)\d[\d.,]{{{LONGEST_ROW},}}+"
    # 一次性, 一等奖, 一级, 三类: an order or an idiom
    rf"|{IN_CHARACTERS}(?:次性|等奖|带一路|位数|心一意|元化|元论|人一策)"
)
# A row of digits is read from its first one on; a year may also stand behind another digit.
_DIGIT_BEGINS = ((r"\d", r"(?<!\d\d)"), ("12", r"(?=[09]\d\d)"))
_NUMERAL = "一二两三四五六七八九十"
_MORE_OF_A_NUMBER = "〇零一二两三四五六七八九十百千万亿点"
# 一 is mostly no number (一般, 统一): it is looked at only before more of one, or before what is counted or named by it.
_NAMED_BY = (
    (_NUMERAL, f"(?=[{_MORE_OF_A_NUMBER}次等带位心元人])"),
    ("零", "(?=点)"),
    ("A-Za-z", r"(?=\d)"),
    *_DIGIT_BEGINS,
)
_NO_FIGURE_BEGINS = beginning(("《第", ""), *_NAMED_BY)
_NO_FIGURE_BEGINS_WITH_NUMBERED = beginning((r"《〔\[（(公令通决文第", ""), *_NAMED_BY)  # where 号 is printed
# 1. 12． （3） ① at the start of the text or of a sentence inside it. "2.03 亿吨" is no label, "2.2025 年" has one.
_LABEL = re.compile(
    rf"(?:^|(?<=[。；;）)〕\n{STRUCK}]))\s*(?:[（(]\d{{1,2}}[）)]|\d{{1,3}}[.．、](?=\s|\D|{_YEAR}\s?年))"
)
_LABEL_BEGINS = re.compile(
    rf"[\s（(\d](?<![^。；;）)〕\n{STRUCK}].)", re.DOTALL
)  # looked back for only where it may be

_DATE = re.compile(
    rf"(?P<y>{_YEAR})\s?年\s?(?P<m>\d{{1,2}})\s?月(?:份|底|末)?(?:\s?(?P<d>\d{{1,2}})\s?日)?"
    rf"|(?P<iso>{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}})(?!\d)"
    rf"|(?P<y1>{_YEAR})\s?年?\s?{_RANGE}\s?(?P<y2>{_YEAR})\s?年"
    rf"|(?P<only>{_YEAR})\s?年(?:底|末|初)?"
    r"|(?P<hy>[一二][〇零九][〇零一二三四五六七八九]{2})年"
    r"(?:(?P<hm>十[一二]?|[一二三四五六七八九])月(?:(?P<hd>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日)?)?"
    r"|(?<![\d.个/])(?P<m2>\d{1,2})\s?月(?:份|底|末)?(?:\s?(?P<d2>\d{1,2})\s?日)?(?![\d·])"
)
_DATE_BEGINS = beginning(("一二", "(?=[〇零九])"), *_DIGIT_BEGINS)
# 前 100 名, 第 20 位, 世界 500 强: the number is a place in a ranking. 第 1 年 is a place in time.
_RANK = re.compile(
    rf"前\s?(?P<top>{NUMBER})\s?(?P<unit>名|位|强|个|项)|第\s?(?P<place>{NUMBER})\s?(?P<of>位|名|年)(?!度|以|之)"
)
_QUANTITY = re.compile(
    rf"(?P<sign>人民币|[¥￥$])?\s?(?P<a>{NUMBER})\s?(?P<more>[多余])?\s?(?P<aunit>{measures.UNIT})?(?P<aper>{measures.PER})?"
    rf"\s?{_RANGE}\s?(?P<b>{NUMBER})\s?(?P<bunit>{measures.UNIT})(?P<bper>{measures.PER})?"
    rf"|(?P<sign1>人民币|[¥￥$])?\s?(?P<n>{NUMBER})\s?(?P<more1>[多余])?\s?(?P<unit>{measures.UNIT})(?P<per>{measures.PER})?"
)
_QUANTITY_BEGINS = beginning(
    (_NUMERAL, rf"(?=[{_MORE_OF_A_NUMBER}多余\s—–\-－~～至到{measures.FIRST_OF_UNIT}])"),
    ("零", "(?=点)"),
    (r"\d", r"(?<!\d\d)"),
    (r"\s", rf"(?=[\d零{_NUMERAL}])"),
    ("¥￥$", rf"(?=\s?[\d{_NUMERAL}])"),
    ("人", "(?=民币)"),
)
# 30 万补贴, 300 万: money or people, the unit is left out. ¥3000: the sign stands for the unit.
_BARE = re.compile(
    rf"(?P<signed>[¥￥$]|人民币)\s?(?P<s>{WITH_DIGITS})"
    rf"|(?P<a>{WITH_DIGITS})\s?{_RANGE}\s?(?P<b>{ARABIC}\s?{MULTIPLIER})|(?P<n>{ARABIC}\s?{MULTIPLIER}(?:{ARABIC}\s?{MULTIPLIER})*)"
)
_BARE_BEGINS = beginning(("¥￥$", ""), ("人", "(?=民币)"), (r"\d", r"(?<!\d\d)"))
_HALF = re.compile(r"(?<![一二两三四五六七八九十\d过大多])半(?P<unit>年|个月|个小时)(?!度|报)")
# Words behind a bare 万 that say it is money.
_MONEY_FOLLOWS = re.compile(r"\s?(?:的)?(?:一次性)?(?:补贴|奖励|奖补|资助|补助|经费|资金|支持|年薪|贷款|安家)")

# A figure holds one of these, or is written out in English.
_HAS_NUMBER = re.compile(r"[\d一二两三四五六七八九十半]|百分之百|[A-Za-z]{2}")


def find_figures(text: str) -> tuple[Figure, ...]:
    """The figures of ``text`` in the order they stand, each with its bound and period."""
    plain = narrow(text).replace("\t", STRUCK)  # no figure crosses a cell
    if _HAS_NUMBER.search(plain) is None:
        return ()
    text = text.replace(CELL_BREAK, STRUCK)  # no figure, and no word about one, crosses from cell to cell
    begins = _NO_FIGURE_BEGINS_WITH_NUMBERED if "号" in text else _NO_FIGURE_BEGINS
    open_text = struck_out(_NO_FIGURE, begins, plain)
    open_text = struck_out(_LABEL, _LABEL_BEGINS, open_text)
    open_text = _without_impossible_days(open_text)
    if _HAS_NUMBER.search(open_text) is None:
        return ()
    found: list[Figure] = []
    taken = bytearray(len(text))
    for scan, cue in _SCANS:
        if cue.search(open_text) is None:
            continue
        new: list[Figure] = []
        for figure in scan(open_text):
            span = figure.span
            if STRUCK not in open_text[span.start : span.end] and 1 not in taken[span.start : span.end]:
                new.append(figure)
                taken[span.start : span.end] = bytes([1]) * len(span)
        open_text = _without(open_text, [figure.span for figure in new])
        found += new
    found.sort(key=lambda figure: figure.span)
    return with_context(text, found)


def _without(text: str, spans: Sequence[Span]) -> str:
    """``text`` with these spans struck out."""
    parts: list[str] = []
    position = 0
    for span in sorted(spans, key=lambda span: span.start):
        parts += (text[position : span.start], STRUCK * len(span))
        position = span.end
    return "".join([*parts, text[position:]]) if parts else text


def _without_impossible_days(text: str) -> str:
    """``text`` with 2025年2月31日 and 2025年13月 struck out: no day, and 2025年 alone would read as so many years."""
    if "月" not in text:
        return text
    none = [m for m in matches(_DATE, _DATE_BEGINS, text) if not m["iso"] and _date_value(m) is None]
    return _without(text, [Span(match.start(), match.end()) for match in none])


def _figure(
    text: str, start: int, end: int, value: Decimal, unit: str, upper: Decimal | None = None, period: str | None = None
) -> Figure:
    """A figure whose text is what is printed; the caller's text is put in by :func:`with_context`."""
    while start < end and text[start].isspace():
        start += 1
    return Figure(text[start:end], Span(start, end), value, unit, upper, Bound.EXACT, period)


def _dates(text: str) -> Iterator[Figure]:
    for match in matches(_DATE, _DATE_BEGINS, text):
        value = _date_value(match)
        if value is not None:
            upper = Decimal(int(match["y2"]) * 10000) if match["y2"] else None
            yield _figure(text, match.start(), match.end(), Decimal(value), DATE, upper)


def _date_value(match: re.Match[str]) -> int | None:
    """yyyymmdd, with 0 for what is not printed; None when no day of that number can be."""
    if match["iso"]:
        year, month, day = (int(part) for part in re.split(r"[-/.]", match["iso"]))
    elif match["hy"]:
        year, month, day = (int(value_of(match[part]) or 0) if match[part] else 0 for part in ("hy", "hm", "hd"))
    else:
        year = int(match["y"] or match["y1"] or match["only"] or 0)
        month = int(match["m"] or match["m2"] or 0)
        day = int(match["d"] or match["d2"] or 0)
    if not (year or month) or (month and not is_day(year, month, day)):
        return None
    return year * 10000 + month * 100 + day


def _ranks(text: str) -> Iterator[Figure]:
    for match in _RANK.finditer(text):
        value = value_of(match["top"] or match["place"])
        if value is None:
            continue
        unit = f"前…{match['unit']}" if match["top"] else f"第…{match['of']}"
        yield _figure(text, match.start(), match.end(), value, unit)


def _quantities(text: str) -> Iterator[Figure]:
    position = 0
    while match := first_match(_QUANTITY, _QUANTITY_BEGINS, text, position):
        figure = _range(text, match) if match["a"] else _single(text, match)
        if figure is None and match["a"]:
            # 10 家到 2025 年 is no range: the first number is read for itself.
            alone = _QUANTITY.search(text, match.start(), match.start("b"))
            figure = _single(text, alone) if alone and alone["n"] else None
            position = alone.end() if alone and alone["n"] else match.start("b")
        else:
            position = match.end()
        position = max(position, match.start() + 1)
        if figure is not None:
            yield figure


def _single(text: str, match: re.Match[str]) -> Figure | None:
    number, unit = match["n"], match["unit"]
    value = value_of(number)
    if value is None or not _means_a_quantity(text, match.start("n"), match.end(), number, value, unit):
        return None
    return _figure(text, match.start(), match.end(), value, *_unit_and_period(unit, match["per"], None))


def _range(text: str, match: re.Match[str]) -> Figure | None:
    low, high = value_of(match["a"]), value_of(match["b"])
    unit = match["bunit"]
    if low is None or high is None or not _starts_here(text, match.start("a")):
        return None
    if not _means_a_quantity(text, match.start("b"), match.end(), match["b"], high, unit):
        return None  # 一至四类 is an order, no range
    if match["aunit"] and measures.BASE[match["aunit"]] != measures.BASE[unit]:
        return None
    shared = re.search(rf"(?P<digits>{ARABIC})\s?(?P<scale>{MULTIPLIER})$", match["b"])
    if shared and not match["aunit"] and match["a"][-1].isdigit() and low < Decimal(shared["digits"].replace(",", "")):
        # 20-25 万元: the multiplier is printed once for both.
        low = value_of(match["a"] + shared["scale"]) or low
    if low >= high:
        return None
    return _figure(text, match.start(), match.end(), low, *_unit_and_period(unit, match["bper"] or match["aper"], high))


def _unit_and_period(unit: str, per: str | None, upper: Decimal | None) -> tuple[str, Decimal | None, str | None]:
    """元/亩 is a unit of its own; 元/月 and 元/人·月 are 元 with a period, 元/平方米·月 is both."""
    base = measures.BASE[unit]
    if not per:
        return base, upper, None
    printed = re.sub(r"\s", "", per)
    things, period = measures.divisors_of(printed)
    if not period:
        return base + printed, upper, None
    measure = next((f"/{thing}" for thing in things if thing in measures.PER_MEASURE), "")
    return base + measure, upper, printed


def _starts_here(text: str, start: int) -> bool:
    """False when the number is the tail of a longer one or of a name, or is vague (数百万元)."""
    return not re.search(r"(?:[A-Za-z_\d.]|[数几]|第\s?)$", text[max(0, start - 2) : start])


def _means_a_quantity(text: str, start: int, end: int, number: str, value: Decimal, unit: str) -> bool:
    if not _starts_here(text, start):
        return False
    if number[0].isascii():
        if measures.BASE[unit] == "分":
            return is_score(text, start, number)
        return not (unit == "元" and re.match(r"[一-鿿]化", text[end : end + 2]))
    if unit not in measures.CHARACTER_UNITS or (unit in measures.NEEDS_TWO and value < 2):
        return False
    if unit in measures.MONEY:  # 三元, 多元 are chemistry and idiom; 三万元 and 一点五元 are money
        return bool(re.search(r"[十百千万亿点]", number))
    if unit == "分":
        return is_score(text, start, number)
    # 三年 yes; 一人一策, 一年一度, "10 分钟医疗圈" in characters and short names in quotes (“三年行动”) no.
    following = text[end : end + 2]
    return not (following.startswith(("一", "级", "度")) or _in_short_quotes(text, start, end))


def _in_short_quotes(text: str, start: int, end: int) -> bool:
    longest_name = 12  # “两代表一委员”, “一刻钟养老服务圈”
    before, after = text.rfind("“", max(0, start - longest_name), start), text.find("”", end, end + longest_name)
    return before >= 0 and after >= 0 and "”" not in text[before:start] and after - before <= longest_name


def _halves(text: str) -> Iterator[Figure]:
    for match in _HALF.finditer(text):
        yield _figure(text, match.start(), match.end(), Decimal("0.5"), measures.BASE[match["unit"]])


def _bare(text: str) -> Iterator[Figure]:
    for match in matches(_BARE, _BARE_BEGINS, text):
        if not _starts_here(text, match.start()):
            continue
        if match["signed"]:
            value, unit = value_of(match["s"]), "美元" if match["signed"] == "$" else "元"
            upper = None
        else:
            value, upper = value_of(match["n"] or match["a"]), value_of(match["b"] or "")
            unit = "元" if _MONEY_FOLLOWS.match(text, match.end()) else ""
        if value is not None and (upper is None or upper > value):
            yield _figure(text, match.start(), match.end(), value, unit, upper)


# Every scan and what a text must hold for it to find anything.
_SCANS = (
    (find_english, re.compile(r"[A-Za-z]{2}")),
    (_dates, re.compile(r"\d\s?[年月]|\d[-/.]\d|[一二][〇零九]")),
    (find_ratios, re.compile(r"分之|[:：成折]")),
    (_ranks, re.compile(r"[前第]")),
    (find_small_change, re.compile(r"[角毛分]")),
    (_quantities, _QUANTITY_BEGINS),
    (_halves, re.compile(r"半")),
    (_bare, re.compile(r"\d")),
)
