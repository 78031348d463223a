"""How Word writes the numbers it counts itself: the formats of ECMA-376 part 1, 17.18.59 (ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FINANCIAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST = 9999  # no policy has more articles; beyond it every format writes decimal


def chinese(number: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """1–9999 in Chinese words: 10 十, 12 十二, 110 一百一十, 1005 一千零五."""
    written = ""
    pending_zero = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            pending_zero = bool(written)
            continue
        written += (digits[0] if pending_zero else "") + digits[digit] + (units[power - 1] if power else "")
        pending_zero = False
    ten = digits[1] + units[0]
    return written.removeprefix(digits[1]) if written.startswith(ten) and units[0] == "十" else written


def _counting(number: int) -> str:
    """In words below 100, digit by digit from there on (一〇〇)."""
    return chinese(number) if number < 100 else _digit_by_digit(number)


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _financial(number: int) -> str:
    return chinese(number, _FINANCIAL, "拾佰仟")


def _letters(number: int) -> str:
    """Single letters up to z, then aa, bb, … as Word repeats them."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _from_block(first: str, count: int) -> Callable[[int], str]:
    """Signs that stand one after another in Unicode; beyond the last one, decimal."""
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _circled(number: int) -> str:
    """① to ⑳, ㉑ to ㉟, ㊱ to ㊿."""
    for first, sign, count in ((1, "①", 20), (21, "㉑", 15), (36, "㊱", 15)):
        if first <= number < first + count:
            return chr(ord(sign) + number - first)
    return str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from_block("⑴", 20),
    "decimalEnclosedFullstop": _from_block("⒈", 20),
    "numberInDash": "- {} -".format,
    "chineseCounting": _counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "chineseLegalSimplified": _financial,
    "ideographLegalTraditional": _financial,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _from_block("㊀", 10),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda number: "",
}


def write_number(number: int, number_format: str) -> str:
    """``number`` as Word prints it; decimal for zero, very large numbers and formats of other languages."""
    if number_format != "none" and not 1 <= number <= LARGEST:
        return str(number)
    return _FORMATS.get(number_format, str)(number)
