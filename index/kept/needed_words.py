"""What a pattern cannot be found without, so that only those parts of a long text are searched in which that stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from re import _constants as ops  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue, reportUnknownVariableType]
from re import _parser as parser  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue, reportUnknownVariableType]
from typing import Any, cast

SHORTEST = 2  # characters: what is known of a text is which pairs stand where
_Step = tuple[Any, Any]  # what is to be matched next, and how, as Python itself reads a pattern
_REPEATS: frozenset[Any] = frozenset({ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT})  # pyright: ignore[reportUnknownMemberType]


def words_needed(pattern: re.Pattern[str]) -> Collection[str] | None:
    """Words one of which stands in whatever the pattern finds; None where that cannot be told."""
    steps = cast(Iterable[_Step], parser.parse(pattern.pattern, pattern.flags))  # pyright: ignore[reportUnknownMemberType]
    return _needed(steps, bool(pattern.flags & re.IGNORECASE))


def _needed(steps: Iterable[_Step], any_case: bool) -> Collection[str] | None:
    """The best of what the steps need one after another: all of it is needed, so any one part will do."""
    found: list[Collection[str]] = []
    run: list[_Step] = []
    for kind, how in steps:
        if kind is ops.LITERAL and not (any_case and chr(how).lower() != chr(how).upper()):  # pyright: ignore[reportUnknownMemberType]
            run.append((kind, how))
            continue
        found.append((_said(run),))
        if (inside := _of_step(kind, how, run, any_case)) is not None:
            found.append(inside)
        run = []
    found.append((_said(run),))
    told = [words for words in found if words and min(map(len, words)) >= SHORTEST]
    return max(told, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _said(run: Iterable[_Step]) -> str:
    return "".join(chr(how) for _, how in run)


def _of_step(kind: Any, how: Any, before: Sequence[_Step], any_case: bool) -> Collection[str] | None:
    """``before`` are the characters next before it: Python takes what branches begin with out of them."""
    if kind is ops.SUBPATTERN:  # pyright: ignore[reportUnknownMemberType]
        _, switched_on, switched_off, steps = how
        return None if switched_on or switched_off else _needed((*before, *steps), any_case)
    if kind is ops.BRANCH:  # pyright: ignore[reportUnknownMemberType]
        branches = [_needed((*before, *steps), any_case) for steps in how[1]]
        told = [words for words in branches if words is not None]
        return set[str]().union(*told) if len(told) == len(branches) else None
    if kind in _REPEATS and how[0] > 0:
        return _needed((*before, *how[2]), any_case)
    return None
