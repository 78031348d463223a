"""A second look at the clauses that came out first: how much of the question each says, and whether it says such a thing.

BM25 counts a word that comes five times and forgives one that is missing, and the name of a document stands above all
its clauses. Here each pair of characters counts once, by its rarity: in the clause with its headings, and in its best
sentence alone. Added is whether a clause says what the question asks for (:mod:`index.scoring.answer_types`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import fsum

import numpy as np

from index.rankers.bm25 import indexed_text
from index.rankers.postings import Postings
from index.rankers.protocol import Shelf, Vectors, Wording
from index.scoring.answer_types import types_said
from index.scoring.fusion import min_max
from index.text.question_types import QuestionType, question_types
from index.types import Query

# Clauses looked at: 20 and 50 measure alike in the first place, and 50 lift R@10 from .982 to .992.
LOOKED_AT = 50
# Added to the fused score, in which the rankers sum to 1. Round numbers near what a softmax over candidates learns on
# four fifths of the development questions; `python -m eval weights` learns them and measures on the fifth left out.
# Eight mixtures, each weight between half and twice of these, gave hit@1 from .871 to .876 when they were chosen.
# "said" looks spare on the development set (without it hit@1 .897 for .893, R@5 .971 for .975) and is not on questions in
# other people's words: there hit@1 falls from .760 to .740 and R@5 from .966 to .959; answer_fresh and mistyped stay.
WEIGHTS: Mapping[str, float] = {
    "said": 0.10,
    "said_at_once": 0.15,
    "amount": 0.05,
    "office": 0.10,
    "time": 0.10,
    "rule": 0.10,
}
# Types of question, and the type of clause that answers them: whether a benefit still runs is a question of time.
_ADDED_FOR: Mapping[str, tuple[frozenset[QuestionType], QuestionType]] = {
    "amount": (frozenset({QuestionType.AMOUNT}), QuestionType.AMOUNT),
    "office": (frozenset({QuestionType.OFFICE}), QuestionType.OFFICE),
    "time": (frozenset({QuestionType.WHEN, QuestionType.VALIDITY}), QuestionType.WHEN),
}
# Of the others no clause can be told to answer them.
_TELLING = frozenset({QuestionType.CLASS}).union(*(questions for questions, _ in _ADDED_FOR.values()))
REMEMBERED_CLAUSES = 4_096  # with the pairs of their sentences, a few kilobytes each


class Rescorer:
    """What a question and a clause have in common, clause by clause."""

    def __init__(self, shelf: Shelf, pairs: Postings) -> None:
        self._shelf, self._pairs = shelf, pairs
        self._read = lru_cache(REMEMBERED_CLAUSES)(self._read_anew)

    def columns(self, query: Query, wording: Wording, positions: Sequence[int]) -> dict[str, Vectors]:
        """One number a clause for each of :data:`WEIGHTS`, between 0 and 1."""
        if not positions:
            return {}
        wanted = self._wanted(wording)
        pairs = frozenset(wanted)
        read = [self._read(position) for position in positions]
        whole = [_weight(wanted, pairs & said) for said, _, _ in read]
        best = [max((_weight(wanted, pairs & said) for said in sentences), default=0.0) for _, sentences, _ in read]
        asked = _asked(query)
        columns = {"said": _scaled(whole), "said_at_once": _scaled(best)}
        for name, (questions, answer) in _ADDED_FOR.items():
            wants = bool(asked & questions)
            columns[name] = np.array([wants and answer in says for _, _, says in read], np.float32)
        # An entry of a catalogue of people holds the subject of many a question and answers only which class somebody is.
        columns["rule"] = np.array(
            [QuestionType.CLASS in asked or QuestionType.CLASS not in says for _, _, says in read], np.float32
        )
        return columns

    def _wanted(self, wording: Wording) -> dict[str, float]:
        """The pairs of the question that the corpus knows, with their weight; one that comes twice counts once."""
        weights: dict[str, float] = {}
        for part in wording.bigrams:
            for pair in part.tokens:
                weights[pair] = min(1.0, weights.get(pair, 0.0) + part.weight)
        return {pair: weight * rarity for pair, weight in weights.items() if (rarity := self._pairs.rarity(pair))}

    def _read_anew(self, position: int) -> tuple[frozenset[str], tuple[frozenset[str], ...], frozenset[QuestionType]]:
        """The pairs of a clause with its headings, those of each of its sentences, and what types of question it may answer."""
        clause = self._shelf.clauses[position]
        pairs_of = self._shelf.splitter.bigrams
        sentences = tuple(frozenset(pairs_of(span.of(clause.text))) for span in self._shelf.sentences[position])
        return frozenset(pairs_of(indexed_text(clause))), sentences, types_said(clause)


def _weight(wanted: Mapping[str, float], said: frozenset[str]) -> float:
    """The weight of what is said of ``wanted``; fsum gives the same in whatever order a set comes."""
    return fsum(map(wanted.__getitem__, said))


def _asked(query: Query) -> frozenset[QuestionType]:
    """What the last wording asks for; a follow-up without a sign of its own asks for what the turns together do."""
    last, whole = query.parts[-1].text, query.parts[0].text
    return question_types(last) & _TELLING or question_types(whole) & _TELLING


def _scaled(values: Sequence[float]) -> Vectors:
    return min_max(np.array(values, np.float32))
