"""What a pattern cannot be found without, so that only those parts of a long text are searched in which that stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from re import _constants as ops  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue, reportUnknownVariableType] Python reads patterns so itself
from re import _parser as parser  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue, reportUnknownVariableType] likewise
from typing import Any, cast

SHORTEST = 2  # characters: what is known of a text is which pairs stand where
MOST = 64  # ways to say one piece of a pattern
_Step = tuple[Any, Any]  # what is to be matched next, and how, as Python itself reads a pattern
_LITERAL, _IN, _BRANCH, _GROUP = cast(Any, (ops.LITERAL, ops.IN, ops.BRANCH, ops.SUBPATTERN))  # pyright: ignore[reportUnknownMemberType]
_REPEATS = cast(Any, {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT})  # pyright: ignore[reportUnknownMemberType]
_NO_WIDTH = cast(Any, {ops.AT, ops.ASSERT, ops.ASSERT_NOT})  # pyright: ignore[reportUnknownMemberType]
_NOTHING: Set[str] = frozenset({""})


def words_needed(pattern: re.Pattern[str]) -> Set[str] | None:
    """Words one of which stands in whatever the pattern finds; None where that cannot be told."""
    steps = cast(Iterable[_Step], parser.parse(pattern.pattern, pattern.flags))  # pyright: ignore[reportUnknownMemberType]
    return _needed(steps, bool(pattern.flags & re.IGNORECASE))


def _needed(steps: Iterable[_Step], any_case: bool) -> Set[str] | None:
    """The best of what the steps need one after another: all of it is needed, so any one piece will do."""
    found: list[Set[str]] = []
    run = _NOTHING
    for step in steps:
        said = _all_said(step, any_case)
        if said is not None and len(run) * len(said) <= MOST:
            run = {before + after for before in run for after in said}
            continue
        found.append(run)
        if said is None and (inside := _inside(step, any_case)) is not None:
            found.append(inside)
        run = said or _NOTHING
    found.append(run)
    told = [words for words in found if words and min(map(len, words)) >= SHORTEST]
    return max(told, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _all_said(step: _Step, any_case: bool) -> Set[str] | None:
    """Everything that one step can match; None for too much or what cannot be told."""
    kind, how = step
    if kind is _LITERAL:
        sign = chr(how)
        return None if any_case and sign.lower() != sign.upper() else {sign}
    if kind is _IN:
        return _any_of(([one] for one in how), any_case) if all(one[0] is _LITERAL for one in how) else None
    if kind is _BRANCH:
        return _any_of(how[1], any_case)
    if kind is _GROUP and not (how[1] or how[2]):  # no letter case switched on or off inside
        return _any_of((how[3],), any_case)
    if kind in _REPEATS and how[:2] == (0, 1):
        said = _any_of((how[2],), any_case)
        return None if said is None else said | _NOTHING
    return _NOTHING if kind in _NO_WIDTH else None


def _any_of(branches: Iterable[Iterable[_Step]], any_case: bool) -> Set[str] | None:
    every: set[str] = set()
    for steps in branches:
        run = _NOTHING
        for step in steps:
            said = _all_said(step, any_case)
            if said is None or len(run) * len(said) > MOST:
                return None
            run = {before + after for before in run for after in said}
        every |= run
    return every if len(every) <= MOST else None


def _inside(step: _Step, any_case: bool) -> Set[str] | None:
    kind, how = step
    if kind is _GROUP and not (how[1] or how[2]):
        return _needed(how[3], any_case)
    if kind is _BRANCH:
        branches = [_needed(steps, any_case) for steps in how[1]]
        told = [words for words in branches if words is not None]
        return set[str]().union(*told) if len(told) == len(branches) else None
    return _needed(how[2], any_case) if kind in _REPEATS and how[0] > 0 else None
