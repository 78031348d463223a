"""What paragraph and character styles of a DOCX decide: heading rank, automatic number, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.readers.docx.numbering import is_on, value_of, whole_number
from ingest.readers.docx.package import Element, tag

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "标题"})
_BODY_TEXT = 9  # the outline level that means "no heading"


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by their id, and the paragraph style of paragraphs that name none."""

    by_id: dict[str, Element] = field(default_factory=dict[str, Element])
    usual: str | None = None

    @classmethod
    def parse(cls, root: Element | None) -> Styles:
        """From ``styles.xml``."""
        if root is None:
            return cls()
        by_id = {one.get(tag("styleId"), ""): one for one in root.iterchildren(tag("style"))}
        usual = (
            style
            for style, one in by_id.items()
            if one.get(tag("type")) == "paragraph" and one.get(tag("default")) in {"1", "true", "on"}
        )
        return cls(by_id, next(usual, None))

    def numbering_styles(self) -> dict[str, str]:
        """The list of each numbering style."""
        found: dict[str, str] = {}
        for style, one in self.by_id.items():
            number = value_of(_list_properties(one), "numId")
            if one.get(tag("type")) == "numbering" and number is not None:
                found[style] = number
        return found

    def rank(self, properties: Element | None) -> int | None:
        """Heading rank from 1 of a paragraph with these properties; its own outline level goes before its style."""
        own = value_of(properties, "outlineLvl")
        if own is not None:
            return _rank(own)
        for one in self._chain(self.of_paragraph(properties)):
            level = value_of(one.find(tag("pPr")), "outlineLvl")
            if level is not None:
                return _rank(level)
            name = (value_of(one, "name") or "").strip().lower()
            if name in _TITLE_NAMES:
                return 1
            if match := _HEADING_NAME.fullmatch(name):
                return int(match[1])
        return None

    def list_of(self, properties: Element | None) -> tuple[str, int | None, str | None] | None:
        """(list, level, style it comes from) of a paragraph: its own, else its style's. List "0" takes one away."""
        own = properties.find(tag("numPr")) if properties is not None else None
        level = value_of(own, "ilvl")
        if (number := value_of(own, "numId")) is not None:
            return (number, whole_number(level, 0), None) if number != "0" else None
        for style, one in self._named_chain(self.of_paragraph(properties)):
            listed = _list_properties(one)
            number = value_of(listed, "numId")
            if number is not None:
                inherited = level if level is not None else value_of(listed, "ilvl")
                return (
                    (number, None if inherited is None else whole_number(inherited, 0), style)
                    if number != "0"
                    else None
                )
        return None

    def is_hidden(self, run_properties: Element | None) -> bool:
        """Whether text with these properties is hidden; its own switch goes before its style's."""
        if run_properties is None:
            return False
        if run_properties.find(tag("vanish")) is not None:
            return is_on(run_properties, "vanish")
        style = value_of(run_properties, "rStyle")
        return any(is_on(one.find(tag("rPr")), "vanish") for one in self._chain(style))

    def hides(self, properties: Element | None) -> bool:
        """Whether the style of a paragraph hides its text."""
        return any(is_on(one.find(tag("rPr")), "vanish") for one in self._chain(self.of_paragraph(properties)))

    def of_paragraph(self, properties: Element | None) -> str | None:
        """The style of a paragraph."""
        return value_of(properties, "pStyle") or self.usual

    def _chain(self, style: str | None) -> Iterator[Element]:
        return (one for _, one in self._named_chain(style))

    def _named_chain(self, style: str | None) -> Iterator[tuple[str, Element]]:
        """A style and those it is based on; a circle ends where it closes."""
        seen: set[str] = set()
        while style is not None and style not in seen and style in self.by_id:
            seen.add(style)
            yield style, self.by_id[style]
            style = value_of(self.by_id[style], "basedOn")


def _list_properties(style: Element) -> Element | None:
    properties = style.find(tag("pPr"))
    return properties.find(tag("numPr")) if properties is not None else None


def _rank(outline_level: str) -> int | None:
    level = whole_number(outline_level, _BODY_TEXT)
    return level + 1 if 0 <= level < _BODY_TEXT else None
