"""Which sentences of the clauses found answer the question: candidates with features, one score each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.evidence.features import (
    asks_for_list,
    asks_money_only,
    fit_features,
    kind_features,
    label_features,
    use_features,
)
from bot.evidence.guide_labels import answers_by_label, label_of_line
from bot.evidence.passages import Passage, passages_of, says_verdict
from bot.evidence.related_clauses import ROWS
from bot.text.term_overlap import TermWeights, covered, sentence_terms, terms_of
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
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
LONGEST_LIST = 500  # characters of a list that is said as a whole
LONGEST_REPEATED = 40  # characters of a sentence that may only repeat the question
REPEATED = 0.85  # share of its terms that stand in the question
SAME_QUESTION = 0.5  # of the words of a question printed
LIKE_QUESTION, NEAR_QUESTION = 0.2, 0.9  # of its words, and how near it is
_LINE_ENDS = re.compile(r"\s*\n\s*")
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


# Learned from 459 questions of four sets (softmax over the sentences found, those that say what was asked for being right,
# drawn towards weights set by hand), then rounded. On five folds, each measured with weights from the other four: .874 of
# the answers say everything asked for, .865 with the weights set by hand; the best sentence says .77 of it, before .74.
WEIGHTS: Mapping[str, float] = {
    "clause": 1.5,
    "first_clause": 0.25,
    "nearest_sentence": 0.3,
    "near": 1.45,
    "covers": 0.8,
    "covers_last": 0.1,
    "covers_fresh": 1.0,  # not learned: few of the conversations change their subject; see docs/benchmarks.md, follow-ups
    "covers_with_path": 0.6,
    "figure_wanted": 0.3,
    "time_wanted": 0.4,
    "office_wanted": 0.95,
    "how_wanted": 0.1,
    "means_wanted": 0.3,
    "employer_wanted": 0.6,
    "person_paid": -0.4,
    "catalogue_unasked": -0.4,
    "validity_wanted": 0.8,
    "rule_wanted": 1.1,
    "tier_here": 0.45,
    "tier_in_path": 0.4,
    "other_tier": -0.25,
    "level_here": 0.1,
    "other_level": -0.7,  # learned -0.3; who asks what the city gives is never served first with the banner
    "other_use": -0.75,
    "other_good": -2.0,  # not learned: nobody who asks for the price of power wants that of gas
    "title_only": -0.65,
    "label_wanted": 1.2,  # not learned, as few guides stand in the sets: 申请材料：… answers 要什么材料
    "heading_wanted": 0.4,
    "label_unwanted": -0.5,
    "other_question": -0.9,  # 不能。 answers nothing but the question it was given to
    "offices_unasked": -1.2,
    "preamble": -0.25,
}


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
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.hit.rank, candidate.order))


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
            text = first.text + "".join(_said(one.clause.text, None, one.span) for one in others)
            joined.append(replace(first, text=text, others=tuple(one.span for one in others)))
    return joined


def without_label(text: str, span: Span) -> Span:
    """A sentence of ``text`` without its item number, dash and the blanks around it; as it was if nothing else is left."""
    sentence = span.of(text)
    label = ITEM_LABEL.match(sentence)
    start = span.start + (label.end() if label else len(sentence) - len(sentence.lstrip()))
    end = span.start + len(sentence.rstrip())
    return Span(start, end) if start < end else span


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage as a question looks at it."""

    passage: Passage
    span: Span  # without its label
    text: str  # with its lead-in
    terms: frozenset[str]
    asked: frozenset[str]  # the words of the question it answers, when that is the one asked
    otherwise: bool  # it answers another question
    sentences: tuple[int, ...]  # whose nearness counts


def _of_clause(reading: Reading, hit: Hit, share: float, wanted: Wanted, near: Nearness) -> list[Candidate]:
    clause = hit.clause
    sentences = split_sentences(clause.text)
    cosines = [_scaled(cosine) for cosine in near(clause, sentences)]
    said = {s.span.start: s for s in statements(clause.text)}
    path_terms = sentence_terms(" ".join(clause.path[1:]))
    path_tiers = tiers_of(" ".join(clause.path[1:]).lower())
    found: list[Candidate] = []
    passages = _passages(reading, clause, sentences)
    for passage in passages:
        one = _read(clause, passage, sentences, cosines, wanted)
        order, span, text = passage.sentences[0], one.span, one.text
        # What a rate is of stands in its headings, which are said before it.
        terms = one.terms | one.asked | (path_terms if clause.role in ROWS else frozenset[str]())
        statement = next((s for s in said.values() if s.span.overlaps(span) and s.quote.overlaps(span)), None)
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
            "title_only": float(order == 0 and len(passages) > 1 and _is_title_only(clause, one)),
            "preamble": float(clause.role is Role.PREAMBLE),
            "catalogue_unasked": float(clause.role is Role.CATALOGUE and asks_money_only(reading)),
            "other_question": float(one.otherwise and says_verdict(text)),
            **kind_features(reading, clause, span, text, statement),
            **fit_features(reading, clause, text, path_tiers),
            **use_features(reading, clause),
            **label_features(reading, clause, passage.lead.of(clause.text) if passage.lead else text, share),
        }
        score = sum(WEIGHTS[name] * value for name, value in features.items())
        made = Candidate(hit, span, text, order, features, score, statement, terms, passage.lead, (), passage.asked)
        other = passage.asked.of(clause.text) if passage.asked and one.otherwise else ""
        found.append(replace(made, asked_otherwise=other))
    return _handed_on(reading, found, wanted)


def _read(
    clause: Clause, passage: Passage, sentences: Sequence[Span], cosines: Sequence[float], wanted: Wanted
) -> _Read:
    span = without_label(clause.text, passage.span)
    text = _said(clause.text, passage.lead, span)
    question = [number for number, sentence in enumerate(sentences) if sentence == passage.asked]
    near = max((cosines[number] for number in question if number < len(cosines)), default=0.0)
    asked = sentence_terms(passage.asked.of(clause.text)) if passage.asked else frozenset[str]()
    otherwise = passage.asked is not None and not _is_asked(asked, wanted, near)
    # A question may be nearer to what is asked than its answer; one that was asked otherwise tells nothing of it.
    own = (*passage.sentences, *(question if passage.first and not otherwise else ()))
    return _Read(passage, span, text, sentence_terms(text), frozenset[str]() if otherwise else asked, otherwise, own)


def _is_title_only(clause: Clause, one: _Read) -> bool:
    return one.passage.whole is None and len(one.text) <= LONGEST_TITLE and not _has_figure(clause, one.span)


def _passages(reading: Reading, clause: Clause, sentences: Sequence[Span]) -> list[Passage]:
    """What of a clause can be said by itself; a list as a whole, where lists are asked for, else its items."""
    if clause.role in ROWS:
        return [Passage(Span(0, len(clause.text)), tuple(range(len(sentences))))]
    made: list[Passage] = []
    as_whole = asks_for_list(reading)
    passages = passages_of(clause.text, sentences)
    for passage in passages:
        whole = passage.whole
        if whole is None:
            made.append(passage)
            continue
        opens = passage.lead is None
        label = answers_by_label(reading, label_of_line(whole.of(clause.text)))
        fits = len(whole) <= LONGEST_LIST and (as_whole or bool(label))
        below = clause.text[passage.span.start : passage.span.end].rstrip().endswith(("：", ":"))
        if opens and (fits or (below and len(whole) <= LONGEST_LIST)):
            inside = (n for one in passages if one.whole == whole and (fits or one is passage) for n in one.sentences)
            made.append(replace(passage, span=whole, sentences=tuple(inside)))
        elif not fits and not (opens and below):
            made.append(passage)
    return made


def _said(text: str, lead: Span | None, span: Span) -> str:
    """The words of a passage, line ends between its items undone, its lead-in in front."""
    before = without_label(text, lead).of(text) if lead else ""
    return _LINE_ENDS.sub("", f"{before}{span.of(text)}")


def _is_asked(question: frozenset[str], wanted: Wanted, near: float) -> bool:
    """Whether a question printed is the one asked: by half of its words, or by some of them and its meaning."""
    shared = len(question & wanted.words.keys()) / (len(question) or 1)
    return shared >= SAME_QUESTION or (shared >= LIKE_QUESTION and near >= NEAR_QUESTION)


def _handed_on(reading: Reading, found: Sequence[Candidate], wanted: Wanted) -> list[Candidate]:
    """The candidates; where one only repeats the question, what follows it in its clause has its place."""
    made = list(found)
    if QuestionType.YES_NO in reading.types or not reading.types:
        return made
    for place, (candidate, following) in enumerate(pairwise(found)):
        if _only_repeats(candidate, wanted) and not _only_repeats(following, wanted):
            score = max(following.score, candidate.score)
            made[place] = replace(candidate, features={**candidate.features, "title_only": 1.0})
            made[place + 1] = replace(following, score=score)
    return made


def _only_repeats(candidate: Candidate, wanted: Wanted) -> bool:
    """True for a short sentence without a figure, nearly all of whose words stand in the question."""
    told = any(candidate.features[name] for name in ("time_wanted", "office_wanted", "how_wanted", "means_wanted"))
    if told or candidate.figures or len(candidate.text) > LONGEST_REPEATED or candidate.asked or not candidate.terms:
        return False
    return len(candidate.terms & wanted.words.keys()) >= REPEATED * len(candidate.terms)


# The cosines of the bundled model lie between these two for nearly every pair of question and sentence.
_LEAST_COSINE, _GREATEST_COSINE = 0.74, 0.92


def _scaled(cosine: float) -> float:
    return min(1.0, max(0.0, (cosine - _LEAST_COSINE) / (_GREATEST_COSINE - _LEAST_COSINE)))


def _has_figure(clause: Clause, span: Span) -> bool:
    return any(span.contains(figure.span) for figure in clause.figures)
