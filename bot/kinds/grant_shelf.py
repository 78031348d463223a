"""What a corpus grants, once per corpus: records that people checked, else proposals of rules, which are only quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.match.matching import MatcherKeeper
from ingest.entitlements.proposing import proposals
from ingest.entitlements.rules.proposer import RuleProposer
from ingest.entitlements.types import AmountRow, Attached, AttachedCatalogue, Entitlement, Entitlements
from ingest.errors import EntitlementsUnusable
from ingest.types import Clause, Corpus, Span

_NO_RECORDS = Entitlements()  # always the same, so that a shelf without records is kept too


@dataclass(frozen=True)
class GrantShelf:
    """The grants of a corpus in the order of its text. Safe to use from several threads."""

    corpus: Corpus
    known: Entitlements
    levels: frozenset[str] = frozenset()  # that it is limited to; empty for all

    def at(self, levels: frozenset[str]) -> GrantShelf:
        """The same, with what is granted at these levels only."""
        return self if levels == self.levels else replace(self, levels=levels)

    def _is_at(self, clause: str) -> bool:
        return not self.levels or self.corpus.clause_by_id[clause].level in self.levels

    @cached_property
    def checked(self) -> tuple[Attached, ...]:
        """What people stand for; the same money printed twice once only where both stand at the same level."""
        order = self.corpus.clause_by_id.place
        accepted = [item for item in self.known.attached if item.accepted and self._is_at(item.places[0].clause)]
        return tuple(sorted(accepted, key=lambda item: (order(item.places[0].clause), item.places[0].span)))

    @cached_property
    def unsettled(self) -> tuple[Entitlement, ...]:
        """What people stood for until its words changed: it may still be granted, with other figures."""
        return tuple(item.record for item in self.known.flagged if item.record.review.accepted)

    @cached_property
    def proposed(self) -> tuple[Attached, ...]:
        """What rules propose, where nobody has checked anything: good for quoting, never for a verdict.

        Of a large corpus nothing: its rules are for ``entitlements propose``, not for a question to wait for.
        """
        if self.corpus.lookup.is_large or any(item.accepted for item in self.known.attached):
            return ()
        found = proposals(RuleProposer(), self.corpus.documents, self.corpus.clauses)
        return tuple(item for item in found if self._is_at(item.places[0].clause))

    @property
    def catalogues(self) -> Sequence[AttachedCatalogue]:
        """Which award is which class."""
        return [one for one in self.known.catalogues if not one.entries or self._is_at(one.entries[0].clauses[0])]

    @cached_property
    def by_clause(self) -> Mapping[str, tuple[Attached, ...]]:
        """What is checked, by the clauses that grant it."""
        found: dict[str, list[Attached]] = {}
        for item in self.checked:
            for clause in item.clauses:
                found.setdefault(clause, []).append(item)
        return {clause: tuple(items) for clause, items in found.items()}

    def clause(self, item: Attached) -> Clause:
        """The clause in which a grant begins."""
        return self.corpus.clause_by_id[item.places[0].clause]

    def place_of_row(self, item: Attached, row: AmountRow) -> tuple[Clause, Span]:
        """Where an amount of a grant is printed; where the grant begins, if its words stand in none of its places."""
        for place in item.places:
            clause = self.corpus.clause_by_id[place.clause]
            at = clause.text.find(row.span)
            if at >= 0:
                return clause, Span(at, at + len(row.span))
        return self.clause(item), item.places[0].span


@dataclass
class ShelfKeeper:
    """Keeps the shelf of the corpus last asked for, until its text or its records change."""

    _kept: GrantShelf | None = field(default=None, init=False)

    def of(self, corpus: Corpus, matchers: MatcherKeeper) -> GrantShelf:
        """The shelf of ``corpus`` as it and its records are now; without records where these cannot be used."""
        try:
            known = matchers.of(corpus).entitlements
        except EntitlementsUnusable:
            known = _NO_RECORDS  # said to whoever matches; a question is answered from the clauses
        kept = self._kept
        if kept is None or kept.corpus is not corpus or kept.known is not known:
            kept = self._kept = GrantShelf(corpus, known)
        return kept
