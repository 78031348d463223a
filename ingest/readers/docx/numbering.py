"""Word's automatic numbers, which stand nowhere in the text: counted again here as Word counts them.

A paragraph names a list (``numId``) and a level. The list leads to an abstract list, whose levels say how a number
is written (``numFmt``), with what around it (``lvlText``: "第%1条"), where it starts and when it starts anew. Lists
on one abstract list count on together, unless one overrides the start. (ECMA-376 part 1, 17.9)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.docx.package import Element, tag
from ingest.readers.number_formats import write_number

LEVELS = 9
BULLET = "•"
_PLACE = re.compile(r"%([1-9])")
_NEEDS_NO_SPACE = ("、", "）", "，", "：", "》", "】", " ", "\u3000")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"  # "tab", "space", "nothing"
    restart: int | None = None  # the level (from 1) whose number starts this one anew; 0: none does
    legal: bool = False  # all numbers in it decimal
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """What is printed before a paragraph."""

    text: str
    is_bullet: bool


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: tuple[Level, ...]
    start_overrides: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document and where their counting stands."""

    lists: dict[str, _List]
    _counters: dict[str, list[int | None]] = field(default_factory=dict[str, "list[int | None]"])
    _overridden: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])

    @classmethod
    def parse(cls, root: Element | None, numbering_styles: dict[str, str]) -> Numbering:
        """From ``numbering.xml``; ``numbering_styles`` leads from a numbering style to its list."""
        if root is None:
            return cls({})
        abstracts = {one.get(tag("abstractNumId"), ""): one for one in root.iterchildren(tag("abstractNum"))}
        links = {
            one.get(tag("numId"), ""): value_of(one, "abstractNumId") or "" for one in root.iterchildren(tag("num"))
        }
        lists: dict[str, _List] = {}
        for one in root.iterchildren(tag("num")):
            number = one.get(tag("numId"), "")
            abstract = links[number]
            style = value_of(abstracts.get(abstract), "numStyleLink")
            if style is not None:
                abstract = links.get(numbering_styles.get(style, ""), abstract)
            lists[number] = _list_of(one, abstract, abstracts.get(abstract))
        return cls(lists)

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level that a list ties to a paragraph style."""
        found = self.lists.get(number)
        levels = found.levels if found is not None else ()
        return next((position for position, level in enumerate(levels) if level.style == style), None)

    def next(self, number: str, position: int) -> Number | None:
        """Count one paragraph of list ``number`` at level ``position`` (from 0); None when it has no such list."""
        found = self.lists.get(number)
        if found is None or not 0 <= position < LEVELS:
            return None
        counters = self._count(found, number, position)
        level = found.levels[position]
        if level.number_format == "bullet":
            return Number(f"{BULLET} ", is_bullet=True) if level.text.strip() else None
        label = _PLACE.sub(lambda match: _write(found.levels, counters, int(match[1]) - 1, level.legal), level.text)
        if not label.strip():
            return None
        bare = level.suffix == "nothing" or label.endswith(_NEEDS_NO_SPACE)
        return Number(label if bare else f"{label} ", is_bullet=False)

    def _count(self, found: _List, number: str, position: int) -> list[int | None]:
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        override = found.start_overrides.get(position)
        current = counters[position]
        if override is not None and (number, position) not in self._overridden:
            counters[position] = override
            self._overridden.add((number, position))
        else:
            counters[position] = found.levels[position].start if current is None else current + 1
        for higher in range(position):
            counters[higher] = found.levels[higher].start if counters[higher] is None else counters[higher]
        for deeper in range(position + 1, LEVELS):
            restart = found.levels[deeper].restart
            if restart is None or position + 1 <= restart:
                counters[deeper] = None
        return counters


def _write(levels: tuple[Level, ...], counters: list[int | None], position: int, legal: bool) -> str:
    level = levels[position]
    number = counters[position]
    plain = legal and level.number_format != "none"
    return write_number(level.start if number is None else number, "decimal" if plain else level.number_format)


def _list_of(number: Element, abstract: str, definition: Element | None) -> _List:
    levels = [Level() for _ in range(LEVELS)]
    for one in definition.iterchildren(tag("lvl")) if definition is not None else ():
        _put(levels, one)
    overrides: dict[int, int] = {}
    for one in number.iterchildren(tag("lvlOverride")):
        position = whole_number(one.get(tag("ilvl")), 0)
        start = value_of(one, "startOverride")
        if start is not None:
            overrides[position] = whole_number(start, 1)
        for replaced in one.iterchildren(tag("lvl")):
            _put(levels, replaced)
    return _List(abstract, tuple(levels), overrides)


def _put(levels: list[Level], one: Element) -> None:
    position = whole_number(one.get(tag("ilvl")), 0)
    if 0 <= position < LEVELS:
        restart = value_of(one, "lvlRestart")
        # A custom format stands beside its nearest plain one in an AlternateContent; the plain one is taken.
        formats = [found.get(tag("val"), "") for found in one.iter(tag("numFmt"))]
        plain = [found for found in formats if found and found != "custom"]
        levels[position] = Level(
            start=whole_number(value_of(one, "start"), 0 if one.find(tag("start")) is None else 1),
            number_format=plain[0] if plain else "decimal",
            text=value_of(one, "lvlText") or "",
            suffix=value_of(one, "suff") or "tab",
            restart=None if restart is None else whole_number(restart, 0),
            legal=is_on(one, "isLgl"),
            style=value_of(one, "pStyle"),
        )


def value_of(parent: Element | None, child: str) -> str | None:
    """The ``w:val`` of a child element, None when there is none."""
    found = parent.find(tag(child)) if parent is not None else None
    return found.get(tag("val")) if found is not None else None


def is_on(parent: Element | None, child: str) -> bool:
    """Whether a switch such as ``w:vanish`` is set; without a value it is."""
    found = parent.find(tag(child)) if parent is not None else None
    return found is not None and found.get(tag("val"), "true") not in {"0", "false", "off"}


def whole_number(written: str | None, otherwise: int) -> int:
    """A number of an attribute; ``otherwise`` when it is missing or none."""
    try:
        return int(written) if written is not None else otherwise
    except ValueError:
        return otherwise
