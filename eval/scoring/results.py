"""One line of ``results.jsonl``: what was found for a question and what was answered, as read back from disk.

The line is ``{"id", "retrieved": [{"clause_id", "text"}…], "answer": {…}}``. ``answer`` is null when only search
was run; a question that crashed has ``"error"`` besides, one whose turns were asked one by one has ``"turns"``: the answers to
those before the last, null where none was asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ingest.errors import EvaluationUnusable


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A clause found, best first."""

    clause_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause the answer cites, and the words it quotes from it."""

    n: int
    clause_id: str
    document: str
    address: str
    page: int | None
    text: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What an estimate says it was worked out from: its product, the quantity asked about, the printed unit price.

    Of a difference, the two printed amounts.
    """

    product: str
    quantity: str
    unit_price: str
    is_difference: bool = False
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body and the numbers of the citations it rests on; of an estimate also its factors.

    Of a count, ``counted`` names what was counted.
    """

    text: str
    citations: tuple[int, ...]
    worked_out: WorkedOut | None = None
    role: str = "quote"
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the question: what became of it, and the places of the sentences that answer it."""

    question: str
    status: str  # answered, partly or not_found
    verdict: str | None
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as ``bot ask --json`` gives it."""

    declined: bool
    reason: str | None
    body: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Cited, ...]
    notices: tuple[str, ...]
    took_ms: float
    kind: str = "answer"
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What happened to one question."""

    id: str
    retrieved: tuple[Retrieved, ...]
    given: Given | None
    error: str | None = None
    turns: tuple[Given | None, ...] = ()  # the answers to the turns before the last, where they were asked one by one


def read_results(path: Path) -> Iterator[Result]:
    """The results of a run, one at a time.

    Raises EvaluationUnusable with file and row for a missing file or a row that is no result.
    """
    if not path.is_file():
        raise EvaluationUnusable("eval.no_results_file", path=path, folder=path.parent)
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            yield _result(line, path, number)


def result_from_row(row: Mapping[str, Any]) -> Result:
    """A result from one row. Raises KeyError, TypeError, AttributeError or ValueError when the row has another form."""
    answer: Mapping[str, Any] | None = row["answer"]
    return Result(
        id=str(row["id"]),
        retrieved=tuple(Retrieved(str(item["clause_id"]), str(item["text"])) for item in row["retrieved"]),
        given=None if answer is None else _given(answer),
        error=cast("str | None", row.get("error")),
        turns=tuple(None if turn is None else _given(turn) for turn in row.get("turns", ())),
    )


def _result(line: str, path: Path, number: int) -> Result:
    try:
        return result_from_row(json.loads(line))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise EvaluationUnusable("eval.row_of_another_version", path=path, number=number) from error


def _given(answer: Mapping[str, Any]) -> Given:
    return Given(
        declined=answer["status"] == "declined",
        reason=answer["reason"],
        body=str(answer["answer"]),
        sentences=tuple(_sentence(item) for item in answer["sentences"]),
        citations=tuple(_cited(item) for item in answer["citations"]),
        notices=tuple(str(notice) for notice in answer["notices"]),
        took_ms=float(answer["took_ms"]),
        kind=str(answer.get("kind", "answer")),
        parts=tuple(_part(item) for item in answer.get("parts", ())),
    )


def _sentence(item: Mapping[str, Any]) -> Sentence:
    derived = item.get("derived")
    factors = None
    if derived is not None:
        factors = WorkedOut(
            str(derived["text"]),
            str(derived["quantity"]),
            str(derived["unit_price"]["text"]),
            is_difference=derived.get("operation") == "less",
            is_sum=derived.get("operation") == "plus",
        )
    return Sentence(
        text=str(item["text"]),
        citations=tuple(item["citations"]),
        worked_out=factors,
        role=str(item.get("role", "quote")),
        counted=tuple(str(one) for one in item.get("counted", ())),
    )


def _part(item: Mapping[str, Any]) -> Part:
    verdict = item["verdict"]
    return Part(
        str(item["question"]),
        str(item["status"]),
        None if verdict is None else str(verdict),
        tuple(int(place) for place in item["sentences"]),
    )


def _cited(item: Mapping[str, Any]) -> Cited:
    return Cited(
        n=int(item["n"]),
        clause_id=str(item["clause_id"]),
        document=str(item["document"]),
        address=str(item["address"]),
        page=item["page"],
        text=str(item["text"]),
        quotes=tuple(str(quote) for quote in item["quotes"]),
    )
