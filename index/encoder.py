"""Turns queries and passages into vectors with any sentence-transformers model."""

from __future__ import annotations

import hashlib
import math
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from index.bundled_model import BUNDLED_IDENTITY, ensure_bundled_model
from index.settings import BUNDLED
from ingest.errors import ModelUnusable

Vectors = NDArray[np.float32]

BATCH = 16  # texts at once; on two cores larger batches are no faster, and a bar that moves is kinder
REMEMBERED_QUERIES = 256  # a conversation asks its earlier turns again with every new one; 384 KB at 384 dimensions
QUERY_PROMPTS = ("query",)
PASSAGE_PROMPTS = ("passage", "document", "corpus")  # models name it differently; sentence-transformers knows all three
TOKENS_PER_CHARACTER = 4  # no tokenizer makes more of one: four bytes of UTF-8
HUB_ANSWERS_WITHIN_S = 10.0
DIGEST_DIGITS = 16  # of sha256: enough to tell models apart
CHOOSE_ANOTHER = 'set POLICYQA_EMBEDDING_MODEL to "bundled", or to the name or folder of a sentence-transformers model'


class _Model(Protocol):
    """What is used of ``SentenceTransformer``, whose own types are incomplete."""

    prompts: Mapping[str, str]
    max_seq_length: int | None
    tokenizer: Any  # a tokenizer of transformers, untyped

    def encode_query(self, inputs: list[str], **options: object) -> NDArray[np.floating]: ...
    def encode_document(self, inputs: list[str], **options: object) -> NDArray[np.floating]: ...
    def get_embedding_dimension(self) -> int | None: ...
    def state_dict(self) -> Mapping[str, Any]: ...  # names → torch tensors


class Encoder:
    """An embedding model on the CPU, in f32. Its vectors have length 1, so that their product is their cosine.

    Same text, same vector: a query is remembered, and threads take turns, because the tokenizers under
    sentence-transformers refuse to be used by two at once ("Already borrowed").
    """

    def __init__(self, model: _Model, identity: str) -> None:
        self.identity = identity  # stable name and digest: what another model made is told apart by it
        self._model = model
        self._prompts = model.prompts
        self._turn = threading.Lock()
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()
        self.dim = model.get_embedding_dimension() or 0

    @classmethod
    def load(cls, model: str, home: Path, threads: int = 0) -> Encoder:
        """The model named in the settings: "bundled", a folder, or a name known to the model hub.

        "bundled" and folders never reach for the hub; a name does only when it is not in the hub's local cache.
        ``threads`` is for the whole process; 0 leaves it to torch. Raises ModelUnusable.
        """
        if model == BUNDLED:
            return cls(_load_from(ensure_bundled_model(home), threads), BUNDLED_IDENTITY)
        loaded = _load_from(Path(model), threads) if Path(model).is_dir() else _load_by_name(model, threads)
        return cls(loaded, f"{Path(model).name}@{_digest_of_model(loaded)}")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, (n, dim)."""
        with self._turn:
            known = {text: self._remembered[text] for text in texts if text in self._remembered}
            new = [text for text in dict.fromkeys(texts) if text not in known]
            known |= zip(new, self._encode(new, self._prompt(QUERY_PROMPTS), is_query=True), strict=True)
            for text in known:
                self._remembered[text] = known[text]
                self._remembered.move_to_end(text)
            while len(self._remembered) > REMEMBERED_QUERIES:
                self._remembered.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else self._nothing()

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors:
        """One row for each text, (n, dim). ``progress`` names a bar on stderr, shown when that is a terminal.

        A text that is longer than the model reads at once is cut into windows of equal length, and gets the mean of
        their vectors by their number of tokens: nothing of it is left out.
        """
        prompt = self._prompt(PASSAGE_PROMPTS)
        with self._turn:
            windows = [self._windows(text, prompt) for text in texts]
        flat = [(row, text, tokens) for row, parts in enumerate(windows) for text, tokens in parts]
        flat.sort(key=lambda part: len(part[1]), reverse=True)  # texts of one length together: less padding
        sums = np.zeros((len(texts), self.dim), np.float32)
        with tqdm(total=len(flat), desc=progress, unit=" texts", disable=None if progress else True) as bar:
            for start in range(0, len(flat), BATCH):
                batch = flat[start : start + BATCH]
                with self._turn:
                    vectors = self._encode([text for _, text, _ in batch], prompt, is_query=False)
                for (row, _, tokens), vector in zip(batch, vectors, strict=True):
                    sums[row] += tokens * vector
                bar.update(len(batch))
        return _of_length_one(sums)

    def _nothing(self) -> Vectors:
        return np.zeros((0, self.dim), np.float32)

    def _prompt(self, names: Sequence[str]) -> str:
        return next((self._prompts[name] for name in names if self._prompts.get(name)), "")

    def _encode(self, texts: list[str], prompt: str, *, is_query: bool) -> Vectors:
        if not texts:
            return self._nothing()
        encode = self._model.encode_query if is_query else self._model.encode_document
        vectors = encode(texts, prompt=prompt, batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True)
        return _of_length_one(np.asarray(vectors, dtype=np.float32))

    def _windows(self, text: str, prompt: str) -> list[tuple[str, int]]:
        """The parts of a text that the model can read at once, and how many tokens each counts for."""
        longest = self._model.max_seq_length
        if longest is None or (len(prompt) + len(text)) * TOKENS_PER_CHARACTER < longest:
            return [(text, 1)]
        tokenizer = self._model.tokenizer
        if not getattr(tokenizer, "is_fast", False):  # the others do not know where a token stands in the text
            return [(text, 1)]
        room = longest - tokenizer.num_special_tokens_to_add() - len(tokenizer.tokenize(prompt))
        found = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        starts: list[int] = [start for start, _ in found["offset_mapping"]]
        if len(starts) <= room or room <= 0:
            return [(text, 1)]
        count = math.ceil(len(starts) / room)
        bounds = [number * len(starts) // count for number in range(count + 1)]
        cuts: list[int] = [0, *(starts[bound] for bound in bounds[1:-1]), len(text)]
        return [(text[cuts[number] : cuts[number + 1]], bounds[number + 1] - bounds[number]) for number in range(count)]


def _of_length_one(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, np.finfo(np.float32).tiny)).astype(np.float32)


# ── Loading ────────────────────────────────────────────────────────────────────────────────────


def _load_from(folder: Path, threads: int) -> _Model:
    """A model from a folder, without the hub."""
    try:
        return _open(str(folder), threads, local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:  # what transformers raises for files it cannot use
        raise ModelUnusable(
            f"{folder} holds no usable sentence-transformers model ({_first_line(error)}): {CHOOSE_ANOTHER}."
        ) from error


def _load_by_name(name: str, threads: int) -> _Model:
    """A model by its name: from the local cache, else from the hub."""
    if Path(name).is_absolute() or name.startswith((".", "~")):
        raise ModelUnusable(f"There is no model folder {name}: {CHOOSE_ANOTHER}.")
    try:
        return _open(name, threads, local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError):
        pass  # not in the cache, or only in part: the hub may have it
    try:
        _check_hub_answers()
        return _open(name, threads, local_files_only=False)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelUnusable(
            f"The embedding model {name!r} is neither here nor to be had from the model hub: {CHOOSE_ANOTHER}."
        ) from error


def _check_hub_answers() -> None:
    """Raises ConnectionError at once when the hub is out of reach; loading would try again for more than a minute."""
    import httpx  # here, because only a model from the hub needs it
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        raise ConnectionError("HF_HUB_OFFLINE is set")
    try:
        httpx.head(constants.ENDPOINT, timeout=HUB_ANSWERS_WITHIN_S)
    except httpx.HTTPError as error:
        raise ConnectionError(f"{constants.ENDPOINT} does not answer") from error


def _open(name_or_folder: str, threads: int, *, local_files_only: bool) -> _Model:
    # These take seconds and hundreds of megabytes: reading, checking and `--help` have no need of them.
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    if threads:
        torch.set_num_threads(threads)
    logging.disable_progress_bar()  # "Loading weights" takes a second and says nothing to the user
    in_f32 = {"dtype": torch.float32}  # files in half precision would be computed in it, which is slow on a CPU
    model = SentenceTransformer(name_or_folder, device="cpu", local_files_only=local_files_only, model_kwargs=in_f32)
    return cast("_Model", model)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _digest_of_model(model: _Model) -> str:
    """Over weights, pieces and prompts: wherever the same model is loaded from, the digest is the same."""
    digest = hashlib.sha256(repr(sorted(model.prompts.items())).encode())
    digest.update(repr(sorted(model.tokenizer.get_vocab().items())).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name}{tuple(tensor.shape)}{tensor.dtype}".encode())
        digest.update(memoryview(tensor.detach().cpu().contiguous().numpy()).cast("B"))
    return digest.hexdigest()[:DIGEST_DIGITS]
