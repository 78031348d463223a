"""A cross-encoder that reads question and clause together and puts the best clauses in a new order.

Off unless POLICYQA_RERANKER names one. A clause named by its address stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from index.rankers.named_clause import AddressLookup
from index.rankers.vectors import clause_text
from index.types import Hit
from ingest.errors import ModelUnusable

RERANKED = 20  # clauses read: R@20 of the search is what a reranker can make of it, and each costs a pass of the model
BATCH = 16


class _CrossEncoder(Protocol):
    """What is used of sentence-transformers' ``CrossEncoder``."""

    def predict(self, inputs: list[tuple[str, str]], **options: object) -> NDArray[np.floating]: ...


class Reranker:
    """Any sentence-transformers CrossEncoder, on the CPU, threads taking turns."""

    def __init__(self, model: _CrossEncoder) -> None:
        self._model = model
        self._turn = Lock()

    @classmethod
    def load(cls, name_or_folder: str) -> Reranker:
        """A model from a folder or the hub's local cache; the hub itself is not asked. Raises ModelUnusable."""
        from sentence_transformers import CrossEncoder  # here, because it takes seconds

        try:
            model = CrossEncoder(name_or_folder, device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError) as error:  # what transformers raises for unusable files
            raise ModelUnusable("index.not_a_reranker", folder=Path(name_or_folder)) from error
        return cls(cast("_CrossEncoder", model))

    @classmethod
    def of(cls, setting: str) -> Reranker | None:
        """The reranker named in the settings; None for an empty name. Raises ModelUnusable."""
        return cls.load(setting) if setting else None

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits with the first :data:`RERANKED` in the order of the model; equal ones keep theirs.

        Fused scores go with the places, not with the clauses: they fall from the first hit to the last as before.
        """
        named = [hit for hit in hits if AddressLookup.name in hit.found_by]
        alike = [hit for hit in hits if AddressLookup.name not in hit.found_by]
        head, tail = alike[: max(0, RERANKED - len(named))], alike[max(0, RERANKED - len(named)) :]
        if head:
            pairs = [(question, clause_text(hit.clause)) for hit in head]
            with self._turn:
                scores = self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True)
            order: list[int] = np.argsort(
                -np.asarray(scores, np.float64).reshape(len(head), -1)[:, -1], kind="stable"
            ).tolist()
            head = [head[place] for place in order]
        ordered: list[Hit] = [*named, *head, *tail]
        scores_in_place = sorted((hit.score for hit in hits), reverse=True)
        return [
            replace(hit, rank=rank, score=score)
            for rank, (hit, score) in enumerate(zip(ordered, scores_in_place, strict=True), start=1)
        ]
