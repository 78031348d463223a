"""Gives drafts their place in the source and their facts: the last step from paragraphs to clauses."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.corpus_config import SourceConfig
from ingest.facts.benefits import find_benefits
from ingest.facts.departments import find_departments
from ingest.facts.figures import CELL_BREAK, find_figures
from ingest.facts.table_units import head_with_unit, row_figures
from ingest.facts.validity import find_validity
from ingest.normalise import match_form
from ingest.structure.clause_drafts import Cut, Draft, DraftDocument
from ingest.structure.document.annexed import is_annexed, with_facts_of, with_term_of
from ingest.structure.documents import Described, describe
from ingest.structure.numbering import read_label
from ingest.types import (
    Clause,
    Doubt,
    Enumeration,
    Heading,
    Paragraph,
    PolicyDocument,
    Role,
    RowCell,
    SourceFile,
    Span,
    TableRow,
)


@dataclass(frozen=True, slots=True)
class Annotated:
    """What a source is made of, and what of its documents' own facts cannot be right."""

    documents: tuple[PolicyDocument, ...]
    clauses: tuple[Clause, ...]
    headings: tuple[Heading, ...]
    doubts: tuple[Doubt, ...]


ID_LENGTH = 8  # hexadecimal digits of a document id: 4 thousand million values for some thousand documents


def annotate(
    source: SourceFile, config: SourceConfig, paragraphs: Sequence[Paragraph], cut: Cut, taken: set[str]
) -> Annotated:
    """Documents, clauses and headings of a source, each in the order of the source."""
    described = _described(source, config, paragraphs, cut, taken)
    documents = [one.document for one in described]
    clauses: list[Clause] = []
    headings = [_heading(source, paragraphs[number], kind, None) for number, kind in cut.headings]
    for drafted, document in zip(cut.documents, documents, strict=True):
        clauses.extend(_clauses(source, config, paragraphs, drafted, document))
        headings.extend(_heading(source, paragraphs[number], kind, document.id) for number, kind in drafted.headings)
    documents.sort(key=lambda document: document.span)
    clauses.sort(key=lambda clause: clause.span)
    headings.sort(key=lambda heading: heading.pieces[0])
    doubts = tuple(doubt for one in described for doubt in one.doubts)
    return Annotated(tuple(documents), tuple(clauses), tuple(headings), doubts)


def _described(
    source: SourceFile, config: SourceConfig, paragraphs: Sequence[Paragraph], cut: Cut, taken: set[str]
) -> list[Described]:
    """The data of each document; what is annexed to a notice and the notice itself take over each other's."""
    found: list[Described] = []
    notice: int | None = None  # the last document that is annexed to none
    for drafted in cut.documents:
        issued = found[notice].document.issued if notice is not None else None

        def name(title: str) -> str:
            return document_id(title, taken)

        one = describe(source, config, paragraphs, drafted, name, issued)
        if drafted.kind != "policy":
            found.append(one)
            continue
        stands_alone = "annex_of" in config.about(one.document.title).unsaid
        if (
            notice is not None
            and not stands_alone
            and is_annexed(one.document.title, found[notice].document, found[notice].text.text)
        ):
            head = found[notice]
            one = replace(one, document=with_facts_of(one.document, head.document))
            found[notice] = replace(head, document=with_term_of(head.document, one.document))
        else:
            notice = len(found)
        found.append(one)
    return found


def document_id(title: str, taken: set[str]) -> str:
    """A short ASCII id from the title alone, so that it survives rebuilds; ``-2`` when a title comes twice."""
    return _unused(hashlib.sha256(match_form(title).encode()).hexdigest()[:ID_LENGTH], "-", taken)


def _heading(source: SourceFile, paragraph: Paragraph, kind: str, document: str | None) -> Heading:
    return Heading(source.name, paragraph.pieces, paragraph.text, kind, document)


def _clauses(
    source: SourceFile,
    config: SourceConfig,
    paragraphs: Sequence[Paragraph],
    drafted: DraftDocument,
    document: PolicyDocument,
) -> list[Clause]:
    bodies = _bodies(source, paragraphs, drafted.drafts)
    named = [
        [name for mention in find_departments(body.text) for name in (*mention.lead, *mention.supporting)]
        for body in bodies
    ]
    speakers = _speakers(drafted.drafts, named)
    ids: dict[tuple[str, ...], str] = {}
    used: set[str] = set()
    for draft in drafted.drafts:
        ids.setdefault(draft.slug, _unused("-".join((document.id, *draft.slug)), "x", used))
    used.clear()
    clauses: list[Clause] = []
    title = () if drafted.kind == "compiled" else (document.title,)
    for number, draft in enumerate(drafted.drafts):
        text, pieces, cells = (body := bodies[number]).text, body.pieces, body.cells
        first = paragraphs[draft.paragraphs[0]]
        figures = row_figures(text, cells) if cells else find_figures(text)
        clauses.append(
            Clause(
                id=_unused("-".join((document.id, *draft.slug)), "x", used),
                document=document.id,
                source=source.name,
                address=draft.address,
                path=(*drafted.above, *title, *draft.path),
                text=text,
                span=body.span,
                pieces=pieces,
                page=first.page,
                line=first.line,
                role=draft.role,
                parent=ids.get(draft.parent) if draft.parent is not None else None,
                level=document.level,
                departments=tuple(dict.fromkeys((*named[number], *_spoken_for(speakers, number, draft)))),
                figures=figures,
                benefits=find_benefits(text, figures),
                validity=find_validity(text, document.issued),
                enumerations=_enumerations(paragraphs, draft),
                cells=cells,
            )
        )
    return clauses


Speakers = dict[tuple[str, ...], dict[str, int]]
"""By the slug of the list they speak for: departments, each with the number of the first draft that names it."""


def _speakers(drafts: Sequence[Draft], named: Sequence[list[str]]) -> Speakers:
    found: Speakers = {}
    for number, draft in enumerate(drafts):
        if draft.role is Role.DEPARTMENTS:
            first = found.setdefault(draft.slug[:-1], {})
            for name in named[number]:
                first.setdefault(name, number)
    return found


def _spoken_for(speakers: Speakers, number: int, draft: Draft) -> list[str]:
    """Departments of paragraphs that speak for the whole list this clause stands in; those it names itself may be left out."""
    lists = (draft.slug[:length] for length in range(len(draft.slug) + 1))
    speaking = [(first, name) for owner in lists for name, first in speakers.get(owner, {}).items() if first != number]
    return [name for _, name in sorted(speaking, key=lambda speaker: speaker[0])]


def _unused(name: str, sign: str, used: set[str]) -> str:
    """``name``, or with the first number from 2 behind it that is not ``used``; it is used afterwards.

    Numbers are given one after another, so the first free one is found by halving, however many there are.
    """
    if name not in used:
        used.add(name)
        return name
    below, free = 1, 2
    while f"{name}{sign}{free}" in used:
        below, free = free, 2 * free
    while free - below > 1:
        middle = (below + free) // 2
        below, free = (middle, free) if f"{name}{sign}{middle}" in used else (below, middle)
    unique = f"{name}{sign}{free}"
    used.add(unique)
    return unique


@dataclass(frozen=True, slots=True)
class _Body:
    """The text of a clause, where each character of it stands, and the cells of a row."""

    text: str
    pieces: tuple[Span, ...]
    span: Span  # of its own characters, those of rows above left out
    cells: tuple[RowCell, ...] = ()


def _bodies(source: SourceFile, paragraphs: Sequence[Paragraph], drafts: Sequence[Draft]) -> list[_Body]:
    bodies: list[_Body] = []
    printed: dict[Span, tuple[Span, ...]] = {}  # the pieces of every cell so far
    for draft in drafts:
        if draft.row is not None:
            bodies.append(_row_body(source.text, paragraphs[draft.paragraphs[0]], draft.row, printed))
        else:
            bodies.append(_prose_body(source, [paragraphs[n] for n in draft.paragraphs]))
    return bodies


def _prose_body(source: SourceFile, paragraphs: Sequence[Paragraph]) -> _Body:
    """The text of a clause, a line end between its paragraphs."""
    pieces: list[Span] = []
    for before, paragraph in zip([None, *paragraphs], paragraphs, strict=False):
        if before is not None:
            pieces.append(_line_end(source.text, before.pieces[-1].end, paragraph.pieces[0].start))
        pieces.extend(paragraph.pieces)
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    return _Body(text, tuple(pieces), Span(pieces[0].start, pieces[-1].end))


def _row_body(source: str, paragraph: Paragraph, row: TableRow, printed: dict[Span, tuple[Span, ...]]) -> _Body:
    """A row of a table: its cells, a tab between two, which stands for one character behind the first of them.

    A cell that a row above printed comes with its pieces there; they count once, for the row above.
    """
    text, pieces, cells = "", list[Span](), list[RowCell]()
    for number, cell in enumerate(row.cells):
        if not len(cell):
            continue
        if row.span.contains(cell):
            printed[cell] = _inside(paragraph.pieces, cell)
        own = printed.get(cell, (cell,))
        words = "".join(piece.of(source) for piece in own).replace("\n", " ").replace("\r", " ")
        if not words:
            continue
        if pieces:
            pieces.append(Span(pieces[-1].end, pieces[-1].end + 1))
            text += CELL_BREAK
        head = row.heads[number] if row.heads else ""
        if cells:
            head = head_with_unit(head, cells[0].span.of(text), words)
        cells.append(RowCell(Span(len(text), len(text) + len(words)), head))
        pieces.extend(own)
        text += words
    here = [piece for cell in row.cells if row.span.contains(cell) for piece in printed.get(cell, ())]
    return _Body(text, tuple(pieces), Span(here[0].start, here[-1].end), tuple(cells))


def _inside(pieces: Sequence[Span], cell: Span) -> tuple[Span, ...]:
    """What a paragraph keeps of a cell."""
    return tuple(
        Span(max(piece.start, cell.start), min(piece.end, cell.end)) for piece in pieces if piece.overlaps(cell)
    )


def _line_end(text: str, start: int, end: int) -> Span:
    """The first line end between two paragraphs."""
    for position in range(start, end):
        if text[position] in "\r\n\f\v\u2028\u2029":
            return Span(position, position + 1)
    raise ValueError(f"no line end between characters {start} and {end}")


def _enumerations(paragraphs: Sequence[Paragraph], draft: Draft) -> tuple[Enumeration, ...]:
    """The numbered parts inside a clause: from their label to the next one of them, or the clause's end."""
    starts: list[tuple[int, str, str]] = []
    position = 0
    marks = frozenset(draft.marks)
    for number in draft.paragraphs if marks else ():
        label = read_label(paragraphs[number].text) if number in marks else None
        if label is not None:
            starts.append((position, label.printed, label.kind.value))
        position += len(paragraphs[number].text) + 1
    ends = [*(start for start, _, _ in starts[1:]), position] if starts else []
    return tuple(
        Enumeration(label, kind, Span(start, end - 1)) for (start, label, kind), end in zip(starts, ends, strict=True)
    )
