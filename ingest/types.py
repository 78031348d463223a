"""What ingest makes: spans, sources, clauses, documents and the facts found in them.

Every type is frozen and complete at birth. Offsets are counted in characters (not bytes) of
:attr:`SourceFile.text`, half open: ``text[start:end]``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from ingest.by_id import ById, by_name
from ingest.clause_lookup import ClauseLookup, WalkedClauses
from ingest.sentences import Sentence
from ingest.spans import Span as Span
from ingest.standings import Standing as Standing
from ingest.standings import Validity as Validity


@dataclass(frozen=True, slots=True)
class Furniture:
    """Characters that are printed on the page but belong to no clause."""

    span: Span
    kind: str  # "page number", "page break", "line wrap", "blank", "stray space", "navigation", "markup" …


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table.

    ``cells`` are spans of the source text, one a column. One that lies outside ``span`` was printed in a row above and
    belongs to this row as well (a merged cell, a group's name printed once). ``heads`` are the heads of the columns,
    those of several rows joined; empty where columns have none.
    """

    span: Span
    cells: tuple[Span, ...]
    heads: tuple[str, ...]
    is_head: bool  # names columns or the rows below it, and is no content
    group: str = ""  # the heading between the rows under which this one stands


@dataclass(frozen=True, slots=True)
class PageStart:
    """From ``offset`` on, the text stands on printed page ``page``."""

    offset: int
    page: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source decoded to text, with what only its format could tell.

    For plain text ``text`` is the decoded file, unchanged. For DOCX, PDF and HTML it is the text that
    the reader took out, one block element or physical line a line; offsets count in that text.
    """

    name: str  # path relative to the corpus folder, "/" between parts
    text: str
    sha256: str  # of the file's bytes
    format: str  # "text", "markdown", "html", "docx", "pdf", "xlsx", "csv", "doc", "xls"
    encoding: str | None = None  # of plain text and HTML
    furniture: tuple[Furniture, ...] = ()  # found by the reader; sorted, disjoint
    pages: tuple[PageStart, ...] = ()  # found by the reader; sorted
    tables: tuple[TableRow, ...] = ()  # sorted by position
    headings: tuple[tuple[int, int], ...] = ()  # (offset of a line the format marks as heading, its rank from 1)
    doubts: tuple[tuple[int, Sentence], ...] = ()  # what the reader could not read for certain: (line from 1, message)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with its line wrap undone.

    ``text`` is exactly the characters of ``pieces`` one after another (a line end kept between two
    Latin words reads as a space), so every position of it leads back to the source.
    """

    text: str
    pieces: tuple[Span, ...]  # source spans, ascending
    page: int | None  # printed page on which it begins
    line: int  # 1-based line of the source on which it begins

    @property
    def span(self) -> Span:
        """From the first to the last character in the source, furniture between them included."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


# ── Facts ──────────────────────────────────────────────────────────────────────────────────────
# Spans inside facts count in the *clause's text*; Clause.in_source leads back to the source.


class Bound(StrEnum):
    """How a figure limits: 最高 / 不超过, 最低 / 不低于 / 以上, about, or exactly."""

    EXACT = "exact"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that carries meaning: an amount, a ratio, a duration, a count, a date, a page-independent code.

    ``value`` is in the base of ``unit`` (300 万元 → 3000000, 元; 15% → 15, %; 6 个月 → 6, 月). A range has
    ``upper``. A date has ``unit`` "日期" and ``value`` yyyymmdd (day or month 0 when not printed).
    """

    text: str
    span: Span
    value: Decimal
    unit: str
    upper: Decimal | None = None
    bound: Bound = Bound.EXACT
    period: str | None = None  # "每年", "每月", "一次性", "/年" …, as printed


@dataclass(frozen=True, slots=True)
class Benefit:
    """One row of a parallel enumeration: who (object) gets what (figure), under which heading words."""

    object: str
    object_span: Span
    figure: Figure
    condition: str | None


class Role(StrEnum):
    """What a clause is in its document."""

    ITEM = "item"
    PREAMBLE = "preamble"  # unnumbered opening of a document or of a numbered part
    CLOSING = "closing"  # 施行日期, 就高不重复, 解释机关, signature
    ANNEX = "annex"  # unnumbered text of an annex
    CATALOGUE = "catalogue"  # an entry of an annexed catalogue; its tier stands only in the path
    PRICE = "price"  # a row of a price list
    TABLE_ROW = "table_row"
    DEPARTMENTS = "departments"  # a paragraph that only names 责任单位, for the items above it
    STUB = "stub"  # only the title is printed (scan a QR code for the rest)

    @property
    def is_rate_row(self) -> bool:
        """True for a row of a list of prices or rates, which says what it is of in its headings."""
        return self in (Role.PRICE, Role.TABLE_ROW)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A numbered part inside a clause, as （一） in an article: label, kind, where (in the clause's text)."""

    label: str
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class RowCell:
    """A filled cell of a table row: where it stands in the clause's text, and the heads of its column, joined."""

    span: Span
    head: str


@dataclass(frozen=True)
class Clause:
    """The smallest quotable unit: an article, an item, a price row, an opening or closing paragraph."""

    id: str  # ASCII, stable while document title and address stay the same
    document: str  # PolicyDocument.id
    source: str  # SourceFile.name
    address: str  # "二、3." / "第十条" / "附件 三、（二）2."; "" for an opening or closing paragraph
    path: tuple[str, ...]  # headings from 篇 down to its own
    text: str  # wrap undone, stray spaces gone
    span: Span  # in the source
    pieces: tuple[Span, ...]  # source spans whose characters, in order, are ``text``
    page: int | None  # printed page of its first character
    line: int  # 1-based line in the source
    role: Role
    parent: str | None  # id of the clause one numbering level up, if that is a clause
    level: str | None  # 国家 / 自治区 / 市 / 旗 …, as its document
    departments: tuple[str, ...]
    figures: tuple[Figure, ...]
    benefits: tuple[Benefit, ...]
    validity: Validity
    enumerations: tuple[Enumeration, ...] = ()
    cells: tuple[RowCell, ...] = ()  # of a row of a table
    page_starts: tuple[PageStart, ...] = ()  # printed pages that begin inside it

    @property
    def own_pieces(self) -> tuple[Span, ...]:
        """The pieces that no other clause has: without the merged cells that a row shares with the rows above it."""
        return tuple(piece for piece in self.pieces if self.span.contains(piece)) if self.cells else self.pieces

    @cached_property
    def _piece_ends(self) -> tuple[int, ...]:
        ends: list[int] = []
        total = 0
        for piece in self.pieces:
            total += len(piece)
            ends.append(total)
        return tuple(ends)

    def in_source(self, span: Span) -> Span:
        """The source span of a span of ``text``; what the line wrap put between is included.

        Of a table row with cells from rows above, the span from the first to the last character that it is made of.
        Raises ValueError when ``span`` is empty or reaches beyond the text.
        """
        if not 0 <= span.start < span.end <= len(self.text):
            raise ValueError(f"{span} is not inside clause {self.id} of {len(self.text)} characters")
        ends = (span.start, span.end - 1)
        if self.cells:  # a later cell may stand before an earlier one
            ends += tuple(
                end
                for cell in self.cells
                for end in (cell.span.start, cell.span.end - 1)
                if span.start < end < span.end
            )
        places = [self._offset(end) for end in ends]
        return Span(min(places), max(places) + 1)

    def _offset(self, position: int) -> int:
        number = bisect_right(self._piece_ends, position)
        begins = self._piece_ends[number - 1] if number else 0
        return self.pieces[number].start + position - begins


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """Another document, as the one that repeals or replaces it names it."""

    title: str | None  # without 《》
    number: str | None  # 文号, spaces left out
    year: int | None = None  # of the version meant, where it is printed
    since: date | None = None  # the printed day from which it is without force; None: when the naming one is in force
    span: Span | None = None  # in the source; None when it is said in corpus.toml


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """A policy document, a compiler's own chapter, or a guide of which only the title is printed."""

    id: str  # ASCII
    source: str  # SourceFile.name
    title: str
    kind: str  # "policy", "compiled" (the compiler's own text), "stub" (title only)
    level: str | None
    part: str | None  # the 篇 it stands in
    issuer: str | None
    number: str | None  # 文号
    issued: date | None
    validity: Validity
    closing_rules: tuple[str, ...]  # 就高不重复, 从优就高不叠加 …, as printed
    span: Span
    page: int | None
    replaces: tuple[NamedDocument, ...] = ()
    repeals: tuple[NamedDocument, ...] = ()
    ended_by: str | None = None  # PolicyDocument.id of the one that repeals or replaces it
    implements: tuple[NamedDocument, ...] = ()  # what its opening says it carries out
    annexed_to: NamedDocument | None = None  # as corpus.toml names it
    based_on: tuple[str, ...] = ()  # PolicyDocument.id of those of ``implements`` that the corpus holds
    annex_of: str | None = None  # PolicyDocument.id of the notice that it came with
    printed: tuple[tuple[str, Span], ...] = ()
    """Where each fact stands in the source: title, issuer, number, issued, valid_from, valid_until. What is corrected
    in corpus.toml stands nowhere; what an annex takes over from its notice stands in the notice."""

    def place_of(self, fact: str) -> Span | None:
        """Where a fact is printed in the source; None when it is not."""
        return next((span for name, span in self.printed if name == fact), None)


@dataclass(frozen=True, slots=True)
class Heading:
    """Characters of the source that are a heading (part, level, title, 章 …) and no clause of their own."""

    source: str  # SourceFile.name
    pieces: tuple[Span, ...]  # source spans whose characters, in order, are ``text``
    text: str
    kind: str  # "part", "level", "document", "annex", "numbered"
    document: str | None  # PolicyDocument.id, None above documents


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place where the segmentation could have gone another way. Shown, never hidden."""

    source: str
    line: int  # 1-based
    message: Sentence


@dataclass(frozen=True)
class Corpus:
    """Everything ingest knows. The one value the rest of the house is built on."""

    folder: Path
    title: str
    region: str
    digest: str  # sha256 over all sources, settings of the corpus and the version of ingest
    sources: Sequence[SourceFile]
    documents: tuple[PolicyDocument, ...]
    clauses: Sequence[Clause]  # very many are packed, each made when it is asked for
    headings: Sequence[Heading]
    furniture: Mapping[str, tuple[Furniture, ...]]  # by SourceFile.name
    doubts: Sequence[Doubt]
    left_out: Mapping[str, Sentence] = field(default_factory=dict[str, Sentence])  # file in no clause → why
    kept: ClauseLookup[Clause] | None = field(default=None, compare=False, repr=False)  # by an index of these clauses

    @cached_property
    def lookup(self) -> ClauseLookup[Clause]:
        """Where which clauses stand."""
        return self.kept if self.kept and self.kept.clauses is self.clauses else WalkedClauses(self.clauses)

    @property
    def clause_by_id(self) -> ById[Clause]:
        return self.lookup.by_id

    @cached_property
    def document_by_id(self) -> dict[str, PolicyDocument]:
        return {document.id: document for document in self.documents}

    @cached_property
    def source_by_name(self) -> Mapping[str, SourceFile]:
        return by_name(self.sources)

    def document_of(self, clause: Clause) -> PolicyDocument:
        """The document a clause belongs to."""
        return self.document_by_id[clause.document]

    def validity_of(self, clause: Clause) -> Validity:
        """What holds for a clause: its own term within that of its document, which may have ended before."""
        return clause.validity.within(self.document_of(clause).validity)

    def clauses_of(self, document: PolicyDocument) -> Iterator[Clause]:
        """The clauses of a document in the order of the source."""
        return self.at(self.lookup.of_documents((document.id,)))

    def at(self, places: Iterable[int]) -> Iterator[Clause]:
        """The clauses at some places, one after another."""
        return (self.clauses[place] for place in places)
