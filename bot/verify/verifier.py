"""A model that is asked besides whether a sentence follows from its clauses. None comes with the product."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from bot.verify.meaning.types import Source
from ingest.errors import ModelUnusable

LEAST = 0.5  # of a model with one score, from which on it believes
CONTRADICTION = "contradiction"  # the label of a model that tells three things apart


class Verifier(Protocol):
    """Tells whether it believes a sentence."""

    def believes(self, sentence: str, sources: Sequence[Source]) -> bool: ...


@dataclass(frozen=True, slots=True)
class CrossEncoderVerifier:
    """A CrossEncoder of sentence-transformers: of pairs of clause and sentence it scores, or tells apart what follows."""

    model: Any  # its types are only half written

    @classmethod
    def load(cls, name: str) -> CrossEncoderVerifier:
        """The model of a folder or of a name. Raises ModelUnusable when it or sentence-transformers is not there."""
        try:
            library = importlib.import_module("sentence_transformers")
        except ImportError as error:
            raise ModelUnusable("bot.verifier_needs_library", model=name) from error
        try:
            return cls(library.CrossEncoder(name))
        except (OSError, ValueError) as error:
            raise ModelUnusable("bot.verifier_unusable", model=name, reason=str(error)) from error

    def believes(self, sentence: str, sources: Sequence[Source]) -> bool:
        """Whether one of the clauses bears ``sentence`` out, as far as the model sees."""
        scores = self.model.predict([(source.clause.text, sentence) for source in sources])
        return any(self._is_borne_out(score) for score in scores)

    def _is_borne_out(self, score: Any) -> bool:
        values = (
            [float(value) for value in cast("Sequence[float]", score)] if hasattr(score, "__len__") else [float(score)]
        )
        if len(values) == 1:
            return values[0] >= LEAST
        labels = {number: str(label).lower() for number, label in self.model.config.id2label.items()}
        return labels.get(values.index(max(values))) != CONTRADICTION


def verifier_of(name: str) -> Verifier | None:
    """The model of this name; None for "". Raises ModelUnusable."""
    return CrossEncoderVerifier.load(name) if name else None
