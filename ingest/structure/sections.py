"""The tree that an outline is: parts, levels, documents, annexes and numbered sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.structure.numbering import ANNEX_LINE, LEGAL, RANK, Kind, Label
from ingest.structure.titles import is_title
from ingest.types import Paragraph

ROOT, PART, LEVEL, DOCUMENT, STUB, ANNEX = "root", "part", "level", "document", "stub", "annex"
NUMBERED = "numbered"
TITLED = "titled"  # a heading without a number, known only by the file's format
SCAN_LINE = re.compile(r"[（(]\s*(?:微信)?扫(?:一扫|码|描).{0,30}[）)]$")
LONGEST_RUN_IN = (
    36  # characters of a title that opens an item and ends with 。: "（一）加大重点领域引进外资力度。" has 15
)
LONGEST_HEADING = 60  # characters; a heading that names a section, not a sentence

_RUN_IN = re.compile(rf"([^。：；]{{2,{LONGEST_RUN_IN}}})。")
_ROW_TITLE = re.compile(r"([^。：；，]{2,16})：")


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


def run_in(section: Section, own: str) -> tuple[str, ...]:
    """The title that opens an item whose first paragraph is ``own``: ``（一）加大重点领域引进外资力度``."""
    assert section.label is not None
    if section.label.kind is Kind.ARTICLE:
        return ()
    rest = own[section.label.length :]
    pattern = _ROW_TITLE if section.label.kind is Kind.DASH else _RUN_IN
    match = pattern.match(rest)
    if match is None or (match.end() == len(rest) and not section.entries):
        return ()
    return (own[: section.label.length].strip() + match[1].strip(),)


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


def lists_annexes(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """True for the lines ``2.…`` under ``附件：1.…``, which only list the annexes."""
    for back in range(number - 1, max(-1, number - 12), -1):
        text = paragraphs[back].text
        if ANNEX_LINE.fullmatch(text):
            return re.match(r"附\s*件\s*[：:]\s*[1１]", text) is not None and is_bare(paragraphs[number].text)
        if not is_bare(text):
            return False
    return False


def containers_of_articles(paragraphs: Sequence[Paragraph], labels: Sequence[Label | None]) -> frozenset[int]:
    """The headings 一、… and （一）… across which the articles 第N条 run on: they hold articles, as chapters do.

    Each stands right before the next article, or before such a heading of a lower kind, and they run on themselves
    from 一; the last item of an article's own list does so too, but its first does not.
    """
    if not any(label is not None and label.kind is Kind.ARTICLE for label in labels):
        return frozenset()
    before = dict[Kind, int]()  # the last number of a kind that holds articles
    article, waiting, found = 0, list[tuple[int, Label]](), set[int]()
    for number, label in enumerate(labels):
        if label is None:
            continue
        if label.kind in (Kind.CN, Kind.CN_PAREN):
            deeper = bool(waiting) and RANK[waiting[-1][1].kind] < RANK[label.kind]
            waiting = (waiting if deeper else []) + [(number, label)]
            if not is_bare(paragraphs[number].text) or paragraphs[number - 1].text.endswith(("：", ":")):
                waiting = []
            continue
        if label.kind is Kind.ARTICLE and (label.value in (1, article + 1) or label.sub):
            article = label.value
            for place, held in waiting:
                if held.value == before.get(held.kind, 0) + 1 or held.value == 1:
                    found.add(place)
                    before[held.kind] = held.value
                    before.update({kind: 0 for kind in before if RANK[kind] > RANK[held.kind]})
        elif label.kind in LEGAL:
            before.clear()
        waiting = []
    kinds = Counter(label.kind for place in found if (label := labels[place]) is not None)
    return frozenset(place for place in found if (label := labels[place]) is not None and kinds[label.kind] > 1)
