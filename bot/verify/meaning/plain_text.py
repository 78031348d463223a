"""Text in which every number is written so that it can be read: ⑤⓪⓪万 as 500万, half a million as 500000."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from bot.verify.meaning.vocabulary import pattern

_MARK = re.compile(r"\s*[\[［]\d{1,3}[\]］]")
# Circled and raised digits are numbers only beside a number, a unit or each other: ① alone opens a part.
_ODD_DIGIT = "".join(chr(code) for code in range(0x80, 0x3400) if unicodedata.category(chr(code)) in ("No", "Nl"))
_ODD_RUN = re.compile(
    rf"[{_ODD_DIGIT}][{_ODD_DIGIT}\d]*(?=[万亿元%％个千百])|[{_ODD_DIGIT}]{{2,}}|(?<=\d)[{_ODD_DIGIT}]+"
)
_OF_MEASURE = pattern("plain_text", "of_measure")  # 进账1个亿
_EXPONENT = re.compile(r"(?:km|m|cm)[²³]")

_ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_POWERS = {
    "hundred": 100, "thousand": 1000, "lakh": 10**5, "lakhs": 10**5, "million": 10**6, "crore": 10**7, "crores": 10**7,
    "billion": 10**9, "wan": 10**4,
}  # fmt: skip
_WORD = "|".join((*_ONES, *_TENS))
_ANY = rf"(?:{_WORD}|hundred|thousand|million|billion|lakhs?|crores?)"
_SPELT = re.compile(
    rf"\b(?:{_WORD}|a (?=hundred|thousand|million|billion))(?:(?:[\s-]|\sand\s)?{_ANY})*\b(?!-)", re.IGNORECASE
)
_HALF = re.compile(
    r"\b(?:(?P<whole>one|two|three|four|five|\d+) and a half|(?P<half>half an?|half)"
    r"|(?P<quarter>a quarter(?: of an?)?)"
    r"|(?P<threequarters>three quarters(?: of an?)?))\s(?P<power>hundred|thousand|million|billion)",
    re.IGNORECASE,
)
_SCALED = re.compile(r"\b(\d[\d,]*(?:\.\d+)?)\s?(lakhs?|crores?|wan)\b", re.IGNORECASE)
_DOZEN = re.compile(r"\b(?:(?P<some>two|three|half a|a|\d+) )?dozens?(?! of)", re.IGNORECASE)
_FRACTION = re.compile(
    r"\b(?P<n>one|two|three|four|a)[\s-](?P<d>half|third|quarter|fifth|tenth)s?(?=\sof\b|\s?[,.;)]|$)", re.IGNORECASE
)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}


def without_marks(sentence: str) -> str:
    """A sentence without the numbers of its citations: ``[1]``."""
    return _MARK.sub("", sentence)


_FOURTHS = {"四分之一": "25%", "四分之三": "75%", "二分之一": "50%", "五分之一": "20%", "一半": "50%"}


def plain(text: str) -> str:
    """``text`` with every numeral as one that figures are read of. Offsets do not stay."""
    text = _OF_MEASURE.sub(r"\1\2元", _ODD_RUN.sub(_digits, text))
    for words, share in _FOURTHS.items():
        text = text.replace(words, share)
    if not re.search(r"[A-Za-z]{3}", text):
        return text
    if not re.search(r"[\u3400-\u9fff]", text):
        text = re.sub(r"[¥￥]\s?(?=\d)", "RMB ", text)
    text = _HALF.sub(_of_half, text)
    text = _SCALED.sub(_of_scaled, text)
    text = _DOZEN.sub(_of_dozen, text)
    text = _FRACTION.sub(_of_fraction, text)
    return _SPELT.sub(_of_words, text)


def _digits(run: re.Match[str]) -> str:
    if _EXPONENT.search(run.string[max(0, run.start() - 2) : run.end()]):
        return run[0]
    return unicodedata.normalize("NFKC", run[0])


def _of_half(found: re.Match[str]) -> str:
    whole = found["whole"]
    if whole:
        share = Decimal(_ONES.get(whole.lower(), 0) or whole) + Decimal("0.5")
    else:
        share = Decimal("0.5" if found["half"] else "0.25" if found["quarter"] else "0.75")
    return _written(share * _POWERS[found["power"].lower()])


def _of_scaled(found: re.Match[str]) -> str:
    return _written(Decimal(found[1].replace(",", "")) * _POWERS[found[2].lower()])


def _of_dozen(found: re.Match[str]) -> str:
    some = (found["some"] or "a").lower()
    times = {"a": 12, "half a": 6, "two": 24, "three": 36}.get(some)
    return str(times if times is not None else int(some) * 12)


def _of_fraction(found: re.Match[str]) -> str:
    number = {"a": 1}.get(found["n"].lower()) or _ONES[found["n"].lower()]
    parts = _PARTS[found["d"].lower()]
    return f"{_written(Decimal(100 * number) / parts)}%" if 100 * number % parts == 0 else f"{parts}分之{number}"


def _of_words(found: re.Match[str]) -> str:
    words = re.findall(r"[a-z]+", found[0].lower())
    if words == ["one"] or words == ["a"] or words == ["second"]:
        return found[0]  # "one" is mostly no number
    total = section = 0
    for word in words:
        if word in _ONES or word in _TENS:
            section += _ONES.get(word, _TENS.get(word, 0))
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in _POWERS:
            total += (section or 1) * _POWERS[word]
            section = 0
    return str(total + section)


def _written(value: Decimal) -> str:
    return f"{value.normalize():f}"
