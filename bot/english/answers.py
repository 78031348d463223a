"""An answer with its quotations in English, each with the Chinese words that it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.english.asked_row import row_in_front
from bot.english.headings import holds_chinese, label_in_english, labelled
from bot.english.quoted_words import Rendered, heading_and_words, label_and_words, rendered
from bot.types import Answer, Answered, AnswerPart, AnswerSentence, CheckedFigure, Citation, Language, SentenceRole
from ingest.editions.types import Edition
from ingest.entitlements.wording import squeezed
from ingest.facts.figures import find_figures, supports
from ingest.types import Clause, Figure

_QUOTING = frozenset({SentenceRole.QUOTE, SentenceRole.OFFICE})


def in_english(answer: Answer, edition: Edition) -> Answer:
    """The answer to somebody who reads English, its quotations from the edition; any other answer as it is.

    A quotation without English, or whose English prints a figure that its Chinese does not bear out, stays as printed.
    Two quotations of one English sentence become one.
    """
    if answer.language is not Language.EN or not edition.sentences:
        return answer
    cited = tuple(_citation(citation, edition) for citation in answer.citations)
    if not isinstance(answer, Answered):
        return replace(answer, citations=cited)
    clauses = {citation.n: citation.clause for citation in answer.citations}
    sentences: list[AnswerSentence] = []
    places: dict[int, int] = {}  # where a sentence of the answer stands now
    seen: dict[str, int] = {}
    for number, sentence in enumerate(answer.sentences):
        said = _sentence(sentence, clauses, edition)
        if said.source_quote and said.source_quote in seen:
            places[number] = seen[said.source_quote]
            continue
        places[number] = len(sentences)
        if said.source_quote:
            seen[said.source_quote] = len(sentences)
        sentences.append(said)
    parts = tuple(_part(part, places) for part in answer.parts)
    return replace(answer, sentences=tuple(sentences), parts=parts, citations=cited)


def _citation(citation: Citation, edition: Edition) -> Citation:
    clause = citation.clause
    whole, title = edition.whole(clause.id), edition.titles.get(clause.document)
    return replace(citation, english=whole or "", document_english=title or "")


def _part(part: AnswerPart, places: Mapping[int, int]) -> AnswerPart:
    return replace(
        part, sentences=tuple(dict.fromkeys(places[number] for number in part.sentences if number in places))
    )


def _sentence(sentence: AnswerSentence, cited: Mapping[int, Clause], edition: Edition) -> AnswerSentence:
    if sentence.role not in _QUOTING or sentence.derived is not None or not holds_chinese(sentence.text):
        return sentence
    clauses = [cited[number] for number in sentence.citations if number in cited]
    label, words = label_and_words(sentence.text)
    heading, words = heading_and_words(words, clauses)
    found = rendered(sentence, words, clauses, edition) if holds_chinese(words) else []
    figures = _figures(found)
    if not found or figures is None:
        return sentence
    label = label_in_english(labelled(label, heading), clauses, edition)
    row = None if _is_verbatim(words, clauses) else row_in_front(sentence, words, found[0])
    if row is not None:
        figures = (row[1], *figures)
    text = " ".join(part for part in (label, row[0] if row else "", *(one.text for one in found)) if part)
    return replace(sentence, text=text, figures=figures, source_quote="\n".join(one.chinese for one in found))


def _is_verbatim(words: str, clauses: Sequence[Clause]) -> bool:
    return any(squeezed(words) in squeezed(clause.text) for clause in clauses)


def _figures(found: Sequence[Rendered]) -> tuple[CheckedFigure, ...] | None:
    """The figures of the English with the places of those they stand for; None when one stands for none."""
    checked: list[CheckedFigure] = []
    for one in found:
        for english in one.sentences:
            printed = [figure for figure in one.clause.figures if english.span.contains(figure.span)]
            for figure in find_figures(english.text):
                own = _borne_out(figure, printed)
                if own is None:
                    return None
                checked.append(CheckedFigure(figure.text, one.clause.id, one.clause.in_source(own.span)))
    return tuple(checked)


def _borne_out(figure: Figure, printed: Sequence[Figure]) -> Figure | None:
    return next((own for own in printed if supports(own, figure)), None)
