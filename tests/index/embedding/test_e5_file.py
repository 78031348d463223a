"""Reading the packed model file: unpacking and cut-off files. (That the result is right: test_bundled.)"""

from __future__ import annotations

import struct

import numpy as np
import pytest

from index.embedding.e5_file import BLOCK, MAGIC, PACKED_BLOCK, parse, unpack


def block(scale: float, nibbles: list[int]) -> bytes:
    low, high = nibbles[: BLOCK // 2], nibbles[BLOCK // 2 :]
    return np.float16(scale).tobytes() + bytes(a | b << 4 for a, b in zip(low, high, strict=True))


def small_file() -> bytes:
    """A model of one piece, one replacement and two tensors: the layout of e5.c, written out."""
    header = struct.pack("<I7ifi", 1, 32, 0, 1, 32, 1, 4, 2, 1e-12, BLOCK)
    pieces = struct.pack("<5iQ", 2, 0, 0, 0, 0, 6) + struct.pack("<3I", 0, 3, 6) + struct.pack("<2f", 0.0, -1.5)
    pieces += "企业".encode()
    replacements = struct.pack("<iI", 1, 13) + struct.pack("<IB2I", ord("㎡"), 2, ord("m"), ord("2"))
    directory_size = 4 + 2 * (2 + 1 + 1 + 4 + 8 + 8)
    data_at = len(MAGIC + header + pieces + replacements) + directory_size
    packed, plain = block(0.5, list(range(16)) * 2), struct.pack("<2f", 1.0, -2.0)
    directory = struct.pack("<i", 2)
    directory += struct.pack("<H", 1) + b"a" + struct.pack("<BIQQ", 1, BLOCK, data_at, len(packed))
    directory += struct.pack("<H", 1) + b"b" + struct.pack("<BIQQ", 0, 2, data_at + len(packed), len(plain))
    return MAGIC + header + pieces + replacements + directory + packed + plain


def test_every_part_is_read() -> None:
    file = parse(small_file())
    assert (file.architecture.hidden, file.architecture.positions, file.architecture.token_types) == (32, 4, 2)
    assert file.pieces.texts == ("企", "业")
    assert file.pieces.scores == (0.0, -1.5)
    assert file.pieces.replacements == {"㎡": "m2"}
    assert file.vector("b").tolist() == [1.0, -2.0]
    assert file.matrix("a", BLOCK).tolist() == [[(n - 8) * 0.5 for n in list(range(16)) * 2]]


def test_low_nibbles_come_before_high_ones() -> None:
    blocks = np.frombuffer(block(1.0, [9] * 16 + [0] * 16), dtype=PACKED_BLOCK).reshape(1, 1)
    assert unpack(blocks).tolist() == [[1.0] * 16 + [-8.0] * 16]


def test_a_row_of_several_blocks_keeps_each_scale() -> None:
    row = block(1.0, [9] * BLOCK) + block(0.25, [4] * BLOCK)
    assert unpack(np.frombuffer(row, dtype=PACKED_BLOCK).reshape(1, 2)).tolist() == [[1.0] * BLOCK + [-1.0] * BLOCK]


def test_a_packed_tensor_is_no_vector() -> None:
    with pytest.raises(ValueError, match="packed"):
        parse(small_file()).vector("a")


@pytest.mark.parametrize("kept", [0, 3, 20, 60, 90, 120, len(small_file()) - 1])
def test_a_file_cut_anywhere_is_refused(kept: int) -> None:
    with pytest.raises(ValueError, match=r"ends too early|does not begin"):
        parse(small_file()[:kept])


def test_another_block_size_is_refused() -> None:
    content = small_file()
    at = len(MAGIC) + struct.calcsize("<I7if")
    with pytest.raises(ValueError, match="blocks of 64"):
        parse(content[:at] + struct.pack("<i", 64) + content[at + 4 :])
