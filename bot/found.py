"""What a question has to be answered from, and which of its clauses are shown where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.compose.draft import Draft
from bot.evidence.candidates import Candidate, QueryTerms
from bot.evidence.per_sub_question import Compared
from bot.refuse.constraints.types import NO_CHECKS, ConstraintChecks, ConstraintKind
from bot.refuse.gate import Refusal
from bot.understand.reading import Reading
from index.types import Hit
from ingest.structure.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Found:
    """What a question has to be answered from; ``refusal`` says why it is not, ``named`` is the clause it calls for."""

    reading: Reading
    hits: Sequence[Hit]
    candidates: Sequence[Candidate] = ()
    wanted: QueryTerms | None = None
    compared: Sequence[Compared] = ()
    refusal: Refusal | None = None
    named: Draft | None = None  # the clause that is asked for by its address, word for word
    checks: ConstraintChecks = NO_CHECKS  # what the sentences bear out of the question's constraints


def sentences_quoted(draft: Draft) -> list[str]:
    """The sentences that a draft quotes from."""
    return [
        sentence.of(clause.text)
        for clause, quotes in draft.quoted()
        for sentence in split_sentences(clause.text)
        if any(sentence.start < quote.end and quote.start < sentence.end for quote in quotes)
    ]


def refused(refusal: Refusal | None, compared: Sequence[Compared]) -> Refusal | None:
    """The refusal, unless it is for one of several things set side by side: each of them is found, or named as not found."""
    if refusal is None or not any(one.best is not None and one.aspect.key for one in compared):
        return refusal
    of_a_thing = (ConstraintKind.OBJECT, ConstraintKind.RECIPIENT)
    return None if refusal.checks and all(check.kind in of_a_thing for check in refusal.checks) else refusal


def nearest_first(found: Found) -> Sequence[Hit]:
    """The hits of what was refused, first the clause that has a sentence with the words that those before it did not bear out."""
    unmet = [check.asked for check in found.refusal.checks] if found.refusal else []
    near = next((c for c in found.candidates if any(asked in c.text for asked in unmet)), None)
    return found.hits if near is None else [replace(near.hit, best_sentence=near.span), *found.hits]
