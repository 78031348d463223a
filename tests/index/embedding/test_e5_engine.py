"""The bundled model in numpy: the vectors of sentence-transformers, for any text, from any number of threads."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from scipy.special import erf

from index.embedding import e5_engine
from index.embedding.bundled import PROMPTS, ensure_bundled_model, load_engine
from index.embedding.e5_engine import E5Engine
from index.embedding.encoder import Encoder
from index.settings import BUNDLED, IndexSettings

PROJECT = Path(__file__).resolve().parents[3]
COMPENDIUM = (PROJECT / "corpus" / "伊金霍洛旗投资政策汇编.txt").read_text("utf-8")
QUESTIONS = PROJECT / "eval" / "questions" / "dev.jsonl"
ODD = [
    "😀",
    "👨‍👩‍👧",
    "é",
    "ﷺ",
    "ᠮᠣ",
    "\u200d",
    "ﬁ",
    "㎡",
    "¾",
    "<mask>",
    "</s>",
    "  ",
    "\t",
    "\0",
    "한국어",
    "ภาษา",
    "中\u0301",
]


@pytest.fixture(scope="module")
def engine() -> E5Engine:
    return load_engine(2)


@pytest.fixture(scope="module")
def bundled() -> Encoder:
    return Encoder.load(BUNDLED, Path("nowhere"))


@pytest.fixture(scope="module")
def reference() -> Encoder:
    """The same model as a folder, run by sentence-transformers in torch."""
    return Encoder.load(str(ensure_bundled_model(IndexSettings().home)), Path("nowhere"))


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return (one * other).sum(axis=1)


def questions(count: int) -> list[str]:
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines() if line]
    return [row["turns"][-1] for row in rows[:: len(rows) // count][:count]]


def random_texts(count: int) -> list[str]:
    """Chinese, English, emoji, rare scripts and anything else, mixed; always the same ones."""
    chance = random.Random(20261122)
    words = "reward for newly recognised high-tech enterprises, VAT 13% — 500 m2".split()

    def part() -> str:
        kind = chance.randrange(4)
        start = chance.randrange(len(COMPENDIUM) - 20)
        return (
            COMPENDIUM[start : start + chance.randrange(20)],
            " ".join(chance.choices(words, k=3)),
            chance.choice(ODD),
            "".join(chr(chance.randrange(32, 0xD800)) for _ in range(5)),
        )[kind]

    return ["".join(part() for _ in range(chance.randrange(1, 9))) for _ in range(count)]


# ── The same vectors ───────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_questions_have_the_vectors_of_sentence_transformers(bundled: Encoder, reference: Encoder) -> None:
    texts = questions(20)
    assert cosines(bundled.encode_queries(texts), reference.encode_queries(texts)).min() > 0.99999


@pytest.mark.slow
def test_random_texts_have_the_vectors_of_sentence_transformers(bundled: Encoder, reference: Encoder) -> None:
    texts = ["", " ", "\n", *ODD, *random_texts(30)]
    assert cosines(bundled.encode_queries(texts), reference.encode_queries(texts)).min() > 0.99999
    assert cosines(bundled.encode_passages(texts), reference.encode_passages(texts)).min() > 0.99999


@pytest.mark.slow
@pytest.mark.parametrize("length", [480, 1100])
def test_long_texts_have_the_vectors_of_sentence_transformers(
    length: int, bundled: Encoder, reference: Encoder
) -> None:
    text = "".join(COMPENDIUM[20_000:].split())[:length]
    assert cosines(bundled.encode_passages([text]), reference.encode_passages([text])).min() > 0.9999
    assert cosines(bundled.encode_queries([text]), reference.encode_queries([text])).min() > 0.99999  # its beginning


# ── The same vectors, always ───────────────────────────────────────────────────────────────────


def test_neighbours_and_order_do_not_matter(engine: E5Engine) -> None:
    texts = [text for text in random_texts(24) if text]
    together = engine.encode(texts, PROMPTS["passage"])
    alone = np.concatenate([engine.encode([text], PROMPTS["passage"]) for text in texts])
    backwards = engine.encode(texts[::-1], PROMPTS["passage"])[::-1]
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(together, backwards, atol=1e-5)


def test_eight_threads_get_to_the_last_digit_what_one_gets(engine: E5Engine) -> None:
    texts = questions(16)

    def one(text: str) -> np.ndarray:
        return engine.encode([text], PROMPTS["query"])[0]

    expected = [one(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(one, texts))
    assert all((first == second).all() for first, second in zip(expected, found, strict=True))


def test_several_threads_may_encode_many_texts_at_once(engine: E5Engine) -> None:
    texts = questions(12)

    def all_of_them(_: int) -> np.ndarray:
        return engine.encode(texts, PROMPTS["passage"])

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(all_of_them, range(8)))
    assert all((found[0] == other).all() for other in found)


@pytest.mark.parametrize("threads", [1, 3])
def test_the_number_of_threads_does_not_matter(threads: int, engine: E5Engine) -> None:
    texts = questions(7)
    other = load_engine(threads).encode(texts, PROMPTS["query"])
    np.testing.assert_allclose(other, engine.encode(texts, PROMPTS["query"]), atol=1e-5)


def test_no_texts_make_no_rows(engine: E5Engine) -> None:
    assert engine.encode([], PROMPTS["query"]).shape == (0, engine.dim)


# ── The parts ──────────────────────────────────────────────────────────────────────────────────


def test_gelu_is_that_of_the_error_function() -> None:
    x = np.concatenate([np.linspace(-12, 12, 100_001), [-1e4, 0.0, 1e4]]).astype(np.float32)[:, np.newaxis]
    exact = x.astype(np.float64) * (1 + erf(x.astype(np.float64) / np.sqrt(2))) / 2
    np.testing.assert_allclose(e5_engine._gelu(x.copy()), exact, atol=1e-6)  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([], []),
        ([100, 100], [[100, 100]]),
        ([300, 212, 1], [[300, 212], [1]]),
        ([512, 512], [[512], [512]]),
        ([600], [[600]]),
    ],
)
def test_texts_that_go_through_together_are_few(lengths: Sequence[int], expected: list[list[int]]) -> None:
    groups = e5_engine._groups([0] * length for length in lengths)  # pyright: ignore[reportPrivateUsage]
    assert [[len(text) for text in group] for group in groups] == expected
