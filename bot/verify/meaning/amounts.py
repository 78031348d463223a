"""Figures of a sentence held against the printed ones: the number, its limit, how often it is paid, in which money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from bot.verify.meaning.passages import Passage, Printed
from bot.verify.meaning.types import Difference, Kind
from bot.verify.meaning.vocabulary import pattern, words
from bot.verify.meaning.workings import MONTHS, is_worked_out, shown_workings
from ingest.facts.figures import canonical, supports
from ingest.types import Bound, Figure
from ingest.vocabulary.wordings import either

NEAR_ENGLISH = 120
NEAR = 24  # characters in front of a figure that tell how often it is paid
_DATE = "日期"
_IN_SMALLER = {"年": (MONTHS, "月"), "季度": (3, "月"), "小时": (60, "分钟"), "周": (7, "日")}
_OVER = pattern("amounts", "over")
_UNDER = pattern("amounts", "under")
_SOFT = pattern("amounts", "soft")
_VALID_FOR = pattern("amounts", "valid_for")
_VALID_BEFORE = pattern("amounts", "valid_before")
_SAID_BEFORE = pattern("amounts", "said_before")
_TO_OR_BY = pattern("amounts", "to_or_by")
_NOT_REACHED = pattern("amounts", "not_reached")
_NOT_OVER = pattern("amounts", "not_over")
_CAPPED = pattern("amounts", "capped")
_CAP_BEHIND = pattern("amounts", "cap_behind")
_AT_LEAST = pattern("amounts", "at_least")
_LEAST_BEHIND = pattern("amounts", "least_behind")
_UNTIL_BEHIND = pattern("amounts", "until_behind")
_UNTIL_BEFORE = pattern("amounts", "until_before")
_FROM_BEHIND = pattern("amounts", "from_behind")
_FROM_BEFORE = re.compile(
    r"(?:自|从)$|(?:from|since|after|starting(?: on| in)?|as of|beginning|effective(?: from)?)\s(?:the end of\s)?$",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?:不|未|not|no)\s?$")


def figure_differences(
    said: str,
    figures: Sequence[Figure],
    printed: Printed,
    places: Mapping[int, Sequence[tuple[Figure, Passage]]],
    asked: Sequence[Figure],
    question: str,
) -> Iterator[Difference]:
    """What the figures of ``said`` say otherwise than the printed ones; those of the question are the asker's own.

    ``places`` tell, by where a figure begins, where it is printed in surroundings most like its own.
    """
    english = re.search(r"[\u3400-\u9fff]", said) is None
    holding = [(one, passage) for one, passage in printed.figures if english or not passage.english]
    amounts = [one for one, _ in holding]
    shown = shown_workings(said)
    derived: list[Figure] = []
    for figure in figures:
        own = [(other, passage) for other, passage in holding if is_amount_of(other, figure)]
        in_working = any(start <= figure.span.start < end for start, end in shown)
        if not own:
            if _is_asked(figure, asked) or _is_end_of_two(figure, holding) or _counts_as_asked(figure, question):
                continue
            others = [one for one in figures if one is not figure and any(is_amount_of(own, one) for own in amounts)]
            if in_working or is_worked_out(figure, [*others, *derived], amounts, [*asked, *derived]):
                derived.append(figure)
            else:
                yield Difference(Kind.FIGURE, figure.text)
            continue
        if _is_asked(figure, asked) or in_working:
            continue
        nearest = places.get(figure.span.start) or own
        if not _restates(figure, figures):
            yield from _bounds(said, figure, nearest)
        yield from _periods(said, figure, nearest)
        yield from _turns(said, figure, own)
        yield from _changes(said, figure, own)
    yield from (Difference(Kind.CURRENCY, word) for word in _currencies(said, printed))


def is_amount_of(printed: Figure, said: Figure) -> bool:
    """Whether both are the same amount, whatever their limits; the end of a printed range is one, and 24个月 are 2年."""
    free, own = replace(printed, bound=Bound.EXACT), replace(said, bound=Bound.EXACT)
    if supports(free, own) or supports(_in_months(free), _in_months(own)) or _is_day_of_year(free, own):
        return True
    return (
        printed.upper is not None
        and said.upper is None
        and any(supports(replace(free, value=end, upper=None), own) for end in (printed.value, printed.upper))
    )


def _is_day_of_year(printed: Figure, said: Figure) -> bool:
    """11月1日 of 2024年11月1日, named before."""
    return printed.unit == said.unit == _DATE and 0 < said.value < 10_000 and printed.value % 10_000 == said.value


def _in_months(figure: Figure) -> Figure:
    """Years as months, hours as minutes, weeks as days: 2年 are 24个月."""
    if figure.unit not in _IN_SMALLER:
        return figure
    times, unit = _IN_SMALLER[figure.unit]
    upper = figure.upper * times if figure.upper is not None else None
    return replace(figure, value=figure.value * times, upper=upper, unit=unit, period=None)


def _is_asked(figure: Figure, asked: Sequence[Figure]) -> bool:
    return any(
        is_amount_of(other, figure) or (other.value == figure.value and figure.unit[:1] == "第") for other in asked
    )


def _counts_as_asked(figure: Figure, question: str) -> bool:
    """第38名 of who asks about 38."""
    is_count = not figure.unit.startswith("元") and figure.unit not in ("%", "美元", "")
    return is_count and re.search(rf"(?<!\d){figure.value.normalize():f}(?!\d)", question) is not None


def _is_end_of_two(figure: Figure, holding: Sequence[tuple[Figure, Passage]]) -> bool:
    """A range whose ends are printed as two figures of one passage: 最低5万元，最高不超过40万元."""
    if figure.upper is None:
        return False
    ends = (
        replace(figure, upper=None, bound=Bound.EXACT),
        replace(figure, value=figure.upper, upper=None, bound=Bound.EXACT),
    )
    low, high = ([passage for other, passage in holding if is_amount_of(other, end)] for end in ends)
    return any(one is other for one in low for other in high)


def _restates(figure: Figure, figures: Sequence[Figure]) -> bool:
    """2年（24个月）: the second says the first again in another unit."""
    return any(
        other is not figure
        and other.unit != figure.unit
        and _in_months(other).value == _in_months(figure).value
        and _in_months(other).unit == _in_months(figure).unit
        for other in figures
    )


def _bounds(said: str, figure: Figure, own: Sequence[tuple[Figure, Passage]]) -> Iterator[Difference]:
    if figure.unit == _DATE or figure.unit.startswith("第"):
        return
    limit = limit_of(said, figure)
    if _SOFT.search(said[max(0, figure.span.start - 4) : figure.span.start]):
        return
    printed = {limit_of(passage.text, other) for other, passage in own}
    for name, words_before in (("over", _OVER), ("under", _UNDER)):
        if any(
            limit_of(passage.text, other) == Bound.EXACT.value and words_before.search(passage.text[: other.span.start])
            for other, passage in own
        ):
            printed.add(name)  # greater than 60%, of which no limit was read
    if any(
        _VALID_FOR.search(passage.text[other.span.end :]) or _VALID_BEFORE.search(passage.text[: other.span.start])
        for other, passage in own
    ):
        printed.add(Bound.EXACT.value)
    if any(_SOFT.search(passage.text[max(0, other.span.start - 4) : other.span.start]) for other, passage in own):
        printed.add(Bound.EXACT.value)
    if figure.upper is None and all(
        other.upper is not None and not supports(other, replace(figure, bound=Bound.EXACT)) for other, _ in own
    ):
        return  # an end of a range: whether both are said is looked at elsewhere
    if (
        limit == Bound.EXACT.value
        and printed == {Bound.AT_MOST.value}
        and _SAID_BEFORE.search(said[: figure.span.start])
    ):
        return  # 上限可以提到58%，硅企业是42%
    if limit not in printed and not _is_as_good(limit, printed):
        yield Difference(Kind.BOUND, f"{limit} {figure.text}", "、".join(sorted(printed)))


def _is_as_good(limit: str, printed: set[str]) -> bool:
    return (
        (limit == "over" and "at_least" in printed)
        or (limit == "under" and "at_most" in printed)
        or (limit == "at_least" and "over" in printed)
        or (limit == "at_most" and "under" in printed)
    )


def limit_of(text: str, figure: Figure) -> str:
    """How ``figure`` limits in ``text``: a value of Bound, or "over" and "under" where it is itself not included."""
    before = text[max(0, figure.span.start - 24) : figure.span.start]
    behind = text[figure.span.end : figure.span.end + 14]
    if _NOT_REACHED.search(before):
        return Bound.AT_LEAST.value  # the limit is spoken of, and that somebody stays below it
    if _NOT_OVER.search(before):
        return Bound.AT_MOST.value
    if figure.bound is Bound.EXACT and (_CAPPED.search(before) or _CAP_BEHIND.search(behind)):
        return Bound.AT_MOST.value
    if figure.bound is Bound.EXACT and (_AT_LEAST.search(before) or _LEAST_BEHIND.search(behind)):
        return Bound.AT_LEAST.value
    if figure.bound is Bound.AT_LEAST and _OVER.search(before):
        return "over"
    if figure.bound is Bound.AT_MOST and _UNDER.search(before):
        return "under"
    return figure.bound.value


def _periods(said: str, figure: Figure, own: Sequence[tuple[Figure, Passage]]) -> Iterator[Difference]:
    each = canonical(figure).each
    printed = {canonical(other).each for other, _ in own}
    if (
        each is not None
        and each not in printed
        and not any(
            re.search(
                rf"每(?:个|人)?{each}|[/·]{each}|按{each}|{each}(?:租|薪|补|度|均)",
                passage.text[max(0, other.span.start - NEAR) : other.span.end + len("元/人·月")],
            )
            or _is_paid_so_in_english(each, passage, other)
            for other, passage in own
        )
    ):
        yield Difference(Kind.PERIOD, f"{each} {figure.text}")
    times = {"年": r"每|年|annual|year", "月": r"每|月|month"}
    lost = {one for one in printed if one is not None and one in times}
    if (
        each is None
        and lost
        and None not in printed
        and not re.search(either(times[one] for one in lost), said, re.IGNORECASE)
    ):
        yield Difference(Kind.PERIOD, figure.text, "、".join(sorted(lost)))


def _is_paid_so_in_english(each: str, passage: Passage, figure: Figure) -> bool:
    """Whether a sentence of the edition tells a period somewhere about the figure: every year, … RMB 50 million each."""
    near = passage.text[max(0, figure.span.start - NEAR_ENGLISH) : figure.span.end + NEAR_ENGLISH]
    named = words().periods.get(each)
    return passage.english and named is not None and re.search(rf"\b(?:{named})\b", near, re.IGNORECASE) is not None


def _turns(said: str, figure: Figure, own: Sequence[tuple[Figure, Passage]]) -> Iterator[Difference]:
    """Until for from: 2030年12月31日止 and 2030年以后."""
    if figure.unit != _DATE:
        return
    turn = _turn_of(said, figure)
    printed = {_turn_of(passage.text, other) for other, passage in own}
    if turn and None not in printed and turn not in printed:
        yield Difference(Kind.PERIOD, f"{turn} {figure.text}", "、".join(sorted(one for one in printed if one)))


def _changes(said: str, figure: Figure, own: Sequence[tuple[Figure, Passage]]) -> Iterator[Difference]:
    """上浮到50% for 上浮50%: the same verb, by so much or to so much."""
    told = _TO_OR_BY.search(said[: figure.span.start])
    printed = [_TO_OR_BY.search(passage.text[: other.span.start]) for other, passage in own]
    alike = [one for one in printed if one is not None and told is not None and one[1] == told[1]]
    if told is not None and alike and all(bool(one[2]) != bool(told[2]) for one in alike):
        yield Difference(Kind.BOUND, f"{told[0]}{figure.text}", alike[0][0])


def _turn_of(text: str, figure: Figure) -> str | None:
    before, behind = (
        text[max(0, figure.span.start - 24) : figure.span.start],
        text[figure.span.end : figure.span.end + 8],
    )
    if _FROM_BEHIND.search(behind) or _FROM_BEFORE.search(before):
        return "from"
    if (
        _UNTIL_BEHIND.search(behind)
        or _UNTIL_BEFORE.search(before)
        or figure.text.endswith(("底", "末"))
        or figure.upper is not None
    ):
        return "until"
    return None


def _currencies(said: str, printed: Printed) -> Iterator[str]:
    scope = f"{printed.scope}\n{printed.english_scope}"
    for one in _currency_patterns():
        if one.search(said) and not one.search(scope):
            yield one.pattern


@cache
def _currency_patterns() -> tuple[re.Pattern[str], ...]:
    patterns = [word if word != "$" else re.escape(word) for word in words().currencies]
    return tuple(re.compile(rf"(?<![A-Za-z]){pattern}(?![A-Za-z])", re.IGNORECASE) for pattern in patterns)
