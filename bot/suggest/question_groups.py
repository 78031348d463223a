"""Questions that ask the same thing in other words, put together: first by their wording, then by what they mean.

Deterministic: the same questions in the same order give the same groups. The most frequent wording leads a group, and
a question joins the first group whose leader it is near enough to; no group grows along a row of near wordings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.normalise import match_form

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts in, one unit vector a row out."""

NEAR = 0.96  # cosine of the bundled model; of 12 pairs that ask the same 10 lie above, of 11 that do not 1 (E 类, D 类)
MOST_COMPARED = 200  # wordings, the most frequent; the rest stand alone (these take two seconds to encode)
_NONE = np.empty(0, np.float32)
_MARKS = re.compile(r"[\W_]+")
# Courtesies and particles that make no other question of a question.
_EMPTY_WORDS = re.compile(r"^(?:请问|您好|你好|想问一下|问一下|麻烦问下)+|(?:谢谢|吗|呢|啊|呀|吧)+$")


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question as it was asked, with whatever finds it again."""

    question: str
    id: str
    own: str = ""  # the last turn's own words, where ``question`` took over others; else empty

    @property
    def words(self) -> str:
        return self.own or self.question


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same thing, the one that leads first."""

    asked: tuple[AskedQuestion, ...]  # each time it was asked, newest first within a wording
    wordings: tuple[str, ...]  # different ones, the most frequent first

    @property
    def leader(self) -> str:
        return self.wordings[0]


def group_questions(asked: Iterable[AskedQuestion], embed: Embed | None = None) -> list[Group]:
    """The groups, the greatest first, equals in the order they were asked; ``embed`` None compares wordings alone."""
    same: dict[str, list[AskedQuestion]] = {}
    for one in asked:
        same.setdefault(plain_wording(one.question), []).append(one)
    frequent = sorted(same.values(), key=lambda ones: -len(ones))
    merged = _merged(frequent, embed) if embed is not None else [[ones] for ones in frequent]
    groups = [_group(of_wordings) for of_wordings in merged]
    return sorted(groups, key=lambda group: -len(group.asked))


def plain_wording(question: str) -> str:
    """A question without what makes no difference: marks, spaces, width, letter case, courtesies."""
    plain = _MARKS.sub("", match_form(question).lower())
    return _EMPTY_WORDS.sub("", plain) or plain or question


def _merged(frequent: list[list[AskedQuestion]], embed: Embed) -> list[list[list[AskedQuestion]]]:
    compared, alone = frequent[:MOST_COMPARED], frequent[MOST_COMPARED:]
    if not compared:
        return []
    vectors = embed([ones[0].question for ones in compared])
    # What was taken over makes unlike questions of one conversation near: their own words have to be near as well.
    own = embed([ones[0].words for ones in compared]) if any(ones[0].own for ones in compared) else vectors
    groups: list[list[list[AskedQuestion]]] = []
    leaders: list[int] = []
    for place, ones in enumerate(compared):
        near = np.minimum(vectors[leaders] @ vectors[place], own[leaders] @ own[place]) if leaders else _NONE
        nearest = int(np.argmax(near)) if len(near) else -1
        if nearest >= 0 and float(near[nearest]) >= NEAR:
            groups[nearest].append(ones)
        else:
            groups.append([ones])
            leaders.append(place)
    return [*groups, *([ones] for ones in alone)]


def _group(of_wordings: list[list[AskedQuestion]]) -> Group:
    ordered = sorted(of_wordings, key=lambda ones: -len(ones))
    return Group(tuple(one for ones in ordered for one in ones), tuple(ones[0].question for ones in ordered))
