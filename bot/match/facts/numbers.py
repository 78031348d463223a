"""Numbers as people say them: 3.2亿, 5000多万, 1.2个亿, 两万七, 一千二百万, 1200w, 500-800万, US$160 million, 2.9%, 八年.

Years (2025), dates, ranks (前100) and numbers that name something (第二次, A类, 9710) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from bot.match.facts.speech.nearness import falls_short, one_digit_less
from bot.match.facts.words import lowered
from ingest.facts.measures import BASE
from ingest.facts.numerals import IN_CHARACTERS, MOST_DIGITS, WITH_DIGITS, of_characters, value_of
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

MONEY = "money"
_YEAR = r"(?:19|20)\d\d"
_GOES_ON = (
    r"\s?(?:万|亿|千|百|元|块|人|名|个|户|吨|亩|平|件|项|台|辆|间|张|多|余|%|w\b|美|yuan|rmb|usd|million|billion|people|employees|"
    r"staff|workers|square)|[\d.,]\d"
)
_YEARS = re.compile(
    rf"(?<![\d.,]){_YEAR}(?:\s?[年届](?:\s?\d{{1,2}}\s?月(?:份|底|末)?(?:\s?\d{{1,2}}\s?[日号])?)?|[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?(?!\d)|(?!{_GOES_ON}))"
    r"|(?<![\d个])\d{1,2}\s?月(?:份|底|末|\s?\d{1,2}\s?[日号])?(?!\d)"
    r"|[今去前明后每当本]年|近年|[今本上下]个?月|(?:排名)?前\s?\d+|第\s?[\d一二三四五六七八九十]+|[一二三四五六七八九]类"
)
_SCALES = {"thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_ENGLISH_WORDS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split(),
        1,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 100}
_ENGLISH = rf"(?<![a-z])(?:{'|'.join(sorted(_ENGLISH_WORDS, key=len, reverse=True))})(?![a-z])"
_BARE_SCALE = r"(?<![一二三四五六七八九十百千万两几数\d])(?:上)?(?:千万|百万|十万)"
_SHORT_DIGITS = r"(?<![\d.])\d{1,4}[万亿]\d(?![\d.,%千百十万亿元人])"  # 2万5
_ABOUT = r"(?:一[二两]|[二两]三|三四|四五|五六|六七|七八|八九)[十百千万亿]+"  # 三四百万 counts from below
_POWER = r"(?<![\d.a-z])\d{1,15}(?:\.\d{1,15})?e\+?\d{1,6}(?![\da-z])"  # 1e6
_HIGHEST_POWER = 15
BEYOND_ALL = Decimal(10) ** 30  # of a figure too long to be read: no bound reaches so far
_ONE = rf"(?:{_POWER}|{_ABOUT}|{_SHORT_DIGITS}|{WITH_DIGITS}|{IN_CHARACTERS}|{_ENGLISH}|{_BARE_SCALE})"
_SCALE = (
    r"(?:\s?(?:thousand|million|billion|bn|mn)(?![a-z])|(?:k|m)(?![a-z0-9])|w(?![a-z0-9])|\s?个?多?(?:亿|万)(?!\d))"
)
_SIGN = r"(?:rmb|cny|人民币|us\$|usd|\$|¥|￥|€|eur|hk\$|hkd)\s?"
_YEAR_REACHES = 40  # characters behind a year that its numbers stand in
_LONGEST_WORD = 8  # characters of a word that begins as a number (一些, 十百千)
_RANGE = r"\s?(?:——|[—–\-~～至到]|to)\s?"


@dataclass(frozen=True, slots=True)
class Number:
    """A number said: its value in the base of ``unit`` (money in 元 or 美元), its sort as in ``asker_speech.toml``."""

    start: int
    end: int
    value: Decimal
    sort: str  # "money", "people", "%" …; empty: a bare number
    unit: str  # as conditions have it: 元, 美元, %, 年 …
    note: str = ""  # how the value was taken where more was said (不到, a range)
    upto: Decimal | None = None  # the largest it may be: 七八个人, 500—800万, 一个多亿
    year: int | None = None
    monthly: bool = False
    negative: bool = False

    def times(self, factor: int) -> Number:
        """So many times the number, of a range both ends."""
        return replace(self, value=self.value * factor, upto=None if self.upto is None else self.upto * factor)


@cache
def _unit_pattern() -> str:
    speech = asker_speech()
    units = [lowered(word) for words in (*speech.units.values(), *speech.money.values()) for word in words]
    return any_of(units)


@cache
def _few() -> str:
    """七八 of 七八个人, which is no 78."""
    words = asker_speech()
    return rf"{any_of(words.hedges.few)}(?=\s?{any_of(words.talent.counters)})"


@cache
def _quantity() -> re.Pattern[str]:
    unit = _unit_pattern()

    def more(name: str) -> str:
        return rf"\s?(?P<{name}>多|来|余|几|出头)?\s?"

    return re.compile(
        rf"(?P<neg>(?:(?<![\da-z%元万亿年月日])[-−]|负|(?<![a-z])(?:minus|negative)(?=\s\d))\s?)?(?P<sign>{_SIGN})?(?P<cent>百分之)?(?:(?P<a>{_ONE})(?P<ascale>{_SCALE})?(?P<aunit>{unit})?{_RANGE}(?:{_SIGN})?)?"
        rf"(?P<b>{_few()}|{_ONE}){more('more')}(?P<scale>{_SCALE})?{more('over')}[\s-]?(?P<unit>{unit})?"
    )


_BEGINS = re.compile(
    r"(?<![\d.])[\d]|[一二两三四五六七八九十]|零(?=点)|[-−](?=\d)|负(?=\d)|(?:minus|negative)(?=\s\d)|[¥￥$€](?=\s?\d)|(?<![a-z])(?:rmb|cny|us\$|usd|eur|hk)|人(?=民币)"
    r"|(?<![a-z])[ofstena](?=[a-z])|[上千百十](?=[千百十]?万)|百(?=分之)"
)
_WORD_LIKE = re.compile(
    r"一(?:些|直|起|家|般|样|定|共|线|次|类|流|级|下|块|条|种|项|所|间|个(?!多?亿|多?万|月)|位|名|站|带|路|并|旦|边|把|点|款|批|套|名|把|手|等|体|致|向)|"
    r"三(?:甲|农|牧|线|方|维)|二(?:期|本|手|级|次)|双|四(?:线)|五险|十分|百分|千(?:瓦|克|里)(?!伏)|万(?:一|能|人计划)|两(?:个|家|种|地|边|院)"
)


def numbers_in(text: str) -> Iterator[Number]:
    """The numbers of a prepared text, in their order."""
    years = [(match.start(), match.end(), match[0]) for match in _YEARS.finditer(text)]
    open_text = _blanked(text, years).replace("千伏", "kv").replace("千瓦", "kw")  # or 110千 would be read
    position = passed = 0
    year: tuple[int, int] | None = None  # the last one said, and where it ends
    while place := _BEGINS.search(open_text, position):
        match = _quantity().match(open_text, place.start())
        number = _number(text, match) if match else None
        # a long run that is no number is passed over, so that it is read once
        skip = match.end() if match and (number or match.end() - match.start() > _LONGEST_WORD) else 0
        position = max(skip, place.start() + 1)
        while passed < len(years) and years[passed][1] <= place.start():
            year = _year_of(years[passed]) or year
            passed += 1
        if number:
            number = _with_months(open_text, number)
            position = max(position, number.end)
            near = year is not None and number.start <= year[1] + _YEAR_REACHES
            yield replace(number, year=year[0]) if year is not None and near else number


@cache
def _odd_months() -> re.Pattern[str]:
    """The rest of 2年半, 两年零三个月, 3年2个月."""
    words = asker_speech().hedges
    return re.compile(
        rf"\s?(?:(?P<half>{any_of(words.half)})|{any_of(words.odd)}?\s?(?P<n>\d{{1,2}}|[一二两三四五六七八九十]+)\s?{any_of(words.of_months)})"
    )


def _with_months(text: str, number: Number) -> Number:
    """A number of years with the months behind it; exact, so that it is whole again in months."""
    rest = _odd_months().match(text, number.end) if number.sort == "years" and number.upto is None else None
    if rest is None:
        return number
    months = Decimal(6) if rest["half"] else value_of(rest["n"]) or Decimal(0)
    return replace(number, value=number.value + months / 12, end=rest.end())


def _year_of(said: tuple[int, int, str]) -> tuple[int, int] | None:
    return (int(said[2][:4]), said[1]) if re.match(_YEAR, said[2]) else None


def years_in(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The years printed in a piece, each with where it begins."""
    found = re.compile(rf"(?<![\d.,]){_YEAR}(?!{_GOES_ON})(?!\d)").finditer(text, start, end)
    return tuple((int(match[0]), match.start()) for match in found)


def _blanked(text: str, spans: list[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    position = 0
    for start, end, _ in spans:
        parts += (text[position:start], "\0" * (end - start))
        position = end
    return "".join([*parts, text[position:]])


def _number(text: str, match: re.Match[str]) -> Number | None:
    if not (match["sign"] or match["unit"] or match["scale"]) and _WORD_LIKE.match(text, match.start("b")):
        return None
    counted = match["unit"] in _TIMES or (match["b"] == "两" and match["unit"] in asker_speech().units["people"])
    if _WORD_LIKE.match(text, match.start("b")) and not counted and not match["scale"]:
        return None
    upper = _value(match["b"], match["scale"])
    lower = _value(*_of_range(match)) if match["a"] else None
    if upper is None or (match["a"] and (lower is None or lower >= upper)):
        return None
    value, note = _hedged(text, match, lower if lower is not None else upper, lower, upper)
    upto = upper if lower is not None else _upto(match, value)
    sort, unit = _sort(match)
    if match["unit"] == _TENTHS:  # 九成 is 90%
        if text[match.end() : match.end() + 1] in asker_speech().hedges.no_tenths:
            return None
        value, upto = value * 10, None if upto is None else upto * 10
    start = match.start()
    while start < match.end() and text[start].isspace():
        start += 1
    monthly = (
        re.match(r"\s?(?:/月|每月|一个月|a month|per month|monthly)", text[match.end() : match.end() + 12]) is not None
    )
    return Number(start, match.end(), value, sort, unit, note, upto, None, monthly, bool(match["neg"]))


_TENTHS = "成"
_NEARLY_NEXT = Decimal("0.9")  # 二十多 reaches up to 29, 一个多亿 to 1.9亿


def _upto(match: re.Match[str], value: Decimal) -> Decimal | None:
    """The largest number that words leave room for: 三四百万 to 400万, 二十多 to 29; None for a plain one."""
    printed = match["b"].strip()
    if re.fullmatch(_ABOUT, printed) or re.fullmatch(any_of(asker_speech().hedges.few), printed):
        last = of_characters(printed[1:])
        return None if last is None else last * _factor(match["scale"])
    said = {match["more"], match["over"], "多" if "多" in (match["scale"] or "") else None}
    plain = _value(printed, None)
    if not said & set(asker_speech().hedges.more) or not plain or value <= 0:
        return None
    exponent = plain.normalize().as_tuple().exponent
    step = Decimal(10) ** int(exponent) if isinstance(exponent, int) else Decimal(1)
    return (plain + step * _NEARLY_NEXT) * _factor(match["scale"])


_TIMES = ("年", "岁", "周岁", "个月", "月")


def _value(printed: str, scale: str | None) -> Decimal | None:
    """两万七 → 27000, 1.2 with 亿 → 120000000, four → 4; None for what is no number."""
    printed = printed.strip()
    if printed in _ENGLISH_WORDS:
        value: Decimal | None = Decimal(_ENGLISH_WORDS[printed])
    elif printed.lstrip("上") in ("千万", "百万", "十万"):
        value = of_characters(f"一{printed.lstrip('上')}")
    elif re.fullmatch(_ABOUT, printed) or re.fullmatch(any_of(asker_speech().hedges.few), printed):
        value = of_characters(printed[0] + printed[2:])
    elif re.fullmatch(_SHORT_DIGITS, printed):
        head = value_of(printed[:-1])
        value = None if head is None else head + int(printed[-1]) * _TENTH[printed[-2]]
    elif re.fullmatch(_POWER, printed):
        value = Decimal(printed) if int(printed.split("e")[1]) <= _HIGHEST_POWER else BEYOND_ALL
    elif printed[0].isdigit():
        value = value_of(printed) if len(printed) <= MOST_DIGITS else BEYOND_ALL
    else:
        value = _colloquial(printed)
    factor = _factor(scale)
    return None if value is None else value * factor


def _of_range(match: re.Match[str]) -> tuple[str, str | None]:
    """The lower number of a range and its scale; in 500-800万 the scale is printed once."""
    lower, scale = match["a"], match["ascale"]
    if scale or match["aunit"] or not lower[-1].isdigit():
        return lower, scale
    shared = re.search(r"[百千万亿]+$", match["b"])
    return lower + shared[0] if shared else lower, match["scale"]


def _factor(scale: str | None) -> int:
    printed = (scale or "").strip().lstrip("个多")
    if printed in _SCALES:
        return _SCALES[printed]
    return {"": 1, "w": 10**4, "万": 10**4, "亿": 10**8}[printed]


_SHORT = re.compile(r"(?P<head>.*(?P<power>[百千万亿]))(?P<tail>[一二三四五六七八九])")
_TENTH = {"百": 10, "千": 100, "万": 1000, "亿": 10**7}


def _colloquial(printed: str) -> Decimal | None:
    """两万七 is 27000 and 一百二 is 120: the last digit counts in tenths of the power before it."""
    if short := _SHORT.fullmatch(printed):
        head = of_characters(short["head"])
        tail = of_characters(short["tail"])
        return None if head is None or tail is None else head + tail * _TENTH[short["power"]]
    return of_characters(printed)


def _hedged(
    text: str, match: re.Match[str], value: Decimal, lower: Decimal | None, upper: Decimal
) -> tuple[Decimal, str]:
    """The value that is compared, and what was said of it: a range counts from below, 不到30 is 29."""
    said = text[match.start() : match.end()].strip()
    if lower is not None:
        return value, said
    before = text[max(0, match.start() - 12) : match.start()].rstrip()
    for word in asker_speech().hedges.below:
        if before.endswith(word):
            return _just_below(upper, match["b"]), f"{word}{said}"
    if short := falls_short(text, match.start("b"), match.end(), match["unit"]):
        return one_digit_less(upper), short
    return value, ""


def _just_below(value: Decimal, printed: str) -> Decimal:
    """One less in the last digit that is printed: 30 → 29, 3% → 2.9, 300万 → 299万."""
    digits = printed.rstrip("万亿千百十")
    if not digits or not digits[0].isdigit():
        return value - 1 if value > 1 else value
    number = Decimal(digits.replace(",", ""))
    small = Decimal("0.1") if number < 10 else Decimal(1)
    return value - small * (value / number) if number else value


def _sort(match: re.Match[str]) -> tuple[str, str]:
    """The sort of a number and its unit as conditions have it; a bare 万 or 亿 is money."""
    sign, unit = (match["sign"] or "").strip(), match["unit"] or ""
    if match["cent"]:  # 百分之五
        return "%", "%"
    if sign in _FOREIGN_SIGNS:
        return MONEY, _FOREIGN_SIGNS[sign]
    known = _sorts().get(unit)
    if known is not None and (known[0] == MONEY or not sign):
        return known
    scaled = match["scale"] or re.search("[万亿]", match["b"])
    return (MONEY, "元") if sign or scaled else ("", "")


_FOREIGN_SIGNS = {"us$": "美元", "usd": "美元", "$": "美元", "€": "欧元", "eur": "欧元", "hk$": "港元", "hkd": "港元"}


@cache
def _sorts() -> Mapping[str, tuple[str, str]]:
    """Printed unit → sort and unit; money first, and of sorts that share a unit the first."""
    speech = asker_speech()
    found: dict[str, tuple[str, str]] = {}
    for currency, words in speech.money.items():
        for word in map(lowered, words):
            found.setdefault(word, (MONEY, word if currency == "others" else currency))
    for sort, words in speech.units.items():
        for word in map(lowered, words):
            found.setdefault(word, (sort, _BASE.get(sort) or speech.units_written.get(word) or BASE.get(word, word)))
    return found


_BASE = {
    "years": "年",
    "months": "月",
    "years_old": "岁",
    "people": "人",
    "%": "%",
    "volts": "千伏",
    "rooms": "间",
    "beds": "张",
    "vehicles": "辆",
}
