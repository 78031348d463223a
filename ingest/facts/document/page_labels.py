"""Labelled values around a document: 发文机关：…　文号：…　成文日期：…　失效日期：…, as pages and files print them.

A value ends at a cell's or line's end, at a wide gap or at the next label, and never belongs to a label behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.facts import calendar_words
from ingest.facts.numerals import narrow
from ingest.types import Span
from ingest.vocabulary.documents import document_words

# Of two labels of one fact the one named first speaks: 成文日期 is the day of the document, 发布日期 often that of the page.
LABELS: Mapping[str, tuple[str, ...]] = dict(document_words().labels)
_FACT_OF = {label: fact for fact, labels in LABELS.items() for label in labels}
_NAMES = "|".join(sorted(map(re.escape, _FACT_OF), key=len, reverse=True))
# Letters of a label may be set apart: 文　　号.
_LABEL = re.compile(
    rf"(?:(?<=[\s　|｜；;，【\[])|^|(?<=\d日)|(?<=[:：]\d\d))(?P<label>{_NAMES})[】\]]?[ \t　]*[:：][ \t　\n]*",
    re.MULTILINE,
)
_VALUE_ENDS = re.compile(r"[\t\n|｜]|[ 　]{2,}|　|[ 　]+(?=[一-鿿]{2,6}[:：])")
_OVER = re.compile(r"(?:已|现已)?(?:失效|废止|无效|停止执行|过期)")
LONGEST_VALUE = 60  # characters; a longer one is a sentence of the text


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label's value, as printed, and where it stands in the text."""

    label: str
    value: str
    span: Span


def labelled(text: str) -> Mapping[str, Labelled]:
    """The values printed under labels, by fact (title, issuer, number, issued, valid_from, valid_until, term, standing)."""
    marks = list(_LABEL.finditer(text))
    found: dict[str, Labelled] = {}
    for place, mark in enumerate(marks):
        ends = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        value = text[mark.end() : ends]
        cut = _VALUE_ENDS.search(value.rstrip())
        value = (value[: cut.start()] if cut else value).strip().rstrip("|｜；;，【[ 　")
        fact = _FACT_OF[mark["label"]]
        if not value or len(value) > LONGEST_VALUE:
            continue
        start = text.index(value, mark.end())
        if fact not in found or _comes_before(mark["label"], found[fact].label, fact):
            found[fact] = Labelled(mark["label"], value, Span(start, start + len(value)))
    return found


def _comes_before(label: str, other: str, fact: str) -> bool:
    return LABELS[fact].index(label) < LABELS[fact].index(other)


def day_of(value: Labelled | None) -> date | None:
    """The day a value prints; None when it prints none that is in the calendar."""
    match = re.search(calendar_words.DATE, narrow(value.value)) if value is not None else None
    return calendar_words.first_day(match[0]) if match else None


def last_day_of(value: Labelled | None, begins: date | None) -> date | None:
    """The last day in force under 失效日期 or 有效期至.

    A document is without force on its 失效日期 when that is the day of a month on which it began (2025-06-01 to
    2026-06-01 is one year); else that day is the last one.
    """
    match = re.search(calendar_words.DATE, narrow(value.value)) if value is not None else None
    ends = calendar_words.last_day(match[0]) if match else None
    if value is None or ends is None:
        return None
    counts = value.label.startswith(("失效", "废止")) and begins is not None and begins.day == ends.day
    return ends - timedelta(days=1) if counts else ends


def says_it_is_over(value: Labelled | None) -> bool:
    """True when the page marks the document as without force."""
    return value is not None and _OVER.match(value.value) is not None
