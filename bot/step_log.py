"""What the steps of one answer came to, noted while they are taken: a trace shows the answer's own steps, no others."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.awaited import check_awaited
from bot.compose.draft import Draft
from bot.evidence.candidates import Candidate, QueryTerms
from bot.evidence.per_sub_question import Compared
from bot.refuse.answerability import Searched
from bot.refuse.constraints.types import ConstraintChecks
from bot.refuse.gate import Refusal
from bot.understand.plan import QuestionPlan
from bot.understand.reading import Reading
from index.types import Hit

MILLISECONDS = 1000.0


class Step(StrEnum):
    """The steps from a question to its answer, in their order."""

    READING = "reading"  # the question understood, with a short search where a turn may open a topic of its own
    SEARCH = "search"  # encoding and ranking
    EVIDENCE = "evidence"  # sentences scored, and whether they may answer
    COMPOSING = "composing"  # by a language model too, when there is one


@dataclass
class StepLog:
    """Filled in by ``PolicyBot``; what was not reached stays empty."""

    reading: Reading | None = None
    plan: QuestionPlan | None = None
    found: list[Hit] = field(default_factory=list[Hit])  # by search, before anything that belongs to them is added
    hits: list[Hit] = field(default_factory=list[Hit])  # as sentences are looked for in them
    wanted: QueryTerms | None = None
    compared: list[Compared] = field(default_factory=list[Compared])  # whether they fit or not
    candidates: list[Candidate] = field(default_factory=list[Candidate])
    looked_at: list[Searched] = field(default_factory=list[Searched])  # by the rules of refusal, of each part searched
    checks: list[ConstraintChecks] = field(default_factory=list[ConstraintChecks])  # of each of them
    is_settled: bool = False  # the answer is a clause or a list that is asked for itself: nothing is left to word
    draft: Draft | None = None  # of the answer that was given
    refusal: Refusal | None = None  # why there was no answer, and by which rule
    milliseconds: dict[Step, float] = field(default_factory=dict[Step, float])
    _since: float = field(default_factory=time.perf_counter)

    def searched(self, found: Sequence[Hit], wanted: QueryTerms) -> None:
        """One more part was searched for; ``wanted`` stays that of the first."""
        self.found.extend(found)
        self.wanted = self.wanted or wanted

    def judged(self, searched: Searched, checks: ConstraintChecks) -> None:
        """What the rules of refusal looked at of a part, and what they found; the evidence is looked for by then."""
        self.looked_at.append(searched)
        self.checks.append(checks)
        self.took(Step.EVIDENCE)

    def took(self, step: Step) -> None:
        """``step`` took the time since the step before it. Raises NobodyWaits when the next one is for nobody."""
        now = time.perf_counter()
        self.milliseconds[step] = self.milliseconds.get(step, 0.0) + (now - self._since) * MILLISECONDS
        self._since = now
        check_awaited()
