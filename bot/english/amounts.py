"""Printed amounts in English where every word of them is known: 3000元/人·月 as RMB 3,000 per person per month."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from bot.english.headings import holds_chinese
from ingest.facts.figures import find_figures
from ingest.types import Figure

_STEPS = ((Decimal(1_000_000_000), "billion"), (Decimal(1_000_000), "million"))
_TIDY = re.compile(r" ?[,;]? ([,;)])|(\() ")  # blanks and commas that two words have left beside each other
_QUOTED = re.compile(r"“[^“”]*”")
_STROKE, _BETWEEN = "/", "·"


@dataclass(frozen=True, slots=True)
class _Words:
    """The whole of ``amounts.toml``."""

    money: str
    money_unit: str
    to: str
    figures: Mapping[str, str]
    per: Mapping[str, str]
    words: Mapping[str, str]
    known: re.Pattern[str]  # the keys of words, the longest first
    before: re.Pattern[str]  # several of them in Chinese characters, or nothing, at the end


@cache
def _words() -> _Words:
    raw = tomllib.loads((files("bot.english") / "amounts.toml").read_text("utf-8"))
    keys = sorted(raw["words"], key=len, reverse=True)
    known = "|".join(map(re.escape, keys))
    before = "|".join(re.escape(key) for key in keys if key[0].isalnum())
    return _Words(**raw, known=re.compile(known), before=re.compile(f"(?:{before})*$"))


def amount_in_english(printed: str) -> str:
    """A printed amount in English; "" where a word of it is not known, so that the reader gets the Chinese alone.

    Every figure is written with the value it has; nothing is rounded.
    """
    parts: list[str] = []
    at = 0
    for figure in find_figures(printed):
        said = _figure(figure)
        if said is None:
            return ""
        parts += [_around(printed[at : figure.span.start]), said]
        at = figure.span.end
    parts.append(_around(printed[at:]))
    english = _TIDY.sub(lambda found: found[1] or found[2] or "", re.sub(r"\s+", " ", "".join(parts))).strip(" ,;")
    return "" if at == 0 or holds_chinese(english) else english


def amounts_in(text: str) -> str:
    """A sentence of ours with its printed amounts in English; quotations in it, and amounts without English, stay."""
    parts: list[str] = []
    at = 0
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    for figure in find_figures(text):
        bound = _words().before.search(text, at, figure.span.start)
        start, end = bound.start() if bound else figure.span.start, figure.span.end
        said = amount_in_english(text[start:end]) if holds_chinese(text[start:end]) else ""
        if said and not any(one <= start and end <= other for one, other in quoted):
            parts += [text[at:start], said]
            at = end
    return "".join([*parts, text[at:]])


def _around(words: str) -> str:
    known = _words()
    return known.known.sub(lambda found: f" {known.words[found[0]]}", words) if words else ""


def _figure(figure: Figure) -> str | None:
    """The figure by itself, with what it is per; None for a unit that has no English."""
    words = _words()
    money, _, per = figure.unit.partition(_STROKE)
    per = (figure.period or "").removeprefix(_STROKE) if (figure.period or "").startswith(_STROKE) else per
    form = words.money if money == words.money_unit else words.figures.get(figure.unit)
    if form is None:
        return None
    said, behind = form.format(_number(figure)), _per(per)
    if figure.value == 1 and figure.upper is None:
        said = said.removesuffix("s")
    return None if behind is None else f"{said}{behind}"


def _per(measures: str) -> str | None:
    """What is said behind: " per person per month"; "" for nothing, None where a measure has no English."""
    if not measures:
        return ""
    per = _words().per
    named = [measures] if measures in per else measures.split(_BETWEEN)
    said = [per.get(one) for one in named]
    return None if None in said else "".join(f" {one}" for one in said)


def _number(figure: Figure) -> str:
    if figure.upper is None:
        return _plain(figure.value)
    return f"{_plain(figure.value)}{_words().to}{_plain(figure.upper)}"


def _plain(value: Decimal) -> str:
    for size, name in _STEPS:
        if value >= size:
            return f"{(value / size).normalize():,f} {name}"
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value:,f}"
