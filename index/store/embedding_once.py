"""Embeds each text once, and none whose vector an earlier index holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from index.rankers.protocol import Embed, TextEncoder, Vectors
from index.rankers.vectors import text_key

Known = Sequence[Mapping[str, Vectors]]
"""Vectors by the sha256 of the text."""

REMEMBER_UP_TO = 100_000  # texts of one ranker whose vectors the next one may take over: 150 MB at 384 dimensions


def embedding_once(encoder: TextEncoder, known: Known, *, progress: bool) -> Embed:
    """Embeds texts, each once, and those with a known vector not at all."""
    made: dict[str, Vectors] = {}

    def embed(texts: Sequence[str]) -> Vectors:
        tables = (made, *known)
        texts_by_key = {text_key(text): text for text in texts}
        new = {key: text for key, text in texts_by_key.items() if not any(key in table for table in tables)}
        rows = encoder.encode_passages(list(new.values()), progress="embedding" if progress else None) if new else ()
        new_vectors = dict(zip(new, rows, strict=True))
        tables = (new_vectors, *tables)
        vectors = np.empty((len(texts), encoder.dim), np.float32)
        for row, text in enumerate(texts):
            key = text_key(text)
            vectors[row] = next(table for table in tables if key in table)[key]
        if len(new) <= REMEMBER_UP_TO:
            made.update(new_vectors)
        return vectors

    return embed
