"""Which sentences of the clauses found answer the question: candidates with features, one score each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.evidence.features import asks_money_only, fit_features, kind_features, label_features, use_features
from bot.evidence.passages import says_verdict
from bot.evidence.passages_for_question import is_title_only, passages_for, read_passage, said_words
from bot.evidence.table_rows import is_table_row, tells_what_is_asked
from bot.evidence.weights import weights_in_use
from bot.text.term_overlap import TermWeights, covered, sentence_terms, terms_of
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from index.types import Hit
from ingest.facts.validity import ValidityStatement, statements
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Figure, Role, Span
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.wordings import either

_LEFT_OUT = re.compile(either(question_words().said.left_out))

# Cosine of each sentence of a clause with the question, in the order of its sentences; empty when unknown.
SentenceCosines = Callable[[Clause, Sequence[Span]], Sequence[float]]

CLAUSES_LOOKED_AT = 8  # hits; the right clause stands in the first 8 in 94 of 100 development questions, in 10 in 95
LONGEST_REPEATED = 40  # characters of a sentence that may only repeat the question
REPEATED = 0.85  # share of its terms that stand in the question
# What a clause that answered the part before is ahead of others for a part that goes on from it: 谁来受理？ is of the same.
KEEPS_TO_CLAUSE = 0.33  # score
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
    lead: Span | None = None  # the lead-in of the list it is an item of; ``text`` begins with it
    others: tuple[Span, ...] = ()  # further items of the list, said with it
    asked: Span | None = None  # the question it answers
    asked_otherwise: str = ""  # that question, where it is another than the one to be answered
    handed_to: int | None = None  # of one that only repeats the question: ``order`` of what has its score

    @property
    def clause(self) -> Clause:
        return self.hit.clause

    def is_same(self, other: Candidate) -> bool:
        """True for the same sentence, found another time."""
        return self.clause.id == other.clause.id and self.span == other.span

    @property
    def tells_nothing(self) -> bool:
        """True for a title, and for what only repeats the question."""
        return bool(self.features["title_only"]) or self.handed_to is not None

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.clause.figures if self.span.contains(figure.span))


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The words of a question with their weights, and what policies call the same things."""

    words: Mapping[str, float]
    last: Mapping[str, float]
    fresh: Mapping[str, float]  # of a follow-up: what no turn before it said


def query_terms(reading: Reading, weights: TermWeights, also: Sequence[str]) -> QueryTerms:
    """The words of ``reading`` weighted by rarity; ``also`` are policy words for the people's words in it."""
    words: dict[str, float] = {}
    for turn in reading.carried.earlier:
        words |= weights.weigh(terms_of(turn), EARLIER_TURN_SHARE)
    # Each by itself: 创业 and 初创 side by side are not 业初.
    synonyms = weights.weigh(frozenset[str]().union(*map(terms_of, also)), EARLIER_TURN_SHARE)
    last = synonyms | weights.weigh(terms_of(reading.carried.last))
    before = terms_of(" ".join(reading.carried.earlier))
    fresh = {term: weight for term, weight in last.items() if term not in before} if reading.carried.earlier else {}
    return QueryTerms(synonyms | words | last, last, fresh)


def find_candidates(
    reading: Reading, hits: Sequence[Hit], wanted: QueryTerms, near: SentenceCosines
) -> list[Candidate]:
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
    return sorted(_handed_on(scored), key=lambda candidate: (-candidate.score, candidate.hit.rank, candidate.order))


def kept_to(
    candidates: Sequence[Candidate], clauses: Collection[str], pull: float = KEEPS_TO_CLAUSE
) -> list[Candidate]:
    """The candidates, the best first, when those of ``clauses`` are ahead by ``pull``."""
    ahead = [replace(c, score=c.score + pull * (c.clause.id in clauses)) for c in candidates]
    return sorted(ahead, key=lambda candidate: -candidate.score)


def _handed_on(scored: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; what follows a repetition of the question in its clause scores no less than that does."""
    least = {(c.clause.id, c.handed_to): c.score for c in scored if c.handed_to is not None}
    return [replace(c, score=max(c.score, least.get((c.clause.id, c.order), c.score))) for c in scored]


def with_lists_joined(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The sentences; the items of one list are one sentence, behind one lead-in and in their order."""
    joined: list[Candidate] = []
    for candidate in chosen:
        items = [
            c for c in chosen if c.lead is not None and c.lead == candidate.lead and c.clause.id == candidate.clause.id
        ]
        if len(items) < 2:
            joined.append(candidate)
        elif candidate is items[0]:
            first, *others = sorted(items, key=lambda one: one.order)
            text = first.text + "".join(said_words(one.clause.text, None, one.span) for one in others)
            joined.append(replace(first, text=text, others=tuple(one.span for one in others)))
    return joined


def _of_clause(reading: Reading, hit: Hit, share: float, wanted: QueryTerms, near: SentenceCosines) -> list[Candidate]:
    """The sentences of one hit with their features, not scored yet."""
    clause = hit.clause
    sentences = split_sentences(clause.text)
    cosines = [_scaled(cosine) for cosine in near(clause, sentences)]
    said = {s.span.start: s for s in statements(clause.text)}
    path_terms = sentence_terms(" ".join(clause.path[1:]))
    # The heads of all columns and the title of the document make every row of every table alike.
    heading_terms = sentence_terms(" ".join(clause.path[2:-1])) if is_table_row(clause) else path_terms
    path_tiers = tiers_of(" ".join(clause.path[1:]).lower())
    found: list[Candidate] = []
    passages = passages_for(reading, clause, sentences)
    for passage in passages:
        one = read_passage(reading, clause, passage, sentences, cosines, wanted.words)
        order, span, text = passage.sentences[0], one.span, one.text
        # What a rate is of stands in its headings, which are said before it.
        terms = (
            (one.terms - _left_out(text)) | one.asked | (heading_terms if clause.role.is_rate_row else frozenset[str]())
        )
        statement = next((s for s in said.values() if s.span.overlaps(span) and s.quote.overlaps(span)), None)
        kinds = kind_features(reading, clause, span, text, statement)
        title = order == 0 and len(passages) > 1 and not kinds["office_wanted"] and is_title_only(clause, one)
        features = {
            "clause": share,
            "first_clause": float(hit.rank == 1),
            "nearest_sentence": float(
                hit.best_sentence is not None
                and any(hit.best_sentence.overlaps(sentences[number]) for number in one.sentences)
            ),
            "near": max((cosines[number] for number in one.sentences if number < len(cosines)), default=0.0),
            "covers": covered(wanted.words, terms),
            "covers_last": covered(wanted.last, terms),
            "covers_fresh": covered(wanted.fresh, terms | path_terms),
            "covers_with_path": covered(wanted.words, terms | path_terms),
            "title_only": float(title),
            "row_unasked": float(is_table_row(clause) and not tells_what_is_asked(reading, clause)),
            "preamble": float(clause.role is Role.PREAMBLE),
            "catalogue_unasked": float(clause.role is Role.CATALOGUE and asks_money_only(reading)),
            "other_question": float(one.otherwise and says_verdict(text)),
            **kinds,
            **fit_features(reading, clause, text, path_tiers),
            **use_features(reading, clause),
        }
        if not is_table_row(clause):  # what a row tells is told by its columns
            features |= label_features(reading, clause, passage.lead.of(clause.text) if passage.lead else text, share)
        made = Candidate(hit, span, text, order, features, 0.0, statement, terms, passage.lead, (), passage.asked)
        other = passage.asked.of(clause.text) if passage.asked and one.otherwise else ""
        found.append(replace(made, asked_otherwise=other))
    return _with_followers(reading, found, wanted)


def _left_out(text: str) -> frozenset[str]:
    """The words that a rule says only to leave them out: 单晶硅 of 光伏新材料（不含单晶硅、多晶硅）."""
    out = [match[0] for match in _LEFT_OUT.finditer(text)]
    return terms_of(" ".join(out)) - terms_of(_LEFT_OUT.sub(" ", text)) if out else frozenset()


def _with_followers(reading: Reading, found: Sequence[Candidate], wanted: QueryTerms) -> list[Candidate]:
    """The candidates of a clause; one that only repeats the question knows which one behind it has its score."""
    made = list(found)
    if QuestionType.YES_NO in reading.types or not reading.types:
        return made
    for place, (candidate, following) in enumerate(pairwise(found)):
        if _only_repeats(candidate, wanted) and not _only_repeats(following, wanted):
            made[place] = replace(candidate, handed_to=following.order)
    return made


def _only_repeats(candidate: Candidate, wanted: QueryTerms) -> bool:
    """True for a short sentence without a figure, nearly all of whose words stand in the question."""
    told = any(candidate.features[name] for name in ("time_wanted", "office_wanted", "how_wanted", "means_wanted"))
    if told or candidate.figures or len(candidate.text) > LONGEST_REPEATED or candidate.asked or not candidate.terms:
        return False
    return len(candidate.terms & wanted.words.keys()) >= REPEATED * len(candidate.terms)


# The cosines of the bundled model lie between these two for nearly every pair of question and sentence.
_LEAST_COSINE, _GREATEST_COSINE = 0.74, 0.92


def _scaled(cosine: float) -> float:
    return min(1.0, max(0.0, (cosine - _LEAST_COSINE) / (_GREATEST_COSINE - _LEAST_COSINE)))
