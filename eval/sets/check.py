"""Is a question set sound? Every quote in the corpus, every answer inside its evidence, every field known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from eval.cases.case_files import read_rows
from eval.cases.cases import DRAFT, EVIDENCE_FIELDS, FIELDS, Case, RowError, case_from_row, row_from_case
from eval.scoring.metrics import points_said, squeeze
from eval.scoring.scoring import Yardstick
from ingest.errors import EvaluationUnusable
from ingest.sentences import Sentence
from ingest.types import Corpus

SHORTEST_QUOTE = 6
"""Characters. A shorter quote stands in so many clauses that it proves nothing."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one row. A fault makes the row useless; the rest is for a person to look at."""

    row: int
    id: str
    is_fault: bool
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A question set looked at: how many questions, how often each quote stands in a clause, what is wrong."""

    questions: int
    quotes: int
    quotes_standing_once: int
    remarks: tuple[Remark, ...]

    @property
    def faults(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.is_fault)


def check(path: Path, corpus: Corpus) -> Checked:
    """Check one question set against a corpus; all faults are collected, none stops the check.

    Raises EvaluationUnusable when the file cannot be read as a table of rows at all.
    """
    stick = Yardstick(corpus)
    remarks: list[Remark] = []
    places: list[int] = []
    first_row: dict[str, int] = {}
    questions = 0
    for number, row in read_rows(path):
        questions += 1
        identity = _printable(str(row.get("id", "")))
        try:
            case = case_from_row(row)
        except RowError as fault:
            remarks.append(Remark(number, identity, True, str(fault)))
            continue
        if case.id in first_row:
            remarks.append(Remark(number, case.id, True, Sentence("eval.id_twice_in_set", row=first_row[case.id])))
        first_row.setdefault(case.id, number)
        counts = [len(holders) for holders in stick.holders(case)]
        places.extend(counts)
        remarks.extend(_remarks(number, row, case, counts, stick))
    return Checked(questions, len(places), sum(count == 1 for count in places), tuple(remarks))


def remarks_on(case: Case, stick: Yardstick, row: int) -> tuple[Remark, ...]:
    """What :func:`check` says of one question that is to stand in ``row``."""
    counts = [len(holders) for holders in stick.holders(case)]
    return tuple(_remarks(row, row_from_case(case), case, counts, stick))


def fault_of(case: Case, stick: Yardstick, row: int = 1) -> str:
    """The first fault of one question, for which no set takes it; empty when there is none."""
    return next((remark.message for remark in remarks_on(case, stick, row) if remark.is_fault), "")


Message = tuple[bool, str]


def _remarks(
    number: int, row: Mapping[str, object], case: Case, counts: list[int], stick: Yardstick
) -> Iterator[Remark]:
    messages = [*_field_remarks(row, case), *_evidence_remarks(case, counts, stick), *_answer_remarks(case)]
    return (Remark(number, case.id, is_fault, message) for is_fault, message in messages)


def broken_quotes(path: Path, present: Corpus, new: Corpus) -> Checked:
    """Which quotes stand in a clause of the present corpus and in none of the new one; the new words are named.

    Quotes that stand in neither are for :func:`check`. Raises EvaluationUnusable as :func:`eval.cases.case_files.load_cases`.
    """
    before, after = Yardstick(present), Yardstick(new)
    remarks: list[Remark] = []
    places: list[int] = []
    questions = 0
    for number, row in read_rows(path):
        questions += 1
        try:
            case = case_from_row(row)
        except RowError as fault:
            raise EvaluationUnusable("eval.row_has_fault", path=path, number=number, fault=fault) from fault
        now = after.holders(case)
        places.extend(len(holders) for holders in now)
        for item, old, holders in zip(case.evidence, before.holders(case), now, strict=True):
            if old and not holders:
                remarks.append(Remark(number, case.id, True, _break_message(item.quote, old, present, new)))
    return Checked(questions, len(places), sum(count == 1 for count in places), tuple(remarks))


def _break_message(quote: str, holders: frozenset[str], present: Corpus, new: Corpus) -> str:
    """What became of a quote: the words under the same id, else the clause that is most alike."""
    clause = present.clause_by_id[min(holders)]
    heir = new.clause_by_id.get(clause.id) or max(new.clauses, key=lambda other: _shared_pairs(clause.text, other.text))
    return Sentence(
        "eval.quote_broken",
        quote=quote,
        title=present.document_of(clause).title,
        address=clause.address,
        new_title=new.document_of(heir).title,
        new_address=heir.address,
        text=heir.text,
    )


def _shared_pairs(text: str, other: str) -> float:
    """Jaccard likeness of the pairs of neighbouring characters."""
    first, second = ({words[i : i + 2] for i in range(len(words) - 1)} for words in (squeeze(text), squeeze(other)))
    return len(first & second) / max(1, len(first | second))


def _printable(text: str) -> str:
    """Half characters, which no terminal takes, as question marks."""
    return text.encode("utf-8", "replace").decode()


def _field_remarks(row: Mapping[str, object], case: Case) -> Iterator[Message]:
    unknown = [name for name in row if name not in FIELDS]
    for item in cast("list[Mapping[str, object]]", row.get("evidence") or []):
        unknown.extend(f"evidence.{name}" for name in item if name not in EVIDENCE_FIELDS)
    if unknown:
        yield True, Sentence("eval.unknown_fields", fields=_printable(", ".join(unknown)))
    if case.answerable and not case.turns[-1].strip():
        yield True, Sentence("eval.last_turn_blank")
    if case.answerable and not case.evidence:
        yield False, Sentence("eval.no_evidence_named")
    if case.answerable and not case.answer:
        yield False, Sentence("eval.no_answer_named")
    if not case.answerable and (case.evidence or case.answer):
        yield True, Sentence("eval.must_be_declined", kind=case.kind)
    if case.is_draft:
        yield False, Sentence("eval.still_a_draft", draft=DRAFT)


def _evidence_remarks(case: Case, counts: list[int], stick: Yardstick) -> Iterator[Message]:
    for item, count in zip(case.evidence, counts, strict=True):
        quote = squeeze(item.quote)
        if len(quote) < SHORTEST_QUOTE:
            yield True, Sentence("eval.quote_too_short", quote=item.quote, least=SHORTEST_QUOTE)
        elif count == 0 and any(quote in source for source in stick.sources):
            yield True, Sentence("eval.quote_across_clauses", quote=item.quote)
        elif count == 0:
            yield True, Sentence("eval.quote_not_in_corpus", quote=item.quote)
        elif count > 1:
            yield False, Sentence("eval.quote_stands_often", quote=item.quote, count=count)


def _answer_remarks(case: Case) -> Iterator[Message]:
    evidence = "\n".join(item.quote for item in case.evidence)
    for point, inside in zip(case.answer, points_said(case.answer, evidence), strict=True):
        if not inside:
            yield False, Sentence("eval.point_not_in_evidence", point=" / ".join(point))
    for words in case.must_not:
        if any(all(points_said([[words]], alternative)[0] for alternative in point) for point in case.answer):
            yield True, Sentence("eval.forbidden_but_needed", words=words)
