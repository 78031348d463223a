"""DOCX: the words as Word prints them with all changes accepted, one paragraph or table row a line.

Not in the text: headers, footers, comments, deleted and hidden words, the codes behind fields. In it: the numbers
Word counts itself, footnotes (after the paragraph that calls them) and text boxes (after the paragraph they hang on).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from ingest.errors import SourceUnreadable
from ingest.readers.building import A_PICTURE, Piece, SourceBuilder, joined_names
from ingest.readers.docx.numbering import Numbering, is_on, value_of, whole_number
from ingest.readers.docx.package import Element, Package, tag
from ingest.readers.docx.styles import Styles
from ingest.readers.limits import Deadline, Limits
from ingest.readers.table_grid import NESTED, Cell, with_words
from ingest.sentences import Sentence
from ingest.types import SourceFile

FOOTNOTE_MARK = "footnote mark"
MOST_COLUMNS = 63  # of a Word table
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_P, _TABLE, _RUN, _TEXT, _BOX = tag("p"), tag("tbl"), tag("r"), tag("t"), tag("txbxContent")
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_OLD_PICTURE, _OBJECT = "{urn:schemas-microsoft-com:vml}imagedata", tag("object")
_PROPERTIES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr",
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr",
)
_GONE = frozenset(map(tag, ("del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "rt", "instrText", "delText")))
_PRINTED = {
    tag("tab"): "\t",
    tag("ptab"): "\t",
    tag("cr"): "\n",
    tag("br"): "\n",
    tag("noBreakHyphen"): "-",
}
_NOTE_CALLS = {tag("footnoteReference"): "footnote", tag("endnoteReference"): "endnote"}
# What forms tick and number with; other signs of symbol fonts keep their private code point rather than a guess.
_SYMBOLS = {
    "f0fe": "☑", "f052": "☑", "f0a8": "□", "f06f": "□", "f0fc": "✓", "f0b7": "•", "f06c": "●", "f0d8": "➢", "f0a3": "≤",
    "f0b3": "≥", "f0b4": "×", "f0b1": "±", "f0b0": "°",
}  # fmt: skip


@dataclass(slots=True)
class _Notes:
    """Footnotes and endnotes by kind and id, and the number each got when it was called."""

    by_id: dict[tuple[str, str], Element]
    called: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


@dataclass(slots=True)
class _Document:
    builder: SourceBuilder
    styles: Styles
    numbering: Numbering
    notes: _Notes
    deadline: Deadline
    carried: list[Piece] = field(default_factory=list[Piece])  # of a paragraph whose end mark was deleted

    def add_blocks(self, parent: Element) -> None:
        """Append paragraphs and tables in the order of the body."""
        for block in _blocks(parent):
            self.deadline.check()
            if block.tag == _TABLE:
                self._add_table(block)
            else:
                self._add_paragraph(block)

    def flush(self) -> None:
        """Append what a deleted paragraph mark at the very end carried along."""
        if self.carried:
            self.builder.add_pieces(self.carried)
            self.carried = []

    def _add_paragraph(self, paragraph: Element) -> None:
        notes_before = len(self.notes.called)
        pieces = self.carried + self._pieces(paragraph)
        self.carried = []
        properties = paragraph.find(tag("pPr"))
        if _mark_is_deleted(properties):
            self.carried = pieces
            return
        for picture in paragraph.iter(_PICTURE, _OLD_PICTURE, _OBJECT):
            self.builder.doubt_picture(*_said_of(picture))
        self.builder.add_pieces(pieces, rank=self.styles.rank(properties) if _has_words(pieces) else None)
        for box in _boxes(paragraph):
            self.add_blocks(box)
        for kind, identifier in self.notes.called[notes_before:]:
            self._add_note(kind, identifier)

    def _add_note(self, kind: str, identifier: str) -> None:
        note = self.notes.by_id.get((kind, identifier))
        number = self.notes.called.index((kind, identifier)) + 1
        for position, paragraph in enumerate(_blocks(note) if note is not None else ()):
            mark = [Piece(f"[{number}] ", FOOTNOTE_MARK)] if position == 0 else []
            self.builder.add_pieces([*mark, *self._pieces(paragraph)])

    def _pieces(self, paragraph: Element) -> list[Piece]:
        """The number Word counts for a paragraph and its words."""
        properties = paragraph.find(tag("pPr"))
        words = [] if self.styles.hides(properties) else list(self._words(paragraph))
        number = self._number(properties) if _has_words(words) else None
        return [number, *words] if number is not None else words

    def _number(self, properties: Element | None) -> Piece | None:
        listed = self.styles.list_of(properties)
        if listed is None:
            return None
        number, level, style = listed
        if style is not None:
            tied = self.numbering.level_of_style(number, style)
            level = tied if tied is not None else level
        counted = self.numbering.next(number, level or 0)
        if counted is None:
            return None
        return Piece(counted.text, "bullet" if counted.is_bullet else None)

    def _words(self, parent: Element) -> Iterator[Piece]:
        """The words of a paragraph in order; parents of any kind between it and its runs are looked through."""
        for node in _inline(parent):
            if node.tag == _RUN:
                if not self.styles.is_hidden(node.find(tag("rPr"))):
                    yield from self._run(node)
            elif node.tag == _MATH_TEXT:
                yield Piece(node.text or "")

    def _run(self, run: Element) -> Iterator[Piece]:
        for node in run.iterchildren("*"):
            if node.tag in {_TEXT, _MATH_TEXT}:
                yield Piece((node.text or "").replace("\n", " "))
            elif node.tag in _PRINTED:
                yield Piece(_PRINTED[node.tag])
            elif node.tag == tag("sym"):
                code = node.get(tag("char"), "").lower()
                yield Piece(_SYMBOLS.get(code, chr(int(code, 16)) if len(code) == 4 and code.isalnum() else ""))
            elif node.tag in _NOTE_CALLS:
                yield self._call(_NOTE_CALLS[node.tag], node.get(tag("id"), ""))
            elif node.tag == tag("ruby"):
                for base in node.iterchildren(tag("rubyBase")):
                    yield from self._words(base)

    def _call(self, kind: str, identifier: str) -> Piece:
        if (kind, identifier) not in self.notes.called:
            self.notes.called.append((kind, identifier))
        return Piece(f"[{self.notes.called.index((kind, identifier)) + 1}]", FOOTNOTE_MARK)

    def _add_table(self, table: Element, under: str = "") -> None:
        """Append a table and, behind it, those inside its cells and the notes called in them."""
        self.flush()
        notes_before = len(self.notes.called)
        rows = [row for row in _through(table, tag("tr")) if not _is_deleted_row(row)]
        cells = [_cells(row) for row in rows]
        if max((len(row) for row in cells), default=0) <= 1:  # a frame around text
            for row in cells:
                for cell in row:
                    if cell.element is not None:
                        self.add_blocks(cell.element)
            return
        places = self._places(cells)
        heads = list(takewhile(lambda row: is_on(row.find(tag("trPr")), "tblHeader"), rows))
        self.builder.add_table(with_words(places), len(heads) or None, under)
        for row, filled in zip(cells, places, strict=True):
            for inner in (one for cell in row if cell.element is not None for one in _inner(cell.element)):
                self.builder.doubt(NESTED)
                self._add_table(inner, joined_names(under, filled[0].text))
        for kind, identifier in self.notes.called[notes_before:]:
            self._add_note(kind, identifier)

    def _places(self, rows: list[list[_Cell]]) -> list[list[Cell]]:
        """Every place of the table's grid; one that continues a cell above is that cell."""
        width = max(sum(cell.span for cell in row) for row in rows)
        places: list[list[Cell]] = []
        for row in rows:
            above = places[-1] if places else []
            filled: list[Cell] = []
            for cell in row:
                self.deadline.check()
                if cell.continues and len(filled) < len(above):
                    words = above[len(filled)]
                else:
                    words = Cell(" ".join(self._cell_text(cell.element).split()) if cell.element is not None else "")
                filled.extend([words] * cell.span)
            short = [Cell("") for _ in range(width - len(filled))]
            places.append(filled + short)
        return places

    def _cell_text(self, cell: Element) -> str:
        """The words of a cell in one line, those of tables inside it left out."""
        lines: list[str] = []
        for block in _blocks(cell):
            if block.tag == _P:
                pieces = self._pieces(block)
                lines.append("".join(piece.text for piece in pieces if piece.furniture != FOOTNOTE_MARK))
                lines.extend(self._cell_text(box) for box in _boxes(block))
        return " ".join(line for line in lines if line.strip())


def read_docx(data: bytes, name: str, limits: Limits) -> SourceFile:
    """A Word document.

    Raises SourceUnreadable when it is damaged, locked, no Word document, holds no text, unpacks to too much or
    takes too long.
    """
    deadline = Deadline.start(name, limits)
    package = Package.open(data, name, limits)
    main = package.main_part()
    root = package.xml(main)
    body = root.find(tag("body")) if root is not None else None
    if body is None:
        raise SourceUnreadable("ingest.word_file_without_body", name=name)
    related = package.related(main)
    styles = Styles.parse(_part(package, related.get("styles")))
    document = _Document(
        builder=SourceBuilder(),
        styles=styles,
        numbering=Numbering.parse(_part(package, related.get("numbering")), styles.numbering_styles()),
        notes=_Notes(dict(_notes(package, related))),
        deadline=deadline,
    )
    document.add_blocks(body)
    document.flush()
    return document.builder.finish(name, data, "docx")


def _said_of(picture: Element) -> tuple[str, Sentence]:
    """The alternative text of a picture or an embedded object, and what it is."""
    if picture.tag == _OBJECT:
        return "", Sentence("ingest.embedded_object")
    frame = next(picture.iterancestors(tag("drawing")), picture)
    return next((one.get("descr", "") for one in frame.iter(*_PROPERTIES) if one.get("descr")), ""), A_PICTURE


def _part(package: Package, path: str | None) -> Element | None:
    return package.xml(path) if path is not None else None


def _notes(package: Package, related: dict[str, str]) -> Iterator[tuple[tuple[str, str], Element]]:
    for kind in ("footnote", "endnote"):
        root = _part(package, related.get(f"{kind}s"))
        for note in root.iterchildren(tag(kind)) if root is not None else ():
            if note.get(tag("type")) is None:  # others are separators
                yield (kind, note.get(tag("id"), "")), note


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, also those inside content controls and inside accepted changes."""
    yield from _through(parent, _P, _TABLE)


def _through(parent: Element, *wanted: str) -> Iterator[Element]:
    """The nearest descendants of these names, deleted ones and second versions left out."""
    for node in _current(parent):
        if node.tag in wanted:
            yield node
        elif node.tag not in _GONE:
            yield from _through(node, *wanted)


def _inline(parent: Element) -> Iterator[Element]:
    for node in _current(parent):
        if node.tag in {_RUN, _MATH_TEXT}:
            yield node
        elif node.tag not in _GONE:
            yield from _inline(node)


def _current(parent: Element) -> Iterator[Element]:
    """Children; where a file offers the same content in several versions, only the first that is filled."""
    if parent.tag == f"{_COMPATIBILITY}AlternateContent":
        versions = [version for version in parent.iterchildren("*") if len(version)]
        yield from versions[:1]
    else:
        yield from parent.iterchildren("*")


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Text boxes that hang on a paragraph, each once; a box inside a box comes with the outer one's paragraphs."""
    yield from _through(paragraph, _BOX)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a row; without an element where a row leaves columns free, or continuing the cell above it."""

    element: Element | None
    span: int  # columns
    continues: bool = False


def _cells(row: Element) -> list[_Cell]:
    properties = row.find(tag("trPr"))
    cells: list[_Cell] = []
    before = whole_number(value_of(properties, "gridBefore"), 0)
    if 0 < before <= MOST_COLUMNS:
        cells.append(_Cell(None, before))
    for cell in _through(row, tag("tc")):
        own = cell.find(tag("tcPr"))
        if own is not None and own.find(tag("cellDel")) is not None:
            continue
        merge = own.find(tag("vMerge")) if own is not None else None
        continues = merge is not None and merge.get(tag("val"), "continue") == "continue"
        span = min(max(whole_number(value_of(own, "gridSpan"), 1), 1), MOST_COLUMNS)
        cells.append(_Cell(None if continues else cell, span, continues))
    return cells


def _inner(cell: Element) -> Iterator[Element]:
    """The tables inside a cell, those in its text boxes too."""
    for block in _blocks(cell):
        if block.tag == _TABLE:
            yield block
        else:
            for box in _boxes(block):
                yield from _inner(box)


def _is_deleted_row(row: Element) -> bool:
    properties = row.find(tag("trPr"))
    return properties is not None and properties.find(tag("del")) is not None


def _mark_is_deleted(properties: Element | None) -> bool:
    run = properties.find(tag("rPr")) if properties is not None else None
    return run is not None and (run.find(tag("del")) is not None or run.find(tag("moveFrom")) is not None)


def _has_words(pieces: list[Piece]) -> bool:
    return any(piece.text.strip() for piece in pieces)
