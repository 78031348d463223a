"""A question of a set as a form, and back: what is typed becomes a row of the set, or a sentence says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from eval.cases.case_table import NESTED, cell_of, cell_value
from eval.cases.cases import FIELDS, Case, RowError, case_from_row, row_from_case
from eval.scoring.scoring import Yardstick
from eval.sets.check import remarks_on
from web.staff.bench.form import Given

ALTERNATIVES = "|"
LONGEST_TEXT = 20_000  # characters of one field
MOST_QUOTES = 50
BLANKS = 2  # rows for further quotes that a form offers
PLAIN = ("id", "lang", "type", "difficulty", "kind", "note", "repeat", "verdict")
CELLS = ("turns", "answer", "must_not", "computed", *NESTED)  # written as in a cell of a table
ASKED = ("怎么申请？",)  # stands for the question while another field is looked at alone


@dataclass(frozen=True, slots=True)
class Quote:
    """One piece of evidence as it was typed."""

    quote: str = ""
    doc: str = ""
    locator: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.quote.strip() or self.doc.strip() or self.locator.strip())


@dataclass(frozen=True, slots=True)
class CaseEdit:
    """What was filled in, as it was typed."""

    fields: Mapping[str, str]  # PLAIN and CELLS
    evidence: tuple[Quote, ...] = ()

    @property
    def offered(self) -> tuple[Quote, ...]:
        """The quotes, and some blank ones to be filled in."""
        return (*self.evidence, *([Quote()] * BLANKS))

    def shown(self) -> dict[str, str]:
        """Each field as one text, to be held against another version."""
        quotes = (" | ".join(part for part in (q.quote, q.doc, q.locator) if part) for q in self.evidence)
        return {**self.fields, "evidence": "\n".join(quotes)}


class CaseEditFaults(ValueError):
    """Everything that is wrong with a form, a sentence a fault."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = tuple(sentences)


def edit_of(case: Case) -> CaseEdit:
    """The form that says a question."""
    row = row_from_case(case)
    fields = {name: str(row.get(name, "")) for name in PLAIN}
    fields |= {name: cell_of(name, row.get(name, []), _READERS.get(name)) for name in CELLS}
    return CaseEdit(fields, tuple(Quote(one.quote, one.doc, one.locator) for one in case.evidence))


def read_case_edit(given: Given) -> CaseEdit:
    """The fields as they came, cut to a bearable length; rows of evidence without a word are left out."""

    def texts(name: str) -> list[str]:
        return [str(value)[:LONGEST_TEXT].replace("\r\n", "\n") for value in given.getlist(name)]

    columns = [texts(name)[:MOST_QUOTES] for name in ("quote", "doc", "locator")]
    quotes = (Quote(*(part.strip() for part in parts)) for parts in zip_longest(*columns, fillvalue=""))
    fields = {name: next(iter(texts(name)), "").strip() for name in (*PLAIN, *CELLS)}
    return CaseEdit(fields, tuple(quote for quote in quotes if not quote.is_blank))


def case_of_edit(edit: CaseEdit, stick: Yardstick) -> Case:
    """The question, sound as :func:`eval.sets.check.check` sees it. Raises CaseEditFaults with all that is wrong."""
    row, faults = _row(edit)
    for name in FIELDS:
        try:
            case_from_row({"id": "id", "turns": list(ASKED), name: row.get(name)} if name in row else _without(name))
        except RowError as fault:
            faults.append(str(fault))
    if faults:
        raise CaseEditFaults(faults)
    case = case_from_row(row)
    faults = [remark.message for remark in remarks_on(case, stick, 1) if remark.is_fault]
    if faults:
        raise CaseEditFaults(faults)
    return case


def remarks_of(case: Case, stick: Yardstick) -> list[str]:
    """What there is to say of a question as it stands, faults first."""
    remarks = sorted(remarks_on(case, stick, 1), key=lambda remark: not remark.is_fault)
    return [remark.message for remark in remarks]


def _row(edit: CaseEdit) -> tuple[dict[str, object], list[str]]:
    row: dict[str, object] = {name: edit.fields[name] for name in PLAIN if edit.fields[name]}
    faults: list[str] = []
    for name in (*CELLS, "repeat"):
        if not edit.fields[name]:
            continue
        try:
            row[name] = _value(name, edit.fields[name])
        except RowError as fault:
            faults.append(str(fault))
    row["evidence"] = [{"quote": one.quote, "doc": one.doc, "locator": one.locator} for one in edit.evidence]
    return row, faults


def _value(name: str, cell: str) -> object:
    if cell.startswith("[") or name not in _READERS:
        return cell_value(name, cell)
    return _READERS[name](cell)


def _without(name: str) -> dict[str, object]:
    """A sound row but for a field that is not there."""
    return {key: value for key, value in {"id": "id", "turns": list(ASKED)}.items() if key != name}


def _points(cell: str) -> list[list[str]]:
    """As a table has them, but a bar counts without blanks around it, as on the bench."""
    lines = (line.split(ALTERNATIVES) for line in cell.split("\n") if line.strip())
    return [[part.strip() for part in line] for line in lines]


def _texts(cell: str) -> list[str]:
    return [line.strip() for line in cell.split("\n") if line.strip()]


_READERS: Mapping[str, Callable[[str], object]] = {
    "turns": _texts,
    "answer": _points,
    "must_not": _texts,
    "computed": _texts,
}
