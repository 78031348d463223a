"""Which words of a clause a sentence of an answer quotes, and what the edition has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.types import AnswerSentence
from ingest.editions.types import Edition, EnglishSentence
from ingest.entitlements.wording import squeezed
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Span

_LABEL = re.compile(r"^\s*(〔[^〔〕]*〕)?\s*")
_GLOSS = re.compile(r"\s*\([^()]*\)\s*$")  # the amounts in English behind a Chinese quotation
_QUOTED = re.compile(r"^“(.*)”$", re.DOTALL)
_TRIMMED = "。；;： "
FEWEST_QUOTED = 4  # characters; fewer stand in many places


@dataclass(frozen=True, slots=True)
class Rendered:
    """The English of what a sentence quotes: sentences of one clause, and the Chinese they stand for."""

    clause: Clause
    sentences: tuple[EnglishSentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text.strip() for sentence in self.sentences)

    @property
    def chinese(self) -> str:
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end).of(self.clause.text).strip()


def label_and_words(text: str) -> tuple[str, str]:
    """The label in front of a sentence, "" without one, and the Chinese words that it quotes."""
    label = _LABEL.match(text)
    front = (label[1] or "") if label else ""
    words = text[label.end() :].strip() if label else text.strip()
    if words.startswith("“") and not words.endswith("”"):
        words = _GLOSS.sub("", words)
    quoted = _QUOTED.match(words)
    return front, (quoted[1] if quoted else words).strip()


def heading_and_words(words: str, clauses: Sequence[Clause]) -> tuple[str, str]:
    """The heading of a clause that a quotation begins with and a colon sets apart, "" without one, and the rest."""
    heading, colon, rest = words.partition("：")
    known = {squeezed(part) for clause in clauses for part in clause.path}
    if colon and rest.strip() and squeezed(heading) in known:
        return heading, rest.strip()
    return "", words


def rendered(sentence: AnswerSentence, words: str, clauses: Sequence[Clause], edition: Edition) -> list[Rendered]:
    """The English of every clause that ``words`` are taken from; empty unless all of them have it.

    Words that stand nowhere as they are, as a row put together from an enumeration, lead by their figures to the
    sentences that print them.
    """
    found: dict[str, set[EnglishSentence]] = {}
    for piece in _pieces(words):
        place = _place(piece, clauses)
        if place is None:
            by_figures = _by_figures(sentence, clauses, edition)
            return _in_order(by_figures, clauses) if by_figures else []
        clause, span = place
        english = edition.of_span(clause.id, span)
        if not english:
            return []
        found.setdefault(clause.id, set()).update(english)
    return _in_order(found, clauses)


def _pieces(words: str) -> Iterator[str]:
    """The sentences of a quotation, each without what only ends it."""
    for span in split_sentences(words):
        piece = span.of(words).strip(_TRIMMED)
        if piece:
            yield piece


def _place(piece: str, clauses: Sequence[Clause]) -> tuple[Clause, Span] | None:
    wanted = squeezed(piece)
    if len(wanted) < FEWEST_QUOTED:
        return None
    for clause in clauses:
        start = squeezed(clause.text).find(wanted)
        if start >= 0:
            positions = [place for place, sign in enumerate(clause.text) if not sign.isspace()]
            return clause, Span(positions[start], positions[start + len(wanted) - 1] + 1)
    return None


def _by_figures(
    sentence: AnswerSentence, clauses: Sequence[Clause], edition: Edition
) -> dict[str, set[EnglishSentence]]:
    found: dict[str, set[EnglishSentence]] = {}
    by_id = {clause.id: clause for clause in clauses}
    for figure in sentence.figures:
        clause = by_id.get(figure.clause_id)
        if clause is None:
            return {}
        for english in edition.sentences.get(clause.id, ()):
            if clause.in_source(english.span).contains(figure.span):
                found.setdefault(clause.id, set()).add(english)
                break
        else:
            return {}
    return found


def _in_order(found: dict[str, set[EnglishSentence]], clauses: Sequence[Clause]) -> list[Rendered]:
    """A run of neighbouring sentences each; between two that are not neighbours nothing is put."""
    ordered: list[Rendered] = []
    for clause in clauses:
        run: list[EnglishSentence] = []
        for english in sorted(found.get(clause.id, ()), key=lambda english: english.span):
            if run and run[-1].span.end != english.span.start:
                ordered.append(Rendered(clause, tuple(run)))
                run = []
            run.append(english)
        if run:
            ordered.append(Rendered(clause, tuple(run)))
    return ordered
