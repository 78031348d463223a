"""The sentences of the benchmark: one true sentence a line, with what was made untrue of it, and the clause it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.errors import EvaluationUnusable
from ingest.normalise import match_form
from ingest.types import Clause, Corpus

SENTENCES = Path(__file__).parent
SHORTEST_SHARED = 9  # characters of a quote that identify the clause it begins or ends in


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    lang: Literal["zh", "en"]
    doc: str
    quote: str
    doc2: str | None = None
    quote2: str | None = None
    question: str | None = None
    free: bool
    sentence: str
    untrue: tuple[Annotated[tuple[str, str | None, str], Field()], ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence and whether it is true of ``clauses``. ``kind`` is what was made untrue; "" of a true one."""

    id: str
    text: str
    kind: str
    language: str
    free: bool
    question: str
    clauses: tuple[Clause, ...]


def read_sayings(files: Sequence[Path], corpus: Corpus) -> list[Saying]:
    """The sentences of ``files``, those without a clause in ``corpus`` left out. Raises EvaluationUnusable."""
    places = _Places(corpus)
    return [saying for file in files for row in _rows(file) for saying in _sayings(row, places)]


def benchmark_files() -> list[Path]:
    """The sentences that come with the project."""
    return sorted(SENTENCES.glob("*.jsonl"))


def _rows(file: Path) -> Iterator[_Row]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationUnusable("eval.truth_unreadable", file=file, reason=str(error)) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _Row.model_validate(json.loads(line))
        except (ValidationError, json.JSONDecodeError) as error:
            raise EvaluationUnusable(
                "eval.truth_line", file=file, line=number, reason=str(error).splitlines()[0]
            ) from error


def _sayings(row: _Row, places: _Places) -> Iterator[Saying]:
    clauses = tuple(dict.fromkeys([*places.of(row.doc, row.quote), *places.of(row.doc2, row.quote2)]))
    if not clauses:
        return
    rest = (row.lang, row.free, row.question or "", clauses)
    yield Saying(row.id, row.sentence, "", *rest)
    for number, (kind, old, new) in enumerate(row.untrue, start=1):
        text = new if old is None else row.sentence.replace(old, new, 1)
        yield Saying(f"{row.id}#{number}", text, kind, *rest)


class _Places:
    """Where quotes stand."""

    def __init__(self, corpus: Corpus) -> None:
        self._clauses = [
            (match_form(corpus.document_of(clause).title), clause, match_form(clause.text)) for clause in corpus.clauses
        ]

    def of(self, document: str | None, quote: str | None) -> list[Clause]:
        """The clause of a document that holds a quote, or most of it; else that of any document."""
        if not quote:
            return []
        words, title = match_form(quote), match_form(document or "")
        own = [(clause, text) for name, clause, text in self._clauses if name == title]
        for some in (own, [(clause, text) for _, clause, text in self._clauses]):
            if found := next((clause for clause, text in some if words in text), None):
                return [found]
        return _holding_most(words, own) or [clause for clause, _ in own[:1]]  # the quote is the title itself


def _holding_most(words: str, clauses: Iterable[tuple[Clause, str]]) -> list[Clause]:
    """The clause with the longest stretch of a quote that reaches over the edge of clauses."""
    some = list(clauses)
    for length in range(len(words), SHORTEST_SHARED, -1):
        stretches = [words[at : at + length] for at in range(len(words) - length + 1)]
        for clause, text in some:
            if any(stretch in text for stretch in stretches):
                return [clause]
    return []
