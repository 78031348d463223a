"""Vectors of texts kept on disk as soon as they are made, for corpora that take hours to embed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from index.ranker import TextEncoder, Vectors
from index.vectors import text_key

AT_ONCE = 256  # texts between two writes: at most that many are embedded twice when the process is killed
KEYS = "keys.txt"
VECTORS = "vectors.f32"


class CachedEncoder:
    """An encoder that never embeds the same passage twice, not even in another process.

    Below ``folder`` stand the sha256 of each text, one a line, and the vectors in the same order, f32, one after
    another. Both only grow; what a killed process left behind of a row is cut off. One process writes at a time.
    """

    def __init__(self, encoder: TextEncoder, folder: Path) -> None:
        self.dim, self.identity = encoder.dim, encoder.identity
        self._encoder = encoder
        folder.mkdir(parents=True, exist_ok=True)
        name = encoder.identity.replace("/", "_")
        self._keys, self._vectors = folder / f"{name}.{KEYS}", folder / f"{name}.{VECTORS}"
        self._row = self._whole_rows()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As the encoder itself."""
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors:
        """As the encoder itself, new texts only."""
        new = [text for text in dict.fromkeys(texts) if text_key(text) not in self._row]
        with tqdm(total=len(new), desc=progress, unit=" texts", disable=None if progress else True) as bar:
            for start in range(0, len(new), AT_ONCE):
                batch = new[start : start + AT_ONCE]
                self._keep(batch, self._encoder.encode_passages(batch))
                bar.update(len(batch))
        if not texts:
            return np.empty((0, self.dim), np.float32)
        kept = np.memmap(self._vectors, np.float32, "r").reshape(-1, self.dim)
        return np.asarray(kept[[self._row[text_key(text)] for text in texts]])

    def _whole_rows(self) -> dict[str, int]:
        row_bytes = self.dim * np.dtype(np.float32).itemsize
        self._keys.touch()
        self._vectors.touch()
        keys = self._keys.read_text(encoding="ascii").split("\n")[:-1]  # the last one may be half a line
        keys = keys[: self._vectors.stat().st_size // row_bytes]
        self._keys.write_text("".join(f"{key}\n" for key in keys), encoding="ascii")
        with self._vectors.open("rb+") as file:
            file.truncate(len(keys) * row_bytes)
        return {key: row for row, key in enumerate(keys)}

    def _keep(self, texts: Sequence[str], vectors: Vectors) -> None:
        with self._vectors.open("ab") as file:
            file.write(np.ascontiguousarray(vectors, np.float32).tobytes())
        keys = [text_key(text) for text in texts]
        with self._keys.open("a", encoding="ascii") as file:
            file.write("".join(f"{key}\n" for key in keys))
        first = len(self._row)
        self._row.update({key: first + number for number, key in enumerate(keys)})
