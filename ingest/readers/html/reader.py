"""Saved web pages: everything a reader sees, one block a line, with the website around the document named as such."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import cast

from lxml import etree

from ingest.errors import SourceUnreadable
from ingest.readers.building import A_PICTURE, SourceBuilder, joined_names
from ingest.readers.encoding import BYTE_ORDER_MARK, decode
from ingest.readers.html.regions import (
    Element,
    Place,
    Regions,
    elements,
    goes_on,
    is_closing_day,
    is_website_line,
    may_stand_behind,
    names_in,
    survey,
)
from ingest.readers.html.rows import read_rows
from ingest.readers.limits import Deadline, Limits
from ingest.readers.number_formats import write_number
from ingest.readers.table_grid import NESTED, with_words
from ingest.sentences import Sentence
from ingest.types import SourceFile

NAVIGATION = "navigation"
OPENING_PIECES = 8  # pieces of text of a list item in which its own number would stand
_INLINE = names_in(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr o o:p st1 v"
)
LARGEST_SIGN = 32  # pixels; a smaller picture is an icon
_UNREAD = {
    **dict.fromkeys(("img", "svg", "canvas"), A_PICTURE),
    **dict.fromkeys(("object", "embed"), Sentence("ingest.embedded_file")),
    "iframe": Sentence("ingest.page_within_page"),
    "video": Sentence("ingest.a_video"),
    "audio": Sentence("ingest.a_recording"),
}
_RANKS = {f"h{rank}": rank for rank in range(1, 7)}
_LIST_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NUMBERED = re.compile(
    r"\s*(?:[（(]?[0-9一二三四五六七八九十百]+[)）、.．]|第[0-9一二三四五六七八九十百]+[章节条款项]|[①-⑳])"
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WRAPPED = re.compile(r"(?<=[^\x00-\x7f])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[^\x00-\x7f])")  # a source line end within hanzi
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_HEAD_BYTES = 4096  # where the charset is declared
_TRIMMED = " \t\r\n\f\xa0"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A line as a browser shows it, and whether it is the website's."""

    text: str
    website: bool
    rank: int | None


@dataclass(slots=True)
class _Page:
    """A page on its way to lines."""

    regions: Regions
    builder: SourceBuilder
    deadline: Deadline
    parts: list[str] = field(default_factory=list[str])
    linked: int = 0  # characters of the open line that are links
    links: int = 0  # open <a> elements
    navigation: int = 0  # open elements that are navigation
    inside: int = 0  # 1 within the document
    place: Place = Place.UNKNOWN  # of what is not inside
    preformatted: int = 0
    rank: int | None = None
    behind: list[_Shown] | None = None  # the short lines since the day that closes a document; None where none did
    counted: dict[Element, int] = field(default_factory=dict[Element, int])  # last number of each ordered list

    def walk(self, root: Element) -> None:
        """Append every visible line."""
        self.place = Place.UNKNOWN if self.regions.document is None else Place.ABOVE
        for event, element, walk in elements(root, self.deadline):
            name = str(element.tag)
            if event == "start":
                if name in _UNREAD:
                    self._doubt(element, name)
                if element in self.regions.hidden:
                    walk.skip_subtree()
                elif element in self.regions.data_tables and not self.navigation:
                    self._end_line()
                    self._add_table(element)
                    walk.skip_subtree()
                else:
                    self._open(element, name)
                continue
            if element not in self.regions.hidden and (element not in self.regions.data_tables or self.navigation):
                self._close(element, name)
            self._add(element.tail)
        self._end_line()
        self._end_document(whole=True)

    def _doubt(self, element: Element, name: str) -> None:
        """Say that a picture, or a page inside the page, was left out; the website's own and small signs are not missed."""
        outside = self.place is not Place.UNKNOWN and not self.inside
        sizes = [element.get(side, "").removesuffix("px") for side in ("width", "height")]
        small = any(size.isascii() and size.isdigit() and int(size) <= LARGEST_SIGN for size in sizes)
        if not (outside or self.navigation or small):
            self.builder.doubt_picture(element.get("alt") or element.get("title") or "", _UNREAD[name])

    def _open(self, element: Element, name: str) -> None:
        if name not in _INLINE:
            self._end_line()
        self.links += name == "a"
        self.navigation += element in self.regions.navigation
        self.inside += element is self.regions.document
        self.preformatted += name == "pre"
        self.rank = _RANKS.get(name, self.rank)
        if name == "li" and (number := _list_number(element, self.counted)) is not None:
            self.parts.append(number)
        self._add(element.text)

    def _close(self, element: Element, name: str) -> None:
        if name not in _INLINE:
            self._end_line()
        self.links -= name == "a"
        self.navigation -= element in self.regions.navigation
        if element is self.regions.document:
            self.inside, self.place = self.inside - 1, Place.BELOW
        self.preformatted -= name == "pre"
        self.rank = None if name in _RANKS else self.rank

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self.preformatted:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self.parts.append(first)
            for line in others:
                self._end_line()
                self.parts.append(line)
            return
        self.parts.append(text)
        self.linked += len(text.strip()) if self.links else 0

    def _end_line(self) -> None:
        text = _shown("".join(self.parts))
        linked, self.linked, self.parts = self.linked, 0, []
        if not text.strip():
            return
        named = self.rank is not None and self.place is not Place.BELOW  # a heading above the document is its title
        website = self.navigation > 0 or (not self.inside and not named and is_website_line(text, linked, self.place))
        line = _Shown(text, website, self.rank)
        if self.place is Place.UNKNOWN and self.behind is not None and may_stand_behind(text):
            self.behind.append(line)
            return
        closed = self.behind is not None and not goes_on(text)
        self._end_document(whole=False)
        self._put(line)
        self.behind = [] if self.place is Place.UNKNOWN and (closed or is_closing_day(text)) else None

    def _put(self, line: _Shown) -> None:
        self.builder.add_line(line.text, furniture=NAVIGATION if line.website else None, rank=line.rank)

    def _end_document(self, *, whole: bool) -> None:
        """Append the short lines behind a closing day: of the website where the page ends with them and one surely is."""
        behind, self.behind = self.behind or [], None
        website = whole and any(line.website for line in behind)
        for line in behind:
            self._put(replace(line, website=line.website or website))

    def _add_table(self, table: Element) -> None:
        """Append a table and, behind it, those inside its cells."""
        self._end_document(whole=False)
        pending = [(table, "")]
        while pending:
            one, under = pending.pop(0)
            for caption in one.iterchildren("caption"):
                self.builder.add_line(_words_of(caption, self.regions))
            found = read_rows(one, self.regions.hidden, lambda cell: _words_of(cell, self.regions), self.deadline)
            for message in found.doubts if one is table else (NESTED, *found.doubts):
                self.builder.doubt(message)
            self.builder.add_table(with_words(found.places), found.head_rows or None, under)
            pending = [*((inner, joined_names(under, name)) for inner, name in found.inner), *pending]


def read_html(data: bytes, name: str, limits: Limits) -> SourceFile:
    """A saved page.

    Raises SourceUnreadable when it is empty, damaged, in an unknown encoding, nested too deeply or takes too long.
    """
    deadline = Deadline.start(name, limits)
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    decoded = decode(data, name, declared[1].decode("ascii") if declared else None)
    root = _parse(decoded.text, name)
    deadline.check()
    builder = SourceBuilder()
    _Page(survey(root, deadline), builder, deadline).walk(root)
    return builder.finish(name, data, "html", decoded.encoding)


def _parse(text: str, name: str) -> Element:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, recover=True
    )
    bare = _DECLARATION.sub("", text.removeprefix(BYTE_ORDER_MARK), count=1)
    try:
        root = cast("Element | None", etree.fromstring(bare.encode("utf-8"), parser))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceUnreadable("ingest.no_html_page", name=name) from error
    if root is None:  # a tag that never ends and nothing else
        raise SourceUnreadable("ingest.holds_no_text", name=name)
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        # The parser stops there and would drop the rest of the page without a word.
        raise SourceUnreadable("ingest.nested_too_deeply_too_large", name=name)
    return root


def _shown(text: str) -> str:
    """White space as a browser shows it, except that a source line end between two hanzi shows nothing."""
    collapsed = _SPACE.sub(" ", _WRAPPED.sub("", text.strip(_TRIMMED)))
    return collapsed.strip(_TRIMMED)


def _list_number(item: Element, counted: dict[Element, int]) -> str | None:
    """The number a browser prints before an item of an ordered list that does not bring its own."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
        return None
    start, value = parent.get("start", "1"), item.get("value", "")
    number = counted.get(parent, int(start) - 1 if start.isascii() and start.isdigit() else 0) + 1
    number = int(value) if value.isascii() and value.isdigit() else number
    counted[parent] = number
    opening = "".join(map(str, islice(item.itertext(), OPENING_PIECES)))
    if _NUMBERED.match(opening.strip()):
        return None
    return f"{write_number(number, _LIST_FORMATS.get(parent.get('type', '1'), 'decimal'))}. "


def _words_of(element: Element, regions: Regions) -> str:
    """The visible words of a cell in one line; its inner blocks are set apart by a space."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        block = str(one.tag) not in _INLINE
        if event == "start":
            if one in regions.hidden or (one is not element and one.tag == "table"):
                walk.skip_subtree()  # a table inside a cell becomes one of its own
                continue
            parts.append(("\n \n" if block else "") + (one.text or ""))
        elif one is not element:
            parts.append(("\n \n" if block else "") + (one.tail or ""))
    return " ".join(_shown(line) for line in "".join(parts).split("\n \n") if line.strip(_TRIMMED))
