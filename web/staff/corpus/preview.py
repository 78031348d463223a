"""What a file of a draft will be cut into, for a person to look through: blocks in the order of the source.

Everything here is bounded, whatever the file holds: a page has so many blocks at most, and of a very long text only
its beginning is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from ingest.corpus.load import Segmented
from ingest.corpus_config import SourceConfig, read_config
from ingest.facts.table_units import words_shown
from ingest.normalise import match_form
from ingest.output.html_view import SHOWN_FURNITURE, fact_marks
from ingest.types import Clause, Corpus, NamedDocument, PolicyDocument, Span
from web.staff.shell.reader_language import in_all_tongues
from web.texts import Tongue

BLOCKS_A_PAGE = 2000  # the compendium has a third of it
CHARACTERS_A_PAGE = 500_000
LONGEST_SHOWN = 20_000  # characters of a clause
LONGEST_NOTE = 300  # characters of a title, a heading or a name
MOST_NOTES = 50  # departments and benefits of one clause
MOST_LISTED = 500  # doubts and documents that are listed above the blocks
_LINE_END = re.compile("\r\n|[\r\n\f\v\u2028\u2029]")  # as lines are counted in ingest.structure.paragraphs
DEEPEST_SHOWN = 5  # levels of headings that are set in further


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a clause, and the fact they are; ``kind`` is empty for plain text."""

    text: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """What is said above and below the text of a clause."""

    address: str
    role: str
    line: int
    page: int | None
    path: tuple[str, ...]
    departments: tuple[str, ...]
    benefits: tuple[tuple[str, str], ...]  # who, and what


@dataclass(frozen=True, slots=True)
class Block:
    """One thing on the page: a document's title, a heading, a clause, a piece of furniture, a doubt."""

    kind: str
    anchor: str
    text: str = ""
    depth: int = 0
    document: PolicyDocument | None = None
    clause: ClauseLine | None = None
    pieces: tuple[Piece, ...] = ()
    left_out: int = 0  # characters of the clause behind those shown
    line: int = 0  # of a doubt
    said: Mapping[Tongue, str] = field(default_factory=dict[Tongue, str])  # what the doubt is, in each language

    @property
    def characters(self) -> int:
        """How much room it takes."""
        return len(self.text) + sum(map(len, self.said.values())) + sum(len(piece.text) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document or a doubt as it is listed above the blocks: where it stands, and its words."""

    anchor: str
    page: int
    words: str
    number: str | None = None  # 文号 of a document
    line: int = 0  # of a doubt
    said: Mapping[Tongue, str] = field(default_factory=dict[Tongue, str])  # what the doubt is, in each language


@dataclass(frozen=True, slots=True)
class Summary:
    """A file that was cut, in short."""

    name: str
    format: str
    characters: int
    furniture: int  # characters
    kinds: tuple[str, ...]  # of furniture, the most frequent first
    roles: tuple[tuple[str, int], ...]
    clauses: int
    documents: int
    doubts: int
    pages: int
    listed_documents: tuple[Listed, ...]
    listed_doubts: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """A document that is in the corpus already, and the one of the new file it resembles."""

    title: str
    known: PolicyDocument
    why: str  # "title" or "number"
    file: str
    is_alone: bool  # the only document of its file, so that the file can be replaced


def pages_of(segmented: Segmented) -> Iterator[tuple[Block, ...]]:
    """The blocks, a page at a time; one page at least."""
    page: list[Block] = []
    room = CHARACTERS_A_PAGE
    for block in blocks_of(segmented):
        if page and (len(page) == BLOCKS_A_PAGE or block.characters > room):
            yield tuple(page)
            page, room = [], CHARACTERS_A_PAGE
        page.append(block)
        room -= block.characters
    yield tuple(page)


def summary_of(segmented: Segmented, page_of: Mapping[str, int], pages: int) -> Summary:
    """``page_of`` gives the page of a document or a doubt by the anchor of its block."""
    kinds: Counter[str] = Counter(item.kind for item in segmented.furniture)
    roles: Counter[str] = Counter(clause.role.value for clause in segmented.clauses)
    documents = [(f"d-{document.id}", document) for document in segmented.documents[:MOST_LISTED]]
    doubts = [(f"q-{number}", doubt) for number, doubt in enumerate(segmented.doubts[:MOST_LISTED])]
    return Summary(
        name=segmented.source.name,
        format=segmented.source.format,
        characters=len(segmented.source.text),
        furniture=sum(len(item.span) for item in segmented.furniture),
        kinds=tuple(kind for kind, _ in kinds.most_common()),
        roles=tuple(roles.most_common()),
        clauses=len(segmented.clauses),
        documents=len(segmented.documents),
        doubts=len(segmented.doubts),
        pages=pages,
        listed_documents=tuple(Listed(at, page_of[at], _short(one.title), one.number) for at, one in documents),
        listed_doubts=tuple(
            Listed(at, page_of[at], "", line=doubt.line, said=in_all_tongues(doubt.message)) for at, doubt in doubts
        ),
    )


def blocks_of(segmented: Segmented) -> Iterator[Block]:
    """Everything that is printed in the source, doubts where they are, in the order of the source."""
    for kind, number, anchor in _placed(segmented):
        match kind:
            case "document":
                yield _document_block(anchor, segmented.documents[number])
            case "heading":
                yield Block(kind, anchor, _short(segmented.headings[number].text))
            case "clause":
                yield _clause_block(anchor, segmented.clauses[number])
            case "furniture":
                item = segmented.furniture[number]
                yield Block(kind, anchor, f"{item.kind}: {_short(item.span.of(segmented.source.text).strip())}")
            case _:
                doubt = segmented.doubts[number]
                yield Block(kind, anchor, line=doubt.line, said=in_all_tongues(doubt.message))


def _placed(segmented: Segmented) -> list[tuple[str, int, str]]:
    """Kind, number among its kind and anchor of everything, in the order of the source."""
    placed = [(one.span.start, 0, "document", n, f"d-{one.id}") for n, one in enumerate(segmented.documents)]
    placed += [
        (heading.pieces[0].start, 1, "heading", number, f"h-{number}")
        for number, heading in enumerate(segmented.headings)
        if heading.kind != "document"
    ]
    placed += [(clause.span.start, 2, "clause", n, f"c-{n}") for n, clause in enumerate(segmented.clauses)]
    placed += [
        (item.span.start, 1, "furniture", number, f"f-{number}")
        for number, item in enumerate(segmented.furniture)
        if item.kind in SHOWN_FURNITURE
    ]
    starts = _line_starts(segmented.source.text) if segmented.doubts else [0]
    placed += [
        (starts[min(doubt.line, len(starts)) - 1], -1, "doubt", number, f"q-{number}")
        for number, doubt in enumerate(segmented.doubts)
    ]
    return [(kind, number, anchor) for _, _, kind, number, anchor in sorted(placed, key=lambda entry: entry[:2])]


def _document_block(anchor: str, document: PolicyDocument) -> Block:
    shown = replace(
        document,
        title=_short(document.title),
        part=_short(document.part) if document.part else None,
        issuer=_short(document.issuer) if document.issuer else None,
        closing_rules=tuple(_short(rule) for rule in document.closing_rules[:MOST_NOTES]),
        repeals=_short_names(document.repeals),
        replaces=_short_names(document.replaces),
        printed=(),
    )
    return Block("document", anchor, shown.title, document=shown)


def _short_names(named: Sequence[NamedDocument]) -> tuple[NamedDocument, ...]:
    return tuple(replace(one, title=_short(one.title) if one.title else None) for one in named[:MOST_NOTES])


def _clause_block(anchor: str, clause: Clause) -> Block:
    shown = tuple(_pieces(clause))
    line = ClauseLine(
        address=_short(clause.address),
        role=clause.role.value,
        line=clause.line,
        page=clause.page,
        path=tuple(_short(heading) for heading in clause.path),
        departments=tuple(_short(name) for name in clause.departments[:MOST_NOTES]),
        benefits=tuple((_short(row.object), row.figure.text) for row in clause.benefits[:MOST_NOTES]),
    )
    return Block(
        "clause",
        anchor,
        depth=min(DEEPEST_SHOWN, max(0, len(clause.path) - 1)),
        clause=line,
        pieces=shown,
        left_out=len(clause.text) - sum(len(piece.text) for piece in shown),
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NOTE else f"{text[:LONGEST_NOTE]}…"


def _pieces(clause: Clause) -> Iterator[Piece]:
    """The text of a clause with its facts apart, as far as it is shown; a fact that reaches beyond is shown as text."""
    position, end = 0, min(len(clause.text), LONGEST_SHOWN)
    for mark in fact_marks(clause):
        if mark.span.end > end:
            break
        if mark.span.start > position:
            yield Piece(words_shown(clause, Span(position, mark.span.start)), "", "")
        yield Piece(mark.span.of(clause.text), mark.kind, _short(mark.note))
        position = mark.span.end
    if position < end:
        yield Piece(words_shown(clause, Span(position, end)), "", "")


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


def rivals(cut: Summary, corpus: Corpus, still_there: Sequence[str]) -> list[Rival]:
    """Documents of ``corpus`` with the title or the 文号 of one of this file's, in files that are still in the draft."""
    documents = [known for known in corpus.documents if known.source != cut.name and known.source in still_there]
    in_file = Counter(known.source for known in corpus.documents)
    titles = [_plain(known.title) for known in documents]
    numbers = [_plain(known.number or "") for known in documents]
    found: list[Rival] = []
    for new in cut.listed_documents:
        title, number = _plain(new.words), _plain(new.number or "")
        for known, known_title, known_number in zip(documents, titles, numbers, strict=True):
            same_number = number != "" and number == known_number
            if same_number or title == known_title:
                why = "number" if same_number else "title"
                found.append(Rival(new.words, known, why, known.source, in_file[known.source] == 1))
    return list(islice(found, MOST_NOTES))


def _plain(text: str) -> str:
    return "".join(match_form(text).split())


def said_of(folder: Path, name: str) -> SourceConfig:
    """What the draft's corpus.toml says of a file. Raises CorpusUnusable."""
    return read_config(folder).of(name)
