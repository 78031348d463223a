"""Which sentences of the clauses found answer the question: candidates with features, one score each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.evidence.features import asks_money_only, fit_features, kind_features, use_features
from bot.evidence.related_clauses import ROWS
from bot.evidence.weights import weights_in_use
from bot.text.term_overlap import TermWeights, covered, sentence_terms, terms_of
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from index.types import Hit
from ingest.facts.validity import ValidityStatement, statements
from ingest.structure.numbering import ITEM_LABEL
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Figure, Role, Span

# Cosine of each sentence of a clause with the question, in the order of its sentences; empty when unknown.
Nearness = Callable[[Clause, Sequence[Span]], Sequence[float]]

CLAUSES_LOOKED_AT = 8  # hits; the right clause stands in the first 8 in 94 of 100 development questions, in 10 in 95
LONGEST_TITLE = (
    26  # characters of an item's own title ("3.用人单位引才奖励。"); the next longer first sentences are rules
)
EARLIER_TURN_SHARE = 0.5  # weight of the words of earlier turns beside those of the last one


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that may stand in an answer. ``span`` counts in the clause's text, without its label."""

    hit: Hit
    span: Span
    text: str
    order: int  # which sentence of the clause, from 0
    features: Mapping[str, float]
    score: float
    statement: ValidityStatement | None  # what the sentence says about time
    terms: frozenset[str]

    @property
    def clause(self) -> Clause:
        return self.hit.clause

    def is_same(self, other: Candidate) -> bool:
        """True for the same sentence, found another time."""
        return self.clause.id == other.clause.id and self.span == other.span

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.clause.figures if self.span.contains(figure.span))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of a question with their weights, and what policies call the same things."""

    words: Mapping[str, float]
    last: Mapping[str, float]
    fresh: Mapping[str, float]  # of a follow-up: what no turn before it said


def wanted_words(reading: Reading, weights: TermWeights, also: Sequence[str]) -> Wanted:
    """The words of ``reading`` weighted by rarity; ``also`` are policy words for the people's words in it."""
    words: dict[str, float] = {}
    for turn in reading.carried.earlier:
        words |= weights.weigh(terms_of(turn), EARLIER_TURN_SHARE)
    # Each by itself: 创业 and 初创 side by side are not 业初.
    synonyms = weights.weigh(frozenset[str]().union(*map(terms_of, also)), EARLIER_TURN_SHARE)
    last = synonyms | weights.weigh(terms_of(reading.carried.last))
    before = terms_of(" ".join(reading.carried.earlier))
    fresh = {term: weight for term, weight in last.items() if term not in before} if reading.carried.earlier else {}
    return Wanted(synonyms | words | last, last, fresh)


def find_candidates(reading: Reading, hits: Sequence[Hit], wanted: Wanted, near: Nearness) -> list[Candidate]:
    """Every sentence of the first hits, the best first; equals in the order of the hits."""
    if not hits:
        return []
    best = max(hit.score for hit in hits) or 1.0
    found: list[Candidate] = []
    for hit in hits[:CLAUSES_LOOKED_AT]:
        found.extend(_of_clause(reading, hit, hit.score / best, wanted, near))
    return ranked(found, weights_in_use().all)


def ranked(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> list[Candidate]:
    """The same sentences scored with ``weights``, the best first; equals in the order of the hits."""
    scored = [
        replace(candidate, score=sum(weights[name] * value for name, value in candidate.features.items()))
        for candidate in candidates
    ]
    return sorted(scored, key=lambda candidate: (-candidate.score, candidate.hit.rank, candidate.order))


def without_label(text: str, span: Span) -> Span:
    """A sentence of ``text`` without its item number, dash and the blanks around it; as it was if nothing else is left."""
    sentence = span.of(text)
    label = ITEM_LABEL.match(sentence)
    start = span.start + (label.end() if label else len(sentence) - len(sentence.lstrip()))
    end = span.start + len(sentence.rstrip())
    return Span(start, end) if start < end else span


def _of_clause(reading: Reading, hit: Hit, share: float, wanted: Wanted, near: Nearness) -> list[Candidate]:
    """The sentences of one hit with their features, not scored yet."""
    clause = hit.clause
    sentences = split_sentences(clause.text)
    cosines = near(clause, sentences)
    spans = [Span(0, len(clause.text))] if clause.role in ROWS else sentences
    if len(spans) < len(cosines):
        cosines = [max(cosines)]
    said = {s.span.start: s for s in statements(clause.text)}
    path_terms = sentence_terms(" ".join(clause.path[1:]))
    path_tiers = tiers_of(" ".join(clause.path[1:]).lower())
    found: list[Candidate] = []
    for order, sentence in enumerate(spans):
        span = without_label(clause.text, sentence)
        text = span.of(clause.text)
        terms = sentence_terms(text)
        if clause.role in ROWS:
            terms |= path_terms  # what a rate is of stands in its headings, which are said before it
        statement = next((s for s in said.values() if s.span.overlaps(span) and s.quote.overlaps(span)), None)
        features = {
            "clause": share,
            "first_clause": float(hit.rank == 1),
            "nearest_sentence": float(hit.best_sentence is not None and hit.best_sentence.overlaps(span)),
            "near": _scaled(cosines[order]) if order < len(cosines) else 0.0,
            "covers": covered(wanted.words, terms),
            "covers_last": covered(wanted.last, terms),
            "covers_fresh": covered(wanted.fresh, terms | path_terms),
            "covers_with_path": covered(wanted.words, terms | path_terms),
            "title_only": float(
                order == 0 and len(spans) > 1 and len(text) <= LONGEST_TITLE and not _has_figure(clause, span)
            ),
            "preamble": float(clause.role is Role.PREAMBLE),
            "catalogue_unasked": float(clause.role is Role.CATALOGUE and asks_money_only(reading)),
            **kind_features(reading, clause, span, text, statement),
            **fit_features(reading, clause, text, path_tiers),
            **use_features(reading, clause),
        }
        found.append(Candidate(hit, span, text, order, features, 0.0, statement, terms))
    return found


# The cosines of the bundled model lie between these two for nearly every pair of question and sentence.
_LEAST_COSINE, _GREATEST_COSINE = 0.74, 0.92


def _scaled(cosine: float) -> float:
    return min(1.0, max(0.0, (cosine - _LEAST_COSINE) / (_GREATEST_COSINE - _LEAST_COSINE)))


def _has_figure(clause: Clause, span: Span) -> bool:
    return any(span.contains(figure.span) for figure in clause.figures)
