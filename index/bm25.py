"""BM25 (Robertson & Zaragoza 2009) over jieba words and over character bigrams, through bm25s."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Protocol, Self, cast

import bm25s  # pyright: ignore[reportMissingTypeStubs]
import numpy as np

from index.ranker import Embed, Ranking, Shelf, Vectors, WeightedTokens, Wording
from index.words import WordSplitter
from ingest.types import Clause

# Usual values of the literature; clauses are short and much alike in length, so neither moves the result.
K1 = 1.5
B = 0.75
_NOTHING = ""  # stands for the tokens of a clause that has none, and in no question


class _Bm25s(Protocol):
    vocab_dict: Mapping[str, int]
    scores: Mapping[str, object]

    def index(self, corpus: object, show_progress: bool) -> None: ...
    def save(self, save_dir: str, allow_pickle: bool) -> None: ...
    def get_scores(self, query_tokens_single: list[str]) -> Vectors: ...


_new_bm25s = cast(Callable[..., _Bm25s], bm25s.BM25)
_load_bm25s = cast(Callable[..., _Bm25s], bm25s.BM25.load)  # pyright: ignore[reportUnknownMemberType]


class _TokenRanker:
    """BM25 over the tokens of heading path and text. Subclasses say which tokens."""

    name: ClassVar[str]

    def __init__(self, model: _Bm25s) -> None:
        self._model = model

    @staticmethod
    def tokens_of(text: str, splitter: WordSplitter) -> list[str]:
        """The tokens of a clause."""
        raise NotImplementedError

    @staticmethod
    def tokens_asked(wording: Wording) -> tuple[WeightedTokens, ...]:
        """The tokens of a query."""
        raise NotImplementedError

    @classmethod
    def build(cls, shelf: Shelf, embed: Embed) -> Self:
        """Counts the tokens of all clauses; ``embed`` is not needed."""
        del embed
        tokens = [cls.tokens_of(indexed_text(clause), shelf.splitter) for clause in shelf.clauses]
        # bm25s would number the tokens in the order of a set; numbering them here makes equal corpora equal files.
        number = {_NOTHING: 0}
        numbered = [[number.setdefault(token, len(number)) for token in row or [_NOTHING]] for row in tokens]
        model = _new_bm25s(k1=K1, b=B, method="lucene")
        model.index((numbered, number), show_progress=False)
        return cls(model)

    def save(self, folder: Path) -> None:
        """Writes bm25s's arrays and vocabulary."""
        self._model.save(str(folder), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, shelf: Shelf) -> Self:
        """Reads them back; ValueError when they are of another number of clauses."""
        model = _load_bm25s(str(folder), allow_pickle=False, show_progress=False)
        if model.scores["num_docs"] != len(shelf.clauses):
            raise ValueError(f"{cls.name} holds {model.scores['num_docs']} clauses, not {len(shelf.clauses)}")
        return cls(model)

    def rank(self, wording: Wording, limit: int) -> Ranking:
        """Clauses that share a token with the query; the weighted sum over its wordings."""
        total: Vectors | None = None
        for asked in self.tokens_asked(wording):
            known = [token for token in asked.tokens if token in self._model.vocab_dict]
            if known:
                scores = (self._model.get_scores(known) * asked.weight).astype(np.float32)
                total = scores if total is None else total + scores
        if total is None:
            return Ranking(np.empty(0, np.int64), np.empty(0, np.float32))
        return Ranking.best_of(total, limit, above=0.0)


class WordBm25(_TokenRanker):
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


class BigramBm25(_TokenRanker):
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
