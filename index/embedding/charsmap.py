"""Builds the character map that ``tokenizers.normalizers.Precompiled`` reads.

The map is a double-array trie over UTF-8 bytes (darts-clone units, as SentencePiece writes them) followed by the
replacements as NUL-terminated strings: ``trie bytes (u32) | units (u32 each) | strings``. No Python library writes
this form, and thousands of single ``Replace`` rules would each walk over the whole text.

One unit: bits 0–7 label, bit 8 "a value follows", bits 10–31 offset to the children; a value is a unit with bit 31 set.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

LABELS = 256  # a byte of UTF-8
HAS_VALUE = 1 << 8
OFFSET_SHIFT = 10
IS_VALUE = 1 << 31
LARGEST_OFFSET = 1 << 21  # larger ones need a second form of unit that maps of this size never need


@dataclass
class _Node:
    children: dict[int, _Node] = field(default_factory=dict["int", "_Node"])
    value: int | None = None  # where the replacement begins among the strings

    def labels(self) -> list[int]:
        """The bytes that lead on; 0 stands for the value."""
        return [*self.children, *([] if self.value is None else [0])]


def precompile(replacements: Mapping[str, str]) -> bytes:
    """The map of single characters to their replacements, as ``Precompiled`` takes it.

    Raises ValueError when a key is not one character or a text contains NUL, which ends strings in this form.
    """
    root = _Node()
    strings = bytearray()
    for character, replacement in replacements.items():
        if len(character) != 1 or "\0" in character + replacement:
            raise ValueError(f"{character!r} → {replacement!r} cannot stand in a character map")
        node = root
        for byte in character.encode():
            node = node.children.setdefault(byte, _Node())
        node.value = len(strings)
        strings += replacement.encode() + b"\0"
    units = _double_array(root)
    return struct.pack(f"<I{len(units)}I", 4 * len(units), *units) + bytes(strings)


def _double_array(root: _Node) -> list[int]:
    """Units of the trie. A child with label c of a node whose children are based at b stands at ``b ^ c``."""
    units: dict[int, int] = {0: 0}
    bases: set[int] = {0}  # each node has its own base, or a child of one could pass for a child of the other
    waiting = [(0, root)]
    lowest = 1  # below it every base or unit is taken; most nodes are ends and fill the gaps in order
    while waiting:
        position, node = waiting.pop()
        while lowest in bases or lowest in units:
            lowest += 1
        base = _free_base(units, bases, node.labels(), lowest)
        bases.add(base)
        offset = position ^ base
        if offset >= LARGEST_OFFSET:
            raise ValueError("too many characters for a character map")
        units[position] |= offset << OFFSET_SHIFT
        if node.value is not None:
            units[position] |= HAS_VALUE
            units[base] = node.value | IS_VALUE
        for label, child in node.children.items():
            units[base ^ label] = label
            waiting.append((base ^ label, child))
    size = (max(*units, *bases) // LABELS + 1) * LABELS  # whole blocks: no label leads out of the array
    return [units.get(position, 0) for position in range(size)]


def _free_base(units: Mapping[int, int], bases: set[int], labels: list[int], base: int) -> int:
    while base in bases or any(base ^ label in units for label in labels):
        base += 1
    return base
