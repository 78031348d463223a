"""An English edition: what its files say, and what of it stands beside the text of a corpus.

The Chinese prevails. All Chinese words in a file are verbatim; a file knows neither clause ids nor offsets.
:mod:`ingest.editions.attach` finds where its sentences stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.sentences import Sentence
from ingest.types import Span

MODEL = "model:"  # how the maker of a translation that a program made is written


# ── In files ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Translation:
    """One sentence: ``source`` as the policy prints it, ``text`` in English."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseTranslation:
    """The sentences of one clause in their order."""

    sentences: tuple[Translation, ...]


@dataclass(frozen=True, slots=True)
class TranslatedDocument:
    """One file: a document's title, headings and clauses. ``by`` made it, a person or "model:NAME"."""

    file: str  # its name, for messages
    document: str
    title: str
    headings: Mapping[str, str]
    clauses: tuple[ClauseTranslation, ...]
    by: str = ""
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class EditionFiles:
    """What the files of a corpus say. ``names`` are offices and programmes; ``digest`` is a sha256 over names and bytes."""

    documents: tuple[TranslatedDocument, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    faults: tuple[Sentence, ...] = ()
    digest: str = ""


# ── Beside a corpus ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class EnglishSentence:
    """A sentence of a clause in English. ``span`` is where its Chinese stands in the clause's text."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The English that stands beside the clauses of a corpus. What changed or failed a check is in ``faults``, not in it."""

    sentences: Mapping[str, tuple[EnglishSentence, ...]] = field(
        default_factory=dict[str, tuple[EnglishSentence, ...]]
    )  # by clause id, in the order of the clause
    incomplete: frozenset[str] = frozenset()  # ids of clauses of which a sentence has no English
    titles: Mapping[str, str] = field(default_factory=dict[str, str])  # by id of the document
    headings: Mapping[str, str] = field(default_factory=dict[str, str])  # by the heading without blanks
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    unaccepted: frozenset[str] = frozenset()  # ids of documents whose English a machine made and nobody accepted
    faults: tuple[Sentence, ...] = ()
    digest: str = ""

    def whole(self, clause: str) -> str | None:
        """A clause in English, its sentences one after another; None unless every sentence has it."""
        if clause in self.incomplete or clause not in self.sentences:
            return None
        return " ".join(sentence.text for sentence in self.sentences[clause])

    def of_span(self, clause: str, span: Span) -> tuple[EnglishSentence, ...]:
        """The sentences of a clause that a span touches; empty when one of them has no English."""
        touched = tuple(
            sentence
            for sentence in self.sentences.get(clause, ())
            if sentence.span.start < span.end and span.start < sentence.span.end
        )
        covered = bool(touched) and touched[0].span.start <= span.start and span.end <= touched[-1].span.end
        joined = all(a.span.end == b.span.start for a, b in pairwise(touched))
        return touched if covered and joined else ()
