"""Arrays read from disk whole, mapped, or row by row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.arrays import StoredRows

ROWS = np.arange(60, dtype=np.float16).reshape(12, 5)


@pytest.fixture
def stored(tmp_path: Path) -> StoredRows:
    np.save(tmp_path / "rows.npy", ROWS)
    return StoredRows(tmp_path / "rows.npy")


def test_size(stored: StoredRows) -> None:
    assert (len(stored), stored.width) == ROWS.shape


@pytest.mark.parametrize("part", [slice(None), slice(0, 3), slice(7, 12), slice(10, 99), slice(4, 4), slice(5, 2)])
def test_rows_in_a_row(stored: StoredRows, part: slice) -> None:
    np.testing.assert_array_equal(stored[part], ROWS[part])


@pytest.mark.parametrize("rows", [[], [0], [11, 0, 3], [2, 2]])
def test_rows_here_and_there(stored: StoredRows, rows: list[int]) -> None:
    np.testing.assert_array_equal(stored[np.array(rows, np.int64)], ROWS[rows])


def test_a_removed_file_stays_readable(stored: StoredRows, tmp_path: Path) -> None:
    (tmp_path / "rows.npy").unlink()
    np.testing.assert_array_equal(stored[:], ROWS)


def test_a_file_cut_short(stored: StoredRows, tmp_path: Path) -> None:
    with (tmp_path / "rows.npy").open("rb+") as file:
        file.truncate(200)
    with pytest.raises(ValueError, match=r"shorter than it was"):
        stored[np.array([11])]


def test_no_rows(tmp_path: Path) -> None:
    np.save(tmp_path / "flat.npy", np.arange(3))
    with pytest.raises(ValueError, match=r"holds no rows"):
        StoredRows(tmp_path / "flat.npy")
