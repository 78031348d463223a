"""Whether a figure is said of what it is printed of.

Around every printed figure stands what it is of. Where the surroundings of the same figure in the sentence are rather
those of another printed figure of its unit, the two were taken for each other. What stands around all of them tells
nothing apart and counts nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.verify.meaning.amounts import is_amount_of, limit_of
from bot.verify.meaning.concepts import concepts_in, own_stems, stems_of
from bot.verify.meaning.passages import Passage, Printed
from bot.verify.meaning.types import Difference, Kind
from bot.verify.meaning.vocabulary import pattern
from ingest.facts.figures import canonical
from ingest.normalise import match_form
from ingest.types import Figure

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LABEL = pattern("rows", "label")
_ENGLISH_LABEL = re.compile(
    r"\b(?:[Cc]lass(?:es)?|[Cc]ategory|[Tt]ier|[Gg]rade)\s([A-F]|\d)\b|\b([A-F])-(?:class|level)\b|(?<![A-Za-z.])([B-F])(?=[,.\s]|$)"
)
_GIVEN = pattern("rows", "given")
_TAKES = pattern("rows", "takes")  # 企业还能拿5万元
_TO = re.compile(r"(?:^|[，,])(?:对|向|给)?([^，,]{2,40})$")
_PAYEES = (
    ("person", pattern("rows", "person")),
    ("body", pattern("rows", "body")),
)
_COUNT = re.compile(r"(?<![\d.,])(\d+)(?![\d.,])([^\d,.;()]{0,40})")
_NEAR_END = re.compile(r"[，,、。；;：:]|\band\b|\bor\b|[万亿]?元(?:/[\u3400-\u9fff])?")
_IS_JOINT = re.compile(r"\s?(?:[、,，/]|和|及|或|and|or|, and|, or)\s?")
_CLASSES = re.compile(r"[A-F](?:[、,，和及][A-F])+(?=\s?类)")
_IS_LABEL = re.compile(r"[a-z]|[\d.-]+kv|[a-z]?\d+")
_PHRASE_END = re.compile(r"[。；;！!？?\n]")
_CLAUSE_END = re.compile(r"[，,、。；;：:！!？?\n(（)）]|\band\b|\bwhile\b|\bwhereas\b")
_BRACKET = re.compile(r"[^，。；、,;（(\d]{0,14}[（(][^（()）]*[)）]")
_HEADS = pattern("rows", "heads")
_FOR_EACH = re.compile(r"\s(?:for|to)\s([^.;:\d]{1,80})(?=[.;]|$)", re.IGNORECASE)
_JOINT = pattern("rows", "joint")
_UNITS_ALIKE = {"元": "money", "美元": "money", "": "money", "月": "time", "年": "time", "日": "time", "工作日": "time"}
SHORTEST_HEAD = 2  # characters of the last member that are its own; what follows is said of all
LONGEST_HEAD = 8  # characters of the first member of a list; what stands before them leads into all members
CLOSE = 1.0  # of two places that are as like as each other
LABEL_WEIGHT = 3.0  # of a class, a step or a voltage: it names a row
LONGEST_BEFORE_DATE = 10
LONGEST_BEFORE = 60  # characters in front of a figure that tell what it is of
ENGLISH_MARGIN = 1.6
MARGIN = 0.9  # how much more of the other's surroundings must be said


@dataclass(frozen=True, slots=True)
class _Row:
    figure: Figure
    signs: frozenset[str]
    near: frozenset[str]  # those of the words right in front of the figure
    passage: Passage | None
    run: tuple[int, ...] = ()  # the figures of a list whose members are not told apart


def row_differences(
    said: str, figures: Sequence[Figure], printed: Printed, rests: Sequence[Passage]
) -> Iterator[Difference]:
    """The figures of ``said`` that stand where another printed figure belongs."""
    english = not _HAN_RUN.search(said)
    passages = printed.english if english and printed.english else printed.passages
    rows = [row for passage in passages for row in _rows_of(passage.text, passage.figures, passage)]
    yield from _out_of_order(said, figures, passages)
    if english and printed.english:
        yield from _other_things_counted(said, figures, printed.english)
    for own in _rows_of(said, figures):
        if len(own.run) > 1:
            continue  # which member of a list each is of is not said
        kind = kind_of(own.figure)
        peers = [row for row in rows if kind_of(row.figure) == kind]
        right = [row for row in peers if is_amount_of(row.figure, own.figure)]
        wrong = [row for row in peers if not is_amount_of(row.figure, own.figure)]
        if not right or not wrong:
            continue
        if rests and any(row.passage in rests for row in right):
            right, wrong = ([row for row in some if row.passage in rests] for some in (right, wrong))
        elif rests and (near := [row for row in wrong if row.passage in rests]):
            yield Difference(Kind.ROW, own.figure.text, near[0].figure.text)
            continue
        if not english and _is_paid_to_others(said, own.figure, right):
            yield Difference(Kind.ROW, own.figure.text)
        if kind == "日期":
            continue  # a date stands in a sentence of its own; which turn it marks is looked at elsewhere
        other = _belongs_to(own, right, wrong, ENGLISH_MARGIN if english else MARGIN)
        if other is not None:
            yield Difference(Kind.ROW, own.figure.text, other.figure.text)


def _other_things_counted(said: str, figures: Sequence[Figure], passages: Sequence[Passage]) -> Iterator[Difference]:
    """A bare number of an English sentence with other things behind it than those it is printed of."""
    counted = [pair for passage in passages for pair in _things_counted(passage.text, passage.figures)]
    for number, things in _things_counted(said, figures):
        own = [printed for other, printed in counted if other == number and printed]
        others = [printed for other, printed in counted if other != number]
        swapped = any(things & printed for printed in others)
        if things and own and swapped and not any(things & printed for printed in own):
            yield Difference(Kind.ROW, number)


def _things_counted(text: str, figures: Sequence[Figure]) -> list[tuple[str, frozenset[str]]]:
    return [
        (number[1], frozenset(stems_of(number[2])))
        for number in _COUNT.finditer(text)
        if not any(figure.span.start <= number.start() < figure.span.end for figure in figures)
    ]


def _is_paid_to_others(said: str, figure: Figure, right: Sequence[_Row]) -> bool:
    """Whether a person is paid what an employer or an institution gets, or the other way round."""
    own = _payee(said, figure)
    printed = {_payee(row.passage.text, row.figure) for row in right if row.passage is not None}
    return own is not None and None not in printed and bool(printed) and own not in printed


def _payee(text: str, figure: Figure) -> str | None:
    """A "person" or a "body", as the words of giving in front of a figure name who gets it; None when they do not."""
    start = max([0, *(cut.end() for cut in _PHRASE_END.finditer(text, 0, figure.span.start))])
    taken = _TAKES.search(text[start : figure.span.start])
    if taken is not None:
        return next((kind for kind, named in _PAYEES if named.fullmatch(taken["who"])), None)
    given = list(_GIVEN.finditer(text, start, figure.span.start))
    if not given:
        return None
    told = given[-1]["to"] or ""
    before = _TO.findall(text[start : given[-1].start()])
    for words in (told, before[-1] if before else ""):
        named = [(found.start(), kind) for kind, pattern in _PAYEES for found in pattern.finditer(words)]
        if named:
            return max(named)[1]
    return None


def _out_of_order(said: str, figures: Sequence[Figure], passages: Sequence[Passage]) -> Iterator[Difference]:
    """A list of figures in another order than the one they are printed in."""
    lists = _heads_of_lists(said, figures)
    for number in range(len(figures)):
        run = _run_of(said, figures, number)
        if len(run) < 2 or run[0] != number or any(one in lists for one in run):
            continue
        for passage in passages:
            places = [
                next((at for at, other in enumerate(passage.figures) if is_amount_of(other, figures[one])), -1)
                for one in run
            ]
            if -1 not in places and len(set(places)) == len(places):
                if (places != sorted(places) and places != sorted(places, reverse=True)) or (
                    places == sorted(places, reverse=True) and _HEADS.search(said)
                ):
                    yield Difference(Kind.LIST, "、".join(figures[one].text for one in run))
                break


def printed_places(said: str, figures: Sequence[Figure], printed: Printed) -> dict[int, list[tuple[Figure, Passage]]]:
    """For each figure of ``said``, by its start, where it is printed in surroundings most like its own."""
    found: dict[int, list[tuple[Figure, Passage]]] = {}
    english = not _HAN_RUN.search(said)
    passages = [*printed.passages, *printed.heads, *(printed.english if english else ())]
    rows = [row for passage in passages for row in _rows_of(passage.text, passage.figures, passage)]
    for own in _rows_of(said, figures):
        right = [row for row in rows if is_amount_of(row.figure, own.figure)]
        labels = {sign for sign in own.signs if _IS_LABEL.fullmatch(sign)}
        right = [row for row in right if labels & row.signs] or right
        weights = _weights(right) if right else {}
        best = max((_shared(own, row, weights) for row in right), default=0.0)
        found[own.figure.span.start] = [
            (row.figure, row.passage)
            for row in right
            if row.passage is not None and _shared(own, row, weights) >= best - CLOSE
        ]
    return found


def _belongs_to(own: _Row, right: Sequence[_Row], wrong: Sequence[_Row], margin: float) -> _Row | None:
    """The row of another figure whose surroundings are rather those of ``own``; None when there is none."""
    if not wrong:
        return None
    weights = _weights([*right, *wrong])
    best = max(_shared(own, row, weights) for row in right)
    other = max(wrong, key=lambda row: _shared(own, row, weights))
    if _shared(own, other, weights) < best + margin:
        return None
    told = {sign for row in right for sign in own.near & row.signs if weights.get(sign, 0) > 0} - other.signs
    return None if told else other


def kind_of(figure: Figure) -> str:
    """The sort of a figure: money, time, or its unit."""
    unit = canonical(figure).unit
    return _UNITS_ALIKE.get(unit, unit)


def _weights(rows: Sequence[_Row]) -> dict[str, float]:
    counted = Counter(sign for row in rows for sign in row.signs)
    return {
        sign: math.log2((len(rows) + 0.01) / count) * (LABEL_WEIGHT if _IS_LABEL.fullmatch(sign) else 1)
        for sign, count in counted.items()
    }


def _shared(own: _Row, row: _Row, weights: dict[str, float]) -> float:
    return sum(weights[sign] for sign in own.signs & row.signs if sign in weights)


def _rows_of(text: str, figures: Sequence[Figure], passage: Passage | None = None) -> list[_Row]:
    lists = _heads_of_lists(text, figures)
    rows: list[_Row] = []
    for number, figure in enumerate(figures):
        told = lists.get(number)
        run = [number] if told is not None else _run_of(text, figures, number)
        signs = (
            signs_in(told)
            if told is not None
            else frozenset[str]().union(*(_signs_around(text, figures, one) for one in run))
        )
        cuts = [cut.end() for cut in _NEAR_END.finditer(text, 0, figure.span.start)]
        near = signs_in(told) if told is not None else signs_in(text[max([0, *cuts]) : figure.span.start])
        rows.append(_Row(figure, signs, near, passage, tuple(run)))
    return rows


def _run_of(text: str, figures: Sequence[Figure], number: int) -> list[int]:
    """The figures of one list, 5万元、3万元, whose members are not told apart."""
    run = [number]
    while run[0] > 0 and _IS_JOINT.fullmatch(text[figures[run[0] - 1].span.end : figures[run[0]].span.start]):
        run.insert(0, run[0] - 1)
    while run[-1] + 1 < len(figures) and _IS_JOINT.fullmatch(
        text[figures[run[-1]].span.end : figures[run[-1] + 1].span.start]
    ):
        run.append(run[-1] + 1)
    return run


def _signs_around(text: str, figures: Sequence[Figure], number: int) -> frozenset[str]:
    figure = figures[number]
    kind = kind_of(figure)
    alike = [other for other in figures if kind_of(other) == kind]
    place = alike.index(figure)
    begin = alike[place - 1].span.end if place else 0
    bracket = _BRACKET.match(text, begin) if place else None
    begin = bracket.end() if bracket else begin
    end = alike[place + 1].span.start if place + 1 < len(alike) else len(text)
    cuts = [cut.end() for cut in _PHRASE_END.finditer(text, begin, figure.span.start)]
    longest = LONGEST_BEFORE_DATE if kind == "日期" else LONGEST_BEFORE
    before = text[max([begin, *cuts, figure.span.start - longest]) : figure.span.start]
    if begin and begin > max([0, *cuts]):
        ends = [cut.start() for cut in _CLAUSE_END.finditer(text, begin, figure.span.start)]
        english = re.match(r"[a-z\s]*\b(?:in|for|to|on|at|of)\b", text[begin : figure.span.start], re.IGNORECASE)
        before = text[(ends[-1] if english else ends[0]) if ends else begin : figure.span.start]
    behind = text[figure.span.end : end]
    bracket = _BRACKET.match(behind)
    cut = _CLAUSE_END.search(behind)
    signs = signs_in(before) | signs_in(bracket[0] if bracket else behind[: cut.start()] if cut else behind)
    between = text[alike[place - 1].span.end : figure.span.start] if place else ""
    if place and not _PHRASE_END.search(between) and not _IS_JOINT.fullmatch(between):
        signs |= {f"behind {canonical(alike[place - 1]).value}"}
    limit = limit_of(text, figure)
    return signs if limit == "exact" else signs | {f"limit {limit}"}


@lru_cache(8_192)
def signs_in(text: str) -> frozenset[str]:
    """What ``text`` tells apart by: pairs of characters, labels, English stems, things named in either language."""
    form = match_form(text)
    pairs = {run[at : at + 2] for run in _HAN_RUN.findall(form) for at in range(len(run) - 1)}
    if _HAN_RUN.search(text):
        labels = {label.replace("千伏", "kv") for label in _LABEL.findall(form)}
    else:
        labels = {(one or two or three).lower() for one, two, three in _ENGLISH_LABEL.findall(text)}
    latin = {one for one in stems_of(text) if one not in own_stems() and len(one) > 1}
    return frozenset(pairs | labels | latin | {f"#{number}" for number in concepts_in(text)})


def _heads_of_lists(text: str, figures: Sequence[Figure]) -> dict[int, str]:
    """For a figure of a list given 分别: the member that it is given to, by its place."""
    found: dict[int, str] = _names_behind(text, figures)
    for word in _HEADS.finditer(text):
        run = _run_behind(text, figures, word.end()) or _run_before(text, figures, word.start())
        if len(run) < 2:
            continue
        before = text[: min(figures[run[0]].span.start, word.start())]
        start = max([0, *(cut.end() for cut in _PHRASE_END.finditer(before))])
        own = _members(before[start:], len(run))
        if own:
            lead, tail = own[0][:-LONGEST_HEAD], own[-1][SHORTEST_HEAD:]
            found.update({number: f"{lead}，{head}，{tail}" for number, head in zip(run, own, strict=True)})
    return found


def _members(text: str, most: int) -> list[str]:
    """The members of the list at the end of ``text``, as many as there are figures; [] when they cannot be told."""
    letters = _CLASSES.findall(text)
    if letters and len(named := re.findall(r"[A-Za-z]", letters[-1])) == most:
        return [f"{letter}类" for letter in named]
    phrase = re.split(r"[，,：:](?=[^，,：:]*[^，,：:\s])", text.rstrip("，, "))[-1]
    for joints in (r"、", r"、|和|及|与|以及", _JOINT.pattern):
        for part in (phrase, text):
            heads = [head for head in re.split(joints, part) if head.strip(" ，,")]
            if len(heads) == most:
                return heads
    return []


def _names_behind(text: str, figures: Sequence[Figure]) -> dict[int, str]:
    """¥3 million, ¥2 million and ¥800,000 for B, C and D: each with its member."""
    found: dict[int, str] = {}
    for named in _FOR_EACH.finditer(text):
        heads = [head for head in _JOINT.split(named[1]) if head.strip()]
        run = _run_before(text, figures, named.start() + 1)
        if len(heads) == len(run) > 1:
            found.update(zip(run, heads, strict=True))
    return found


def _run_behind(text: str, figures: Sequence[Figure], at: int) -> list[int]:
    run: list[int] = []
    for number, figure in enumerate(figures):
        if figure.span.start < at or (run and not _JOINT.search(text, figures[run[-1]].span.end, figure.span.start)):
            continue
        if run and figure.span.start - figures[run[-1]].span.end > 8:
            break
        run.append(number)
    return run


def _run_before(text: str, figures: Sequence[Figure], at: int) -> list[int]:
    run: list[int] = []
    for number in range(len(figures) - 1, -1, -1):
        if figures[number].span.end > at:
            continue
        if run and figures[run[0]].span.start - figures[number].span.end > 8:
            break
        run.insert(0, number)
    return run
