"""What search takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ingest.types import Clause, Span


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One wording to search for and how much it counts (weights need not sum to 1)."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must fulfil. Empty means: anything."""

    levels: frozenset[str] = frozenset()  # 国家, 自治区, 市, 旗 …
    documents: frozenset[str] = frozenset()  # PolicyDocument ids
    in_force_on: date | None = None  # leaves out what had expired or was repealed on that day
    without: frozenset[str] = frozenset()  # PolicyDocument ids that are left out


@dataclass(frozen=True, slots=True)
class Query:
    """A question as search sees it: one or more wordings and the filters."""

    parts: tuple[QueryPart, ...]
    filters: Filters = field(default_factory=Filters)

    @classmethod
    def of(cls, text: str, filters: Filters | None = None) -> Query:
        """A query of one wording."""
        return cls((QueryPart(text),), filters or Filters())


@dataclass(frozen=True, slots=True)
class Found:
    """What one ranker said of one clause: its rank (1 is best) and its own raw score."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One clause found. ``score`` is the fused score, higher is better, comparable within one search only."""

    clause: Clause
    rank: int  # from 1
    score: float
    found_by: Mapping[str, Found]  # ranker name → what it said; rankers that did not list it are absent
    best_sentence: Span | None  # of clause.text: the sentence nearest to the query, if sentence vectors found it
    english: str | None = None  # the whole clause in English, where an edition has all of it
