"""Proposals: what something that reads clauses takes for an entitlement. Nobody stands for them until a person accepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

from ingest.entitlements.attach import attach_record
from ingest.entitlements.types import Attached, Entitlement, Entitlements
from ingest.entitlements.wording import Wording
from ingest.types import Clause, PolicyDocument


class LeftOut(StrEnum):
    """Why a proposal is none."""

    NOT_ONCE = "not_once_in_document"  # its words do not stand, or stand more than once
    SPOKEN_OF = "record_speaks_of_it"  # accepted, waiting or refused
    REPEATED = "repeated"


class Proposer(Protocol):
    """Reads the clauses of one document and proposes what they grant."""

    @property
    def name(self) -> str:
        """Who proposes: "rules", "model"; kept in the review of every proposal."""
        ...

    def propose(self, document: PolicyDocument, clauses: Sequence[Clause]) -> Iterable[Entitlement]:
        """Proposals in the order of the source. Words that do not stand in the clauses make a proposal void."""
        ...


def proposals(
    proposer: Proposer,
    documents: Sequence[PolicyDocument],
    clauses: Iterable[Clause],
    known: Entitlements | None = None,
    left_out: Counter[str] | None = None,
) -> Iterator[Attached]:
    """What ``proposer`` proposes beyond what is ``known``, bound to the words it rests on.

    Left out, and counted in ``left_out``: a proposal with words that do not stand once in the document, one on words that
    a record (accepted, waiting or refused) speaks of already, and one that repeats another.
    """
    held: dict[str, list[Clause]] = {document.id: [] for document in documents}
    for clause in clauses:
        held[clause.document].append(clause)
    spoken_of = _spoken_of((*known.attached, *known.refused) if known is not None else ())
    for document in documents:
        wording = Wording([document], held[document.id])
        ids: set[str] = set()
        for proposed in proposer.propose(document, held[document.id]):
            review = replace(proposed.review.proposal, proposed_by=proposer.name)
            bound = attach_record(replace(proposed, document=document.title, review=review), wording)
            reason: LeftOut | None = None
            if not isinstance(bound, Attached):
                reason = LeftOut.NOT_ONCE
            elif proposed.id in ids:
                reason = LeftOut.REPEATED
            elif _is_spoken_of(bound, spoken_of):
                reason = LeftOut.SPOKEN_OF
            else:
                ids.add(proposed.id)
                yield bound
            if reason is not None and left_out is not None:
                left_out[reason] += 1


def not_spoken_of(items: Iterable[Attached], known: Entitlements) -> list[Attached]:
    """The proposals on words that no record of ``known`` speaks of."""
    spoken_of = _spoken_of((*known.attached, *known.refused))
    return [item for item in items if not _is_spoken_of(item, spoken_of)]


def _spoken_of(items: Iterable[Attached]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for item in items:
        for place in item.places:
            found.setdefault(place.clause, []).append((place.span.start, place.span.end))
    return found


def _is_spoken_of(item: Attached, spoken_of: dict[str, list[tuple[int, int]]]) -> bool:
    return any(
        start < place.span.end and place.span.start < end
        for place in item.places
        for start, end in spoken_of.get(place.clause, ())
    )
