"""Parallel enumerations, "对A、B、C类分别给予 3 万元、2 万元、1 万元", as rows: who gets what.

Equal counts alone are not safe: four recipients may stand beside four figures that belong to A–D. So a list is
resolved only when the objects are certain, and refused otherwise:

* as many objects as figures, and at least two;
* all figures of one unit, printed one right after another;
* no figure inside an object (a ranking such as 前 10 名 may be one);
* no "X 类及以上" among the objects;
* a second list of figures in the same sentence inherits the objects of the first.

Also read: figures that follow their objects (博士 5000 元/人、硕士 3000 元/人).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.facts.enumerations import Listed, listed_before
from ingest.facts.figures import find_figures
from ingest.types import Benefit, Figure, Span

_SENTENCE_END = re.compile(r"[。\n\t]|[①-⑳]")  # what stands in one cell of a table is no list with the next
_JOINED = re.compile(r"\s?(?:、|和|及|以及|与)\s?")
# Between 分别 (or 给予) and the first figure: 给予用人单位最高, 一次性给予, 按 …
_LONGEST_LEAD = 24
_GIVEN = re.compile(
    rf"(?P<apart>分别)[^，。；、\d]{{0,{_LONGEST_LEAD}}}$|(?:给予|奖励|补贴|补助|资助|享受|提供)[^，。；、\d]{{0,{_LONGEST_LEAD}}}$"
)
_AND_ABOVE = re.compile(r"[A-Z一二三四五六七八九十]\s?类(?:人才)?(?:\s?[（(]含[）)])?及?以上")
_MONEY_OR_SHARE = re.compile(r"^(?:元|美元|%|‰|‱|百分点|基点|倍)")
# Words that may stand between an object and its own figure: 博士每人不超过 5万元, 初级（五级）不超过 1000 元.
_LEAD_WORDS = re.compile(
    r"(?:\s|每人每月|每人每年|每人|每年|每月|每家|每项|不超过|不低于|最高|最低|最多|给予|奖励|补贴|补助|资助|人民币|税前|标准|按|为|的|一次性|[:：])*$"
)
_LABEL_START = re.compile(
    r"^.*(?:对于?|给予|按照|按|其中|标准为|为|达到|分别|申报|：|:|，|；|）给予|实行|享受|提供|可|参照|在)(?=[^）)]*(?:[（(]|$))"
)
_LONGEST_OBJECT = 30
FEWEST_IN_A_ROW = 2  # figures that make an enumeration
LONGEST_SENTENCE = 4000  # characters; the longest of the compendium has under 500, and time grows with the square
_UP_TO_COMMA = re.compile(r"^[^，；;]*[，；;]?")


@dataclass(frozen=True, slots=True)
class _Row:
    """Figures of one unit, one right after another."""

    figures: tuple[Figure, ...]

    @property
    def span(self) -> Span:
        return Span(self.figures[0].span.start, self.figures[-1].span.end)


def find_benefits(text: str, figures: Sequence[Figure] | None = None) -> tuple[Benefit, ...]:
    """The rows of every enumeration in ``text`` that can be resolved for certain, in order of their figures.

    ``figures`` are those of :func:`ingest.facts.figures.find_figures` for the same text; found anew when left out.
    """
    known = tuple(figures) if figures is not None else find_figures(text)
    if sum(_MONEY_OR_SHARE.match(figure.unit) is not None for figure in known) < FEWEST_IN_A_ROW:
        return ()
    benefits: list[Benefit] = []
    for sentence, inside in _by_sentence(text, known):
        rows = _rows_after_objects(text, sentence, inside)
        benefits += rows
        benefits += _figures_behind_their_objects(text, sentence, inside, rows)
    benefits.sort(key=lambda benefit: benefit.figure.span)
    return tuple(benefits)


def _by_sentence(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Span, list[Figure]]]:
    """The sentences short enough to be read, each with the figures inside it."""
    position = 0
    for sentence in _sentences(text):
        inside: list[Figure] = []
        while position < len(figures) and figures[position].span.start < sentence.end:
            if sentence.contains(figures[position].span):
                inside.append(figures[position])
            position += 1
        if len(inside) >= FEWEST_IN_A_ROW and len(sentence) <= LONGEST_SENTENCE:
            yield sentence, inside


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for end in (*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)):
        if start < end:
            yield Span(start, end)
        start = end


def _rows(text: str, figures: Sequence[Figure]) -> list[_Row]:
    rows: list[list[Figure]] = []
    for figure in figures:
        last = rows[-1][-1] if rows else None
        joined = last is not None and _JOINED.fullmatch(text[last.span.end : figure.span.start])
        if last is not None and joined and last.unit == figure.unit:
            rows[-1].append(figure)
        else:
            rows.append([figure])
    return [_Row(tuple(row)) for row in rows if len(row) >= FEWEST_IN_A_ROW]


def _rows_after_objects(text: str, sentence: Span, figures: Sequence[Figure]) -> list[Benefit]:
    found: list[Benefit] = []
    inherited: tuple[Listed, ...] = ()
    barred = [figure.span for figure in figures]
    floor = sentence.start
    for row in _rows(text, [figure for figure in figures if _MONEY_OR_SHARE.match(figure.unit)]):
        given = _leading_words(text, sentence.start, row.span.start)
        if given is None:
            continue
        count = len(row.figures)
        objects = listed_before(text, Span(floor, given.start), count, barred, apart=given.text_is_apart)
        condition = _condition(text[floor : given.start])
        if not objects and len(inherited) == count:
            objects = inherited
            # What follows the first row up to a comma still speaks of it: …3万元一次性奖励，分别给予所在单位…
            own = _UP_TO_COMMA.sub("", text[floor : given.start], count=1)
            condition = _condition(own) or (found[-1].condition if found else None)
        if not objects or _AND_ABOVE.search(text, objects[0].span.start, given.start):
            continue
        found += [Benefit(o.text, o.span, figure, condition) for o, figure in zip(objects, row.figures, strict=True)]
        inherited = objects
        floor = row.span.end
    return found


@dataclass(frozen=True, slots=True)
class _Given:
    start: int
    text_is_apart: bool


def _leading_words(text: str, start: int, row_start: int) -> _Given | None:
    """Where 分别 (or 给予) stands before a row; None when neither does."""
    match = _GIVEN.search(text[start:row_start])
    if match is None:
        return None
    phrase = text[max(start, start + match.start() - _LONGEST_LEAD) : row_start]
    apart = match["apart"] is not None or bool(re.search(r"分别[^，。；]*$", phrase))
    return _Given(start + match.start(), apart)


def _condition(before: str) -> str | None:
    """The phrase a row hangs on: from the last ； or sentence begin to 分别."""
    return re.split(r"[；;]", before)[-1].strip(" ，,、") or None


def _figures_behind_their_objects(
    text: str, sentence: Span, figures: Sequence[Figure], done: Sequence[Benefit]
) -> list[Benefit]:
    """博士 5000 元/人、硕士 3000 元/人、本科生 2000 元/人: each figure right behind its own object."""
    taken = {benefit.figure.span for benefit in done}
    free = [figure for figure in figures if figure.span not in taken and _MONEY_OR_SHARE.match(figure.unit)]
    found: list[Benefit] = []
    run: list[tuple[Listed, Figure]] = []
    for figure in free:
        own = _own_object(text, figure, run[-1][1] if run else None, figures)
        if own is None:
            found += _run_of(text, sentence.start, run)
            first = _first_object(text, sentence.start, figure, figures)
            run = [(first, figure)] if first else []
        else:
            run.append((own, figure))
    return [*found, *_run_of(text, sentence.start, run)]


def _run_of(text: str, floor: int, run: list[tuple[Listed, Figure]]) -> list[Benefit]:
    names = [item.text for item, _ in run]
    if len(run) < FEWEST_IN_A_ROW or len(set(names)) < len(names):
        return []
    condition = _condition(text[floor : run[0][0].span.start])
    return [Benefit(item.text, item.span, figure, condition) for item, figure in run]


def _own_object(text: str, figure: Figure, earlier: Figure | None, figures: Sequence[Figure]) -> Listed | None:
    """The object between the earlier figure of the run and this one; None when the run ends here."""
    if earlier is None or earlier.unit != figure.unit:
        return None
    between = text[earlier.span.end : figure.span.start]
    separator = re.match(r"\s?[、；;]\s?(?![、；;])", between)
    if separator is None or re.search(r"[，。；;、]", _without_brackets(between[separator.end() :])):
        return None
    if any(earlier.span.end <= other.span.start and other.span.end <= figure.span.start for other in figures):
        return None
    start = earlier.span.end + separator.end()
    return _named(text, start, figure.span.start)


def _first_object(text: str, floor: int, figure: Figure, figures: Sequence[Figure]) -> Listed | None:
    begin = max((m.end() for m in re.finditer(r"[，。；;：]", text[floor : figure.span.start])), default=0) + floor
    phrase = text[begin : figure.span.start]
    words = _LEAD_WORDS.search(phrase)
    label = _LABEL_START.match(phrase[: words.start()]) if words else None
    start = begin + (label.end() if label else 0)
    if any(start <= other.span.start < figure.span.start for other in figures):
        return None
    return _named(text, start, figure.span.start)


def _named(text: str, start: int, end: int) -> Listed | None:
    phrase = text[start:end]
    words = _LEAD_WORDS.search(phrase)
    name = phrase[: words.start()] if words else phrase
    stripped = name.strip()
    if (
        not stripped
        or len(stripped) > _LONGEST_OBJECT
        or re.search(r"[，。；]", stripped)
        or not re.search(r"[一-鿿A-Z]", stripped)
    ):
        return None
    begin = start + len(name) - len(name.lstrip())
    return Listed(stripped, Span(begin, begin + len(stripped)))


def _without_brackets(text: str) -> str:
    return re.sub(r"[（(][^（()）]*[）)]", "", text)
