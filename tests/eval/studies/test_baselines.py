from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.cases.case_files import load_cases
from eval.studies.baselines import dense_search, fused_search, measure_peers, peers_table, split, word_search

WIDTH = 512
PIECES = [
    "——工商业用水：10.4元/吨（含代收污水处理费1.4元和水资源费2.5元）",
    "第一档价格：2.06元/立方米",
    "设立10亿元绿色产业发展基金",
]


class PairEmbedder:
    """A text is the counts of its character pairs, hashed: a poor model, but a real one."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for i in range(len(text) - 1):
                row[zlib.crc32(text[i : i + 2].encode()) % WIDTH] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> NDArray[np.float32]:
        return self.encode_queries(texts)


EMBEDDER = PairEmbedder()
DENSE = dense_search(EMBEDDER.encode_passages(PIECES), EMBEDDER)
WORDS = word_search(PIECES)


@pytest.mark.parametrize("search", [DENSE, WORDS, fused_search(DENSE, WORDS)])
@pytest.mark.parametrize(("query", "best"), [("工商业用水多少钱", 0), ("绿色产业发展基金", 2)])
def test_each_set_up_finds_the_piece(search, query: str, best: int) -> None:
    assert search(query, 3)[0] == best
    assert len(search(query, 2)) == 2


def test_fusion_prefers_what_both_rankings_found() -> None:
    def first(query: str, top_k: int) -> list[int]:
        return [7, 5, 1]

    def second(query: str, top_k: int) -> list[int]:
        return [9, 5, 3]

    assert fused_search(first, second)("问", 3) == [5, 7, 9]


def test_words_that_nobody_uses_still_give_a_ranking() -> None:
    assert sorted(WORDS("？！", 3)) == [0, 1, 2]


def test_pieces_keep_to_their_size_and_hold_the_text(corpus) -> None:
    pieces = split(corpus, 500, 50)
    assert max(map(len, pieces)) <= 500
    squeezed = {"".join(piece.split()) for piece in pieces}
    assert any("第一档价格：2.06元/立方米" in piece for piece in squeezed)
    assert len(split(corpus, 1000, 200)) < len(pieces)


def test_the_table_has_ours_and_six_everyday_set_ups(corpus, small_bot, question_set, plan) -> None:
    cases = [case for case in load_cases([question_set()]) if case.evidence]
    rows = measure_peers(cases, small_bot, EMBEDDER, plan.as_of)
    assert [row.name for row in rows] == [
        "PolicyQA",
        *(f"{cut} {name}" for cut in ("500/50", "1000/200") for name in ("FAISS", "BM25", "hybrid RRF")),
    ]
    assert rows[0].pieces == len(corpus.clauses)
    hit = rows[0].measures["R@10"]
    assert hit is not None
    assert (hit.value, hit.n) == (1.0, 2)
    assert len(peers_table(rows).splitlines()) == 8
