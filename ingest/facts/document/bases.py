"""The documents that one carries out, as its opening names them: 为贯彻落实《…》（…号）, 根据《…》，制定本办法."""

from __future__ import annotations

import re
from functools import cache

from ingest.facts.document.predecessors import LIST, Predecessor, documents_named
from ingest.facts.numerals import narrow
from ingest.types import Span
from ingest.vocabulary.documents import document_words
from ingest.vocabulary.wordings import either

BETWEEN = 24  # characters between the word that says so and the first title
_SENTENCE = re.compile(r"[^。]+。?")


def bases(opening: str) -> tuple[Predecessor, ...]:
    """The documents that ``opening`` says its own one carries out, each once.

    A sentence counts only when it goes on to say that something is set down for it: what an opening mentions besides
    is no basis.
    """
    found: dict[tuple[str | None, str | None], Predecessor] = {}
    narrowed = narrow(opening)
    for sentence in _SENTENCE.finditer(narrowed):
        for match in _named().finditer(narrowed, *sentence.span()):
            if _set_down().search(narrowed, match.end(), sentence.end()) is None:
                continue
            for one in documents_named(opening, Span(*match.span("list"))):
                found.setdefault((one.title, one.number), one)
    return tuple(found.values())


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"{either(document_words().carries_out)}[^。；《》〔〕]{{0,{BETWEEN}}}?(?P<list>{LIST})")


@cache
def _set_down() -> re.Pattern[str]:
    return re.compile(either(document_words().sets_down))
