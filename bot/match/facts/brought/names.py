"""People told of by their names alone: 引进王岚，博士；李志强，正高级工程师."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.match.facts.profile_text import Clause
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.title_holders import title_holder_words


def hired_by_name(text: str, clause: Clause) -> int | None:
    """Where the name stands that a clause ends in behind a word of hiring; None without one."""
    match = _hired().search(text, clause.start, clause.end)
    return None if match is None else match.start("name")


def named_alone(text: str, clause: Clause) -> int | None:
    """Where a name begins that is all of a clause; None where it is more."""
    match = _alone().fullmatch(text, clause.start, clause.end)
    return None if match is None else match.start("name")


def names_behind(text: str, clauses: tuple[Clause, ...], of_talent: frozenset[Clause]) -> Iterator[tuple[int, Clause]]:
    """Where the people brought are named, in the order of the profile, each with the clause."""
    for clause in clauses:
        if clause in of_talent and not clause.asking:
            at = hired_by_name(text, clause)
            at = named_alone(text, clause) if at is None else at
            if at is not None:
                yield at, clause


@cache
def _name() -> str:
    words = title_holder_words().names
    return rf"(?P<name>(?!{any_of(words.no_names)})[{words.surnames}][\u4e00-\u9fff]{{1,2}})"


@cache
def _hired() -> re.Pattern[str]:
    words = title_holder_words().names
    return re.compile(rf"{any_of(words.hires)}[了来到进回]*{_name()}\s?[。；;]?\s*$")


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[①-⑩]|[\d.、]{{0,3}}){_name()}\s*")
