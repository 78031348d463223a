"""Which parts of a saved page are the document and which are the website around it.

Decided by structure, never by the words of a single site: elements that HTML itself calls navigation, class and id
words that web authors use for it, and the place outside the block that holds the document. In doubt a line is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias, cast

from lxml import etree

from ingest.readers.limits import Deadline
from ingest.vocabulary.documents import document_words
from ingest.vocabulary.wordings import either

Element: TypeAlias = etree._Element  # pyright: ignore[reportPrivateUsage] - the only name lxml gives the type


def names_in(listed: str) -> frozenset[str]:
    """A set written as one string, for long lists of tag names."""
    return frozenset(listed.split())


HIDDEN = names_in(
    "head script style noscript template title meta link select option datalist input textarea iframe object embed "
    "svg canvas audio video map"
)
_NAVIGATION_TAGS = names_in("nav footer aside button")
_NAVIGATION_ROLES = names_in("navigation banner contentinfo search complementary menu menubar toolbar")
_NAVIGATION_WORDS = names_in(
    "nav navbar navi navigation menu submenu breadcrumb breadcrumbs crumb crumbs share sharing bshare bdsharebuttonbox "
    "jiathis toolbar footer foot sidebar pagination pager copyright login search searchbox qrcode ewm print fontsize "
    "related recommend friendlink links banner topbar toplink dqwz weizhi xgwz skip"
)
_DOCUMENT_WORDS = names_in(
    "article content contents detail main text zoom editor trs ucap body con wenzhang zhengwen xxgk neirong"
)
_BLOCKS = names_in("div section td form")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MOST_OF_PAGE = 0.5  # share of the page's own words above which a block is neither navigation nor hidden by its style
LEAST_OF_PAGE = 0.3  # share of the page's own words below which a block is not the document
NEARLY_ALL = 0.9  # an inner block with this share of the outer one's words is the closer frame of the document
LONGEST_CELL = 1500  # characters; a longer cell belongs to a table that lays out the page
FEWEST_OUTER_ROWS = 3  # rows of several cells that make a table of data of one that holds another table
_ELEMENTS_BETWEEN_LOOKS_AT_THE_CLOCK = 2000

_SENTENCE = re.compile("[。；]")
# Short lines outside the document that belong to the website.
_WEBSITE_LINE = re.compile(f"{either(document_words().website)}|.*{either(document_words().website_holds)}")
LONGEST_WEBSITE_LINE = 60
# What stands outside the block of the document and belongs to it all the same: its annexes, its date, its data.
_OF_THE_DOCUMENT = re.compile(r"附[件录表]|.*(?:[:：]|〔|[0-9〇一二三四五六七八九十]\s*年.{1,8}[日号]?$)")
_CLOSING_DAY = re.compile(r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_ANNEX = re.compile(r"附[件录表]")
_IN_BRACKETS = re.compile(r"[（(].*[）)]")  # （此件公开发布）
SHORTEST_TITLE = 12  # characters of a line above the document that may be its title; what links to elsewhere is shorter
_BAR = re.compile(r"[|｜>＞»·•]")  # between the entries of a bar above or below the document


@dataclass(frozen=True, slots=True)
class Amount:
    """Visible characters (spaces apart) of an element and how many of them are links."""

    all: int
    linked: int

    @property
    def own(self) -> int:
        """Characters that are no link."""
        return self.all - self.linked


@dataclass(frozen=True, slots=True)
class Regions:
    """What was found out about the elements of a page."""

    hidden: frozenset[Element]
    navigation: frozenset[Element]
    document: Element | None
    data_tables: frozenset[Element]


@dataclass(slots=True)
class _Open:
    """Counts of an element whose end has not been reached."""

    all: int = 0
    linked: int = 0
    cells: int = 0
    widest_row: int = 0
    longest_cell: int = 0  # of its own words, tables inside it left out
    rows: int = 0  # with more than one cell
    in_tables: int = 0  # characters that stand in tables inside it


@dataclass(slots=True)
class _Survey:
    words: int  # visible characters of the page if no style hid any
    hidden: set[Element] = field(default_factory=set[Element])
    amounts: dict[Element, Amount] = field(default_factory=dict[Element, Amount])
    blocks: list[tuple[Element, Amount]] = field(default_factory=list[tuple[Element, Amount]])  # inner ones first
    suspects: list[Element] = field(default_factory=list[Element])
    candidates: list[Element] = field(default_factory=list[Element])
    data_tables: set[Element] = field(default_factory=set[Element])


def survey(root: Element, deadline: Deadline) -> Regions:
    """Tell the document, the navigation and the tables of a page apart."""
    found = _Survey(words=_words_of_page(root, deadline))
    total = _count(root, found, deadline)
    document = _document(found, total)
    around = set(document.iterancestors()) | {document} if document is not None else set[Element]()
    navigation = {
        element
        for element in found.suspects
        if element not in around and found.amounts[element].own <= MOST_OF_PAGE * total.own
    }
    return Regions(frozenset(found.hidden), frozenset(navigation), document, frozenset(found.data_tables))


class Place(Enum):
    """Where a line of a page stands, seen from the block that holds the document."""

    UNKNOWN = "unknown"  # no block calls itself the document
    ABOVE = "above"
    BELOW = "below"


def is_website_line(text: str, linked: int, place: Place) -> bool:
    """Whether a line that is not inside the document belongs to the website.

    By its words; because it is a sign (×, +); outside the document also because it is mostly links, or short without a
    sentence in it. The title, the data and the annexes of the document may stand outside of it and are kept.
    """
    bare = text.strip()
    if place is not Place.UNKNOWN and 2 * linked > len(bare):
        return True
    if not any(character.isalnum() for character in bare):
        return True
    if len(bare) > LONGEST_WEBSITE_LINE or _SENTENCE.search(bare):
        return False
    if _WEBSITE_LINE.match(bare):
        return True
    if place is Place.UNKNOWN or _OF_THE_DOCUMENT.match(bare):
        return False
    return place is Place.BELOW or len(bare) < SHORTEST_TITLE or bool(_BAR.search(bare))


def is_closing_day(text: str) -> bool:
    """True for a line that is a day and nothing else, as documents close with."""
    return _CLOSING_DAY.fullmatch(text.strip()) is not None


def may_stand_behind(text: str) -> bool:
    """Whether a line behind the day that closes a document may be the website's: short, no sentence, no annex, no datum."""
    bare = text.strip()
    is_own = _SENTENCE.search(bare) or _OF_THE_DOCUMENT.match(bare) or _IN_BRACKETS.fullmatch(bare)
    return len(bare) <= LONGEST_WEBSITE_LINE and (not is_own or _WEBSITE_LINE.match(bare) is not None)


def goes_on(text: str) -> bool:
    """Whether a line behind the closing day begins more of the document: an annex, or text in sentences."""
    return _ANNEX.match(text.strip()) is not None or _SENTENCE.search(text) is not None


def elements(root: Element, deadline: Deadline) -> Iterator[tuple[str, Element, etree.iterwalk]]:
    """("start" or "end", element, walk) through a tree of any depth, with an eye on the clock."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for number, (event, element) in enumerate(walk):
        if number % _ELEMENTS_BETWEEN_LOOKS_AT_THE_CLOCK == 0:
            deadline.check()
        yield str(event), element, walk


def _count(root: Element, found: _Survey, deadline: Deadline) -> Amount:
    """Count the visible characters of every element that may matter, in one walk."""
    stack = [_Open()]
    links = 0
    for event, element, walk in elements(root, deadline):
        name = str(element.tag)
        if event == "start":
            if _is_hidden(element, name) or (_is_hidden_by_style(element) and not _is_most(element, found.words)):
                found.hidden.add(element)
                walk.skip_subtree()
            links += name == "a"
            stack.append(_Open())
            if element not in found.hidden:
                _add(stack[-1], element.text, links)
            continue
        links -= name == "a"
        one = stack.pop()
        _close(element, name, one, stack[-1], found)
        _add(stack[-1], element.tail, links)
    return Amount(stack[0].all, stack[0].linked)


def _add(one: _Open, text: str | None, links: int) -> None:
    count = _count_of(text)
    one.all += count
    one.linked += count if links else 0


def _close(element: Element, name: str, one: _Open, parent: _Open, found: _Survey) -> None:
    parent.all += one.all
    parent.linked += one.linked
    if name in {"td", "th"}:
        parent.cells += 1
        parent.longest_cell = max(parent.longest_cell, one.all - one.in_tables)
        parent.in_tables += one.in_tables
    elif name == "table":
        parent.in_tables += one.all
        if _is_data_table(one):
            found.data_tables.add(element)
    else:
        parent.widest_row = max(parent.widest_row, one.widest_row, one.cells if name == "tr" else 0)
        parent.rows += one.rows + (name == "tr" and one.cells > 1)
        parent.longest_cell = max(parent.longest_cell, one.longest_cell)
        parent.in_tables += one.in_tables
    words = _words(element)
    amount = Amount(one.all, one.linked)
    if name in {"article", "main"} or element.get("role") == "main" or words & _DOCUMENT_WORDS:
        found.candidates.append(element)
        found.amounts[element] = amount
    elif name in _BLOCKS:
        found.blocks.append((element, amount))
    if _is_suspect(element, name, words):
        found.suspects.append(element)
        found.amounts[element] = amount


def _is_data_table(table: _Open) -> bool:
    """Rows of several short cells. One that holds tables may lay out the page, unless most of it is rows of its own."""
    if table.widest_row < 2 or table.longest_cell > LONGEST_CELL:
        return False
    return not table.in_tables or (table.rows >= FEWEST_OUTER_ROWS and 2 * table.in_tables <= table.all)


def _document(found: _Survey, total: Amount) -> Element | None:
    """The closest frame of the document among the blocks that call themselves content. Inner ones come first.

    Where none does, the closest block that holds nearly all words of the page that are no links.
    """
    own = {element: found.amounts[element].own for element in found.candidates}
    most = max(own.values(), default=0)
    if most < LEAST_OF_PAGE * total.own or not most:
        frames = (element for element, amount in found.blocks if amount.own >= NEARLY_ALL * total.own > 0)
        return next(frames, None)
    return next(element for element in found.candidates if own[element] >= NEARLY_ALL * most)


def _is_suspect(element: Element, name: str, words: set[str]) -> bool:
    if name in _NAVIGATION_TAGS or (element.get("role") or "").lower() in _NAVIGATION_ROLES:
        return True
    if name in {"header", "body", "html"}:
        return name == "header" and element.find(".//h1") is None
    return bool(words & _NAVIGATION_WORDS)


def _is_hidden(element: Element, name: str) -> bool:
    return name in HIDDEN


def _is_hidden_by_style(element: Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and bool(_NOT_SHOWN.search(style)))


def _is_most(element: Element, words_of_page: int) -> bool:
    """Whether an element holds most of the page: a script shows it when the page has loaded, and none runs here."""
    own = sum(_count_of(text) for text in cast("Iterator[str]", element.itertext()))
    return own > MOST_OF_PAGE * words_of_page


def _count_of(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _words_of_page(root: Element, deadline: Deadline) -> int:
    count = 0
    for event, element, walk in elements(root, deadline):
        if event == "end":
            count += _count_of(element.tail)
        elif str(element.tag) in HIDDEN:
            walk.skip_subtree()
        else:
            count += _count_of(element.text)
    return count


def _words(element: Element) -> set[str]:
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return {word.lower() for word in _WORDS.findall(named)} if named != " " else set()
