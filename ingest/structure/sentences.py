"""Sentences of Chinese and English text as spans that leave no character out."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.types import Span

_OPENING = "《（(〔【「『“[｛{〈"
_CLOSING = "》）)〕】」』”]｝}〉"
_PARTNER = dict(zip(_CLOSING, _OPENING, strict=True))
_ENDS = frozenset("。！？；!?;…\n")
_STAYS_WITH_END = frozenset(_CLOSING + "’\"'")
_CIRCLED = re.compile(r"[\u2460-\u2473\u3251-\u325f]")  # ① … ⑳, ㉑ … ㉟
# "按①、②项", "第③": a circled number after one of these is spoken of, it does not open a part.
_SPOKEN_OF = frozenset("、第和或至及与按照-—")
_ABBREVIATION = re.compile(
    r"(?:^|[^a-z])(?:no|nos|art|arts|sec|para|fig|vol|co|ltd|inc|corp|mr|mrs|ms|dr|prof|st|vs|cf|approx|e\.g|i\.e|[a-z])$",
    re.IGNORECASE,
)
_ITEM_NUMBER = re.compile(r"\s*[（(]?\d{1,3}")
_STAYS_WITH_STOP = re.compile(r"[\"')” ’]*")
_BLANKS = re.compile(r"\s*")
LOOK_BACK = 12  # characters before a full stop: the longest abbreviation, "approx", with room to spare


def split_sentences(text: str) -> list[Span]:
    """Spans of the sentences of ``text``, ascending, disjoint, together covering every character.

    A sentence ends after 。！？； … a line end, or an English full stop; closing quotes, brackets and blanks stay
    with it. Inside a closed pair of brackets or quotes nothing ends; an opening bracket that is never closed counts
    for nothing. A circled number opens a sentence. Decimal points, "No. 5" and "3. 天然气" end nothing.
    """
    sheltered = _sheltered(text)
    cuts = [0]
    position = 0
    while position < len(text):
        if sheltered[position]:
            end = _end_of_shelter(sheltered, position)
            is_whole_sentence = _BLANKS.fullmatch(text, cuts[-1], position) and text[end - 2] in _ENDS
            position = _after_closers(text, end, sheltered) if is_whole_sentence else end
            if is_whole_sentence:  # “今年完成。”
                cuts.append(position)
        elif _opens_part(text, position):
            cuts.append(position)
            position += 1
        elif _ends(text, position, cuts[-1]):
            position = _after_closers(text, position + 1, sheltered)
            cuts.append(position)
        else:
            position += 1
    edges = sorted({*cuts, len(text)})
    return _without_blank_ones(text, [Span(start, end) for start, end in pairwise(edges)])


def _sheltered(text: str) -> list[bool]:
    """For each character whether it lies inside a closed pair of brackets (the pair itself included)."""
    inside = [0] * (len(text) + 1)
    waiting: list[int] = []
    for position, character in enumerate(text):
        if character in _OPENING:
            waiting.append(position)
        elif character in _PARTNER:
            opened = _last_opened(text, waiting, _PARTNER[character])
            if opened is not None:
                start = waiting[opened]
                del waiting[opened:]
                inside[start] += 1
                inside[position + 1] -= 1
    depth = 0
    sheltered: list[bool] = []
    for step in inside[:-1]:
        depth += step
        sheltered.append(depth > 0)
    return sheltered


def _end_of_shelter(sheltered: list[bool], position: int) -> int:
    while position < len(sheltered) and sheltered[position]:
        position += 1
    return position


def _last_opened(text: str, waiting: list[int], opening: str) -> int | None:
    """Place in ``waiting`` of the nearest bracket that this one closes; full and half width close each other."""
    alike = "（(" if opening in "（(" else opening
    for place in range(len(waiting) - 1, -1, -1):
        if text[waiting[place]] in alike:
            return place
    return None


def _opens_part(text: str, position: int) -> bool:
    if not _CIRCLED.match(text[position]):
        return False
    last = position - 1
    while last >= 0 and text[last].isspace():
        last -= 1
    before = text[max(0, last) : last + 1]
    after = text[position + 1 : position + 2]
    return before not in _SPOKEN_OF and not _CIRCLED.match(before) and after not in _SPOKEN_OF


def _ends(text: str, position: int, begun: int) -> bool:
    character = text[position]
    if character != ".":
        return character in _ENDS
    after = text[position + 1 : position + 2]
    if after and not (after.isspace() or after in _STAYS_WITH_END):
        return False  # 8.27, policy.gov, 3.天然气
    following = _STAYS_WITH_STOP.match(text, position + 1)
    if following and text[following.end() : following.end() + 1].islower():
        return False  # "etc. and"
    before = text[max(begun, position - LOOK_BACK) : position]
    return not _ABBREVIATION.search(before) and not _ITEM_NUMBER.fullmatch(text, begun, position)


def _after_closers(text: str, position: int, sheltered: list[bool]) -> int:
    """Past further ends ("？！", "……"), closing quotes and brackets, and blanks."""
    while position < len(text) and (
        text[position].isspace()
        or ((text[position] in _ENDS or text[position] in _STAYS_WITH_END) and not sheltered[position])
    ):
        position += 1
    return position


def _without_blank_ones(text: str, spans: list[Span]) -> list[Span]:
    """A sentence of nothing but blanks joins the one after it, or the last one."""
    kept: list[Span] = []
    start = 0
    for span in spans:
        if span.of(text).strip():
            kept.append(Span(start, span.end))
            start = span.end
    if kept and start < len(text):
        kept[-1] = Span(kept[-1].start, len(text))
    elif not kept and text:
        kept = [Span(0, len(text))]
    return kept
