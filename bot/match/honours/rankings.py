"""Places in a ranking: who is 42nd of a trade is among its first fifty, and not among its first ten."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from bot.match.honours.prizes import rank_of
from bot.match.types import Fact
from bot.match.words import standard_form
from ingest.normalise import to_simplified
from ingest.types import Span
from ingest.vocabulary.matching.prizes import prize_words

_FEWEST = 3  # characters of what is ranked


@lru_cache(maxsize=64)
def _rankings(listed: frozenset[str]) -> dict[tuple[str, str], dict[int, str]]:
    """What is ranked where (全国, 人力资源服务): the lengths of the lists that records ask for → their words."""
    found: dict[tuple[str, str], dict[int, str]] = {}
    for word in sorted(listed):
        match = re.fullmatch(prize_words().ranking, word)
        if match and len(match["what"]) >= _FEWEST:
            found.setdefault((match["where"] or "", match["what"]), {})[int(match["n"])] = word
    return found


def rankings_told(
    clauses: Sequence[tuple[str, Span]], listed: Collection[str], industries: Collection[str]
) -> Iterator[Fact]:
    """The lists that somebody is on by the place they say, and, denied, those that are too short for it.

    A clause counts that says the place and the region, and what is ranked, unless that is the asker's own trade.
    """
    own = {standard_form(word) for word in industries}
    for (where, what), lists in _rankings(frozenset(listed)).items():
        for text, at in clauses:
            plain = to_simplified(text)
            if not re.search(prize_words().ranked_where.get(where, where), plain):
                continue
            if what not in plain and standard_form(what) not in own:
                continue
            first, last, _ = rank_of(plain)
            if last is None:
                continue
            on = tuple(lists[n] for n in sorted(lists) if last <= n)
            off = tuple(lists[n] for n in sorted(lists) if first > n)
            if on:
                yield Fact("award", on[:1], said=at)
            yield from (Fact("award", (word,), denied=True, said=at) for word in off)
            break
