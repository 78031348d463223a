"""Cuts blanks out of a paragraph that typesetting left between Chinese characters, digits and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.types import Span

_BLANKS = re.compile(r"[ \u00a0\u2000-\u200b\u3000\ufeff]+")
_IS_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_ORGAN = re.compile(r"(?:部|局|院|厅|委|会|办|署|行|中央|政府|党委|总局|办公厅)$")
_LONGEST_ENDING = 3  # characters of the above: 办公厅
_LABEL_ONLY = re.compile(r"^(?:第.{1,12}[编章节条篇](?:之.{1,2})?|附[件录表]?[0-9０-９一二三四五六七八九十]{0,3})$")


def _stray(text: str, start: int, end: int, in_title: bool) -> bool:
    """True when the blanks ``text[start:end]``, inside 《》 or not, are left over from typesetting and mean nothing."""
    before, after = text[start - 1], text[end]
    if before.isascii() and after.isascii() and not (before.isdigit() and after.isdigit()):
        return False
    if start <= 14 and _LABEL_ONLY.match(text[:start]):
        return False  # 第一条　为了…: the blank ends the label
    if not (_IS_HAN.match(before) and _IS_HAN.match(after)):
        return True
    return not (in_title or _ORGAN.search(text, max(0, start - _LONGEST_ENDING), start))


def _stray_ones(text: str, blanks: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    depth = position = 0
    for start, end in blanks:
        depth += text.count("《", position, start) - text.count("》", position, start)
        position = start
        if _stray(text, start, end, depth > 0):
            yield start, end


def tidy(pieces: list[Span], text: str) -> list[Span]:
    """Cut stray blanks out of the pieces of a paragraph whose joined text is ``text``."""
    if _BLANKS.search(text) is None:
        return pieces
    cuts = [(m.start(), m.end()) for m in _BLANKS.finditer(text) if m.start() > 0 and m.end() < len(text)]
    cuts = list(_stray_ones(text, cuts))
    if not cuts:
        return pieces
    out: list[Span] = []
    offset, number = 0, 0
    for piece in pieces:
        position, end = offset, offset + len(piece)
        while number < len(cuts) and cuts[number][0] < end:
            start, stop = cuts[number]
            if start > position:
                out.append(Span(piece.start + position - offset, piece.start + start - offset))
            position = max(position, min(stop, end))
            if stop > end:
                break
            number += 1
        if position < end:
            out.append(Span(piece.start + position - offset, piece.end))
        offset = end
    return out


def merged(pieces: list[Span]) -> list[Span]:
    """Pieces that adjoin made one."""
    out: list[Span] = []
    for piece in pieces:
        if out and out[-1].end == piece.start:
            out[-1] = Span(out[-1].start, piece.end)
        else:
            out.append(piece)
    return out
