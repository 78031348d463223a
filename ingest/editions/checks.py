"""Does an English sentence say what the Chinese one prints: every figure, date, class, bound, period and negation?

These are signs of an error, looked for by program in every sentence; whether it is good English they do not see.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from ingest.facts.english_figures import MONTHS
from ingest.facts.figures import DATE, find_figures
from ingest.facts.numerals import ARABIC, IN_CHARACTERS, narrow, value_of
from ingest.sentences import Sentence
from ingest.types import Figure
from ingest.vocabulary.editions.same_senses import same_senses, translation_words

_HAN = re.compile(r"[\u3400-\u9fff]")
_IN_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）|《[^《》]*》|“[^“”]*”|\"[^\"]*\"")
_SCALE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_NUMBER = re.compile(rf"({ARABIC})(?:[\s-]?({'|'.join(_SCALE)})\b)?", re.IGNORECASE)
_WORDS: tuple[str, ...] = tuple(
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty"
    ).split()
)
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b(?:[\s-]({'|'.join(_SCALE)})\b)?", re.IGNORECASE)
_ALSO_SAID = {  # words for small numbers that stand for no figure of their own
    1: r"\b(?:an?|once|single|one-\w+|first|each|every|per|annual\w*|monthly)\b",
    2: r"\b(?:double[ds]?|doubling|twice|both|second|two-\w+|bilateral|dual)\b",
    3: r"\b(?:third|triple[ds]?|three-\w+)\b",
    10: r"\b(?:decade|tens)\b",
}
_CHINESE = translation_words()
_FRACTION = re.compile(_CHINESE.fraction)
_FRACTION_SAID = re.compile(r"\b(?:half|halves|third|quarter|fifth|tenth)s?\b", re.IGNORECASE)
_AND_OTHERS = re.compile(_CHINESE.and_others)
_OTHERS_SAID = re.compile(r"\bother", re.IGNORECASE)
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b", re.IGNORECASE)
_ROMAN = re.compile(r"\b([IVX]{1,5})\b")
_ROMANS = {name: number for number, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
_IN_CHARACTERS = re.compile(IN_CHARACTERS)
_LETTERED = re.compile(_CHINESE.lettered)
_NUMBERED = re.compile(_CHINESE.numbered)


def differs(chinese: str, english: str) -> list[Sentence]:
    """What the English says otherwise, the gravest first; empty when no sign of it was found."""
    if not english.strip():
        return [Sentence("ingest.english_is_empty")]
    if _HAN.search(_without_brackets(english)):
        return [Sentence("ingest.english_holds_chinese")]
    figures = find_figures(english)
    said = _numbers_said(english, figures)
    found = [*_figures(chinese, english, figures, said), *_classes(chinese, english, said)]
    for sense in same_senses():
        printed, said = sense.chinese.search(chinese), sense.english.search(english)
        if (printed and not said) or (sense.back and said and not printed):
            found.append(Sentence("ingest.english_without", what=f"{sense.what[0]} / {sense.what[1]}"))
    return found


def _without_brackets(text: str) -> str:
    """The text without what stands in brackets or quotation marks, where an official Chinese name may be given."""
    while (shorter := _IN_BRACKETS.sub(" ", text)) != text:
        text = shorter
    return text


def _figures(chinese: str, english: str, stated: Sequence[Figure], said: Set[Decimal]) -> Iterator[Sentence]:
    """Figures that only one of them has, and amounts given respectively in another order."""
    printed = find_figures(chinese)
    for figure in printed:
        for value in _values(figure):
            if not (value in said or _in_words(value, english) or _said_otherwise(figure, chinese, english, said)):
                yield Sentence("ingest.english_lacks_figure", figure=figure.text.strip())
                return
    known = {value for figure in printed for value in _values(figure)} | _numbers_printed(chinese)
    for figure in stated:
        if any(value not in known for value in _values(figure)):
            yield Sentence("ingest.english_adds_figure", figure=figure.text.strip())
            return
    ours, theirs = _money(printed), _money(stated)
    if re.search(_CHINESE.respectively, chinese) and ours != theirs and Counter(ours) == Counter(theirs):
        yield Sentence("ingest.english_orders_figures")


def _said_otherwise(figure: Figure, chinese: str, english: str, said: Set[Decimal]) -> bool:
    """A fraction in words, or the one of several offices that is named before "and six others"."""
    if _FRACTION.search(figure.text):
        return _FRACTION_SAID.search(english) is not None
    named_before = _AND_OTHERS.search(chinese, 0, figure.span.end) is not None
    return named_before and figure.value - 1 in said and _OTHERS_SAID.search(english) is not None


def _values(figure: Figure) -> list[Decimal]:
    """The numbers a figure is printed with: of a date year, month and day."""
    ends = [figure.value, *([] if figure.upper is None else [figure.upper])]
    if figure.unit != DATE:
        return [end.normalize() for end in ends]
    parts = [part for end in ends for part in (int(end) // 10000, int(end) // 100 % 100, int(end) % 100)]
    return [Decimal(part).normalize() for part in parts if part]


def _numbers_said(english: str, figures: Sequence[Figure]) -> set[Decimal]:
    found = {
        (Decimal(match[1].replace(",", "")) * _SCALE.get((match[2] or "").lower(), 1)).normalize()
        for match in _NUMBER.finditer(english)
    }
    found |= {
        (Decimal(_WORDS.index(match[1].lower())) * _SCALE.get((match[2] or "").lower(), 1)).normalize()
        for match in _WORD.finditer(english)
    }
    found |= {Decimal(MONTHS.index(match[1].lower()) + 1).normalize() for match in _MONTH.finditer(english)}
    for figure in figures:  # RMB 1-3 million: the scale is printed once
        found |= set(_values(figure))
    return found


def stands_in(figure: Figure, chinese: str) -> bool:
    """Whether each number of an English figure is printed in the Chinese, be it no figure there: 百强, 三年行动计划."""
    printed = _numbers_printed(chinese)
    return all(value in printed for value in _values(figure))


def _in_words(value: Decimal, english: str) -> bool:
    said = _ALSO_SAID.get(int(value)) if value == int(value) else None
    return said is not None and re.search(said, english, re.IGNORECASE) is not None


def _numbers_printed(chinese: str) -> set[Decimal]:
    """Every number of the Chinese, whether or not it is a figure: of labels, of document numbers, in characters."""
    plain = narrow(chinese)
    found = {Decimal(match[0].replace(",", "")).normalize() for match in re.finditer(ARABIC, plain)}
    for match in _IN_CHARACTERS.finditer(plain):
        read = value_of(match[0])
        found |= {read.normalize()} if read is not None else set()
    found |= {Decimal(power).normalize() for sign, power in _CHINESE.powers.items() if sign in plain}
    found |= {Decimal(digit) for digit, sign in enumerate(_CHINESE.digits) if sign in plain}
    return found | ({Decimal(2)} if re.search(_CHINESE.twofold, plain) else set())


def _money(figures: Sequence[Figure]) -> list[Decimal]:
    return [value for figure in figures if figure.unit.partition("/")[0] == _CHINESE.money for value in _values(figure)]


def _classes(chinese: str, english: str, said: Set[Decimal]) -> Iterator[Sentence]:
    """Classes by letter or number that the Chinese names and the English does not."""
    for letter in dict.fromkeys(_LETTERED.findall(chinese)):
        if not re.search(rf"(?<![A-Za-z]){letter}(?![a-z])", english):
            yield Sentence("ingest.english_lacks_class", name=letter)
    numbers = said | {Decimal(_ROMANS[name]) for name in _ROMAN.findall(english) if name in _ROMANS}
    for numeral in dict.fromkeys(_NUMBERED.findall(chinese)):
        number = value_of(numeral)
        if number is not None and number not in numbers and not _in_words(number, english):
            yield Sentence("ingest.english_lacks_class", name=numeral)
