"""The table of what was put in: each file with what it says of itself, as it is or as somebody corrected it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.datastructures import FormData

from ingest.corpus.draft import plain_name
from ingest.corpus.edit import describe_sources
from ingest.corpus.versions import file_digests
from ingest.corpus_config import SourceConfig, read_config
from ingest.errors import DraftUnusable, PolicyQAError
from ingest.normalise import match_form
from ingest.sentences import Sentence
from ingest.standings import Standing, Validity
from ingest.types import Corpus
from web.staff.corpus.form import fields_of, read_description
from web.staff.corpus.intake.items import Facts, Item
from web.staff.shell.edits import OPENED, mark_of

FIELDS = ("title", "level", "issuer", "number", "issued", "valid_from", "valid_until")
ROWS_A_PAGE = 50  # a form of so many rows has 400 fields
LONGEST_SHOWN = 200  # characters of a field, as of what may be filled in

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One file that was put in."""

    id: str
    name: str
    values: Values  # the fields as they hold: corrected, or as printed
    printed: Values  # as the text says
    standing: Standing
    documents: int
    clauses: int
    doubts: int
    came_as: str = ""  # the name it came with, made one that may stand on a disk

    @property
    def mark(self) -> str:
        """Tells this state of the row from another, field by field."""
        return " ".join(mark_of(self.values[key]) for key in FIELDS)


@dataclass(frozen=True, slots=True)
class Typed:
    """What came back of the rows of one page: what was typed, and with which state each was opened."""

    values: Mapping[str, Values]  # by id
    opened: Mapping[str, str]

    @classmethod
    def of(cls, form: FormData) -> Typed:
        """The rows of a form."""
        ids = [str(one) for one in form.getlist("row")][:ROWS_A_PAGE]
        values = {one: {key: " ".join(str(form.get(f"{key}:{one}", "")).split()) for key in FIELDS} for one in ids}
        return cls(values, {one: str(form.get(f"{OPENED}:{one}", "")) for one in ids})

    def touched(self, one: str) -> frozenset[str]:
        """The fields of a row that somebody typed in; all of them where the form does not say what it was opened with."""
        marks = self.opened.get(one, "").split()
        if len(marks) != len(FIELDS):
            return frozenset(FIELDS)
        given = self.values[one]
        return frozenset(key for key, mark in zip(FIELDS, marks, strict=True) if mark_of(given[key]) != mark)

    def merged(self, row: Row) -> dict[str, str]:
        """A row as it is by now, with what was typed in it."""
        touched = self.touched(row.id)
        return {key: self.values[row.id][key] if key in touched else row.values[key] for key in FIELDS}

    def clashing(self, row: Row) -> list[str]:
        """The fields in which somebody else typed something else meanwhile."""
        marks = self.opened.get(row.id, "").split()
        if len(marks) != len(FIELDS):
            return []
        changed = {key for key, mark in zip(FIELDS, marks, strict=True) if mark != mark_of(row.values[key])}
        given, touched = self.values[row.id], self.touched(row.id)
        return [key for key in FIELDS if key in changed & touched and given[key] != row.values[key]]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the rows: those that changed, or those that somebody else had changed and nothing was saved."""

    changed: tuple[str, ...] = ()  # names of files
    clashing: tuple[Row, ...] = ()


class RowUnusable(DraftUnusable):
    """A row of the table cannot be saved as it was typed."""

    def __init__(self, row: Row, why: PolicyQAError) -> None:
        super().__init__("web.row_cannot_be_saved", name=row.name, why=why.sentence)
        self.row = row.id


def rows_of(folder: Path, items: Sequence[Item], today: date) -> list[Row]:
    """The files of ``items`` that are in the draft as they were put in, in the order they came. Raises CorpusUnusable."""
    digests, config = file_digests(folder), read_config(folder)
    there = [item for item in items if item.state == "in" and digests.get(item.name) == item.digest]
    return [_row(item, config.of(item.name), today) for item in there]


def _row(item: Item, said: SourceConfig, today: date) -> Row:
    facts, printed = item.facts, printed_of(item.facts)
    corrected = fields_of(said)
    values = {key: corrected[key] or printed[key] for key in FIELDS}
    term = Validity(
        said.valid_from or facts.valid_from,
        said.valid_until or facts.valid_until,
        undetermined="…" if facts.undetermined and said.valid_until is None else None,
    )
    return Row(
        id=item.id,
        name=item.name,
        values=values,
        printed=printed,
        standing=term.standing(today),
        documents=facts.documents,
        clauses=facts.clauses,
        doubts=facts.doubts,
        came_as=plain_name(item.given),
    )


def printed_of(facts: Facts) -> dict[str, str]:
    """The fields as the text gives them; one that is too long for a field is cut off."""
    given: dict[str, object] = facts.model_dump(include=set(FIELDS))
    return {key: "" if given[key] is None else str(given[key])[:LONGEST_SHOWN] for key in FIELDS}


def likenesses(rows: Sequence[Row], corpus: Corpus, still_there: Sequence[str]) -> dict[str, str]:
    """Rows by id that have the name, the title or the 文号 of another file.

    The other is one of what serves that stays in the draft, or, by title and 文号, of a row above.
    """
    own = {row.name for row in rows}
    known: dict[str, str] = {}
    for document in corpus.documents:
        if document.source in still_there and document.source not in own:
            known.update((_plain(word), document.source) for word in (document.title, document.number) if word)
    found: dict[str, str] = {}
    for row in rows:
        words = [_plain(row.values[key]) for key in ("number", "title") if row.values[key]]
        same_name = row.came_as if row.came_as != row.name and row.came_as in still_there else ""
        other = next((known[word] for word in words if word in known), same_name)
        if other:
            found[row.id] = other
        known.update((word, row.name) for word in words if word not in known)
    return found


def save(folder: Path, rows: Sequence[Row], typed: Typed) -> Saved:
    """Save all rows that somebody changed, or none.

    Fields that were not touched stay as they are by now: two people may fill in one row. Raises RowUnusable with the first that cannot be saved,
    CorpusUnusable. To be called where nobody else changes what is said of files.
    """
    config = read_config(folder)
    described: list[SourceConfig] = []
    clashing: list[Row] = []
    for row in rows:
        if row.id not in typed.values:
            continue
        given = typed.merged(row)
        if given == dict(row.values):
            continue  # not touched, or as it is by now
        if typed.clashing(row):
            clashing.append(row)
            continue
        said = fields_of(config.of(row.name))
        own = {key: "" if given[key] == row.printed[key] else given[key] for key in FIELDS}
        try:
            _check_days(given)
            described.append(read_description(row.name, {**said, **own}))
        except PolicyQAError as error:
            raise RowUnusable(row, error) from error
    if clashing:
        return Saved(clashing=tuple(clashing))
    if described:
        describe_sources(folder, described)
    return Saved(tuple(one.file for one in described))


def _check_days(given: Values) -> None:
    """Printed days count as typed ones do: ISO dates are compared as texts."""
    if given["valid_until"] and given["valid_from"] > given["valid_until"]:
        raise DraftUnusable("web.ends_before_it_begins")


def missing(typed: Typed, rows: Sequence[Row]) -> Sentence | None:
    """What is said when a file of the form is gone from the table; None when all are there."""
    gone = next((one for one in typed.values if one not in {row.id for row in rows}), None)
    return Sentence("web.row_is_gone") if gone is not None else None


def _plain(text: str) -> str:
    return "".join(match_form(text).split())
