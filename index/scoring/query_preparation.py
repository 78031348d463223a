"""Makes a query ready for the rankers: words and bigrams with what the glossary adds, one vector of all wordings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.rankers.protocol import Shelf, TextEncoder, Vectors, WeightedTokens, Wording
from index.text.english import asks_in_english, english_words
from index.types import Query, QueryPart
from ingest.normalise import search_form

# A policy word that the asker did not say counts for less than one said. Anything from .5 to 1 measures alike.
EXPANSION_WEIGHT = 0.7
# The Chinese reading of an English question beside the question itself: lifts R@5 of English questions from .96 to 1.
GLOSS_WEIGHT = 0.5
LEAST_LEFT = 2  # characters


def prepare(query: Query, shelf: Shelf, encoder: TextEncoder) -> Wording:
    """The query as all rankers take it."""
    words: list[WeightedTokens] = []
    bigrams: list[WeightedTokens] = []
    wordings: list[tuple[str, float]] = []
    for part in query.parts:
        asked = _without_levels(part.text, shelf)
        added = " ".join(shelf.glossary.expand(asked))
        for text, weight in ((asked, part.weight), (added, part.weight * EXPANSION_WEIGHT)):
            words.append(WeightedTokens(tuple(shelf.splitter.words(text)), weight))
            bigrams.append(WeightedTokens(tuple(shelf.splitter.bigrams(text)), weight))
        wordings.append((part.text, part.weight))
        if gloss := shelf.glossary.gloss(part.text):
            wordings.append((gloss, part.weight * GLOSS_WEIGHT))
    in_english, english_vector = _in_english(query.parts, encoder) if shelf.edition.sentences else ((), None)
    vector = _mean_vector(wordings, encoder)
    return Wording(query.parts, tuple(words), tuple(bigrams), vector, in_english, english_vector)


def _in_english(parts: Sequence[QueryPart], encoder: TextEncoder) -> tuple[tuple[WeightedTokens, ...], Vectors | None]:
    """Stems and vector of the parts asked in English, without their Chinese reading, which would lead away from English."""
    asked = [part for part in parts if asks_in_english(part.text)]
    if not asked:
        return (), None
    words = tuple(WeightedTokens(tuple(english_words(part.text)), part.weight) for part in asked)
    return words, _mean_vector([(part.text, part.weight) for part in asked], encoder)


def _without_levels(text: str, shelf: Shelf) -> str:
    """The text without the words for whose policy is meant, which say nothing of its subject; as it is if nothing is left.

    Clauses of that level are lifted by :data:`index.scoring.fusion.LEVEL_BONUS` instead: by its words, 本县 in a question
    would find the one clause that prints 本县.
    """
    plain = shelf.places.without_levels(search_form(text))
    return plain if len(plain.strip()) >= LEAST_LEFT else text


def _mean_vector(wordings: list[tuple[str, float]], encoder: TextEncoder) -> Vectors:
    vectors = encoder.encode_queries([text for text, _ in wordings])
    weights = np.array([weight for _, weight in wordings], np.float32)
    mean = weights @ vectors
    length = float(np.linalg.norm(mean))
    return (mean / length if length else mean).astype(np.float32)
