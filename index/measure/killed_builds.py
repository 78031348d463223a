"""``python -m index kills``: does an index serve after a builder was killed at any moment? Random moments, one after another."""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.rankers.protocol import Vectors
from index.store.store import build_index, open_index
from ingest.corpus.load import load_corpus
from ingest.errors import PolicyQAError
from ingest.normalise import match_form
from ingest.types import Corpus

BUCKETS = 64  # numbers in a vector of the stand-in model
LONGER = 1.1  # moments are drawn from the time of a whole build and a little more, so that some come after the switch


@dataclass(frozen=True, slots=True)
class KilledBuilds:
    """What became of the index."""

    kills: int
    served: int  # times a whole index could be opened afterwards
    finished: int  # builds that were done before their moment came
    faults: tuple[str, ...]  # what opening said instead


class HashedPairs:
    """A stand-in model that costs nothing: a text is its character pairs, counted in buckets."""

    dim = BUCKETS
    identity = f"hashed-pairs-{BUCKETS}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        return np.stack([self._vector(match_form(text)) for text in texts])

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors:
        """As queries."""
        del progress
        return self.encode_queries(texts)

    def _vector(self, plain: str) -> Vectors:
        vector = np.zeros(self.dim, np.float32)
        vector[0] = 1e-3  # a text of one character has a direction, too
        for start in range(len(plain) - 1):
            vector[zlib.crc32(plain[start : start + 2].encode()) % self.dim] += 1
        return vector / np.float32(np.linalg.norm(vector))


def kill_builds(folder: Path, kills: int, seed: int = 0) -> KilledBuilds:
    """Builds the index of a corpus folder, then kills ``kills`` further builds, each at its own random moment.

    After every kill the index is opened and every file of it checked. Works in a temporary home.
    """
    corpus = load_corpus(folder)
    moments = random.Random(seed)
    served = finished = 0
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as home:
        _build(corpus, Path(home))  # reads the dictionary, which the killed ones inherit
        started = time.perf_counter()
        _build(corpus, Path(home))
        whole_build_s = time.perf_counter() - started
        for _ in range(kills):
            builder = multiprocessing.get_context("fork").Process(target=_build, args=(corpus, Path(home)))
            builder.start()
            builder.join(moments.uniform(0, LONGER * whole_build_s))
            finished += builder.exitcode == 0
            builder.kill()
            builder.join()
            try:
                open_index(corpus, HashedPairs(), Path(home))
            except PolicyQAError as fault:
                faults.append(str(fault))
            else:
                served += 1
    return KilledBuilds(kills, served, finished, tuple(faults))


def _build(corpus: Corpus, home: Path) -> None:
    build_index(corpus, HashedPairs(), home, force=True)
