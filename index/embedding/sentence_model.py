"""Any model of sentence-transformers, from a folder, from the hub's local cache or from the hub."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnusable

Vectors = NDArray[np.float32]

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


class SentenceModel:
    """A loaded model. Threads take turns: tokenizers of transformers refuse two at once ("Already borrowed")."""

    def __init__(self, model: _Model) -> None:
        self._model = model
        self._turn = threading.Lock()
        self.dim = model.get_embedding_dimension() or 0
        self.prompts = model.prompts
        self.longest = model.max_seq_length

    @classmethod
    def load(cls, name_or_folder: str, threads: int = 0) -> SentenceModel:
        """A folder is read without the hub; a name reaches for it only when it is not in the hub's local cache.

        ``threads`` is for the whole process; 0 leaves it to torch. Raises ModelUnusable.
        """
        folder = Path(name_or_folder)
        return cls(_load_from(folder, threads) if folder.is_dir() else _load_by_name(name_or_folder, threads))

    def encode(self, texts: Sequence[str], prompt: str, *, is_query: bool) -> Vectors:
        """One row for each text, (n, dim); of one that is too long only the beginning is read."""
        encode = self._model.encode_query if is_query else self._model.encode_document
        with self._turn:
            vectors = encode(
                list(texts), prompt=prompt, batch_size=len(texts), show_progress_bar=False, convert_to_numpy=True
            )
        return np.asarray(vectors, dtype=np.float32)

    def token_starts(self, text: str) -> Sequence[int]:
        """For each token of a text its first character; none when the tokenizer does not know where they stand."""
        tokenizer = self._model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            return ()
        with self._turn:
            found = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        return [start for start, _ in found["offset_mapping"]]

    def room(self, prompt: str) -> int:
        """Tokens of a text that can be read at once after this prompt."""
        tokenizer = self._model.tokenizer
        with self._turn:
            taken = tokenizer.num_special_tokens_to_add() + len(tokenizer.tokenize(prompt))
        return (self.longest or 0) - taken

    def digest(self) -> str:
        """Over weights, pieces and prompts: wherever the same model is loaded from, the digest is the same."""
        model = self._model
        digest = hashlib.sha256(repr(sorted(model.prompts.items())).encode())
        digest.update(repr(sorted(model.tokenizer.get_vocab().items())).encode())
        for name, tensor in sorted(model.state_dict().items()):
            digest.update(f"{name}{tuple(tensor.shape)}{tensor.dtype}".encode())
            digest.update(memoryview(tensor.detach().cpu().contiguous().numpy()).cast("B"))
        return digest.hexdigest()[:DIGEST_DIGITS]


def _load_from(folder: Path, threads: int) -> _Model:
    """A model from a folder, without the hub."""
    try:
        return _open(str(folder), threads, local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:  # what transformers raises for files it cannot use
        raise ModelUnusable("index.not_a_sentence_model", folder=folder, reason=_first_line(error)) from error


def _load_by_name(name: str, threads: int) -> _Model:
    """A model by its name: from the local cache, else from the hub."""
    if Path(name).is_absolute() or name.startswith((".", "~")):
        raise ModelUnusable("index.no_model_folder", name=name)
    try:
        return _open(name, threads, local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError):
        pass  # not in the cache, or only in part: the hub may have it
    try:
        _check_hub_answers()
        return _open(name, threads, local_files_only=False)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelUnusable("index.model_not_to_be_had", name=name) from error


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
