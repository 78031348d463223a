"""A corpus of a few lines of the compendium and a model without weights, for tests that build an index."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TALENT = """伊金霍洛旗人才若干措施

一、引进人才

1.高层次人才。对全职引进的D类人才，给予最高50万元安家补贴。

2.租房补贴。硕士研究生每月给予1000元租房补贴，最长补贴3年。

二、培育企业

1.科技企业。对首次认定的高新技术企业给予30万元奖励。

2.研发投入。对研发费用增长的企业，按增量的10%给予补贴。
"""
WATER = """伊金霍洛旗供水价格

一、居民生活用水：4.05元/吨（含污水处理费0.95元和水资源费0.1元）

二、工商业用水：10.4元/吨（含代收污水处理费1.4元和水资源费2.5元）
"""


class HashedPairs:
    """A text is the counts of its character pairs, thrown into buckets: a poor model, but a real one."""

    dim = 512
    identity = "hashed-pairs@1"

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        rows[:, 0] = 1e-3  # a text of one character has a direction, too
        for row, text in zip(rows, texts, strict=True):
            for i in range(len(text) - 1):
                row[zlib.crc32(text[i : i + 2].encode()) % self.dim] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> NDArray[np.float32]:
        self.embedded.extend(texts)
        return self.encode_queries(texts)


def write_corpus(folder: Path, **changes: str) -> Path:
    """A corpus folder; ``changes`` replace words of its files: ``old="new"``."""
    folder.mkdir(parents=True)
    for name, text in (("talent.txt", TALENT), ("water.txt", WATER)):
        for old, new in changes.items():
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
