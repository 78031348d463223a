"""What a clause grants (支持事项): to whom, under which conditions, how much; and where its words stand today.

All words in a record are verbatim; it knows neither clause ids nor offsets. :mod:`ingest.entitlements.attach` finds
where they stand in a corpus. Kinds, recipients, bounds, attributes and operators are those of
``ingest/vocabulary/entitlements.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from ingest.sentences import Sentence
from ingest.types import Span, Validity

# ── Conditions ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ReadableCondition:
    """A condition on a fact about the asker: ``attribute`` ``operator`` value.

    Exactly one of ``words`` and ``numbers`` is filled, as the attribute takes it: any of the words (is, in), the step
    of a ladder from which on it holds (at_least), one number, or the two between which it lies, both included.
    """

    span: str
    attribute: str
    operator: str
    words: tuple[str, ...] = ()
    numbers: tuple[Decimal, ...] = ()
    unit: str | None = None
    of: str | None = None  # whose: the recognition a level is of, whose catalogue a class is of


@dataclass(frozen=True, slots=True)
class TextCondition:
    """A condition that a person has to check; with ``decision`` somebody decides it (认定, 评审, 择优, 推荐)."""

    span: str
    text: str
    decision: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold; no parts: nothing is asked."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part is enough (或)."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = "ReadableCondition | TextCondition | AllOf | AnyOf"
Leaf: TypeAlias = ReadableCondition | TextCondition


def leaves(condition: Condition | None) -> Iterator[Leaf]:
    """The single conditions of a tree, in their order."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from leaves(part)
    elif condition is not None:
        yield condition


# ── Records ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets the money or the right, and the words that say so."""

    who: str
    span: str | None = None


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One row of what is granted. ``figure`` is as printed, ``cap`` limits it, ``when`` chooses the row."""

    object: str
    figure: str
    bound: str
    span: str
    base: str | None = None  # of what a share is taken
    period: str | None = None  # 每年, 每月, 一次性
    term: str | None = None  # how long it is paid
    cap: str | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when a grant holds, where that is printed for it alone. ``until`` is its last day."""

    span: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Who wrote a record and who stands for it.

    ``proposed_by`` names what proposed it ("rules", "model"); empty: a person wrote it. Of a model, ``model`` is its name
    and ``proposed_on`` the day of its answer. ``by`` and ``on`` are set once a person accepted it, or refused it
    (``refused``): then it is kept so that it is not proposed again.
    """

    by: str = ""
    on: date | None = None
    proposed_by: str = ""
    refused: bool = False
    model: str = ""
    proposed_on: date | None = None

    @property
    def accepted(self) -> bool:
        """A person stands for it. Only such a record may give "met" or carry a verdict."""
        return bool(self.by) and not self.refused

    @property
    def proposal(self) -> Review:
        """What is known of who proposed it, as long as nobody stood for it."""
        return Review(proposed_by=self.proposed_by, model=self.model, proposed_on=self.proposed_on)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What one clause, or one row of it, grants to one kind of recipient under one set of conditions.

    ``id`` is unique in its document. ``spans`` are the words that grant. ``under`` are headings and lead-ins above
    them as they were when a person accepted the record: when they change, it is flagged.
    """

    id: str
    document: str  # title as printed
    title: str
    kind: str
    spans: tuple[str, ...]
    recipient: Recipient
    conditions: Condition = field(default_factory=AllOf)
    amounts: tuple[AmountRow, ...] = ()
    validity: Term | None = None
    offices: tuple[str, ...] = ()
    procedure: tuple[str, ...] = ()
    overlap: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()  # keys of records that print the same money again
    soft: bool = False  # an encouragement or a service that nobody can claim
    under: tuple[str, ...] = ()
    review: Review = field(default_factory=Review)

    @property
    def key(self) -> str:
        """The id that is unique in a corpus: ``document:id``."""
        return f"{self.document}:{self.id}"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One class of a catalogue: the awards, titles or jobs that belong to it, and the words that say so."""

    letter: str  # "A", "五类"
    awards: tuple[str, ...]
    span: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Which award, title or job is which class, by one catalogue. A class never holds outside of its own."""

    name: str
    of: str  # whose: the ``of`` of conditions on talent_class
    document: str | None  # title; None: of any document
    entries: tuple[CatalogueEntry, ...]


# ── Bound to a corpus ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: a span of a clause's text."""

    clause: str  # Clause.id
    span: Span


@dataclass(frozen=True, slots=True)
class Attached:
    """An entitlement whose words stand in the corpus. ``clauses`` are those that grant, in the order of the source."""

    record: Entitlement
    clauses: tuple[str, ...]
    document: str  # PolicyDocument.id
    address: str
    page: int | None
    level: str | None
    validity: Validity  # printed for the grant, else for its sentence, else for its document
    places: tuple[Place, ...]  # of record.spans, in their order
    above: tuple[str, ...] = ()  # headings and lead-ins above the words as they stand now

    @property
    def key(self) -> str:
        """The key of the record."""
        return self.record.key

    @property
    def accepted(self) -> bool:
        """Whether a person stands for it."""
        return self.record.review.accepted


@dataclass(frozen=True, slots=True)
class Flagged:
    """A record that is not used, and why, in one sentence."""

    record: Entitlement
    reason: Sentence


@dataclass(frozen=True, slots=True)
class AttachedEntry:
    """An entry of a catalogue and the clauses its words stand in."""

    entry: CatalogueEntry
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttachedCatalogue:
    """A catalogue, and what of it stands in the corpus; ``flagged`` are reasons, one an entry that is not used."""

    catalogue: Catalogue
    entries: tuple[AttachedEntry, ...]
    flagged: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Entitlements:
    """All that is known of what a corpus grants. ``digest`` is that of the files, apart from the corpus's own."""

    attached: tuple[Attached, ...] = ()
    flagged: tuple[Flagged, ...] = ()
    refused: tuple[Attached, ...] = ()  # never used; kept so that they are not proposed again
    catalogues: tuple[AttachedCatalogue, ...] = ()
    digest: str = ""

    @cached_property
    def by_key(self) -> Mapping[str, Attached]:
        """What is attached, by its key."""
        return {item.key: item for item in self.attached}

    @cached_property
    def by_clause(self) -> Mapping[str, tuple[Attached, ...]]:
        """What is attached, by the clauses that grant it."""
        found: dict[str, list[Attached]] = {}
        for item in self.attached:
            for clause in item.clauses:
                found.setdefault(clause, []).append(item)
        return {clause: tuple(items) for clause, items in found.items()}
