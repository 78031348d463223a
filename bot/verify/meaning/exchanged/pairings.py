"""Lists that are printed side by side, A、B、C类 and 30万、20万、10万元: which member of one goes with which of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from bot.verify.meaning.exchanged.things import NUMBER, Thing, lists_in, things_in
from bot.verify.meaning.passages import Passage
from bot.verify.meaning.types import Difference, Kind
from ingest.types import Figure

_SENTENCE_END = re.compile(r"[。；;！!？?\n]|\.(?=\s|$)")
LEAST_IN_TURN = 2  # things; two labels with a value each


@dataclass(frozen=True, slots=True)
class _Pair:
    label: Thing
    value: Thing


def paired_otherwise(said: str, figures: Sequence[Figure], rests: Sequence[Passage]) -> Iterator[Difference]:
    """Members of lists of ``said`` that go with another member than the one they are printed with."""
    own = things_in(said, tuple(figures))
    if len(own) < 2:
        return
    texts = [(one.text, things_in(one.text, one.figures)) for one in rests]
    everything = [one for _, things in texts for one in things]
    for pairs in (list(_pairs_in(text, things)) for text, things in texts):
        for pair in (*_pairs_in(said, own), *_pairs_of_lone(own, pairs)) if pairs else ():
            values = [one.value for one in pairs if pair.label.is_same(one.label) and one.value.sort == pair.value.sort]
            others = {one.value.start for one in pairs if pair.value.is_same(one.value)}
            # A value that stands outside of its lists as well goes with more than one.
            is_only_there = sum(pair.value.is_same(one) for one in everything) == len(others)
            if values and others and is_only_there and not any(pair.value.is_same(one) for one in values):
                yield Difference(Kind.ROW, said[pair.value.start : pair.value.end], values[0].name)


def _pairs_in(text: str, things: Sequence[Thing]) -> Iterator[_Pair]:
    yield from _pairs_of_lists(text, things)
    yield from _pairs_in_turn(text, things)


def _pairs_in_turn(text: str, things: Sequence[Thing]) -> Iterator[_Pair]:
    """初级1000元、中级1500元: label and value in turn, from the first of a sentence to its last."""
    ends = [0, *(cut.end() for cut in _SENTENCE_END.finditer(text)), len(text)]
    for start, end in pairwise(ends):
        within = [one for one in things if start <= one.start < end]
        labels = {one.sort for one in within if _is_label(one)}
        values = {one.sort for one in within if _is_value(one)}
        for label, value in product(labels, values):
            some = [one for one in within if one.sort in (label, value)]
            in_turn = label != value and all(one.sort != other.sort for one, other in pairwise(some))
            if in_turn and len(some) > LEAST_IN_TURN and len(some) % 2 == 0:
                for one, other in zip(some[::2], some[1::2], strict=True):
                    yield _Pair(one, other) if one.sort == label else _Pair(other, one)


def _pairs_of_lists(text: str, things: Sequence[Thing]) -> Iterator[_Pair]:
    """Of each list of figures and the nearest list of labels before it, else behind it, in its sentence."""
    lists = [some for some in lists_in(text, things) if len(some) > 1]
    for values in lists:
        if not _is_value(values[0]):
            continue
        labels = [
            some for some in lists if len(some) == len(values) and some[0].sort != values[0].sort and _is_label(some[0])
        ]
        before = [some for some in labels if some[-1].end <= values[0].start]
        behind = [some for some in labels if some[0].start >= values[-1].end]
        near = [
            some
            for some in (before[-1:] or behind[:1])
            if not _SENTENCE_END.search(text[min(some[-1].end, values[-1].end) : max(some[0].start, values[0].start)])
        ]
        for some in near:
            yield from (_Pair(label, value) for label, value in zip(some, values, strict=True))


def _pairs_of_lone(things: Sequence[Thing], printed: Sequence[_Pair]) -> Iterator[_Pair]:
    """Where a text has one label of those that are ``printed`` in a list, every value is of it."""
    labels = [one for one in things if any(one.is_same(pair.label) for pair in printed)]
    for label in labels:
        if all(one.is_same(label) for one in labels if one.sort == label.sort):
            yield from (_Pair(label, value) for value in things if value.sort != label.sort and _is_value(value))


def _is_value(thing: Thing) -> bool:
    return thing.figure is not None and not thing.sort.startswith(("前", "日期"))


def _is_label(thing: Thing) -> bool:
    return thing.sort != NUMBER and (thing.figure is None or thing.sort not in ("money", "%"))
