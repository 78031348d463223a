"""The terms a mistyped word may stand for: what the index and the glossary hold, nothing kept for it apart."""

from __future__ import annotations

import numpy as np

from index.glossary.glossary import Glossary
from index.rankers.bm25 import BigramBm25, WordBm25
from index.rankers.postings import Postings
from index.spelling.correct import SHORTEST, Spelling, Vocabulary
from index.store.store import ClauseIndex
from index.text.tokens import STOPWORDS, place_names

LEAST_CLAUSES = 3  # that hold a word of two characters; rarer ones are as often a mistake of the cutting
MOST_WORDS = 50_000  # of a large corpus, the most frequent ones


def spelling_of(clause_index: ClauseIndex) -> Spelling:
    """Reads mistyped questions with the words of this corpus and its glossary. Made in under a second, once an index."""
    words = next(ranker for ranker in clause_index.rankers if isinstance(ranker, WordBm25)).postings
    pairs = next(ranker for ranker in clause_index.rankers if isinstance(ranker, BigramBm25)).postings
    shelf = clause_index.shelf
    return Spelling(vocabulary_of(shelf.glossary, words, pairs), shelf.splitter)


def vocabulary_of(glossary: Glossary, words: Postings, pairs: Postings) -> Vocabulary:
    """Words and pairs of characters of the clauses, and what the glossary adds to them."""
    counts = np.diff(words.starts)
    clauses = {
        word: int(counts[number])
        for word, number in words.vocabulary.items()
        if counts[number] >= LEAST_CLAUSES or (counts[number] and len(word) > SHORTEST)
    }
    terms = dict(sorted(clauses.items(), key=lambda pair: -pair[1])[:MOST_WORDS])
    for term in glossary.chinese_terms():
        terms[term] = max(terms.get(term, 0), LEAST_CLAUSES)
    short_names = {name for key, names in glossary.places.items() for name in (key, *names)}
    return Vocabulary(
        terms={term: count for term, count in terms.items() if term not in STOPWORDS},
        known_pairs=pairs.vocabulary,
        places=(place_names() - _own_words(glossary)) | short_names,
        english=tuple(glossary.english),
    )


def _own_words(glossary: Glossary) -> frozenset[str]:
    """Words that the owner uses for something else than a place: 安家 is a place in jieba's dictionary too."""
    return frozenset(word for key, words in glossary.people.items() for word in (key, *words))
