"""Answers as JSON, in the form other programs read (``python -m bot ask --json``, ``POST /api/ask``)."""

from __future__ import annotations

from collections.abc import Iterable

from bot.service.wording import lines, mark
from bot.types import (
    Answer,
    Answered,
    AnswerKind,
    AnswerPart,
    AnswerSentence,
    CheckedFigure,
    Citation,
    Language,
    Operation,
    Table,
)
from ingest.service.cards import ServiceCard
from ingest.structure.pages import page_of


def answer_json(answer: Answer) -> dict[str, object]:
    """One answer. ``document`` is a title; ``start`` and ``end`` count characters of the source file."""
    answered = isinstance(answer, Answered)
    return {
        "status": "answered" if answered else "declined",
        "reason": None if answered else answer.reason.value,
        "kind": answer.kind.value if answered else AnswerKind.ANSWER.value,
        "answer": answer.body,
        "parts": [_part(part) for part in answer.parts],
        "sentences": [sentence_json(sentence) for sentence in answer.sentences] if answered else [],
        "citations": [_citation(citation, answer) for citation in answer.citations],
        "tables": [_table(table) for table in answer.tables] if answered else [],
        "questions": list(answer.questions) if answered else [],
        "notices": list(answer.notices),
        "service": [_service(card, answer.language) for card in answer.service],
        "standalone": answer.standalone,
        "read_as": [{"typed": one.typed, "read": one.read} for one in answer.read_as],
        "language": answer.language.value,
        "as_of": answer.question.as_of.isoformat(),
        "took_ms": answer.took_ms,
    }


def _service(card: ServiceCard, language: Language) -> dict[str, object]:
    """A card with the fields that it tells, in the language of the answer; ``mark`` says whose word it is."""
    told = {line.field: line.text for line in lines(card, language)}
    return {"document": card.document, "words": card.words, **told, "mark": mark(language)}


def _part(part: AnswerPart) -> dict[str, object]:
    return {
        "question": part.question,
        "status": part.status.value,
        "verdict": part.verdict,
        "sentences": list(part.sentences),
    }


def sentence_json(sentence: AnswerSentence) -> dict[str, object]:
    """One sentence of the body; of a count also what was counted, of an estimate its factors."""
    form: dict[str, object] = {
        "text": sentence.text,
        "role": sentence.role.value,
        "citations": list(sentence.citations),
        "figures": _figures(sentence.figures),
    }
    if sentence.source_quote:
        form["source_quote"] = sentence.source_quote
    if sentence.marks:
        form["marks"] = [{"at": at, "n": n} for at, n in sentence.marks]
    if sentence.counted:
        form["counted"] = list(sentence.counted)
    if sentence.derived is not None:
        operation = sentence.derived.operation
        form["derived"] = {
            "text": sentence.derived.text,
            "quantity": sentence.derived.quantity,
            "unit_price": _figures([sentence.derived.unit_price])[0],
            **({} if operation is Operation.TIMES else {"operation": operation.value}),
        }
    return form


def _figures(figures: Iterable[CheckedFigure]) -> list[dict[str, object]]:
    return [
        {"text": figure.text, "clause_id": figure.clause_id, "start": figure.span.start, "end": figure.span.end}
        for figure in figures
    ]


def _table(table: Table) -> dict[str, object]:
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [
            [{"text": cell.text, "citations": list(cell.citations), "figures": _figures(cell.figures)} for cell in row]
            for row in table.rows
        ],
    }


def _citation(citation: Citation, answer: Answer) -> dict[str, object]:
    clause = citation.clause
    in_english = {"english": citation.english, "document_english": citation.document_english}
    return {
        **{key: words for key, words in in_english.items() if words},
        "n": citation.n,
        "clause_id": clause.id,
        "document": citation.document_title,
        "address": clause.address,
        "page": citation.page,
        "quotes": [quote.of(clause.text) for quote in citation.quotes],
        "quote_pages": [page_of(clause, quote) for quote in citation.quotes],
        "text": clause.text,
        "level": clause.level,
        "path": list(clause.path),
        "validity": (citation.holds or clause.validity).standing(answer.question.as_of).value,
        "departments": list(clause.departments),
        "why": citation.why,
        "start": clause.span.start,
        "end": clause.span.end,
    }
