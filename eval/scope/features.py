"""What a classifier may look at: how like the question is to what was found, and what became of its constraints."""

from __future__ import annotations

from collections.abc import Mapping

from bot.evidence.candidates import Candidate
from bot.refuse.answerability import Searched
from bot.refuse.constraints.types import ConstraintChecks
from bot.text.jieba_dictionary import nouns_in
from bot.text.term_overlap import sentence_terms, terms_of
from ingest.normalise import match_form, to_simplified

LIKENESS = (
    "foreignness",  # cosine with the nearest foreign subject less that with the nearest own one
    "near_best",  # cosine of the best sentence with the question
    "near_most",
    "hit_best",  # score of the best clause
    "score_best",  # of the best sentence
    "score_ahead",  # of the best clause's sentence over that of the next clause
    "covers_best",  # share of the last turn's words, weighted by rarity, in the best sentence
    "covers_most",
    "covers_with_path",  # of all words, the headings counted in
    "covers_clause",  # of the last turn's words, in the whole of the best clause with its headings
    "rarest_uncovered",  # weight of the rarest word that the best clause has not
    "second_uncovered",
    "rarest_uncovered_anywhere",  # that none of the clauses found has
    "words_known",  # weight of all words of the last turn, in tens
    "words_unknown",  # share of the last turn's words that the corpus prints nowhere
    "nouns_unknown",  # nouns that the corpus prints nowhere
    "nouns_uncovered",  # share of the nouns that the best clause has not
    "is_english",
    "is_follow_up",
)
WORDS_OF_A_LONG_QUESTION = 10.0  # weight
NOTHING_FOUND: Mapping[str, float] = dict.fromkeys(LIKENESS, 0.0)


def likeness_features(searched: Searched) -> dict[str, float]:
    """The features of :data:`LIKENESS`, all 0 where nothing was found."""
    if not searched.candidates:
        return dict(NOTHING_FOUND)
    best = searched.candidates[0]
    return {**_of_scores(searched, best), **_of_words(searched, best), **_of_question(searched)}


def check_features(checks: ConstraintChecks) -> dict[str, float]:
    """How many checks of each kind came to what (``"grade.contradicted"``)."""
    return {name: float(count) for name, count in checks.counts().items()}


def _of_scores(searched: Searched, best: Candidate) -> dict[str, float]:
    found = searched.candidates
    behind = next((c.score for c in found if c.clause.id != best.clause.id), 0.0)
    return {
        "foreignness": searched.foreignness,
        "near_best": best.features["near"],
        "near_most": max(c.features["near"] for c in found),
        "hit_best": max(c.hit.score for c in found),
        "score_best": best.score,
        "score_ahead": best.score - behind,
        "covers_best": best.features["covers_last"],
        "covers_most": max(c.features["covers_last"] for c in found),
        "covers_with_path": best.features["covers_with_path"],
    }


def _of_words(searched: Searched, best: Candidate) -> dict[str, float]:
    wanted, asked = searched.wanted.last, terms_of(searched.reading.carried.last)
    of_best = _clause_terms(best)
    of_all = frozenset[str]().union(*map(_clause_terms, searched.candidates))
    total = sum(wanted.values())
    missing = sorted((weight for term, weight in wanted.items() if term not in of_best), reverse=True)
    anywhere = max((weight for term, weight in wanted.items() if term not in of_all), default=0.0)
    return {
        "covers_clause": 1 - sum(missing) / total if total else 0.0,
        "rarest_uncovered": next(iter(missing), 0.0),
        "second_uncovered": next(iter(missing[1:]), 0.0),
        "rarest_uncovered_anywhere": anywhere,
        "words_known": total / WORDS_OF_A_LONG_QUESTION,
        "words_unknown": sum(term not in wanted for term in asked) / len(asked) if asked else 0.0,
    }


def _of_question(searched: Searched) -> dict[str, float]:
    reading, best = searched.reading, searched.candidates[0].clause
    nouns = nouns_in(to_simplified(reading.last))
    words = match_form(" ".join((*best.path, best.text)))
    return {
        "nouns_unknown": float(sum(not searched.printed.knows(noun) for noun in nouns)),
        "nouns_uncovered": sum(noun not in words for noun in nouns) / len(nouns) if nouns else 0.0,
        "is_english": float(reading.language.value == "en"),
        "is_follow_up": float(bool(reading.carried.earlier)),
    }


def _clause_terms(candidate: Candidate) -> frozenset[str]:
    return sentence_terms(" ".join((*candidate.clause.path[1:], candidate.clause.text)))
