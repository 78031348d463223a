"""Cosines between a question and the sentences of clauses, from the sentence vectors that the index holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.rankers.protocol import Vectors
from index.rankers.vectors import sentence_text, text_key
from index.scoring.query_preparation import prepare
from index.store.store import ClauseIndex
from index.types import Query
from ingest.types import Clause, Span


class SentenceSimilarity:
    """The sentence vectors of an open index by sentence, and the question's own vector."""

    def __init__(self, clause_index: ClauseIndex) -> None:
        self._index = clause_index
        self._vectors = clause_index.sentence_vectors.table.by_key()

    def question_vector(self, query: Query) -> Vectors:
        """The vector search itself uses; the encoder remembers the wordings, so asking again costs nothing."""
        return prepare(query, self._index.shelf, self._index.encoder).vector

    def cosines(self, question: Vectors, clause: Clause, sentences: Sequence[Span]) -> list[float]:
        """One cosine for each sentence as :func:`ingest.structure.sentences.split_sentences` cut it."""
        keys = [text_key(sentence_text(clause, span)) for span in sentences]
        rows = [self._vectors[key] for key in keys if key in self._vectors]
        if len(rows) != len(keys):
            return []
        return [float(value) for value in np.stack(rows) @ question] if rows else []
