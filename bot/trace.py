"""How an answer came about: every step of one asking, with what each found and why, by the pipeline's own steps.

A trace asks a bot as everybody asks it and keeps what the steps came to; whatever is changed for one test is changed
in a copy of the bot, so that the bot that serves is never touched.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.evidence.candidates import Candidate, QueryTerms
from bot.evidence.weights import weights_in_use
from bot.pipeline import PolicyBot
from bot.refuse.constraints.types import ConstraintCheck
from bot.refuse.gate import Refusal
from bot.step_log import Step, StepLog
from bot.types import Answer, Answered, Citation, Question
from bot.understand.plan import QuestionPlan
from bot.understand.reading import Reading
from index.scoring.fusion import WEIGHTS as FUSION_WEIGHTS
from index.scoring.query_preparation import EXPANSION_WEIGHT
from index.store.store import ClauseIndex
from index.types import Hit, QueryPart
from ingest.errors import UnusableInput

MOST_HITS = 100  # as the setting allows
GREATEST_WEIGHT = 5.0  # of one ranker; only proportions count, so more says nothing new
STRONGEST = 12  # words of the question shown by their weight; the rest weighs next to nothing


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from the served bot, for one asking. What is None stays as it is."""

    top_k: int | None = None
    weights: Mapping[str, float] | None = None  # by the name of the ranker; those left out stay as they are
    with_model: bool = True  # False: the clauses' own words, though a language model is set

    def __post_init__(self) -> None:
        """Raises UnusableInput for numbers that search cannot work with."""
        if self.top_k is not None and not 1 <= self.top_k <= MOST_HITS:
            raise UnusableInput("bot.hits_out_of_bounds", most=MOST_HITS, top_k=self.top_k)
        for name, weight in (self.weights or {}).items():
            if name not in FUSION_WEIGHTS:
                raise UnusableInput("bot.no_ranker", name=name, fusion_weights=", ".join(FUSION_WEIGHTS))
            if not (math.isfinite(weight) and 0 <= weight <= GREATEST_WEIGHT):
                raise UnusableInput("bot.weight_out_of_bounds", name=name, most=GREATEST_WEIGHT, weight=weight)
        if self.weights and not any({**FUSION_WEIGHTS, **self.weights}.values()):
            raise UnusableInput("bot.all_weights_zero")


@dataclass(frozen=True, slots=True)
class SearchedWording:
    """One wording that was searched for, as the rankers took it."""

    part: QueryPart
    words: tuple[str, ...]
    bigrams: tuple[str, ...]
    expansions: tuple[str, ...]  # policy words that the glossary adds, for the term rankers
    expansion_weight: float  # of each of those, beside the wording's own
    gloss: str  # the Chinese words of an English wording, which is encoded beside it; "" for none
    levels: tuple[str, ...]  # of government that it names


@dataclass(frozen=True, slots=True)
class TracedHit:
    """One clause that sentences were looked for in, in the order they were."""

    hit: Hit
    document: str  # title
    searched: bool  # found by the search; False for what belongs to a hit: rows of its list, closing words, a level


@dataclass(frozen=True, slots=True)
class TracedSentence:
    """One sentence of a clause that might have answered."""

    candidate: Candidate
    used: bool  # quoted by the answer
    points: tuple[tuple[str, float], ...]  # feature → what it adds to the score, the greatest first, zeros left out


@dataclass(frozen=True)
class Trace:
    """One asking from question to answer. Parts that a refusal came before are empty."""

    question: Question
    changes: Changes
    answer: Answer
    reading: Reading | None  # None for a question too long to read
    topic_opened: bool  # the last turn was taken as a question of its own, though turns came before it
    wordings: tuple[SearchedWording, ...]
    weights: Mapping[str, float]  # of the rankers, as they counted
    top_k: int
    hits: tuple[TracedHit, ...]
    wanted: tuple[tuple[str, float], ...]  # what sentences were looked for with, the heaviest first
    sentences: tuple[TracedSentence, ...]  # the best first
    withheld: tuple[str, ...]  # sentences that a cited clause does not bear out, and that therefore were not said
    plan: QuestionPlan | None = None  # the parts of the question; None when it was refused before
    refusal: Refusal | None = None  # of a question that is declined: the rule that refused it
    checks: tuple[ConstraintCheck, ...] = ()  # its constraints against the words found, one part after another
    milliseconds: Mapping[Step, float] = field(default_factory=dict[Step, float])

    @property
    def total_ms(self) -> float:
        """All steps together."""
        return sum(self.milliseconds.values())


def trace(bot: PolicyBot, question: Question, changes: Changes | None = None) -> Trace:
    """Ask ``question`` of ``bot`` with ``changes`` and keep how the answer came about.

    The encoder remembers wordings: asked again, the same question searches faster.
    """
    changes = changes or Changes()
    changed = with_changes(bot, changes)
    step_log = StepLog()
    answer = changed.ask(question, step_log)
    step_log.took(Step.COMPOSING)
    reading = step_log.reading
    return Trace(
        question=question,
        changes=changes,
        answer=answer,
        reading=reading,
        topic_opened=reading is not None and len(reading.question.turns) < len(question.turns),
        wordings=_wordings(changed.clause_index, reading) if reading is not None and step_log.hits else (),
        weights=changed.clause_index.weights,
        top_k=changed.settings.top_k,
        hits=_hits(changed, step_log),
        wanted=_heaviest(step_log.wanted),
        sentences=tuple(_sentence(candidate, answer) for candidate in step_log.candidates),
        withheld=tuple(step_log.draft.withheld) if step_log.draft else (),
        plan=step_log.plan,
        refusal=step_log.refusal,
        checks=tuple(check for part in step_log.checks for check in part.checks),
        milliseconds=step_log.milliseconds,
    )


def with_changes(bot: PolicyBot, changes: Changes) -> PolicyBot:
    """A bot of its own that differs in ``changes``; ``bot`` stays as it is, and what is read once is shared."""
    finder = bot.finder
    if changes.top_k is not None:
        finder = replace(finder, settings=finder.settings.model_copy(update={"top_k": changes.top_k}))
    if changes.weights is not None:
        weights = {**finder.clause_index.weights, **changes.weights}
        finder = replace(finder, clause_index=replace(finder.clause_index, weights=weights))
    changed = bot if finder is bot.finder else replace(bot, finder=finder)
    return changed if changes.with_model else replace(changed, writer=None)


def _wordings(clause_index: ClauseIndex, reading: Reading) -> tuple[SearchedWording, ...]:
    shelf = clause_index.shelf
    return tuple(
        SearchedWording(
            part=part,
            words=tuple(shelf.splitter.words(part.text)),
            bigrams=tuple(shelf.splitter.bigrams(part.text)),
            expansions=shelf.glossary.expand(part.text),
            expansion_weight=part.weight * EXPANSION_WEIGHT,
            gloss=shelf.glossary.gloss(part.text),
            levels=tuple(sorted(shelf.levels_named(part.text))),
        )
        for part in reading.query.parts
    )


def _hits(bot: PolicyBot, step_log: StepLog) -> tuple[TracedHit, ...]:
    searched = {hit.clause.id for hit in step_log.found}
    return tuple(
        TracedHit(hit, bot.corpus.document_of(hit.clause).title, hit.clause.id in searched) for hit in step_log.hits
    )


def _heaviest(wanted: QueryTerms | None) -> tuple[tuple[str, float], ...]:
    words: Mapping[str, float] = wanted.words if wanted else dict[str, float]()
    return tuple(sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))[:STRONGEST])


def _sentence(candidate: Candidate, answer: Answer) -> TracedSentence:
    weights = weights_in_use().all
    points = ((name, weights[name] * value) for name, value in candidate.features.items() if weights[name] * value)
    return TracedSentence(
        candidate,
        isinstance(answer, Answered) and _is_quoted(candidate, answer.citations),
        tuple(sorted(points, key=lambda pair: (-abs(pair[1]), pair[0]))),
    )


def _is_quoted(candidate: Candidate, citations: Sequence[Citation]) -> bool:
    return any(
        citation.clause.id == candidate.clause.id and any(quote.overlaps(candidate.span) for quote in citation.quotes)
        for citation in citations
    )
