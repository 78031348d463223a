"""Vectors of any sentence-transformers model: lengths, order, windows, memory, and models that cannot be had."""

from __future__ import annotations

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.embedding.bundled import BUNDLED_IDENTITY, load_engine
from index.embedding.encoder import REMEMBERED_QUERIES, Encoder
from index.settings import BUNDLED, IndexSettings
from ingest.errors import ModelUnusable

CLAUSES = [
    "对首次认定的高新技术企业，给予一次性奖励30万元。",
    "责任单位：科技局",
    "对新引进的总部企业，自认定之日起三年内按其对地方经济贡献的一定比例给予奖励，最高不超过500万元。",
]


@pytest.fixture(scope="session")
def home() -> Path:
    """The project's own home: the model is made there once and kept, as any run of the program would."""
    return IndexSettings().home


@pytest.fixture(scope="session")
def encoder(home: Path) -> Encoder:
    return Encoder.load(BUNDLED, home)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something reached for the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_vectors_have_length_one_and_the_order_of_the_texts(encoder: Encoder) -> None:
    together = encoder.encode_passages(CLAUSES)
    assert together.shape == (3, encoder.dim) == (3, 384)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    for row, clause in enumerate(CLAUSES):  # encoding sorts by length; rows must not
        assert together[row] @ encoder.encode_passages([clause])[0] > 0.99999


def test_the_clause_that_answers_is_nearest(encoder: Encoder) -> None:
    cosines = encoder.encode_queries(["新认定的高新技术企业奖励多少？"]) @ encoder.encode_passages(CLAUSES).T
    assert cosines.argmax() == 0


def test_no_texts_make_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, 384)
    assert encoder.encode_passages([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", " ", "\n", "😀", "\x01"])
def test_texts_without_words_still_have_a_vector(text: str, encoder: Encoder) -> None:
    for vectors in (encoder.encode_queries([text]), encoder.encode_passages([text])):
        assert np.isfinite(vectors).all()
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_query_is_the_same_alone_repeated_and_among_others(encoder: Encoder) -> None:
    first = encoder.encode_queries(["人才公寓怎么申请"])[0]
    among = encoder.encode_queries(["人才公寓怎么申请", "租金多少", "人才公寓怎么申请"])
    assert (among[0] == first).all()
    assert (among[2] == first).all()
    assert not (among[1] == first).all()


def test_remembered_queries_are_bounded_and_safe_from_callers(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    vector = encoder.encode_queries(["用地"])
    vector[:] = 0  # what a caller does with it must not reach the memory
    assert np.linalg.norm(encoder.encode_queries(["用地"])) > 0.99
    monkeypatch.setattr("index.embedding.encoder.REMEMBERED_QUERIES", 2)
    encoder.encode_queries(["一", "二", "三"])
    assert list(encoder._remembered) == ["二", "三"]  # pyright: ignore[reportPrivateUsage]
    assert REMEMBERED_QUERIES > 2


def test_threads_get_what_one_alone_gets(encoder: Encoder) -> None:
    texts = [f"第{number}条奖励多少万元" for number in range(12)]
    alone = np.stack([encoder.encode_passages([text])[0] for text in texts])
    with ThreadPoolExecutor(4) as pool:
        together = np.stack([vectors[0] for vectors in pool.map(lambda text: encoder.encode_passages([text]), texts)])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_the_end_of_a_long_text_counts(encoder: Encoder) -> None:
    long = "。".join(f"第{number}条 对企业给予奖励" for number in range(200))
    assert len(long) > 2000  # far more than the 512 tokens the model reads at once
    here, there = encoder.encode_passages([long + "。外籍人才办理签证", long + "。矿产资源开采许可"])
    assert here @ there < 0.99999
    assert here @ there > 0.9


def test_windows_of_a_long_text_hold_all_of_it(encoder: Encoder) -> None:
    long = "".join(f"第{number}条 对企业给予奖励。" for number in range(200))
    windows = encoder._windows(long, "passage: ")  # pyright: ignore[reportPrivateUsage]
    assert "".join(text for text, _ in windows) == long
    assert len(windows) > 1
    counts = [tokens for _, tokens in windows]
    assert max(counts) - min(counts) <= 1


def test_progress_is_silent_when_stderr_is_no_terminal(encoder: Encoder, capfd: pytest.CaptureFixture[str]) -> None:
    encoder.encode_passages(CLAUSES, progress="Encoding")
    assert capfd.readouterr() == ("", "")


# ── Which model ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("no_network")
def test_bundled_never_reaches_for_the_hub(home: Path) -> None:
    assert Encoder.load(BUNDLED, home).identity == BUNDLED_IDENTITY


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("name", ["/no/such/folder", "./models/none", "~/none"])
def test_a_folder_that_is_not_there_is_named_without_asking_the_hub(name: str, home: Path) -> None:
    with pytest.raises(ModelUnusable, match=f"no model folder {name}.*POLICYQA_EMBEDDING_MODEL"):
        Encoder.load(name, home)


def test_a_folder_without_a_model_is_named(home: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="no usable sentence-transformers model") as caught:
        Encoder.load(str(tmp_path), home)
    assert "\n" not in str(caught.value)


def test_an_unknown_name_without_network_is_one_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")  # nobody listens there
    with pytest.raises(ModelUnusable, match="neither here nor to be had") as caught:
        Encoder.load("nobody/no-such-model", home)
    assert "\n" not in str(caught.value)


def test_the_bundled_model_is_not_read_before_something_is_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []
    monkeypatch.setattr(
        "index.embedding.encoder.load_engine", lambda threads: reads.append(threads) or load_engine(threads)
    )
    encoder = Encoder.load(BUNDLED, Path("nowhere"), threads=1)
    assert (encoder.identity, reads) == (BUNDLED_IDENTITY, [])
    encoder.encode_queries(["补贴"])
    encoder.encode_queries(["奖励"])
    assert (encoder.dim, reads) == (384, [1])


def test_a_missing_wheel_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.embedding.bundled.PACKAGE", "no_such_package_here")
    with pytest.raises(ModelUnusable, match=r"not installed\. Run: make setup"):
        Encoder.load(BUNDLED, Path("nowhere"))


def test_the_bundled_model_encodes_without_torch_and_writes_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.embedding.encoder import Encoder\n"
        f"Encoder.load('bundled', Path({str(tmp_path)!r})).encode_queries(['补贴'])\n"
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert not any(tmp_path.iterdir())
