"""How much: the rows of a grant, each with its object, bound, base, period, term and cap, all as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.entitlements.rules.conditions import when
from ingest.entitlements.rules.grants import Grant, is_gift, trim
from ingest.entitlements.rules.phrases import phrases
from ingest.entitlements.types import AllOf, AmountRow, Condition, ReadableCondition, leaves
from ingest.types import Benefit, Bound, Figure, Span
from ingest.vocabulary.grants import grant_words
from ingest.vocabulary.load import any_of

_NUMBER = r"[一二两三四五六七八九十\d]+"
_TERM = re.compile(
    rf"连续(?:[^，。；\d一二两三四五六七八九十]{{0,6}}){_NUMBER}\s?(?:个月|年)|最长(?:[^，。；\d]{{0,6}}){_NUMBER}\s?(?:个月|年)"
    rf"|(?:补贴期|支持期|补助期|期限)[^，。；\d一二两三四五六七八九十]{{0,3}}{_NUMBER}\s?(?:个月|年)|分{_NUMBER}\s?年"
    rf"|[前后]{_NUMBER}\s?年|第{_NUMBER}年(?:[、至]第{_NUMBER}年)?|首年|{_NUMBER}\s?年内"
)
_BASE = re.compile(r"按照?(?!不超过)(?P<of>[^，。；]{2,60}?)的?\s*(?:不超过\s?)?$")
# 按每平方米300元, 每人1000元: an amount for each one of them.
_PER_ONE = re.compile(
    r"(?P<of>每(?:人|名|家|户|亩|平方米|项|件|个|台|套|辆|吨|次|场|千瓦时|千瓦|班|床|床位))(?:最高|不超过)?\s*$"
)
_PER_THOUSAND = re.compile(r"(?P<figure>[千百]分之[一二三四五六七八九十]+)")
_LONGEST_OBJECT = 24
_OBJECT = re.compile(r"\s*的?(?:标准)?(?:一次性)?(?P<what>[^\d，。；、（(]{2,24})")


def rows_of(grant: Grant, conditions: Condition | None = None) -> tuple[AmountRow, ...]:
    """The rows a grant prints, in the order of its text; a relief without a figure is a row of its own words.

    ``conditions`` are those of the grant: a row of 国家级 is a level of the recognition they name.
    """
    text = grant.clause.text
    figures = [figure for figure in grant.clause.figures if grant.words.contains(figure.span)]
    mains, caps = _mains_and_caps(grant, [figure for figure in figures if is_gift(figure)])
    named = {
        leaf.words[0]
        for leaf in leaves(conditions)
        if isinstance(leaf, ReadableCondition) and leaf.attribute == "recognition"
    }
    name = next(iter(named)) if len(named) == 1 else None
    rows = [_row(grant, figure, name) for figure in mains]
    if not rows:
        rows = list(_per_thousand(grant)) or list(_reliefs(grant, figures))
    cap = text[caps[0].start : caps[-1].end] if caps else _limit(rows)
    rows = [row for row in rows if row.span != cap or row.figure]
    term = _TERM.search(text, grant.words.start, grant.words.end)
    return tuple(replace(row, cap=row.cap or cap, term=row.term or (term[0] if term else None)) for row in rows)


def _limit(rows: Sequence[AmountRow]) -> str | None:
    """减免面积最高1万平方米 behind a relief."""
    limits = [row.span for row in rows if not row.figure and _cap_words().search(row.span)]
    return limits[0] if limits and len(limits) < len(rows) else None


def _mains_and_caps(grant: Grant, gifts: Sequence[Figure]) -> tuple[list[Figure], list[Span]]:
    """The figures that are given, and the phrases that limit them (最高200万元 behind 按10%给予补助)."""
    text = grant.clause.text
    mains: list[Figure] = []
    caps: list[Span] = []
    own = list(phrases(text, grant.words))
    for figure in gifts:
        phrase = next((p for p in own if p.contains(figure.span)), grant.words)
        if figure.span.start < grant.gift.start and "按" not in text[phrase.start : figure.span.start]:
            continue  # a condition, not a gift
        start = _cap_begins(text, phrase, figure)
        if start is not None and (mains or _PER_THOUSAND.search(text, grant.words.start, grant.gift.start)):
            caps.append(Span(start, figure.span.end))
        else:
            mains.append(figure)
    return mains, caps


def _cap_begins(text: str, phrase: Span, figure: Figure) -> int | None:
    """Where the words of a cap begin: a phrase of its own that says 最高 or 不超过 before its figure."""
    before = text[phrase.start : figure.span.start]
    if phrase.start == 0 or text[phrase.start - 1] not in "，," or not _cap_words().search(before):
        return None
    if re.search("给予|奖励$|补贴$", before):
        return None
    return phrase.start + len(before) - len(before.lstrip())


def _row(grant: Grant, figure: Figure, recognised: str | None) -> AmountRow:
    text = grant.clause.text
    phrase = next((p for p in phrases(text, grant.words) if p.contains(figure.span)), grant.words)
    benefit = next((row for row in grant.clause.benefits if row.figure.span == figure.span), None)
    share = figure.unit in ("%", "倍", "‰")
    base = (_BASE if share else _PER_ONE).search(text, phrase.start, figure.span.start)
    return AmountRow(
        object=benefit.object if benefit else _object(text, figure, phrase),
        figure=figure.span.of(text),
        bound=bound_of(figure),
        span=trim(text, phrase).of(text),
        base=base["of"].strip() if base else None,
        period=_period(text, figure, phrase),
        when=_when(grant, benefit, recognised),
    )


def _when(grant: Grant, benefit: Benefit | None, recognised: str | None) -> Condition | None:
    """The conditions in the object of a row; a bare 国家级 is a level of what the grant recognises."""
    if benefit is None:
        return None
    printed = benefit.object_span.of(grant.clause.text)
    read = when(benefit.object, recognised)
    if read is None:
        return None
    # An object may be completed (A → A类): then the words as printed are the span.
    parts = [part if part.span in grant.clause.text else replace(part, span=printed) for part in read]
    return AllOf(tuple(parts))


def _object(text: str, figure: Figure, phrase: Span) -> str:
    """What is given, in the words behind its figure: 15万元奖励; else those before it."""
    behind = _OBJECT.match(text, figure.span.end, phrase.end)
    if behind is not None:
        what = re.split("给予|的比例", behind["what"])[-1].strip()
        if what:
            return what
    return text[max(phrase.start, figure.span.start - _LONGEST_OBJECT) : figure.span.start].strip() or figure.text


def bound_of(figure: Figure) -> str:
    """How a figure limits, in the words of the vocabulary."""
    if figure.upper is not None:
        return "range"
    return {Bound.AT_MOST: "cap", Bound.AT_LEAST: "floor"}.get(figure.bound, "fixed")


def _period(text: str, figure: Figure, phrase: Span) -> str | None:
    said = f"{figure.period or ''} {figure.text} {text[phrase.start : figure.span.start]}"
    for period, words in grant_words().amounts.periods.items():
        if any(word in said for word in words):
            return period
    return None


def _per_thousand(grant: Grant) -> Iterator[AmountRow]:
    text = grant.clause.text
    for match in _PER_THOUSAND.finditer(text, grant.words.start, grant.words.end):
        phrase = next((p for p in phrases(text, grant.words) if p.start <= match.start() < p.end), grant.words)
        base = _BASE.search(text, phrase.start, match.start())
        object_ = trim(text, grant.gift).of(text)[:_LONGEST_OBJECT]
        yield AmountRow(object_, match[0], "fixed", trim(text, phrase).of(text), base["of"] if base else None)


def _reliefs(grant: Grant, figures: Sequence[Figure]) -> Iterator[AmountRow]:
    """前三年租金全免，后两年租金减半收取: a row each; 不少于100亩用地指标: its figure."""
    text = grant.clause.text
    for phrase in phrases(text, grant.gift):
        trimmed = trim(text, phrase)
        words = trimmed.of(text)
        if grant.verb == "" and _relief().search(words):
            term = _TERM.search(words)
            yield AmountRow(words[:_LONGEST_OBJECT], "", "fixed", words, term=term[0] if term else None)
            continue
        for figure in figures:
            if trimmed.contains(figure.span) and figure.unit in ("亩", "平方米", "套", "个", "年"):
                yield AmountRow(_object(text, figure, trimmed), figure.span.of(text), bound_of(figure), words)
                return


@cache
def _cap_words() -> re.Pattern[str]:
    return re.compile(any_of(grant_words().amounts.cap))


@cache
def _relief() -> re.Pattern[str]:
    return re.compile(any_of(grant_words().verbs.relief))
