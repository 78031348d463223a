"""Vectors kept on disk: none made twice, none mixed up, whatever ends in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embedding import cache as embedding_cache
from index.embedding.cache import CachedEncoder, KeptVectors
from index.measure.killed_builds import HashedPairs
from index.rankers.vectors import text_key

TEXTS = ["给予30万元奖励", "给予20万元安家补贴", "每张床位给予8000元补贴"]


class Counting(HashedPairs):
    """Notes what it embeds."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode_passages(self, texts: Any, *, progress: str | None = None) -> Any:
        self.seen.extend(texts)
        return super().encode_passages(texts, progress=progress)


def test_no_text_is_embedded_twice_not_even_by_another_process(tmp_path: Path) -> None:
    model = Counting()
    first = CachedEncoder(model, tmp_path)
    wanted = HashedPairs().encode_passages(TEXTS)
    assert np.array_equal(first.encode_passages([*TEXTS, TEXTS[0]]), [*wanted, wanted[0]])
    assert model.seen == TEXTS
    assert np.array_equal(CachedEncoder(model, tmp_path).encode_passages(TEXTS[::-1]), wanted[::-1])
    assert model.seen == TEXTS


def test_threads_that_share_it_do_not_mix_up_rows(tmp_path: Path) -> None:
    texts = [f"给予{number}万元奖励" for number in range(300)]
    shared = CachedEncoder(HashedPairs(), tmp_path)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda start: shared.encode_passages(texts[start : start + 120]), range(0, 181, 10)))
    again = KeptVectors(tmp_path, HashedPairs.identity, HashedPairs.dim)
    assert len(again) == len(texts)
    wanted = HashedPairs().encode_passages(texts)
    assert all(np.array_equal(again[text_key(text)], row) for text, row in zip(texts, wanted, strict=True))


@pytest.mark.parametrize("which", [0, 1])
def test_what_a_write_that_failed_left_behind_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    """A full disk while the first or the second of the two files is written."""
    kept = KeptVectors(tmp_path, HashedPairs.identity, HashedPairs.dim)
    rows = HashedPairs().encode_passages(TEXTS)
    write = embedding_cache._write_behind  # pyright: ignore[reportPrivateUsage]
    calls = iter(range(9))

    def fails(path: Path, begin: int, content: bytes) -> None:
        if next(calls) == which:
            write(path, begin, content[:-7])
            raise OSError(28, "No space left on device")
        write(path, begin, content)

    monkeypatch.setattr(embedding_cache, "_write_behind", fails)
    with pytest.raises(OSError, match="No space"):
        kept.add(TEXTS[:2], rows[:2])
    assert len(kept) == 0
    kept.add(TEXTS[1:], rows[1:])
    for one in (kept, KeptVectors(tmp_path, HashedPairs.identity, HashedPairs.dim)):
        assert set(one) == {text_key(text) for text in TEXTS[1:]}
        assert np.array_equal(one[text_key(TEXTS[1])], rows[1])
