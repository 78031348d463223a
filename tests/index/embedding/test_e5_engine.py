"""The bundled model in numpy: the vectors that torch makes of the same weights, for any text, from any number of threads."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import erf

from index.embedding import bundled as bundled_model
from index.embedding import e5_engine
from index.embedding.bundled import PROMPTS, load_engine
from index.embedding.e5_engine import E5Engine
from index.embedding.e5_file import E5File, parse
from index.embedding.encoder import Encoder
from index.settings import BUNDLED

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


PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def weights(packed: E5File) -> dict[str, np.ndarray]:
    """The packed tensors under the names that ``transformers.BertModel`` gives them."""
    shape = packed.architecture
    found = {
        "embeddings.word_embeddings.weight": packed.matrix("emb.word", shape.hidden),
        "embeddings.position_embeddings.weight": packed.matrix("emb.pos", shape.hidden),
        "embeddings.token_type_embeddings.weight": packed.matrix("emb.type", shape.hidden),
        "embeddings.LayerNorm.weight": packed.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": packed.vector("emb.ln.b"),
    }
    for number in range(shape.layers):
        for short, long in PARTS.items():
            name, place = f"l{number}.{short}", f"encoder.layer.{number}.{long}"
            columns = shape.feed_forward if short == "fo" else shape.hidden
            is_norm = short.endswith("ln")
            found[f"{place}.weight"] = packed.vector(f"{name}.w") if is_norm else packed.matrix(f"{name}.w", columns)
            found[f"{place}.bias"] = packed.vector(f"{name}.b")
    return found


class TorchModel:
    """The same weights in ``transformers.BertModel``, fed with the tokens that the engine cuts."""

    def __init__(self, engine: E5Engine) -> None:
        import torch
        from transformers import BertConfig, BertModel

        packed = parse(bundled_model._source_file().read_bytes())  # pyright: ignore[reportPrivateUsage]
        shape = packed.architecture
        self._torch: Any = torch
        self._engine = engine
        self._model: Any = BertModel(
            BertConfig(
                vocab_size=shape.vocabulary,
                hidden_size=shape.hidden,
                num_hidden_layers=shape.layers,
                num_attention_heads=shape.heads,
                intermediate_size=shape.feed_forward,
                max_position_embeddings=shape.positions,
                type_vocab_size=shape.token_types,
                layer_norm_eps=shape.layer_norm_eps,
            ),
            add_pooling_layer=False,
        )
        self._model.load_state_dict({name: torch.tensor(values) for name, values in weights(packed).items()})
        self._model.eval()
        self.dim, self.longest, self.prompts = engine.dim, engine.longest, engine.prompts
        self.token_starts, self.room = engine.token_starts, engine.room

    def encode(self, texts: Sequence[str], prompt: str, *, is_query: bool) -> np.ndarray:
        del is_query
        return np.stack([self._encode(prompt + text) for text in texts])

    def _encode(self, text: str) -> np.ndarray:
        numbers = self._engine._numbers(text)  # pyright: ignore[reportPrivateUsage]  # cutting is another test's matter
        with self._torch.inference_mode():
            found = self._model(self._torch.tensor([numbers])).last_hidden_state[0].mean(dim=0).numpy()
        return found / np.linalg.norm(found)


@pytest.fixture(scope="module")
def reference(engine: E5Engine) -> Encoder:
    model = TorchModel(engine)
    return Encoder(lambda: model, "torch")


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


def test_questions_have_the_vectors_of_torch(bundled: Encoder, reference: Encoder) -> None:
    texts = questions(20)
    assert cosines(bundled.encode_queries(texts), reference.encode_queries(texts)).min() > 0.99999


def test_random_texts_have_the_vectors_of_torch(bundled: Encoder, reference: Encoder) -> None:
    texts = ["", " ", "\n", *ODD, *random_texts(30)]
    assert cosines(bundled.encode_queries(texts), reference.encode_queries(texts)).min() > 0.99999
    assert cosines(bundled.encode_passages(texts), reference.encode_passages(texts)).min() > 0.99999


@pytest.mark.parametrize("length", [480, 1100])
def test_long_texts_have_the_vectors_of_torch(length: int, bundled: Encoder, reference: Encoder) -> None:
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
