"""BM25 (Robertson & Zaragoza 2009) over jieba words and over character bigrams."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Self

import numpy as np

from index.rankers.postings import Lists, Postings
from index.rankers.protocol import Embed, Mask, Ranking, Shelf, Vectors, WeightedTokens, Wording
from index.text.tokens import WordSplitter
from ingest.types import Clause

# Up to here token after token is added, beyond, all in one product. Both give the same clauses, but sum in another
# order, so that scores may differ in the seventh digit.
SCORE_ALL_UP_TO = 20_000  # clauses
_NOTHING = ""  # stands for the tokens of a clause that has none, and in no question


class TokenRanker(ABC):
    """BM25 over the tokens of heading path and text. Subclasses say which tokens."""

    name: ClassVar[str]

    def __init__(self, postings: Postings) -> None:
        self.postings = postings

    @staticmethod
    @abstractmethod
    def tokens_of(text: str, splitter: WordSplitter) -> list[str]:
        """The tokens of a clause."""

    @staticmethod
    @abstractmethod
    def tokens_asked(wording: Wording) -> tuple[WeightedTokens, ...]:
        """The tokens of a query."""

    @classmethod
    def build(cls, shelf: Shelf, embed: Embed) -> Self:
        """Counts the tokens of all clauses; ``embed`` is not needed."""
        del embed
        return cls(
            Postings.of((cls.tokens_of(indexed_text(clause), shelf.splitter) for clause in shelf.clauses), _NOTHING)
        )

    def save(self, folder: Path) -> None:
        """Writes the postings."""
        self.postings.save(folder)

    @classmethod
    def load(cls, folder: Path, shelf: Shelf, elsewhere: Lists | None = None) -> Self:
        """Reads them back; ValueError when they are of another number of clauses."""
        postings = Postings.load(folder, elsewhere)
        if postings.clause_count != len(shelf.clauses):
            raise ValueError(f"{cls.name} holds {postings.clause_count} clauses, not {len(shelf.clauses)}")
        return cls(postings)

    def rank(self, wording: Wording, limit: int, among: Mask | None = None) -> Ranking:
        """Clauses that share a token with the query; the weighted sum over its wordings."""
        asked = [(self.postings.numbers(part.tokens), part.weight) for part in self.tokens_asked(wording)]
        if self.postings.elsewhere is not None:
            self.postings.elsewhere.look_ahead({number for numbers, _ in asked for number in numbers})
        if self.postings.clause_count > SCORE_ALL_UP_TO:
            weights: defaultdict[int, float] = defaultdict(float)
            for numbers, weight in asked:
                for number in numbers:
                    weights[number] += weight
            return self.postings.best(weights, limit, among)
        total: Vectors | None = None
        for numbers, weight in asked:
            if numbers:
                scores = (self.postings.score_all(numbers) * weight).astype(np.float32)
                total = scores if total is None else total + scores
        if total is None:
            return Ranking(np.empty(0, np.int64), np.empty(0, np.float32))
        return Ranking.best_of(total, limit, above=0.0, among=among)


class WordBm25(TokenRanker):
    """BM25 over jieba words."""

    name: ClassVar[str] = "words"

    @staticmethod
    def tokens_of(text: str, splitter: WordSplitter) -> list[str]:
        """Words of the text."""
        return splitter.words(text)

    @staticmethod
    def tokens_asked(wording: Wording) -> tuple[WeightedTokens, ...]:
        """Words of the query."""
        return wording.words


class BigramBm25(TokenRanker):
    """BM25 over pairs of characters: finds what the dictionary cuts differently in question and clause."""

    name: ClassVar[str] = "bigrams"

    @staticmethod
    def tokens_of(text: str, splitter: WordSplitter) -> list[str]:
        """Bigrams of the text."""
        return splitter.bigrams(text)

    @staticmethod
    def tokens_asked(wording: Wording) -> tuple[WeightedTokens, ...]:
        """Bigrams of the query."""
        return wording.bigrams


def indexed_text(clause: Clause) -> str:
    """What is matched of a clause: its heading path, without which a catalogue item has no tier, and its text."""
    return "\n".join((*_headings(clause.path), clause.text))


def _headings(path: Sequence[str]) -> Sequence[str]:
    return tuple(heading for heading in path if heading)
