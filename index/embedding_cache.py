"""Vectors of texts kept on disk as soon as they are made, for corpora that take hours to embed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from index.ranker import TextEncoder, Vectors
from index.vectors import text_key

AT_ONCE = 256  # texts between two writes: at most that many are embedded twice when the process is killed
KEYS = "keys.txt"
VECTORS = "vectors.f32"
FLOAT_BYTES = 4


class KeptVectors(Mapping[str, Vectors]):
    """Vectors by the sha256 of their text, in a file that only grows.

    Below ``folder`` stand the sha256 of each text, one a line, and the vectors in the same order, f32, one after
    another. What a killed process left behind of a row is cut off. One process writes at a time.
    """

    def __init__(self, folder: Path, model: str, dim: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = model.replace("/", "_")
        self._keys, self._vectors, self._dim = folder / f"{name}.{KEYS}", folder / f"{name}.{VECTORS}", dim
        self._row = self._whole_rows()

    def __getitem__(self, key: str) -> Vectors:
        row = self._row[key]
        return np.fromfile(self._vectors, np.float32, self._dim, offset=row * self._dim * FLOAT_BYTES)

    def __contains__(self, key: object) -> bool:
        return key in self._row

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __len__(self) -> int:
        return len(self._row)

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keeps the vectors of further texts."""
        with self._vectors.open("ab") as file:
            file.write(np.ascontiguousarray(vectors, np.float32).tobytes())
        keys = [text_key(text) for text in texts]
        with self._keys.open("a", encoding="ascii") as file:
            file.write("".join(f"{key}\n" for key in keys))
        first = len(self._row)
        self._row.update({key: first + number for number, key in enumerate(keys)})

    def _whole_rows(self) -> dict[str, int]:
        self._keys.touch()
        self._vectors.touch()
        keys = self._keys.read_text(encoding="ascii").split("\n")[:-1]  # the last one may be half a line
        keys = keys[: self._vectors.stat().st_size // (self._dim * FLOAT_BYTES)]
        self._keys.write_text("".join(f"{key}\n" for key in keys), encoding="ascii")
        with self._vectors.open("rb+") as file:
            file.truncate(len(keys) * self._dim * FLOAT_BYTES)
        return {key: row for row, key in enumerate(keys)}


class CachedEncoder:
    """An encoder that never embeds the same passage twice, not even in another process."""

    def __init__(self, encoder: TextEncoder, folder: Path) -> None:
        self.dim, self.identity = encoder.dim, encoder.identity
        self._encoder = encoder
        self._kept = KeptVectors(folder, encoder.identity, encoder.dim)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As the encoder itself."""
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors:
        """As the encoder itself, new texts only."""
        new = [text for text in dict.fromkeys(texts) if text_key(text) not in self._kept]
        with tqdm(total=len(new), desc=progress, unit=" texts", disable=None if progress else True) as bar:
            for start in range(0, len(new), AT_ONCE):
                batch = new[start : start + AT_ONCE]
                self._kept.add(batch, self._encoder.encode_passages(batch))
                bar.update(len(batch))
        vectors = np.empty((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._kept[text_key(text)]
        return vectors
