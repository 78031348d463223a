"""What must hold: the words before the verb, read into attributes where the facts in them are known, else kept as text.

A phrase that could not be read as a whole stays as words to check, beside what was read of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ingest.entitlements.rules.grants import Grant, trim
from ingest.entitlements.rules.phrases import ABOUT, TRAILING, phrases
from ingest.entitlements.rules.recipients import nouns
from ingest.entitlements.types import AllOf, AnyOf, Condition, ReadableCondition, TextCondition, leaves
from ingest.facts.figures import find_figures
from ingest.types import Bound, Figure, Span
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.grants import grant_words
from ingest.vocabulary.load import any_of

_WINDOW = 16  # characters before a figure in which its attribute is named
_FEW = 3  # signs left of a phrase that say nothing more
_MONTHS = 12
_OR = re.compile("或者?")
_CLASSES = re.compile(
    r"[A-F](?:\s?类)?(?:[、，和及至—-][A-F](?:\s?类)?)*\s?类|[一二三四五六七八九]类(?:[、和及][一二三四五六七八九]类)*(?=人才|[^，。]{0,6}人才|$)"
)
_GIVER = re.compile(r"\s*由?[^，]{0,14}(?:财政|政府|局|厅|委)\s*$")
_RATE = re.compile(r"^\s*(?:再|可)?按照?|(?:按照?|依照)[^，]{0,60}(?:%|元|比例|标准|额|千分之[一-十])(?:/[^，]{1,6})?$")
_BESIDES = re.compile(r"在?(?:除|享受)[^，]{0,30}(?:外|基础上)")
_NAME = "recognition"
_FUNCTION = re.compile(r"[的对于在且并及和与或者、等，；\s我本市县旗区省新（）()“”]|年度|上年度|企业|单位|项目|人才")
_STRICT = {
    "more_than": re.compile(r"(?:超过|高于|大于|多于)$"),
    "less_than": re.compile(r"(?:低于|不足|小于|少于|不满)$"),
}
_LEVEL_GAP = 10  # characters between a level and the recognition it is of


@dataclass(frozen=True, slots=True)
class _Read:
    span: Span
    condition: ReadableCondition


def conditions_of(grant: Grant, before: AllOf | None = None) -> AllOf:
    """The conditions of a grant, those all gifts of its sentence share first.

    ``before`` are those of the grant before it in its clause: 其中… hangs on them, and 重新认定的 on their recognition.
    """
    text = grant.clause.text
    parts: list[Condition] = []
    if before is not None and text.startswith("其中", grant.words.start):
        parts += before.parts
    for head in reversed(grant.heads):
        for phrase in phrases(text, head):
            parts += read_phrase(text, phrase, grant.clause.figures)
    return AllOf(tuple(dict.fromkeys(_again(parts, before))))


def _again(parts: Sequence[Condition], before: AllOf | None) -> Iterator[Condition]:
    """对重新认定的: of what, is said in the grant before."""
    recognised = [leaf for leaf in leaves(before) if isinstance(leaf, ReadableCondition) and leaf.attribute == _NAME]
    for part in parts:
        if isinstance(part, TextCondition) and recognised and not part.decision:
            timed = list(_times(part.span, Span(0, len(part.span)), recognised[0].words[0]))
            if timed and len(_FUNCTION.sub("", part.span)) <= len(timed[0].span) + 1:
                yield recognised[0]
                yield timed[0].condition
                continue
        yield part


def read_phrase(text: str, phrase: Span, figures: Sequence[Figure]) -> list[Condition]:
    """The conditions in one phrase of a text: what can be read, and the words that have to be checked besides."""
    core = _core(text, phrase)
    words = core.of(text)
    if len(words) <= 1 or _RATE.search(words) or _GIVER.fullmatch(words) or _BESIDES.fullmatch(words):
        return []
    found = list(_readable(text, core, figures))
    conditions = _combined(text, found)
    decided = _decision().search(words) is not None
    if decided or not _says_no_more(text, core, found):
        conditions.append(TextCondition(words, words, decided))
    return conditions


def _combined(text: str, found: Sequence[_Read]) -> list[Condition]:
    """All of what was read of a phrase; several recognitions, or what 或 stands between, are alternatives."""
    if not found:
        return []
    names = dict.fromkeys(read.condition.words[0] for read in found if read.condition.attribute == _NAME)
    if len(names) > 1:
        groups = [AllOf(tuple(_of_name(name, found))) for name in names]
        rest = [read.condition for read in found if not read.condition.attribute.startswith(_NAME)]
        return [AnyOf(tuple(groups)), *rest]
    whole = [read.condition for read in found]
    numbers = [read for read in found if read.condition.numbers]
    if len(numbers) > 1 and _OR.search(text[numbers[0].span.end : numbers[-1].span.start]):
        rest = [condition for condition in whole if not condition.numbers]
        return [AnyOf(tuple(read.condition for read in numbers)), *rest]
    return list(whole)


def _of_name(name: str, found: Sequence[_Read]) -> Iterator[ReadableCondition]:
    for read in found:
        own = read.condition.of if read.condition.attribute != _NAME else read.condition.words[0]
        if read.condition.attribute.startswith(_NAME) and own == name:
            yield read.condition


def when(object_: str, recognised: str | None = None, named: str = "") -> list[ReadableCondition] | None:
    """The conditions that choose a row by its object; None when nothing in it can be read.

    ``recognised`` is the recognition a bare level is of, ``named`` the head of the column, which may name the attribute.
    """
    whole = Span(0, len(object_))
    named = "" if _unread().search(named) else named
    found = [read.condition for read in _readable(object_, whole, find_figures(object_), named)]
    if not found and recognised is not None:
        levels = [(m[0], grant_words().conditions.levels[m[0]]) for m in _levels().finditer(object_)]
        found = [
            ReadableCondition(word, "recognition.level", "in", words=(level,), of=recognised) for word, level in levels
        ]
    return found or None


def _core(text: str, phrase: Span) -> Span:
    about = ABOUT.match(text, phrase.start, phrase.end)
    start = about.end() if about else phrase.start
    end = start + len(TRAILING.sub("", text[start : phrase.end]))
    return trim(text, Span(start, max(start, end)))


def _says_no_more(text: str, core: Span, found: Sequence[_Read]) -> bool:
    """Whether nothing but the recipient and what was read stands in a phrase."""
    known = [read.span for read in found] + [noun.span for noun in nouns(text, core, quoted=True)]
    left = "".join(
        sign for place, sign in enumerate(core.of(text), core.start) if not any(s.start <= place < s.end for s in known)
    )
    return len(_FUNCTION.sub("", left)) < _FEW


def _readable(text: str, within: Span, figures: Sequence[Figure], named: str = "") -> Iterator[_Read]:
    found = [
        *_of_figures(text, within, figures, named),
        *_of_recognitions(text, within),
        *_of_classes(text, within),
        *_of_steps(text, within),
        *_of_words(text, within),
    ]
    hidden = [Span(m.start(), m.end()) for m in _unread().finditer(text, within.start, within.end)]
    kept = [read for read in found if not any(read.span.overlaps(span) for span in hidden)]
    yield from sorted(kept, key=lambda read: read.span)


# ── Figures ────────────────────────────────────────────────────────────────────────────────────


def _of_figures(text: str, within: Span, figures: Sequence[Figure], named: str) -> Iterator[_Read]:
    last = within.start
    inside = [figure for figure in figures if within.contains(figure.span)]
    pair = _pair(text, inside, named)
    if pair is not None:
        yield pair
        return
    for figure in inside:
        before = text[max(last, figure.span.start - _WINDOW) : figure.span.start]
        attribute, start = _attribute(before or named)
        read = _compared(figure, attribute, before) if attribute else None
        if read is not None:
            begin = figure.span.start - (len(before) - start) if before else figure.span.start
            span = Span(begin, _with_bound(text, figure.span.end, within.end))
            yield _Read(span, replace(read, span=span.of(text)))
        last = figure.span.end


def _pair(text: str, inside: Sequence[Figure], named: str) -> _Read | None:
    """1000万元（含）至5000万元 under a column head that names the attribute."""
    if len(inside) != 2 or not named or inside[0].unit != inside[1].unit:
        return None
    between = re.sub(r"[（(][^（()）]*[）)]", "", text[inside[0].span.end : inside[1].span.start]).strip()
    attribute, _ = _attribute(named)
    if between not in ("至", "到", "-", "—", "~") or not attribute or not _fits(attribute, inside[0].unit):
        return None
    span = Span(inside[0].span.start, inside[1].span.end)
    values = (inside[0].value, inside[1].value)
    return _Read(span, ReadableCondition(span.of(text), attribute, "between", numbers=values, unit=inside[0].unit))


def _with_bound(text: str, end: int, stop: int) -> int:
    match = re.compile(r"(?:[（(]含[^（()）]{0,10}[）)])?(?:及)?(?:以上|以下|以内)").match(text, end, stop)
    return match.end() if match else end


def _attribute(before: str) -> tuple[str, int]:
    """The attribute that the words before a figure name, the one that stands first in the vocabulary, and where."""
    for attribute, words in grant_words().conditions.figures.items():
        places = [before.rfind(word) for word in words if word in before]
        if places:
            return attribute, max(places)
    return "", 0


def _compared(figure: Figure, attribute: str, before: str) -> ReadableCondition | None:
    unit, factor = figure.unit, Decimal(1)
    if attribute in ("insured_months", "contract_months") and unit == "年":
        unit, factor = "月", Decimal(_MONTHS)
    if unit == "周岁":
        unit = "岁"
    if not _fits(attribute, unit):
        return None
    if figure.upper is not None:
        return ReadableCondition("", attribute, "between", numbers=(figure.value, figure.upper), unit=unit)
    operators = {Bound.AT_LEAST: "at_least", Bound.AT_MOST: "at_most"}
    operator = operators.get(figure.bound)
    strict = next((name for name, words in _STRICT.items() if words.search(before.rstrip())), None)
    if operator is None:
        return None
    return ReadableCondition("", attribute, strict or operator, numbers=(figure.value * factor,), unit=unit)


def _fits(attribute: str, unit: str) -> bool:
    units = entitlement_words().attributes[attribute].units
    return unit in units if units else unit not in ("元", "%", "日期", "人次")


# ── Words ──────────────────────────────────────────────────────────────────────────────────────


def _of_recognitions(text: str, within: Span) -> Iterator[_Read]:
    pattern, table = _recognitions()
    for match in pattern.finditer(text, within.start, within.end):
        name, span = table[match[0]], Span(match.start(), match.end())
        yield _Read(span, ReadableCondition(match[0], "recognition", "is", words=(name,)))
        before = Span(max(within.start, span.start - _LEVEL_GAP), span.start)
        levels = [(m[0], Span(m.start(), m.end())) for m in _levels().finditer(text, before.start, before.end)]
        if levels:
            ranks = tuple(dict.fromkeys(grant_words().conditions.levels[word] for word, _ in levels))
            whole = Span(levels[0][1].start, levels[-1][1].end)
            yield _Read(whole, ReadableCondition(whole.of(text), "recognition.level", "in", words=ranks, of=name))
        yield from _times(text, Span(within.start, span.start), name)


def _times(text: str, within: Span, name: str) -> Iterator[_Read]:
    """Which time the recognition ``name`` is: first, again, moved in; 重新认定 is not 新认定."""
    table = {word: time for time, words in grant_words().conditions.times.items() for word in words}
    for said in re.compile(any_of(table)).finditer(text, within.start, within.end):
        span = Span(said.start(), said.end())
        yield _Read(span, ReadableCondition(said[0], "recognition.time", "in", words=(table[said[0]],), of=name))


def _of_classes(text: str, within: Span) -> Iterator[_Read]:
    for match in _CLASSES.finditer(text, within.start, within.end):
        letters = tuple(dict.fromkeys(re.findall("[A-F一二三四五六七八九]", match[0])))
        span = Span(match.start(), match.end())
        yield _Read(span, ReadableCondition(span.of(text), "talent_class", "in", words=letters))


def _of_steps(text: str, within: Span) -> Iterator[_Read]:
    words = grant_words().conditions
    for attribute, steps in (("degree", words.degrees), ("title", words.titles), ("skill_level", words.skills)):
        for match in re.compile(any_of(steps)).finditer(text, within.start, within.end):
            span = Span(match.start(), match.end())
            rest = text[span.end : min(span.end + 12, within.end)]
            above = re.match(r"[^，。、；或]{0,8}?(?:及以上|以上)", rest)
            operator = "at_least" if above else "in"
            end = Span(span.start, span.end + (above.end() if above else 0))
            yield _Read(end, ReadableCondition(end.of(text), attribute, operator, words=(match[0],)))


def _of_words(text: str, within: Span) -> Iterator[_Read]:
    words = grant_words().conditions
    for attribute, names in (("arrival", words.arrivals), ("size", words.sizes)):
        for match in re.compile(any_of(names)).finditer(text, within.start, within.end):
            span = Span(match.start(), match.end())
            if any(read.span.contains(span) for read in _of_recognitions(text, within)):
                continue
            yield _Read(span, ReadableCondition(match[0], attribute, "in", words=(match[0],)))


@cache
def _recognitions() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = {form: name for name, forms in grant_words().conditions.recognitions.items() for form in forms}
    return re.compile(any_of(table)), table


@cache
def _levels() -> re.Pattern[str]:
    return re.compile(any_of(grant_words().conditions.levels))


@cache
def _unread() -> re.Pattern[str]:
    return re.compile(any_of(grant_words().conditions.unread))


@cache
def _decision() -> re.Pattern[str]:
    return re.compile(any_of(grant_words().conditions.decision))
