"""Whether a figure is said of the one it belongs to, where a clause's benefit rows are certain.

"C 类 200 万元" is withheld when the rows say A 类 → 200 万元, C 类 → 100 万元: both the class and the figure are
printed, the sentence is wrong all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.understand.grades import CLASS_LETTERS, CLASS_NUMBERS
from ingest.facts.benefits import find_benefits
from ingest.facts.figures import find_figures, same_figure, supports
from ingest.types import Benefit, Clause, Figure, Span
from ingest.vocabulary.levels import levels
from ingest.vocabulary.load import any_of

_PART_END = re.compile(r"[。；;！？!?\n]|\.(?=\s)")
_BRACKETS = re.compile(r"[（(]([^（()）]*)[）)]")
_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]+)[”」』\"]")
_OUR_LABEL = re.compile(r"^〔[^〕]*〕\s*")
_LETTER_CLASS = re.compile(rf"^([{CLASS_LETTERS}{CLASS_NUMBERS}])类(?:人才)?$")
_ENGLISH_NUMBERS = dict(zip(CLASS_NUMBERS, "12345678", strict=True))
_MORE_CLASSES = rf"(?:\s*[、,，/和及与]\s*[{CLASS_LETTERS}{CLASS_NUMBERS}])*\s*类"
_LED_BY = re.compile(r"^(?:或|含|即|以及|和)")
# Degrees and levels of government that an English sentence names in its own words.
_IN_ENGLISH = {
    "博士": r"ph\.?\s?d\.?s?|doctora(?:l|te)s?|doctors?",
    "硕士": r"master(?:'s|’s)?s?",
    "本科": r"bachelor(?:'s|’s)?s?|undergraduates?",
    **{f"{level.said_of or level.name}级": rf"{any_of(level.rank_english)}(?:[- ]level)?" for level in levels()},
}


@dataclass(frozen=True, slots=True)
class _Mention:
    """One place where a text names a row's object."""

    span: Span
    name: str


def misattributed(text: str, clause: Clause, context: str = "") -> frozenset[Span]:
    """Where ``text`` says figures of others than those to whom the rows of ``clause`` give them.

    A sentence in the clause's own words is never wrong here. Where ``text`` names nobody, ``context`` (what was said
    or asked before) tells of whom it speaks; where neither does, nothing is said of anybody.
    """
    if not clause.benefits or _OUR_LABEL.sub("", text).strip(" “”") in clause.text:
        return frozenset()
    rows = [(benefit, frozenset(names_of(benefit.object))) for benefit in clause.benefits]
    figures = find_figures(text)
    return frozenset(
        figure.span
        for number, figure in enumerate(figures)
        if (owners := [names for benefit, names in rows if supports(benefit.figure, figure)])
        and not _printed_together(text, figure, clause)
        and not _explains_earlier(text, figure, figures[:number])
        and not _said_rightly(text, number, figures, owners, rows, clause, context)
    )


def _said_rightly(
    text: str,
    number: int,
    figures: Sequence[Figure],
    owners: Sequence[frozenset[str]],
    rows: Sequence[tuple[Benefit, frozenset[str]]],
    clause: Clause,
    context: str,
) -> bool:
    every_name = frozenset[str]().union(*(names for _, names in rows))
    own_row = next((row for row in find_benefits(text, figures) if row.figure.span == figures[number].span), None)
    if own_row is not None:
        if said := named_in(own_row.object, every_name):
            return _all_own(said, owners)
        if _is_of_a_class_printed(own_row.object, clause):
            return True  # the rows are not all that the clause grants
    said = _said_of(text, number, figures, every_name)
    if said:
        return _all_own(said, owners)
    spoken_of = named_in(context, every_name)
    return not spoken_of or any(name in names for name in spoken_of for names in owners)


def _is_of_a_class_printed(said: str, clause: Clause) -> bool:
    classes = [name for name in names_of(said) if _LETTER_CLASS.match(name)]
    return bool(classes) and all(re.search(_pattern(name), clause.text) for name in classes)


def _all_own(said: Sequence[str], owners: Sequence[frozenset[str]]) -> bool:
    return all(any(name in names for names in owners) for name in said)


def _said_of(text: str, number: int, figures: Sequence[Figure], names: frozenset[str]) -> list[str]:
    """Whom a figure is said of: those named since the figure before it, else the nearest named before, else after."""
    figure = figures[number]
    part = next(part for part in _parts(text) if part.start <= figure.span.start < part.end)
    mentions = _mentions(text, names)
    inside = [mention for mention in mentions if part.contains(mention.span)]
    since = max((other.span.end for other in figures[:number]), default=0)
    fresh = [m.name for m in inside if since <= m.span.start < figure.span.start]
    if fresh:
        return fresh
    before = [m for m in inside if m.span.end <= figure.span.start] or [m for m in mentions if m.span.end <= part.start]
    after = [m for m in inside if m.span.start >= figure.span.end]
    if before:
        return [before[-1].name]
    return [after[0].name] if after else []


def _parts(text: str) -> list[Span]:
    edges = [0, *(match.end() for match in _PART_END.finditer(text)), len(text)]
    return [Span(start, end) for start, end in pairwise(edges)]


def _printed_together(text: str, figure: Figure, clause: Clause) -> bool:
    """True inside a quote of the clause that holds the figure together with its own object."""
    for quote in _QUOTED.finditer(text):
        if not Span(*quote.span(1)).contains(figure.span) or quote[1] not in clause.text:
            continue
        start = clause.text.index(quote[1])
        quoted = Span(start, start + len(quote[1]))
        at = start + figure.span.start - quote.start(1)
        return any(b.figure.span.start == at and quoted.contains(b.object_span) for b in clause.benefits)
    return False


def _explains_earlier(text: str, figure: Figure, earlier: Sequence[Figure]) -> bool:
    """True for a figure in brackets that only says an earlier one again: 300 万元 (RMB 3 million)."""
    in_brackets = any(Span(*found.span()).contains(figure.span) for found in _BRACKETS.finditer(text))
    return in_brackets and any(same_figure(other, figure) for other in earlier)


def names_of(printed: str) -> Iterator[str]:
    """How an object may be called: 杰出人才（B类） → 杰出人才, B类; 博士（或正高级职称人员） → 博士, 正高级职称人员."""
    for part in (_BRACKETS.sub("", printed), *_BRACKETS.findall(printed)):
        for name in re.split(r"[、，,]", part):
            bare = _LED_BY.sub("", name.strip(' “”"')).strip()
            letter = _LETTER_CLASS.match(re.sub(r"\s", "", bare))
            if letter:
                yield f"{letter[1]}类"
            elif len(bare) > 1:
                yield bare


def named_in(text: str, names: frozenset[str]) -> list[str]:
    """The names that ``text`` says, in order; one inside a longer one does not count."""
    return [mention.name for mention in _mentions(text, names)]


def _mentions(text: str, names: frozenset[str]) -> list[_Mention]:
    """Every name in ``text``, in order; one inside a longer one (高级 in 副高级) does not count."""
    found = [
        _Mention(Span(*match.span()), name)
        for name in names
        for match in re.finditer(_pattern(name), text, re.IGNORECASE)
    ]
    outer = [m for m in found if not any(o.span.contains(m.span) and len(o.span) > len(m.span) for o in found)]
    return sorted(outer, key=lambda mention: mention.span)


def _pattern(name: str) -> str:
    letter = _LETTER_CLASS.match(name)
    if letter:
        spoken = "|".join({letter[1], _ENGLISH_NUMBERS.get(letter[1], letter[1])})
        return (
            rf"(?<![A-Za-z]){letter[1]}(?={_MORE_CLASSES})"
            rf"|\b(?:class|category|tier|grade|type)\s(?:{spoken})\b|\b(?:{spoken})-class\b"
        )
    english = next((words for chinese, words in _IN_ENGLISH.items() if name.startswith(chinese)), None)
    printed = re.escape(name)
    return rf"{printed}|\b(?:{english})(?![A-Za-z])" if english else printed
