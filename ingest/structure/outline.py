"""Turns paragraphs into a tree: 篇 › 级 › 文件 › 一、 › （一） › 1. › （1）, by numbering and its continuity.

Sequence continuity is the best evidence of what an item is: a number counts when it is the next of an
open list, or 1 where a deeper list may begin. What does not continue anything stays text, and what was
doubtful is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.sentences import Sentence
from ingest.structure.closings import lift_closing, lift_departments
from ingest.structure.first_title import first_title
from ingest.structure.groups import above_list, opens_guide_or_pairs
from ingest.structure.numbering import ANNEX_LINE, LEGAL, RANK, Kind, Label, rank_of, read_label
from ingest.structure.sections import (
    ANNEX,
    DOCUMENT,
    LEVEL,
    NUMBERED,
    PART,
    ROOT,
    SCAN_LINE,
    STUB,
    TITLED,
    Section,
    all_paragraphs,
    all_sections,
    containers_of_articles,
    is_bare,
    is_compilation,
    lists_annexes,
)
from ingest.structure.titles import NEVER_NESTED, is_level_heading, is_title
from ingest.types import Paragraph

LARGEST_GAP = 3  # numbers that may be missing from a list before it is rather another number


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of one source and the doubtful places as (paragraph index, message)."""

    root: Section
    doubts: tuple[tuple[int, Sentence], ...]
    is_compilation: bool


def outline(
    paragraphs: Sequence[Paragraph],
    level_names: frozenset[str] = frozenset(),
    heading_lines: frozenset[int] = frozenset(),
    table_rows: frozenset[int] = frozenset(),
    marked_title: int | None = None,
) -> Outline:
    """The outline of a source.

    ``level_names`` are the headings that name a level in a compilation (国家级政策 …); ``heading_lines`` are
    the indexes of paragraphs which the file format itself marks as headings, ``table_rows`` those that are
    rows of a table (a number in a cell begins no list), ``marked_title`` the one it marks as the title.
    """
    labels = [None if i in table_rows else read_label(paragraph.text) for i, paragraph in enumerate(paragraphs)]
    compilation = is_compilation(paragraphs, labels)
    builder = _Builder(paragraphs, labels, level_names, heading_lines, compilation)
    builder.run(table_rows, marked_title)
    for section in all_sections(builder.root):
        if section.kind in (DOCUMENT, ANNEX):
            lift_closing(section, paragraphs)
        lift_departments(section, paragraphs)
    return Outline(builder.root, tuple(builder.doubts), compilation)


class _Builder:
    """Walks the paragraphs once and keeps the stack of open sections."""

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        labels: Sequence[Label | None],
        level_names: frozenset[str],
        heading_lines: frozenset[int],
        compilation: bool,
    ) -> None:
        self.paragraphs = paragraphs
        self.labels = labels
        self.level_names = level_names
        self.heading_lines = heading_lines
        self.compilation = compilation
        self.root = Section(ROOT, [])
        self.open = self.root  # innermost open section
        self.doubts: list[tuple[int, Sentence]] = []
        self.holders = containers_of_articles(paragraphs, labels)
        self.holding: set[int] = set()  # ids of their sections
        self.ran: dict[tuple[int, Kind, bool], Section] = {}  # last section of a kind in a container

    def run(self, table_rows: frozenset[int], marked_title: int | None) -> None:
        start = 0
        if not self.compilation and self.paragraphs:
            own = first_title(self.paragraphs, self.labels, self.heading_lines, marked_title, table_rows)
            self._push(Section(DOCUMENT, own), self.root)
            start = len(own)
        for number in range(start, len(self.paragraphs)):
            opens = number not in table_rows and self._container(number)  # a row of a table names no annex
            if not (opens or self._titled(number) or self._numbered(number)):
                self.open = above_list(self.open, self.paragraphs, number)
                self.open.entries.append(number)

    # ── containers: parts, levels, documents, annexes ──

    def _container(self, number: int) -> bool:
        text = self.paragraphs[number].text
        label = self.labels[number]
        if self.compilation:
            if label is not None and label.kind is Kind.PART and is_bare(text):
                return self._push(Section(PART, [number], label), self.root)
            if label is not None and label.kind is Kind.CN_PAREN and self._names_level(text[label.length :]):
                return self._push(Section(LEVEL, [number], label), self._nearest(PART, ROOT))
            if label is not None and label.kind is Kind.DASH and is_title(text[label.length :]):
                return self._push(Section(DOCUMENT, [number]), self._outside_document())
            if self._is_stub_title(number):
                return self._push(Section(STUB, [number]), self._nearest(LEVEL, PART, ROOT))
        elif self._is_nested_title(number):
            return self._push(Section(DOCUMENT, [number]), self.root)
        if self.open.kind is STUB and (SCAN_LINE.search(text) or len(self.open.own) == 1):
            self.open.own.append(number)
            assert self.open.parent is not None
            if SCAN_LINE.search(text):
                self.open = self.open.parent
            return True
        return self._annex(number, text)

    def _names_level(self, heading: str) -> bool:
        return heading in self.level_names or (not self.level_names and is_level_heading(heading))

    def _is_stub_title(self, number: int) -> bool:
        """A title with nothing behind it but a line to scan."""
        if number + 1 >= len(self.paragraphs) or self.labels[number] is not None:
            return False
        return is_bare(self.paragraphs[number].text) and SCAN_LINE.search(self.paragraphs[number + 1].text) is not None

    def _is_nested_title(self, number: int) -> bool:
        """The title of another instrument in the same file: 《…办法》 printed and annexed by a 通知."""
        text = self.paragraphs[number].text
        if self.labels[number] is not None or not is_title(text) or NEVER_NESTED.match(text):
            return False
        if "".join(self.paragraphs[i].text for i in self._nearest(DOCUMENT, ROOT).own).endswith(text):
            return False  # the rest of the file's own title
        for ahead in range(number + 1, min(number + 4, len(self.paragraphs))):
            label = self.labels[ahead]
            if label is not None:
                return label.value == 1 and (label.kind in LEGAL or label.kind is Kind.CN) and self._has_content()
        return False

    def _has_content(self) -> bool:
        document = self._nearest(DOCUMENT, ROOT)
        return any(not is_bare(self.paragraphs[i].text) or self.labels[i] for i in all_paragraphs(document))

    def _annex(self, number: int, text: str) -> bool:
        document = self._nearest(DOCUMENT, ROOT)
        if document.kind is ROOT:
            return False
        match = ANNEX_LINE.fullmatch(text)
        if match is not None and is_bare(text.replace("：", "").replace(":", "")):
            title = (match[2] or match[3] or "").strip()
            if self.open.kind is ANNEX and not self.open.entries:
                self.open.own.append(number)
                return True
            if not title or self._repeated_soon(number, title):
                return self._push(Section(ANNEX, [number]), document)
            return False
        waiting = self.open.kind is ANNEX and not self.open.entries and self.labels[number] is None
        if waiting and is_bare(text) and len(self.open.own) < 4:
            self.open.own.append(number)
            return True
        return False

    def _repeated_soon(self, number: int, title: str) -> bool:
        ahead = [self.paragraphs[i].text for i in range(number + 1, min(number + 4, len(self.paragraphs)))]
        if read_label(title) is None and ahead and opens_guide_or_pairs(ahead[0]):
            return True  # 附：政策问答 above the first question, not 附件：1.申报表
        return any(text == title or (ANNEX_LINE.fullmatch(text) and not text.endswith(title)) for text in ahead)

    def _titled(self, number: int) -> bool:
        """A heading that only the format marks: it ends what stands above it, numbering may run on below."""
        if number not in self.heading_lines or self.labels[number] is not None or self.compilation:
            return False
        if not is_bare(self.paragraphs[number].text) or self.open.kind is ROOT:
            return False
        return self._push(Section(TITLED, [number]), self._holder(self.open))

    # ── numbered sections ──

    def _numbered(self, number: int) -> bool:
        label = self.labels[number]
        if label is None or (label.kind is Kind.PART and self.compilation):
            return False
        if label.kind is Kind.DASH:
            return self._dash(number, label)
        parent = self._parent_for(number, label)
        if parent is None:
            return False
        section = Section(NUMBERED, [number], label)
        self._push(section, parent)
        holds = number in self.holders
        if holds:
            self.holding.add(id(section))
        self.ran[id(self._holder(parent)), label.kind, holds] = section
        return True

    def _dash(self, number: int, label: Label) -> bool:
        if not any(section.kind is DOCUMENT for section in self.open.above()) and self.compilation:
            parent = self.open
            while parent.label is not None and parent.label.kind is Kind.DASH and parent.parent is not None:
                parent = parent.parent
            return self._push(Section(NUMBERED, [number], label), parent)
        return False

    def _parent_for(self, number: int, label: Label) -> Section | None:
        """The section a numbered paragraph belongs under, or None when it is only text."""
        if label.kind is Kind.NUM and lists_annexes(self.paragraphs, number):
            return None
        holds = number in self.holders
        for section in self._same_holder():
            own = section.label if (id(section) in self.holding) is holds else None
            if own is not None and own.kind is label.kind and label.follows(own):
                return section.parent
        last = self.ran.get((id(self._holder(self.open)), label.kind, holds))
        if last is not None and last.label is not None and label.follows(last.label):
            return self._running_on(last, label)
        outer = self._returns_outside(number, label)
        if outer is not None:
            return outer
        if label.value == 1 and not label.sub:
            return self._deeper(label, holds=holds)
        return self._after_gap(number, label, last)

    def _running_on(self, last: Section, label: Label) -> Section:
        """A list that runs on through several headings: 1.–30. across 一、…五、, articles across chapters."""
        if label.kind in LEGAL:
            return self._deeper(label)
        wanted = last.parent.label.kind if last.parent is not None and last.parent.label is not None else None
        for section in self.open.above():
            if section.label is None or section.label.kind is wanted:
                return section
            if RANK[section.label.kind] < RANK[label.kind] and wanted is None:
                return section
        return self._holder(self.open)

    def _returns_outside(self, number: int, label: Label) -> Section | None:
        """The next heading of the list around a nested document: （五） of the 篇 after （三） of the document."""
        if not is_bare(self.paragraphs[number].text):
            return None
        document = self._nearest(DOCUMENT, ROOT)
        if document.parent is None:
            return None
        for section in document.parent.above():
            if section.label is not None and section.label.kind is label.kind and label.follows(section.label):
                return section.parent
        return None

    def _deeper(self, label: Label, *, holds: bool = False) -> Section:
        """Where a list that begins with 1 hangs: under the innermost section of a higher kind.

        ``holds``: the articles run on across its headings.
        """
        section = self.open
        own = rank_of(label, holds)
        while section.label is not None and rank_of(section.label, id(section) in self.holding) >= own:
            ends_open = self.paragraphs[section.own[-1]].text.endswith(("：", ":"))
            if ends_open and label.kind not in LEGAL and not self._is_inside(section, label.kind):
                return section
            if section.parent is None:
                break
            section = section.parent
        return section

    def _is_inside(self, section: Section, kind: Kind) -> bool:
        """Whether a section is, or hangs under, one of this kind: a list never holds another of its own kind."""
        holder = self._holder(section)
        return any(
            above.label is not None and above.label.kind is kind
            for above in takewhile(lambda above: above is not holder, section.above())
        )

    def _after_gap(self, number: int, label: Label, last: Section | None) -> Section | None:
        """A number that continues nothing: an item after a gap in the source, or text that begins with a number."""
        before = last.label.value if last is not None and last.label is not None else 0
        gap = label.value - before
        strong = (label.kind in LEGAL and label.spaced) or label.kind in (Kind.CN, Kind.CN_PAREN)
        near = 1 < gap <= LARGEST_GAP and (before > 0 or label.kind is not Kind.NUM)
        if (strong and (near or label.kind in LEGAL)) or (near and before > 0 and label.kind not in LEGAL):
            if before or label.kind not in LEGAL:
                follows = before or Sentence("ingest.nothing")
                doubt = Sentence("ingest.heading_out_of_order", printed=label.printed, before=follows)
                self.doubts.append((number, doubt))
            if last is not None and last.parent is not None and last.parent in list(self.open.above()):
                return last.parent
            return self._deeper(label)
        self.doubts.append((number, Sentence("ingest.continues_no_list", printed=label.printed)))
        return None

    # ── the stack ──

    def _push(self, section: Section, parent: Section) -> bool:
        section.parent = parent
        parent.entries.append(section)
        self.open = section
        return True

    def _nearest(self, *kinds: str) -> Section:
        for section in self.open.above():
            if section.kind in kinds:
                return section
        return self.root

    def _outside_document(self) -> Section:
        """Where a new document hangs: beside an open one, else under the innermost section."""
        document = self._nearest(DOCUMENT, ROOT)
        if document.kind is DOCUMENT and document.parent is not None:
            return document.parent
        if self.open.kind is STUB and self.open.parent is not None:
            return self.open.parent
        return self.open

    def _holder(self, section: Section) -> Section:
        """The container whose numbering a section takes part in."""
        for above in section.above():
            if above.kind not in (NUMBERED, TITLED):
                return above
        return self.root

    def _same_holder(self) -> Iterator[Section]:
        for section in self.open.above():
            if section.kind is not NUMBERED:
                return
            yield section
