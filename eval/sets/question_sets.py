"""The question sets there are: those of the project, and those that staff keep under ``<home>/questions``.

Ours are read-only. A set of the staff is changed as a whole: the new file is written aside and takes the old one's
place, under a lock that other processes respect too, so that a reader never sees half a set.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from eval.cases.case_files import MOST_ROWS, READERS, is_question_set, load_cases, write_cases
from eval.cases.cases import Case, row_from_case
from eval.scoring.scoring import Yardstick
from eval.sets.check import fault_of
from ingest.errors import ChangedMeanwhile, EvaluationUnusable
from ingest.types import Corpus

PACKAGED = Path(__file__).parents[1] / "questions"

FOLDER = "questions"
SUFFIX = ".jsonl"
LOCK = ".lock"

LONGEST_NAME = 60
"""Characters: a set is named in tables and in paths."""

MARK_DIGITS = 16
"""Hexadecimal digits of a sha256 that tell one state from another."""

LOCK_WAIT = 10.0
"""Seconds. A set is written in less than one; a lock held for longer is of a process that hangs."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """One set: its name (the file's, without the ending), its file, how many questions, may staff change it."""

    name: str
    path: Path
    count: int
    writable: bool


def question_sets(home: Path) -> list[QuestionSet]:
    """All sets: ours first, then those of the staff, each in the order of their names.

    ``count`` counts the rows that are there; whether they are sound is for :mod:`eval.sets.check` to say.
    """
    ours = [_described(path, writable=False) for path in sorted(PACKAGED.iterdir()) if is_question_set(path)]
    theirs = [_described(path, writable=True) for path in sorted((home / FOLDER).glob(f"*{SUFFIX}"))]
    return [*ours, *(one for one in theirs if not one.name.startswith("."))]


def question_set(home: Path, name: str) -> QuestionSet:
    """The set of that name. Raises EvaluationUnusable when there is none."""
    for one in question_sets(home):
        if one.name == name:
            return one
    raise EvaluationUnusable("eval.no_question_set", name=name)


def append_case(home: Path, name: str, case: Case, corpus: Corpus) -> QuestionSet:
    """Add one question to a set of the staff; the set is made when there is none of that name.

    Raises EvaluationUnusable for a name that is not one, a set of ours, an id that stands in the set already, or a
    question that :func:`eval.sets.check.check` would find at fault (as a quote that is in no clause of ``corpus``); the set
    is then as it was.
    """
    return append_cases(home, name, (case,), corpus)


def append_cases(home: Path, name: str, cases: Sequence[Case], corpus: Corpus) -> QuestionSet:
    """Add several questions, all or none; raises as :func:`append_case`."""
    return _kept(home, name, cases, corpus, replaces=False)


def save_set(home: Path, name: str, cases: Sequence[Case], corpus: Corpus, opened: str | None = None) -> QuestionSet:
    """Keep a whole set under ``name``, in the place of the one of that name; raises as :func:`append_case`.

    ``opened`` is the :func:`set_mark` of the set that is to be replaced; raises ChangedMeanwhile when it is another.
    """
    return _kept(home, name, cases, corpus, replaces=True, opened=opened)


def change_case(home: Path, name: str, identity: str, case: Case, corpus: Corpus, opened: str) -> None:
    """Put ``case`` in the place of the one that ``identity`` names, when that is still the one that was opened.

    ``opened`` is its :func:`case_mark`. Raises ChangedMeanwhile, and as :func:`append_case`.
    """
    path = _own_path(home, name)
    stick = Yardstick(corpus)
    with _locked(path.parent):
        cases = list(load_cases([path])) if path.is_file() else []
        place = _place_of(cases, identity, opened)
        if case.id != identity and any(known.id == case.id for known in cases):
            raise EvaluationUnusable("eval.id_stands_set_already", case=case.id, name=name)
        _check(case, stick, place + 1)
        cases[place] = case
        write_cases(cases, path)


def remove_case(home: Path, name: str, identity: str, opened: str) -> None:
    """Take one question out, and with the last one the set. Raises ChangedMeanwhile, EvaluationUnusable."""
    path = _own_path(home, name)
    with _locked(path.parent):
        cases = list(load_cases([path])) if path.is_file() else []
        del cases[_place_of(cases, identity, opened)]
        if cases:
            write_cases(cases, path)
        else:
            path.unlink()


def case_mark(case: Case) -> str:
    """Tells one state of a question from another."""
    return _mark(json.dumps(row_from_case(case), ensure_ascii=False).encode("utf-8"))


def set_mark(home: Path, name: str) -> str:
    """Tells one state of a set of the staff from another; empty when there is none. Raises EvaluationUnusable."""
    path = _own_path(home, name)
    return _mark(path.read_bytes()) if path.is_file() else ""


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:MARK_DIGITS]


def _place_of(cases: Sequence[Case], identity: str, opened: str) -> int:
    place = next((place for place, case in enumerate(cases) if case.id == identity), None)
    if place is None or case_mark(cases[place]) != opened:
        raise ChangedMeanwhile
    return place


def _kept(
    home: Path, name: str, cases: Sequence[Case], corpus: Corpus, *, replaces: bool, opened: str | None = None
) -> QuestionSet:
    path = _own_path(home, name)
    stick = Yardstick(corpus)
    with _locked(path.parent):
        _check_unchanged(home, name, opened)
        before = load_cases([path]) if path.is_file() and not replaces else ()
        if len(before) + len(cases) > MOST_ROWS:
            raise EvaluationUnusable("eval.would_more_questions", name=path.name, most=MOST_ROWS)
        taken = {known.id for known in before}
        for row, case in enumerate(cases, len(before) + 1):
            if case.id in taken:
                raise EvaluationUnusable("eval.id_stands_set_already", case=case.id, name=name)
            taken.add(case.id)
            _check(case, stick, row)
        write_cases((*before, *cases), path)
    return _described(path, writable=True)


def _check(case: Case, stick: Yardstick, row: int) -> None:
    if fault := fault_of(case, stick, row):
        raise EvaluationUnusable("eval.case_cannot_be_kept", case=case.id, fault=fault)


def check_cases(cases: Sequence[Case], corpus: Corpus) -> None:
    """See that a set would take each. Raises EvaluationUnusable for the first that it would not, by its id."""
    stick = Yardstick(corpus)
    for row, case in enumerate(cases, 1):
        _check(case, stick, row)


def free_id(home: Path, stem: str) -> str:
    """An id no set has yet: ``stem-1``, ``stem-2`` and so on, behind the highest there is."""
    taken = (known.id for one in question_sets(home) for known in load_cases([one.path]))
    ends = [id.removeprefix(f"{stem}-") for id in taken if id.startswith(f"{stem}-")]
    return f"{stem}-{max((int(end) for end in ends if end.isascii() and end.isdigit()), default=0) + 1}"


def check_name(home: Path, name: str) -> None:
    """Raises EvaluationUnusable when no set of the staff can have this name."""
    _own_path(home, name)


def remove_set(home: Path, name: str, opened: str | None = None) -> None:
    """Delete a set of the staff, when it is still the one that was opened (see :func:`set_mark`).

    Raises ChangedMeanwhile, and EvaluationUnusable when there is none or it is one of ours.
    """
    path = _own_path(home, name)
    if not path.is_file():
        raise EvaluationUnusable("eval.no_question_set", name=name)
    with _locked(path.parent):
        _check_unchanged(home, name, opened)
        path.unlink(missing_ok=True)


def _check_unchanged(home: Path, name: str, opened: str | None) -> None:
    if opened is not None and set_mark(home, name) != opened:
        raise ChangedMeanwhile


def _own_path(home: Path, name: str) -> Path:
    """Where a set of the staff stands; letters, digits, "-" and "_" only, so that no name leads out of the folder."""
    if not name or len(name) > LONGEST_NAME or not all(mark.isalnum() or mark in "-_" for mark in name):
        raise EvaluationUnusable("eval.cannot_name_question_set", name=name, most=LONGEST_NAME)
    if any((PACKAGED / f"{name}{ending}").exists() for ending in READERS):
        raise EvaluationUnusable("eval.question_set_comes_service_not", name=name)
    return home / FOLDER / f"{name}{SUFFIX}"


@contextmanager
def _locked(folder: Path) -> Generator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=LOCK_WAIT):
            yield
    except Timeout as error:
        raise EvaluationUnusable("eval.question_sets_being_changed", folder=folder) from error
    except OSError as error:
        raise EvaluationUnusable("eval.set_cannot_be_written", folder=folder, reason=error.strerror) from error


def _described(path: Path, *, writable: bool) -> QuestionSet:
    if path.suffix != SUFFIX:
        return QuestionSet(path.stem, path, len(load_cases([path])), writable)
    with path.open("rb") as file:
        return QuestionSet(path.stem, path, sum(not line.isspace() for line in file), writable)
