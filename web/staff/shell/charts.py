"""Charts as SVG in the page: pure functions from numbers to markup, with the same said in words for who cannot see it.

Colours come from the page's style by class, so that a chart fits both colour schemes. No style or script is inside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 560  # units of the drawing; the page scales it to the room there is
HEIGHT = 220
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 12, 26  # room for the labels around the bars
STEPS = 4  # lines across, at most
DAY_LABELS = 6  # under the bars, at most
GAP = 0.2  # of a column's room left free, so that neighbours part
FULL = 100  # units of a horizontal bar's full width
SHORTEST = 1.0  # units: a number above zero is never drawn as nothing


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart by day: its label, all of it, and the part of it that stands out."""

    label: str
    total: float
    part: float = 0.0
    part_of: str = ""  # a class of the page's style for the part; "bad" when empty


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar: its label, its length, the part that stands out, what is written behind the label."""

    label: str
    total: float
    part: float = 0.0
    words: str = ""
    link: str = ""  # address that the label leads to


def columns_chart(columns: Sequence[Column], title: str, words: Sequence[str] = (), unit: str = "") -> Markup:
    """Columns side by side, as one for each day.

    ``title`` says in a sentence what is seen: a screen reader reads it in place of the chart. ``words`` say what each
    column is, in the order of the columns, and are what a pointer shows; without them the label and the number.
    """
    most = max((column.total for column in columns), default=0.0)
    top, step = _scale(most)
    room = (WIDTH - LEFT - RIGHT) / max(1, len(columns))
    high = HEIGHT - TOP - BOTTOM
    parts = [_grid(top, step, high)]
    every = math.ceil(len(columns) / DAY_LABELS) if columns else 1
    for place, column in enumerate(columns):
        said = words[place] if place < len(words) else f"{column.label}: {_number(column.total)}{unit}"
        left = LEFT + place * room + room * GAP / 2
        parts.append(_column(column, said, left, room * (1 - GAP), high, top))
        if place % every == 0:
            middle = _round(left + room * (1 - GAP) / 2)
            parts.append(
                Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(middle, HEIGHT - 8, column.label)
            )
    return _svg(parts, WIDTH, HEIGHT, title)


def bars_chart(bars: Sequence[Bar], title: str, longest: float | None = None) -> Markup:
    """A list of bars below one another; label and number are text of the page, so that they wrap and stay legible.

    ``longest`` is the number that takes the full width; the greatest one if None.
    """
    most = longest if longest is not None else max((bar.total for bar in bars), default=0.0)
    return Markup('<ol class="bars" aria-label="{}">{}</ol>').format(
        title, Markup().join(_bar(bar, most) for bar in bars)
    )


def _bar(bar: Bar, most: float) -> Markup:
    words = bar.words or _number(bar.total)
    label = Markup('<a href="{}">{}</a>').format(bar.link, bar.label) if bar.link else escape(bar.label)
    drawn = Markup('<rect class="track" width="{}" height="1"/>').format(FULL)
    for name, value in (("bar", bar.total), ("bar bad", bar.part)):
        if length := _length(value, most, FULL):
            drawn += Markup('<rect class="{}" width="{}" height="1"/>').format(name, length)
    return Markup(
        '<li><span class="bar-label">{}</span> <span class="bar-words">{}</span>'
        '<svg class="bar-drawn" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true">{}</svg></li>'
    ).format(label, words, FULL, drawn)


def _column(column: Column, said: str, left: float, width: float, high: float, top: float) -> Markup:
    tall, part = _length(column.total, top, high), _length(column.part, top, high)
    floor = TOP + high
    drawn = Markup('<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>').format(
        _round(left), _round(floor - tall), _round(width), tall
    )
    if part:
        drawn += Markup('<rect class="bar {}" x="{}" y="{}" width="{}" height="{}"/>').format(
            column.part_of or "bad", _round(left), _round(floor - part), _round(width), part
        )
    return Markup("<g><title>{}</title>{}</g>").format(said, drawn)


def _grid(top: float, step: float, high: float) -> Markup:
    lines: list[Markup] = []
    value = 0.0
    while value <= top:
        y = _round(TOP + high - value / top * high)
        lines.append(
            Markup('<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(LEFT, WIDTH - RIGHT, y, y)
            + Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(LEFT - 6, _round(y + 4), _number(value))
        )
        value += step
    return Markup().join(lines)


def _svg(parts: Sequence[Markup], width: int, height: int, title: str) -> Markup:
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        width, height, title, Markup().join(parts)
    )


def _scale(most: float) -> tuple[float, float]:
    """The highest line of a chart and the step between lines: 1, 2 or 5 times a power of ten, whole from 1 on."""
    if most <= 0:
        return 1.0, 1.0
    rough = most / STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    if most >= 1:
        step = max(1.0, step)
    return math.ceil(most / step - 1e-9) * step, step


def _length(value: float, most: float, room: float) -> float:
    if value <= 0 or most <= 0:
        return 0.0
    return _round(min(room, max(SHORTEST, value / most * room)))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.3g}"


def _round(value: float) -> float:
    return round(value, 1)
