"""Rankers over the English that stands beside clauses: nearest sentences, and BM25 over words.

They speak only of questions that are asked in English, in whole or in part, and only where a corpus has an edition.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Self

import numpy as np

from index.rankers.bm25 import TokenRanker
from index.rankers.postings import Postings
from index.rankers.protocol import Embed, Mask, Ranking, Shelf, WeightedTokens, Wording
from index.rankers.vectors import SEPARATOR, SHORT_PATH_HEADINGS, Table, VectorsOfSentences, embedded, load_table
from index.text.english import english_words
from index.text.sentence_spans import Sentences
from index.text.tokens import WordSplitter
from ingest.entitlements.wording import squeezed
from ingest.types import Clause, Span

LONGEST_SHORT_HEADING = 100  # characters; English takes more than twice as many as Chinese
_NOTHING = ""


class EnglishVectors(VectorsOfSentences):
    """Each sentence in English, with a short heading path."""

    name: ClassVar[str] = "english_vectors"

    @staticmethod
    def sentences_of(shelf: Shelf) -> Sentences:
        """Where the Chinese of the English sentences stands, clause by clause."""
        english = [shelf.edition.sentences.get(clause.id, ()) for clause in shelf.clauses]
        spans = [(sentence.span.start, sentence.span.end) for of_clause in english for sentence in of_clause]
        return Sentences(np.array([len(one) for one in english], np.int32), np.array(spans, np.int32).reshape(-1, 2))

    def save(self, folder: Path) -> None:
        """Writes the table and where the sentences stand, which else every clause would have to be looked at for."""
        super().save(folder)
        self._sentences.save(folder)

    @classmethod
    def load(cls, folder: Path, shelf: Shelf, table: Table | None = None) -> Self:
        """Reads both, a table that is given not; ValueError when they are of other clauses or sentences."""
        table, sentences = table or load_table(folder), Sentences.load(folder, len(shelf.clauses))
        if len(table) != int(sentences.first[-1]):
            raise ValueError(f"{cls.name} holds {len(table)} sentences, not {int(sentences.first[-1])}")
        return cls(table, sentences)

    @classmethod
    def build(cls, shelf: Shelf, embed: Embed) -> Self:
        """Embeds every English sentence."""
        texts: list[str] = []
        for clause in shelf.clauses:
            headings = [heading[:LONGEST_SHORT_HEADING] for heading in _headings(shelf, clause)[-SHORT_PATH_HEADINGS:]]
            english = shelf.edition.sentences.get(clause.id, ())
            texts += [SEPARATOR.join((*headings, sentence.text.strip())) for sentence in english]
        return cls(embedded(texts, embed), cls.sentences_of(shelf))

    def rank(self, wording: Wording, limit: int, among: Mask | None = None) -> Ranking:
        """The clauses with the nearest English sentences; none for a question without English."""
        if wording.english_vector is None:
            return Ranking(np.empty(0, np.int64), np.empty(0, np.float32))
        return self.clauses_near(wording.english_vector, limit, among)

    def best_sentence(self, wording: Wording, position: int) -> Span | None:
        """Where the Chinese of the nearest English sentence of a clause stands; None without English in either."""
        return None if wording.english_vector is None else self.nearest_sentence(wording.english_vector, position)


class EnglishBm25(TokenRanker):
    """BM25 over the stems of English words: headings and sentences."""

    name: ClassVar[str] = "english_words"

    @staticmethod
    def tokens_of(text: str, splitter: WordSplitter) -> list[str]:
        """Stems of the text."""
        del splitter  # it cuts Chinese
        return english_words(text)

    @staticmethod
    def tokens_asked(wording: Wording) -> tuple[WeightedTokens, ...]:
        """Stems of the query."""
        return wording.english_words

    @classmethod
    def build(cls, shelf: Shelf, embed: Embed) -> Self:
        """Counts the words of all English sentences; ``embed`` is not needed."""
        del embed
        return cls(Postings.of((english_words(text) for text in _texts(shelf)), _NOTHING))


def _texts(shelf: Shelf) -> Iterable[str]:
    """The English of each clause with its headings; nothing for a clause without English."""
    for clause in shelf.clauses:
        english = shelf.edition.sentences.get(clause.id, ())
        headings = _headings(shelf, clause) if english else []
        yield "\n".join((*headings, *(sentence.text for sentence in english)))


def _headings(shelf: Shelf, clause: Clause) -> list[str]:
    headings = (shelf.edition.headings.get(squeezed(heading), "") for heading in clause.path)
    return [heading for heading in headings if heading]
