"""Paragraphs read as one text, a line each, and the way back from a place in it to the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.types import Paragraph, Span


@dataclass(frozen=True, slots=True)
class JoinedLines:
    """``text`` is the paragraphs joined by line ends; ``starts`` says where each of them begins in it."""

    text: str
    starts: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph]) -> JoinedLines:
        """Joins them in their order."""
        starts: list[int] = []
        position = 0
        for paragraph in paragraphs:
            starts.append(position)
            position += len(paragraph.text) + 1
        return cls("\n".join(paragraph.text for paragraph in paragraphs), tuple(starts), tuple(paragraphs))

    def paragraph_at(self, position: int) -> Paragraph:
        """The paragraph a position of ``text`` belongs to."""
        return self.paragraphs[bisect_right(self.starts, position) - 1]

    def in_source(self, span: Span) -> Span | None:
        """The span of the source from the first to the last character of a span of ``text``; None for an empty one."""
        if not len(span):
            return None
        return Span(self._offset(span.start), self._offset(span.end - 1) + 1)

    def place_of(self, words: str | None) -> Span | None:
        """Where ``words`` stand as they are, else with blanks between their characters; None when they do not stand."""
        if not words:
            return None
        if (start := self.text.find(words)) >= 0:
            return self.in_source(Span(start, start + len(words)))
        pattern = r"\s*".join(re.escape(letter) for letter in words if not letter.isspace())
        match = re.search(pattern, self.text)
        return self.in_source(Span(match.start(), match.end())) if match else None

    def _offset(self, position: int) -> int:
        number = bisect_right(self.starts, position) - 1
        inside = min(position - self.starts[number], len(self.paragraphs[number].text) - 1)
        for piece in self.paragraphs[number].pieces:
            if inside < len(piece):
                return piece.start + inside
            inside -= len(piece)
        return self.paragraphs[number].pieces[-1].end - 1
