"""What a file of a draft will be cut into, for a person to look through: blocks in the order of the source."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.corpus import Segmented, segment
from ingest.corpus_config import SourceConfig, read_config
from ingest.html_view import SHOWN_FURNITURE, fact_marks
from ingest.normalise import match_form
from ingest.readers import Limits, read_source
from ingest.types import Clause, Corpus, Doubt, PolicyDocument

CUTS_KEPT = 8  # files in memory; the compendium takes a second to cut
_LINE_END = re.compile("\r\n|[\r\n\f\v\u2028\u2029]")  # as lines are counted in ingest.paragraphs
DEEPEST_SHOWN = 5  # levels of headings that are set in further


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a clause, and the fact they are; ``kind`` is empty for plain text."""

    text: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Block:
    """One thing on the page: a document's title, a heading, a clause, a piece of furniture, a doubt."""

    kind: str
    anchor: str
    text: str = ""
    depth: int = 0
    document: PolicyDocument | None = None
    clause: Clause | None = None
    pieces: tuple[Piece, ...] = ()
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Rival:
    """A document that is in the corpus already, and the one of the new file it resembles."""

    title: str
    known: PolicyDocument
    why: str  # "title" or "number"
    file: str
    is_alone: bool  # the only document of its file, so that the file can be replaced


class Cuts:
    """Files as they are cut, the last few remembered."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str, str], Segmented] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, folder: Path, name: str, limits: Limits) -> Segmented:
        """One file of a corpus folder, cut as its corpus.toml says.

        Raises SourceUnreadable, CorpusUnusable or LosslessnessBroken.
        """
        source = read_source(folder / name, name, limits)
        config = read_config(folder).of(name)
        key = (name, source.sha256, config.model_dump_json())
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = segment(source, config)
        with self._lock:
            self._known[key] = made
            while len(self._known) > CUTS_KEPT:
                self._known.popitem(last=False)
        return made


def blocks_of(segmented: Segmented) -> list[Block]:
    """Everything that is printed in the source, doubts where they are, in the order of the source."""
    placed = [
        (document.span.start, 0, Block("document", f"d-{document.id}", document.title, 0, document))
        for document in segmented.documents
    ]
    for number, heading in enumerate(segmented.headings):
        if heading.kind != "document":
            placed.append((heading.pieces[0].start, 1, Block("heading", f"h-{number}", heading.text)))
    for number, clause in enumerate(segmented.clauses):
        depth = min(DEEPEST_SHOWN, max(0, len(clause.path) - 1))
        block = Block("clause", f"c-{number}", "", depth, clause=clause, pieces=tuple(_pieces(clause)))
        placed.append((clause.span.start, 2, block))
    for number, item in enumerate(segmented.furniture):
        if item.kind in SHOWN_FURNITURE:
            text = item.span.of(segmented.source.text).strip()
            placed.append((item.span.start, 1, Block("furniture", f"f-{number}", f"{item.kind}: {text}")))
    starts = _line_starts(segmented.source.text)
    for number, doubt in enumerate(segmented.doubts):
        at = starts[min(doubt.line, len(starts)) - 1]
        placed.append((at, -1, Block("doubt", f"q-{number}", doubt.message, doubt=doubt)))
    return [block for _, _, block in sorted(placed, key=lambda entry: entry[:2])]


def _pieces(clause: Clause) -> Iterator[Piece]:
    position = 0
    for mark in fact_marks(clause):
        if mark.span.start > position:
            yield Piece(clause.text[position : mark.span.start], "", "")
        yield Piece(mark.span.of(clause.text), mark.kind, mark.note)
        position = mark.span.end
    if position < len(clause.text):
        yield Piece(clause.text[position:], "", "")


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


def rivals(segmented: Segmented, corpus: Corpus, still_there: Sequence[str]) -> list[Rival]:
    """Documents of ``corpus`` with the title or the 文号 of one of this file's, in files that are still in the draft."""
    name = segmented.source.name
    documents = [known for known in corpus.documents if known.source != name and known.source in still_there]
    in_file = {file: sum(known.source == file for known in corpus.documents) for file in still_there}
    found: list[Rival] = []
    for new in segmented.documents:
        for known in documents:
            same_number = new.number is not None and _plain(new.number) == _plain(known.number or "")
            same_title = _plain(new.title) == _plain(known.title)
            if same_number or same_title:
                why = "number" if same_number else "title"
                found.append(Rival(new.title, known, why, known.source, in_file[known.source] == 1))
    return found


def _plain(text: str) -> str:
    return "".join(match_form(text).split())


def said_of(folder: Path, name: str) -> SourceConfig:
    """What the draft's corpus.toml says of a file. Raises CorpusUnusable."""
    return read_config(folder).of(name)
