"""The tree that an outline is: parts, levels, documents, annexes and numbered sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.structure.numbering import Kind, Label
from ingest.structure.titles import is_title
from ingest.types import Paragraph

ROOT, PART, LEVEL, DOCUMENT, STUB, ANNEX = "root", "part", "level", "document", "stub", "annex"
NUMBERED = "numbered"
TITLED = "titled"  # a heading without a number, known only by the file's format
SCAN_LINE = re.compile(r"[（(]\s*(?:微信)?扫(?:一扫|码|描).{0,30}[）)]$")
LONGEST_HEADING = 60  # characters; a heading that names a section, not a sentence


@dataclass(slots=True, eq=False)
class Section:
    """A node of the outline. Built once by :func:`outline`, afterwards only read.

    ``own`` are the indexes of its heading or first paragraph, ``entries`` its further paragraphs
    (indexes) and sub-sections in the order of the source.
    """

    kind: str
    own: list[int]
    label: Label | None = None
    parent: Section | None = None
    entries: list[int | Section] = field(default_factory=lambda: list[int | Section]())
    closing: list[int] = field(default_factory=list[int])  # paragraphs that end a document or annex
    speaks: list[int] = field(default_factory=list[int])  # paragraphs that only name 责任单位

    @property
    def sections(self) -> list[Section]:
        return [entry for entry in self.entries if isinstance(entry, Section)]

    @property
    def body(self) -> list[int]:
        return [entry for entry in self.entries if isinstance(entry, int)]

    def above(self) -> Iterator[Section]:
        """Itself, its parent, and so on up to the root."""
        section: Section | None = self
        while section is not None:
            yield section
            section = section.parent


def is_bare(text: str) -> bool:
    """True for a heading: short, no sentence in it."""
    return len(text) <= LONGEST_HEADING and re.search(r"[。；！？：:;]", text) is None


def all_sections(section: Section) -> list[Section]:
    """A section and everything below it, in the order of the source."""
    found = [section]
    for below in section.sections:
        found.extend(all_sections(below))
    return found


def all_paragraphs(section: Section) -> Iterator[int]:
    """Indexes of all paragraphs of a section and of what is below it."""
    yield from section.own
    for entry in section.entries:
        if isinstance(entry, int):
            yield entry
        else:
            yield from all_paragraphs(entry)


def marked_paragraphs(section: Section) -> Iterator[tuple[int, bool]]:
    """The paragraphs of a section in order, and whether each begins a numbered part."""
    for number in section.own:
        yield number, True
    for entry in section.entries:
        if isinstance(entry, int):
            yield entry, False
        else:
            yield from marked_paragraphs(entry)
    for number in section.speaks:
        yield number, False


def is_compilation(paragraphs: Sequence[Paragraph], labels: Sequence[Label | None]) -> bool:
    """A book of policies: at least two 篇 in sequence and titles behind dashes."""
    parts = [label.value for label in labels if label is not None and label.kind is Kind.PART]
    titles = sum(
        1
        for paragraph, label in zip(paragraphs, labels, strict=True)
        if label is not None and label.kind is Kind.DASH and is_title(paragraph.text[label.length :])
    )
    return parts[:2] == [1, 2] and titles >= 2
