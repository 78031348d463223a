"""What every ranker is given, what it gives back, and the one Protocol they all keep.

A ranker says how well each clause of a corpus answers a wording, by its own measure and on its own scale;
`index.scoring.fusion` makes one score of what they say. Clauses are named by their position in :attr:`Shelf.clauses`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.glossary.glossary import Glossary
from index.rankers.clause_columns import KeptOfClauses
from index.rankers.filter_columns import Traits
from index.text.levels_and_places import Places, places_of
from index.text.sentence_spans import Sentences
from index.text.tokens import WordSplitter
from index.types import QueryPart
from ingest.editions.types import Edition
from ingest.normalise import search_form
from ingest.types import Clause, Corpus, PolicyDocument

Vectors = NDArray[np.float32]
Mask = NDArray[np.bool_]
"""One yes or no a clause."""
Embed = Callable[[Sequence[str]], Vectors]
"""Texts in, one unit vector a row out."""


@runtime_checkable  # pydantic asks it of the retriever's fields
class TextEncoder(Protocol):
    """A model that turns texts into unit vectors; a question and a passage that answers it lie close together."""

    @property
    def dim(self) -> int: ...

    @property
    def identity(self) -> str:
        """Changes whenever the same text may get another vector."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors: ...


@dataclass(frozen=True)
class Shelf:
    """The clauses of a corpus with what rankers read of them."""

    clauses: Sequence[Clause]
    documents: Mapping[str, PolicyDocument]  # by their id
    glossary: Glossary
    splitter: WordSplitter
    places: Places
    kept: KeptOfClauses | None = None  # by the index, where there is one
    edition: Edition = field(default_factory=Edition)  # the English beside the clauses; empty where there is none

    @classmethod
    def of(cls, corpus: Corpus, glossary: Glossary, edition: Edition | None = None) -> Shelf:
        """The shelf of a corpus, in the corpus's own order."""
        return cls(
            clauses=corpus.clauses,
            documents=corpus.document_by_id,
            glossary=glossary,
            splitter=WordSplitter(glossary.chinese_terms()),
            places=places_of(corpus),
            edition=edition or Edition(),
        )

    def levels_named(self, text: str) -> frozenset[str]:
        """The levels of government that ``text`` names, by the words for them or by those of the glossary's owner."""
        return self.glossary.levels_named(text) | frozenset(self.places.levels_named(search_form(text)))

    @cached_property
    def traits(self) -> Traits:
        """What filters ask of the clauses."""
        return self.kept.traits if self.kept else Traits.of(self.clauses, self.documents)

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of each clause."""
        return self.kept.sentences if self.kept else Sentences.of(self.clauses)


@dataclass(frozen=True, slots=True)
class WeightedTokens:
    """Tokens of one wording and how much each occurrence counts."""

    tokens: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Wording:
    """A query made ready for all rankers."""

    parts: tuple[QueryPart, ...]  # as asked
    words: tuple[WeightedTokens, ...]  # with what the glossary adds
    bigrams: tuple[WeightedTokens, ...]  # likewise
    vector: Vectors  # (dim,), unit length: the weighted mean of all wordings
    english_words: tuple[WeightedTokens, ...] = ()  # of what is asked in English, with nothing added
    english_vector: Vectors | None = None  # likewise; None when nothing is


@dataclass(frozen=True, slots=True)
class Ranking:
    """Clauses a ranker lists, best first, equal scores in the order of the corpus. Higher scores are better."""

    positions: NDArray[np.int64]
    scores: Vectors

    @classmethod
    def best_of(cls, scores: Vectors, limit: int, above: float = -np.inf, among: Mask | None = None) -> Ranking:
        """The ``limit`` best of one score per clause, leaving out those not above ``above`` or not ``among``."""
        if among is not None:
            scores = np.where(among, scores, np.float32(-np.inf))
        order = np.argsort(-scores, kind="stable")[:limit]
        order = order[scores[order] > above]
        return cls(order.astype(np.int64), scores[order])

    def within(self, candidates: NDArray[np.int64]) -> Ranking:
        """The same, each clause named by its place in ``candidates``, which are ascending and hold all of them."""
        return Ranking(np.searchsorted(candidates, self.positions), self.scores)


@runtime_checkable
class Ranker(Protocol):
    """One way to rank clauses."""

    name: ClassVar[str]  # as it stands in Hit.found_by and names its folder in the index

    @classmethod
    def build(cls, shelf: Shelf, embed: Embed) -> Self: ...

    def save(self, folder: Path) -> None:
        """Writes into an empty folder. Never pickle."""
        ...

    @classmethod
    def load(cls, folder: Path, shelf: Shelf) -> Self:
        """Reads what :meth:`save` wrote; OSError or ValueError when it cannot be read."""
        ...

    def rank(self, wording: Wording, limit: int, among: Mask | None = None) -> Ranking:
        """At most ``limit`` clauses, only of those ``among`` allows; the same wording always gives the same ranking."""
        ...
