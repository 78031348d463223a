"""Many vectors in rounded numbers: found well, filtered fully, read back."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.rankers import quantized_vectors as rounded_vectors
from index.rankers.protocol import Vectors
from index.rankers.quantized_vectors import AXES_FILE, ROUNDED_FILE, ROWS_FILE, RoundedVectors
from index.rankers.vectors import VectorTable, embedded, load_table

COUNT, DIM = 3_000, 32


def of_length_one(vectors: NDArray[np.floating]) -> Vectors:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Sixty topics with fifty variants each."""
    draw = np.random.default_rng(3)
    topics = np.repeat(draw.standard_normal((COUNT // 50, DIM)), 50, axis=0)
    return of_length_one(topics + 0.5 * draw.standard_normal((COUNT, DIM)))


@pytest.fixture(scope="module")
def keys() -> list[str]:
    return [hashlib.sha256(str(number).encode()).hexdigest() for number in range(COUNT)]


@pytest.fixture(scope="module")
def table(vectors: Vectors, keys: list[str]) -> RoundedVectors:
    return RoundedVectors.of(vectors, keys)


@pytest.fixture(scope="module")
def questions(vectors: Vectors) -> Vectors:
    draw = np.random.default_rng(4)
    return of_length_one(vectors[::100] + 0.3 * draw.standard_normal((COUNT // 100, DIM)))


def exact(vectors: Vectors, question: Vectors, count: int) -> set[int]:
    return set(np.argsort(-(vectors @ question), kind="stable")[:count].tolist())


def test_finds_nearly_all_of_the_ten_nearest(table: RoundedVectors, vectors: Vectors, questions: Vectors) -> None:
    found = [len(exact(vectors, q, 10) & set(table.nearest(q, 10)[0].tolist())) for q in questions]
    assert sum(found) / (10 * len(questions)) >= 0.98


def test_says_how_it_searches(table: RoundedVectors) -> None:
    assert table.kind == "all by 32 numbers of 4 bits, the best 1200 exactly"


def test_the_axes_hold_most_of_the_vectors(vectors: Vectors, keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounded_vectors, "KEPT_NUMBERS", 8)
    few = RoundedVectors.of(vectors, keys)
    assert few.axes.shape == (DIM, 8)
    np.testing.assert_allclose(few.axes.T @ few.axes, np.eye(8), atol=1e-5)
    lengths = np.linalg.norm(vectors @ few.axes, axis=0)
    assert np.all(np.diff(lengths) <= 1e-3)
    assert lengths[-1] > np.linalg.norm(vectors, axis=0).min()


def test_rounded_alone_finds_less(
    table: RoundedVectors, vectors: Vectors, questions: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = [len(exact(vectors, q, 10) & set(table.nearest(q, 10)[0].tolist())) for q in questions]
    monkeypatch.setattr(rounded_vectors, "MEASURED_EXACTLY", 1)
    rounded = [len(exact(vectors, q, 10) & set(table.nearest(q, 10)[0].tolist())) for q in questions]
    assert sum(rounded) < sum(measured)


@pytest.mark.parametrize("count", [1, 10, 150, 2_500, 5_000])
def test_best_first_each_once_as_many_as_asked(table: RoundedVectors, questions: Vectors, count: int) -> None:
    rows, cosines = table.nearest(questions[0], count)
    assert len(rows) == len(set(rows.tolist())) == min(count, COUNT)
    assert np.all(np.diff(cosines) <= 0)


def test_cosines_of_the_best_are_exact(table: RoundedVectors, vectors: Vectors, questions: Vectors) -> None:
    rows, cosines = table.nearest(questions[1], 10)
    np.testing.assert_allclose(cosines, vectors[rows] @ questions[1], atol=5e-4)


@pytest.mark.parametrize("measured_one_by_one", [True, False])
@pytest.mark.parametrize("allowed", [1, 7, 400, 2_000])
def test_a_filter_still_finds_all_it_can(
    table: RoundedVectors, vectors: Vectors, questions: Vectors, allowed: int, measured_one_by_one: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if not measured_one_by_one:
        monkeypatch.setattr(rounded_vectors, "MEASURE_ALL_UP_TO", 0)
    among = np.zeros(COUNT, np.bool_)
    among[np.random.default_rng(allowed).permutation(COUNT)[:allowed]] = True
    for question in questions[:5]:
        rows, _ = table.nearest(question, 10, among)
        assert len(rows) == min(10, allowed)
        assert among[rows].all()
        allowed_rows = np.flatnonzero(among)
        best = allowed_rows[int(np.argmax(vectors[allowed_rows] @ question))]
        assert rows[0] == best


def test_a_filter_that_nothing_passes(table: RoundedVectors, questions: Vectors) -> None:
    rows, cosines = table.nearest(questions[0], 10, np.zeros(COUNT, np.bool_))
    assert len(rows) == len(cosines) == 0


def test_saved_and_loaded(table: RoundedVectors, questions: Vectors, tmp_path: Path) -> None:
    table.save(tmp_path)
    loaded = load_table(tmp_path)
    assert loaded.kind == table.kind
    for question in questions[:5]:
        for ours, theirs in zip(loaded.nearest(question, 300), table.nearest(question, 300), strict=True):
            np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("file", [ROUNDED_FILE, ROWS_FILE, AXES_FILE])
def test_damaged_files(table: RoundedVectors, tmp_path: Path, file: str) -> None:
    table.save(tmp_path)
    (tmp_path / file).write_bytes(b"damaged")
    with pytest.raises(ValueError, match=r"."):
        load_table(tmp_path)


def test_files_of_two_tables(table: RoundedVectors, tmp_path: Path) -> None:
    table.save(tmp_path)
    np.save(tmp_path / ROWS_FILE, np.zeros((5, DIM), np.float16))
    with pytest.raises(ValueError, match=r"does not hold the vectors"):
        load_table(tmp_path)


def test_vectors_by_the_key_of_their_text(table: RoundedVectors, vectors: Vectors, keys: list[str]) -> None:
    by_key = table.by_key()
    assert len(by_key) == COUNT
    assert list(by_key)[:3] == keys[:3]
    for row in (0, 17, COUNT - 1):
        np.testing.assert_allclose(by_key[keys[row]], vectors[row], atol=1e-3)
    stranger = hashlib.sha256(b"stranger").hexdigest()
    assert stranger not in by_key
    assert keys[5][:16] + stranger[16:] not in by_key


def test_few_vectors_are_searched_exactly(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [str(number) for number in range(COUNT)]
    few = embedded(texts, lambda asked: vectors[: len(asked)])
    assert isinstance(few, VectorTable)
    assert few.kind == "exact"
    monkeypatch.setattr("index.rankers.vectors.EXACT_UP_TO", COUNT - 1)
    assert isinstance(embedded(texts, lambda asked: vectors[: len(asked)]), RoundedVectors)


def test_axes_of_another_table(table: RoundedVectors, tmp_path: Path) -> None:
    table.save(tmp_path)
    np.save(tmp_path / AXES_FILE, np.eye(DIM, dtype=np.float32)[:, :5])
    with pytest.raises(ValueError, match=r"does not belong"):
        load_table(tmp_path)
