"""Clauses and documents on their way: where they stand in the outline, before their facts are found."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.structure.sections import Section
from ingest.types import Role, TableRow


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause before its facts: which paragraphs it is made of and where it stands."""

    paragraphs: tuple[int, ...]
    address: str
    slug: tuple[str, ...]  # parts of the id behind the document's
    path: tuple[str, ...]  # below the document
    role: Role
    parent: tuple[str, ...] | None  # slug of the clause one numbering level up
    marks: tuple[int, ...] = ()  # paragraphs that begin an enumeration inside the clause
    row: TableRow | None = None


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """A document before its data: its section, the headings above it, its clauses."""

    section: Section
    kind: str  # policy, compiled, stub
    above: tuple[str, ...]  # headings from 篇 down to just above it
    part: str | None  # "第三篇"
    level_heading: str | None
    drafts: tuple[Draft, ...]
    headings: tuple[tuple[int, str], ...]  # (paragraph, kind) of headings inside it, its title first


@dataclass(frozen=True, slots=True)
class Cut:
    """A source cut into documents. ``headings`` stand above all documents (parts, levels, sections around one)."""

    documents: tuple[DraftDocument, ...]
    headings: tuple[tuple[int, str], ...]
