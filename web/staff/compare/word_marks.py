"""Two texts cut into pieces, each with what became of it: the same, gone, new, or other words in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from eval.studies.impact_report import WORD

Piece = tuple[str, str]
"""Words, and what became of them: "" for nothing, "gone", "new", "changed"."""

SHORTEST_SAME = 2  # words; a shorter stretch between two that differ belongs to them, or every second sign is marked
MOST_COMPARED = 4_000_000  # pairs of words, a second; what differs of longer texts is marked as a whole


def marked_words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; a number or a Latin word is never cut."""
    first, second = WORD.findall(before), WORD.findall(after)
    head = _shared(first, second)
    tail = _shared(first[head:][::-1], second[head:][::-1])
    old, new = first[head : len(first) - tail], second[head : len(second) - tail]
    left: list[Piece] = [("".join(first[:head]), "")]
    right: list[Piece] = [("".join(second[:head]), "")]
    for is_same, was, now in _stretches(old, new):
        mark = "" if is_same else "changed" if was and now else "gone" if was else "new"
        left.append((was, mark))
        right.append((now, mark))
    ending = "".join(first[len(first) - tail :])
    return _tidy([*left, (ending, "")]), _tidy([*right, (ending, "")])


def _shared(first: Sequence[str], second: Sequence[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    if len(old) * len(new) > MOST_COMPARED:
        yield False, "".join(old), "".join(new)
        return
    was = now = ""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal" and b - a >= SHORTEST_SAME:
            yield False, was, now
            yield True, "".join(old[a:b]), "".join(new[c:d])
            was = now = ""
        else:
            was, now = was + "".join(old[a:b]), now + "".join(new[c:d])
    yield False, was, now


def _tidy(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece[0])
