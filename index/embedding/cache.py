"""Vectors of texts kept on disk as soon as they are made, for corpora that take hours to embed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from index.rankers.protocol import TextEncoder, Vectors
from index.rankers.vectors import text_key

AT_ONCE = 256  # texts between two writes: at most that many are embedded twice when the process is killed
KEYS = "keys.txt"
VECTORS = "vectors.f32"
FLOAT_BYTES = 4
KEY_BYTES = 65  # the digits of a sha256 and the end of the line


class KeptVectors(Mapping[str, Vectors]):
    """Vectors by the sha256 of their text, in a file that only grows.

    Below ``folder`` stand the sha256 of each text, one a line, and the vectors in the same order, f32, one after
    another. What a killed process left behind of a row is cut off. One process writes at a time, by one of these;
    its threads may share it.
    """

    def __init__(self, folder: Path, model: str, dim: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = model.replace("/", "_")
        self._keys, self._vectors, self._dim = folder / f"{name}.{KEYS}", folder / f"{name}.{VECTORS}", dim
        self._row = self._whole_rows()
        self._adding = threading.Lock()  # the rows of two threads must not be mixed up

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
        """Keeps the vectors of further texts; one that is kept already keeps its place."""
        with self._adding:
            new = {key: row for row, text in enumerate(texts) if (key := text_key(text)) not in self._row}
            first = len(self._row)
            rows = np.ascontiguousarray(vectors[list(new.values())], np.float32)
            _write_behind(self._vectors, first * self._dim * FLOAT_BYTES, rows.tobytes())
            _write_behind(self._keys, first * KEY_BYTES, "".join(f"{key}\n" for key in new).encode("ascii"))
            self._row.update({key: first + number for number, key in enumerate(new)})

    def _whole_rows(self) -> dict[str, int]:
        self._keys.touch()
        self._vectors.touch()
        keys = self._keys.read_text(encoding="ascii").split("\n")[:-1]  # the last one may be half a line
        keys = keys[: self._vectors.stat().st_size // (self._dim * FLOAT_BYTES)]
        self._keys.write_text("".join(f"{key}\n" for key in keys), encoding="ascii")
        with self._vectors.open("rb+") as file:
            file.truncate(len(keys) * self._dim * FLOAT_BYTES)
        return {key: row for row, key in enumerate(keys)}


def _write_behind(path: Path, begin: int, content: bytes) -> None:
    """Write at a place, in the place of whatever an attempt that failed has left there."""
    with path.open("rb+") as file:
        file.seek(begin)
        file.write(content)
        file.truncate()


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
