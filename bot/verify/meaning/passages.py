"""The sentences of a clause, each with what leads into it: what a sentence of an answer can rest on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.verify.meaning.plain_text import plain
from bot.verify.meaning.types import Source
from ingest.facts.figures import find_figures
from ingest.normalise import match_form, to_simplified
from ingest.structure.groups import is_lead_in
from ingest.structure.sentences import split_sentences
from ingest.types import Figure

_BLANK = re.compile(r"\s+")
REMEMBERED = 2_048  # clauses


@dataclass(frozen=True, slots=True)
class Passage:
    """A printed sentence. ``around`` are headings, title and the sentences that lead into it."""

    text: str  # simplified, as printed; of the edition in English
    bare: str  # its Chinese in the form in which texts are compared
    around: str  # the same
    figures: tuple[Figure, ...]  # spans count in ``text``
    level: str | None
    english: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """All that a sentence may rest on: the passages of its clauses, Chinese and English."""

    sources: tuple[Source, ...]
    passages: tuple[Passage, ...]
    english: tuple[Passage, ...]

    @property
    def scope(self) -> str:
        """Everything in Chinese, headings included, in the form in which texts are compared."""
        return "\0".join(part for one in self.passages for part in (one.bare, one.around))

    @property
    def english_scope(self) -> str:
        return "\n".join([*(one.text for one in self.english), *(source.english_title for source in self.sources)])

    @property
    def figures(self) -> list[tuple[Figure, Passage]]:
        return [(figure, one) for one in (*self.passages, *self.english, *self.heads) for figure in one.figures]

    @property
    def heads(self) -> list[Passage]:
        """The titles and headings, which print figures as well."""
        words = ["；".join((source.title, *source.clause.path, *source.told)) for source in self.sources]
        return [replace(_english(one, one), english=False) for one in words]


def printed_by(sources: Sequence[Source]) -> Printed:
    """The passages of the clauses of ``sources``."""
    return Printed(
        tuple(sources),
        tuple(one for source in sources for one in _passages_of(source)),
        tuple(_english(chinese, text) for source in sources for chinese, text in source.english),
    )


def bare(text: str) -> str:
    """``text`` in the form in which texts are compared."""
    return _BLANK.sub("", match_form(text))


def _passages_of(source: Source) -> tuple[Passage, ...]:
    clause = source.clause
    return _passages(clause.text, clause.level, (source.title, *clause.path, clause.address, *source.told))


@lru_cache(REMEMBERED)
def _passages(clause: str, level: str | None, heads: tuple[str, ...]) -> tuple[Passage, ...]:
    leads: list[str] = []
    made: list[Passage] = []
    for span in split_sentences(clause):
        text = plain(to_simplified(span.of(clause)))
        made.append(Passage(text, bare(text), bare("\0".join([*heads, *leads])), find_figures(text), level))
        if is_lead_in(text):
            leads.append(text)
    return tuple(made)


@lru_cache(REMEMBERED)
def _english(chinese: str, text: str) -> Passage:
    read = plain(text)
    return Passage(read, bare(plain(chinese)), "", find_figures(read), None, english=True)
