"""Puts the sentences of an edition beside those of a corpus; what changed loses its English and is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from ingest.editions.checks import differs
from ingest.editions.types import (
    ClauseTranslation,
    Edition,
    EditionFiles,
    EnglishSentence,
    TranslatedDocument,
    Translation,
)
from ingest.entitlements.wording import squeezed
from ingest.normalise import match_form
from ingest.sentences import Sentence
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, PolicyDocument

_Held: TypeAlias = tuple[list[PolicyDocument], list[Clause]]
_SHOWN = 40  # characters of a quote in a message
# Reading every sentence takes seconds, and an edition is attached when an index is built and again when it is opened.
_differences = lru_cache(8_192)(differs)
_ANOTHER_VERSION = 0.5  # of a file's sentences; with fewer standing it was made from another text


@dataclass(slots=True)
class _Attached:
    sentences: dict[str, tuple[EnglishSentence, ...]] = field(default_factory=dict[str, tuple[EnglishSentence, ...]])
    incomplete: set[str] = field(default_factory=set[str])
    titles: dict[str, str] = field(default_factory=dict[str, str])
    headings: dict[str, str] = field(default_factory=dict[str, str])
    unaccepted: set[str] = field(default_factory=set[str])
    faults: list[Sentence] = field(default_factory=list[Sentence])


def attach_edition(files: EditionFiles, documents: Sequence[PolicyDocument], clauses: Iterable[Clause]) -> Edition:
    """The English of every clause whose sentences stand as the files have them.

    Nothing is raised. Left out and named are: a file of a document that is not there or was made from another version,
    a sentence whose Chinese changed or whose English says another figure, class, level, bound or negation, and a clause
    of which only a part was ever translated.
    """
    found = _Attached(faults=list(files.faults))
    held = _clauses_by_title(documents, clauses if files.documents else ())
    for file in files.documents:
        own = held.get(match_form(file.document))
        if own is None:
            found.faults.append(Sentence("ingest.edition_of_no_document", name=file.file, document=file.document))
        else:
            _attach_document(file, own[0], own[1], found)
    return Edition(
        sentences=found.sentences,
        incomplete=frozenset(found.incomplete),
        titles=found.titles,
        headings=found.headings,
        names=files.names,
        unaccepted=frozenset(found.unaccepted),
        faults=tuple(found.faults),
        digest=files.digest,
    )


def _clauses_by_title(documents: Sequence[PolicyDocument], clauses: Iterable[Clause]) -> Mapping[str, _Held]:
    held: dict[str, _Held] = {}
    of: dict[str, list[Clause]] = {}
    for document in documents:
        nothing: _Held = ([], [])
        own = held.setdefault(match_form(document.title), nothing)
        own[0].append(document)
        of[document.id] = own[1]
    for clause in clauses:
        of[clause.document].append(clause)
    return held


def _attach_document(
    file: TranslatedDocument, documents: Sequence[PolicyDocument], clauses: Sequence[Clause], found: _Attached
) -> None:
    printed = {squeezed(span.of(clause.text)) for clause in clauses for span in split_sentences(clause.text)}
    translated = [sentence for clause in file.clauses for sentence in clause.sentences]
    standing = [sentence for sentence in translated if squeezed(sentence.source) in printed]
    if len(standing) < _ANOTHER_VERSION * len(translated):
        found.faults.append(Sentence("ingest.edition_of_another_version", name=file.file, document=file.document))
        return
    english = _checked(file, standing, found)
    if differences := _differences(file.document, file.title):
        found.faults.append(_differs(file, file.document, differences))
    else:
        found.titles |= {document.id: file.title for document in documents}
    if not file.accepted:
        found.unaccepted |= {document.id for document in documents}
    headings = {squeezed(heading): heading for clause in clauses for heading in clause.path}
    for heading, text in file.headings.items():
        _heading(file, heading, text, headings, found)
    by_sentence = _clauses_by_sentence(file.clauses)
    for clause in clauses:
        _attach_clause(file, clause, english, by_sentence, found)
    for sentence in translated:
        if squeezed(sentence.source) not in printed:
            found.faults.append(
                Sentence("ingest.english_stands_nowhere", name=file.file, words=_short(sentence.source))
            )


def _checked(file: TranslatedDocument, standing: Sequence[Translation], found: _Attached) -> Mapping[str, str]:
    """English by the Chinese sentence without blanks, of those that say the same."""
    english: dict[str, str] = {}
    for sentence in standing:
        differences = _differences(sentence.source, sentence.text)
        if differences:
            found.faults.append(_differs(file, sentence.source, differences))
        else:
            english[squeezed(sentence.source)] = sentence.text
    return english


def _heading(file: TranslatedDocument, heading: str, text: str, printed: Mapping[str, str], found: _Attached) -> None:
    differences = _differences(heading, text)
    if squeezed(heading) not in printed:
        found.faults.append(Sentence("ingest.english_stands_nowhere", name=file.file, words=_short(heading)))
    elif differences:
        found.faults.append(_differs(file, heading, differences))
    else:
        found.headings[squeezed(heading)] = text


def _differs(file: TranslatedDocument, words: str, differences: Sequence[Sentence]) -> Sentence:
    return Sentence("ingest.english_differs", name=file.file, words=_short(words), what=differences[0])


def _clauses_by_sentence(clauses: Sequence[ClauseTranslation]) -> Mapping[str, ClauseTranslation]:
    """The longest record that a sentence stands in."""
    longest: dict[str, ClauseTranslation] = {}
    for clause in clauses:
        for sentence in clause.sentences:
            key = squeezed(sentence.source)
            if key not in longest or len(longest[key].sentences) < len(clause.sentences):
                longest[key] = clause
    return longest


def _attach_clause(
    file: TranslatedDocument,
    clause: Clause,
    english: Mapping[str, str],
    by_sentence: Mapping[str, ClauseTranslation],
    found: _Attached,
) -> None:
    spans = split_sentences(clause.text)
    keys = [squeezed(span.of(clause.text)) for span in spans]
    held = tuple(EnglishSentence(span, english[key]) for span, key in zip(spans, keys, strict=True) if key in english)
    if len(held) == len(spans):
        found.sentences[clause.id] = held
        return
    found.incomplete.add(clause.id)
    meant = max((len(by_sentence[key].sentences) for key in keys if key in by_sentence), default=0)
    if 0 < meant < len(spans):  # it was never translated whole
        found.faults.append(Sentence("ingest.half_a_clause_translated", name=file.file, words=_short(clause.text)))
    elif held:
        found.sentences[clause.id] = held


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
