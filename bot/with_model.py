"""An answer in the words of a language model: it names the parts, each is searched, it writes, every sentence is checked.

The answer without a model is made first. It decides what is never sent, gives what was worked out (grants that match,
counts, products) as facts, tells the model why the rules would decline, and stands when the model fails.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.compose.outcome import answered, declined
from bot.finding import Finder
from bot.llm.chat_model import ModelFailed
from bot.llm.notices import instead_notice, not_stated_notice, plan_notice, worded_notices
from bot.llm.planning import AskedKind, ModelPlan, PlanUnusable, plan_by_rules
from bot.llm.prompts import Material
from bot.llm.sources import in_turn, numbered
from bot.llm.writer import NotWritten, SaysNotStated, Writer, Written
from bot.refuse.gate import NOT_STATED_BY_MODEL
from bot.step_log import Step, StepLog
from bot.types import (
    Answer,
    Answered,
    AnswerKind,
    AnswerSentence,
    Citation,
    Declined,
    Reason,
    SentenceRole,
)
from bot.understand.reading import Reading
from index.search.search import search
from index.types import Hit, Query
from ingest.types import Clause

_LOG = logging.getLogger(__name__)
HITS_OF_PART = 3
HITS_OF_WHOLE = 8  # of a question of one part
HITS_BESIDE_PARTS = 2  # of the whole question, beside those of its parts
MOST_FACTS = 16  # sentences that were worked out
# What no model is asked about: nothing was asked, or what it asks for is not the bot's to tell.
_NEVER_SENT = frozenset({Reason.EMPTY, Reason.TOO_LONG, Reason.GARBAGE, Reason.INJECTION, Reason.PERSONAL})
_FINAL = frozenset({AnswerKind.TALK, AnswerKind.CLARIFY, AnswerKind.CORPUS, AnswerKind.LIST})
_WORKED_OUT = frozenset({SentenceRole.VERDICT, SentenceRole.COUNT})


def may_be_worded(plain: Answer, step_log: StepLog) -> bool:
    """Whether a model is asked at all, by the answer without one."""
    if isinstance(plain, Declined):
        by_rule = step_log.refusal.rule if step_log.refusal is not None else ""
        return plain.reason not in _NEVER_SENT and by_rule not in _SETTLED
    return plain.kind not in _FINAL and not step_log.is_settled


# Rules that are sure by the question alone: other work, a clause's number that is not there, quite another subject.
_SETTLED = frozenset({"other_work", "no_such_clause", "surely_foreign", "foreign_and_unmatched"})


@dataclass(frozen=True)
class Worded:
    """Answers one question with a model; ``plain`` is the answer without it."""

    finder: Finder
    writer: Writer
    reading: Reading
    plain: Answer
    step_log: StepLog

    def tell(self) -> Generator[AnswerSentence, None, Answer]:
        """Each sentence of the body when it is checked, then the whole answer."""
        plan, failed = self._plan()
        if failed:
            return (yield from self._instead(failed))
        faults = (plan_notice(plan.fault, self.reading.language),) if plan.fault is not None else ()
        material = self._material(plan)
        self.step_log.took(Step.SEARCH)
        shown = False
        for part in self.writer.write(self.reading, material):
            match part:
                case AnswerSentence():
                    shown = True
                    yield part
                case Written():
                    return self._written(part, faults)
                case SaysNotStated():
                    return self._not_stated(part, material, faults)
                case NotWritten(failure, report):
                    why = instead_notice(failure, self.reading.language, report)
                    return (yield from self._instead(*faults, why, shown=shown))
        return self.plain

    # ── What the model is given ────────────────────────────────────────────────────────────────

    def _plan(self) -> tuple[ModelPlan, str]:
        """The parts, by the model or by the rules; and the notice of a model that cannot be used at all."""
        by_rules = plan_by_rules(self.reading, self.finder.plan(self.reading), self.plain)
        try:
            plan = self.writer.plan(self.reading, self._places)
        except PlanUnusable as error:
            _LOG.warning("the plan of the chat model is not used: %s", error)
            return replace(by_rules, fault=error.fault), ""
        except ModelFailed as error:
            _LOG.warning("%s", error)
            return by_rules, instead_notice(error.failure, self.reading.language)
        if by_rules.kind is AskedKind.SUMMARY:
            return by_rules, ""
        return plan, ""

    @property
    def _places(self) -> Mapping[str, Sequence[str]]:
        return self.finder.places.names

    def _material(self, plan: ModelPlan) -> Material:
        clauses = [citation.clause for citation in self._cited]
        if plan.kind is AskedKind.SUMMARY:
            documents = list(dict.fromkeys(clause.document for clause in clauses))
            corpus = self.finder.corpus
            of_each = [list(corpus.clauses_of(corpus.document_by_id[one])) for one in documents]
            chosen = in_turn(of_each) if len(of_each) > 1 else [*of_each[0]] if of_each else []
        else:
            chosen = in_turn(self._found(plan), clauses)
        sources = numbered(chosen, self.writer.source_chars)
        refused = self.plain.body if isinstance(self.plain, Declined) else ""
        return Material(plan, sources, self._facts(sources), refused, self._places)

    @property
    def _cited(self) -> Sequence[Citation]:
        """What the answer without a model rests on; of one that declines nothing: that is the rules' hint only."""
        return self.plain.citations if isinstance(self.plain, Answered) else ()

    def _found(self, plan: ModelPlan) -> list[list[Clause]]:
        """The best clauses of each part, and of the whole question."""
        index, filters = self.finder.clause_index, self.reading.query.filters
        one = len(plan.parts) == 1
        whole = self.step_log.hits or search(index, self.reading.query, HITS_OF_WHOLE)
        found = [[hit.clause for hit in whole[: HITS_OF_WHOLE if one else HITS_BESIDE_PARTS]]]
        if one and not plan.by_model:
            return found
        for part in plan.parts:
            words = part.search if self.reading.language.value == "en" and part.search else part.question
            text = words if words == part.search else f"{words} {part.search}".strip()
            found.append([hit.clause for hit in search(index, Query.of(text, filters), HITS_OF_PART)])
        return [*found[1:], found[0]] if not one else found

    def _facts(self, sources: Mapping[int, Clause]) -> list[AnswerSentence]:
        """What was worked out without a model, its citations numbered as the sources."""
        if not isinstance(self.plain, Answered):
            return []
        number = {clause.id: n for n, clause in sources.items()}
        of = {one.n: number.get(one.clause.id) for one in self.plain.citations}
        facts: list[AnswerSentence] = []
        for sentence in self.plain.sentences:
            worked = sentence.role in _WORKED_OUT or sentence.derived is not None
            if not sentence.citations or not (worked or self.plain.kind is AnswerKind.MATCH):
                continue
            cited = tuple(n for one in sentence.citations if (n := of[one]) is not None)
            if len(cited) == len(sentence.citations):
                facts.append(replace(sentence, citations=cited))
        return facts[:MOST_FACTS]

    # ── What becomes of the reply ──────────────────────────────────────────────────────────────

    def _written(self, told: Written, faults: tuple[str, ...]) -> Answer:
        self.step_log.draft, self.step_log.refusal = told.draft, None
        finder = self.finder
        answer = answered(self.reading, told.draft, finder.corpus, finder.versions, (), self.plain.took_ms)
        return replace(answer, notices=(*answer.notices, *faults, *worded_notices(told.report, answer)))

    def _not_stated(self, told: SaysNotStated, material: Material, faults: tuple[str, ...]) -> Answer:
        """The model's "not covered", with what it calls nearest, else with what was found as such."""
        self.step_log.draft, self.step_log.refusal = told.draft, NOT_STATED_BY_MODEL
        finder = self.finder
        nearest = told.draft.clauses or [*self._nearest(material)]
        hits = [Hit(clause, rank, 1.0, {}, None) for rank, clause in enumerate(nearest, start=1)]
        parts = [part.question for part in told.draft.parts]
        took_ms = self.plain.took_ms
        plain = declined(self.reading, NOT_STATED_BY_MODEL, hits, finder.corpus, finder.places, took_ms, parts)
        quotes = {clause.id: spans for clause, spans in told.draft.quoted()}
        citations = tuple(replace(one, quotes=quotes.get(one.clause.id, one.quotes)) for one in plain.citations)
        joint = " " if self.reading.language.value == "en" else ""
        body = joint.join(sentence.marked for sentence in told.draft.sentences) or plain.body
        read = not_stated_notice(len(material.sources), self.reading.language)
        return replace(plain, body=body, citations=citations, notices=(*plain.notices, *faults, read))

    def _nearest(self, material: Material) -> list[Clause]:
        """The clauses that were found first: those the answer without a model rests on."""
        first = [citation.clause for citation in self.plain.citations]
        return list({clause.id: clause for clause in (*first, *material.sources.values())}.values())

    def _instead(self, *notices: str, shown: bool = False) -> Generator[AnswerSentence, None, Answer]:
        """The answer without a model, with notices that say why; its sentences unless others were ``shown``."""
        if isinstance(self.plain, Answered) and not shown:
            yield from self.plain.sentences
        return replace(self.plain, notices=(*self.plain.notices, *notices))
