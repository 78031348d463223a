"""A chat model as a :class:`ingest.entitlements.proposing.Proposer`: what it answered about clauses, checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.proposing.answers import Answer
from bot.proposing.checking import check, statement
from bot.proposing.prompts import ClauseAsked
from ingest.entitlements.proposing import proposals
from ingest.entitlements.rules.proposer import RuleProposer
from ingest.entitlements.types import Entitlement
from ingest.entitlements.wording import Wording
from ingest.types import Clause, PolicyDocument, Role

NO_GRANTS = frozenset({Role.CATALOGUE, Role.DEPARTMENTS, Role.STUB, Role.CLOSING})
MOST_OF_A_CLAUSE = 40  # proposals; what a model adds behind them is dropped
TOO_MANY, AS_RULES = "too_many", "as_rules_propose"


@dataclass
class ModelProposer:
    """Proposes from answers that were asked for before: reading them takes no request.

    ``dropped`` counts by reason what is none, ``as_text`` conditions that are kept as their words.
    """

    model: str
    answers: Mapping[str, Answer]  # by ClauseAsked.digest
    dropped: Counter[str] = field(default_factory=Counter[str])
    as_text: int = 0
    name: str = "model"

    def propose(self, document: PolicyDocument, clauses: Sequence[Clause]) -> Iterator[Entitlement]:
        """What the model proposes for the clauses of a document, as far as it stands."""
        for asked in to_ask(document, clauses):
            answer = self.answers.get(asked.digest(self.model))
            if answer is not None:
                yield from self._of_clause(asked, answer, document)

    def _of_clause(self, asked: ClauseAsked, answer: Answer, document: PolicyDocument) -> Iterator[Entitlement]:
        by_rules = {statement(record) for record in asked.suggested}
        self.dropped[TOO_MANY] += max(0, len(answer.records) - MOST_OF_A_CLAUSE)
        for raw in answer.records[:MOST_OF_A_CLAUSE]:
            checked = check(raw, asked, answer.model, answer.on, document.issued)
            if checked.record is None:
                self.dropped[str(checked.reason)] += 1
            elif statement(checked.record) in by_rules:
                self.dropped[AS_RULES] += 1
            else:
                self.as_text += checked.as_text
                yield checked.record


def to_ask(document: PolicyDocument, clauses: Sequence[Clause]) -> list[ClauseAsked]:
    """The clauses of a document that may grant something, with what they stand under and what the rules propose."""
    wording = Wording([document], clauses)
    suggested: dict[str, list[Entitlement]] = {}
    for item in proposals(RuleProposer(), [document], clauses):
        suggested.setdefault(item.clauses[0], []).append(item.record)
    return [
        ClauseAsked(clause, document.title, wording.above(clause), tuple(suggested.get(clause.id, ())))
        for clause in clauses
        if clause.role not in NO_GRANTS and clause.text.strip()
    ]
