"""Questions written for a version in the making: kept beside its texts, run on it, and published with it into a set.

<draft>/
    questions.json       the questions, and the set they go to
    questions_run.json   what came of each when they were asked last
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.types import Answer, Answered, Question
from eval.cases.case_files import load_cases
from eval.cases.cases import Case, Evidence, RowError, case_from_row, row_from_case
from eval.scoring.rightness import given_of, is_right
from eval.scoring.scoring import Yardstick
from eval.sets.check import fault_of
from eval.sets.question_sets import (
    QuestionSet,
    append_cases,
    case_mark,
    change_case,
    check_cases,
    check_name,
    free_id,
    question_sets,
    remove_case,
)
from eval.sets.superseded import note_superseded
from ingest.errors import ChangedMeanwhile, EvaluationUnusable
from ingest.types import Corpus

FILE = "questions.json"
RUN_FILE = "questions_run.json"
MOST = 500
"""Questions of one draft; each run asks them all."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A question of a set that the policy makes wrong, and whose place one of the draft's takes when it is published."""

    set_name: str
    id: str
    mark: str  # of the question as it was when it was taken over


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing the questions of a draft did to the sets."""

    set_name: str = ""
    added: tuple[Case, ...] = ()
    changed: tuple[tuple[str, Case, Case], ...] = ()  # set, before, after

    @property
    def ids(self) -> str:
        """All of them by their names, for the log."""
        return "；".join(
            [*(case.id for case in self.added), *(f"{name}/{after.id}" for name, _, after in self.changed)]
        )


@dataclass(frozen=True, slots=True)
class DraftQuestions:
    """The questions of a draft and the name of the set that they are published into."""

    set_name: str = ""
    cases: tuple[Case, ...] = ()
    instead: Mapping[str, Replaced] = field(default_factory=dict[str, Replaced])  # by id: what a question replaces

    def find(self, identity: str) -> Case | None:
        """The question of an id."""
        return next((case for case in self.cases if case.id == identity), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question."""

    mark: str  # of the question as it was asked
    right: bool | None  # None: it says nothing of what is right
    declined: bool
    body: str
    cited: tuple[str, ...]  # where the clauses stand
    evidence_cited: bool  # some clause that holds the evidence; true where there is none


@dataclass(frozen=True, slots=True)
class Run:
    """What came of the questions of a draft, by id, and of which state of it."""

    fingerprint: str
    made_at: datetime
    outcomes: dict[str, Outcome]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the questions of a draft stand: how many are right, wrong, and not asked of this state of it."""

    green: int = 0
    red: int = 0
    open: int = 0

    @property
    def count(self) -> int:
        """All of them."""
        return self.green + self.red + self.open

    @property
    def is_sound(self) -> bool:
        """Whether every question was answered rightly."""
        return self.green == self.count


_RUN = TypeAdapter(Run)


def read_questions(place: Path) -> DraftQuestions:
    """The questions of the draft whose own folder is ``place``. Raises EvaluationUnusable for a file that is broken."""
    path = place / FILE
    try:
        said = json.loads(path.read_bytes())
        instead = {identity: Replaced(*map(str, one)) for identity, one in said.get("instead", {}).items()}
        return DraftQuestions(str(said["set"]), tuple(case_from_row(row) for row in said["cases"]), instead)
    except FileNotFoundError:
        return DraftQuestions()
    except (OSError, ValueError, KeyError, TypeError, RowError) as error:
        raise EvaluationUnusable("eval.draft_questions_broken", path=path) from error


def write_questions(place: Path, questions: DraftQuestions) -> None:
    """Keep them in place of those before. Raises EvaluationUnusable."""
    rows = [row_from_case(case) for case in questions.cases]
    instead = {identity: [one.set_name, one.id, one.mark] for identity, one in questions.instead.items()}
    content = {"set": questions.set_name, "cases": rows, "instead": instead}
    _replace(place / FILE, json.dumps(content, ensure_ascii=False, indent=1).encode())


def put_questions(place: Path, cases: Sequence[Case], old: str = "", instead: Replaced | None = None) -> list[Case]:
    """Add questions under the next free ids, or put one in the place of ``old``. Raises EvaluationUnusable.

    ``instead`` is the question of a set that the one added replaces.
    """
    known = read_questions(place)
    if old:
        made = [replace(case, id=old) for case in cases]
        kept = tuple(made[0] if case.id == old else case for case in known.cases)
    else:
        numbers = [int(case.id[1:]) for case in known.cases if case.id[1:].isdigit()]
        first = max(numbers, default=0) + 1
        made = [replace(case, id=f"q{number}") for number, case in enumerate(cases, first)]
        kept = (*known.cases, *made)
    if len(kept) > MOST:
        raise EvaluationUnusable("eval.too_many_draft_questions", most=MOST)
    replaced = {**known.instead, **({made[0].id: instead} if instead else {})}
    write_questions(place, replace(known, cases=kept, instead=replaced))
    return made


def remove_question(place: Path, identity: str) -> None:
    """Take one out. Raises EvaluationUnusable."""
    known = read_questions(place)
    cases = tuple(case for case in known.cases if case.id != identity)
    write_questions(
        place, replace(known, cases=cases, instead={k: v for k, v in known.instead.items() if k != identity})
    )


def taken_over(place: Path, of: QuestionSet, case: Case, stick: Yardstick) -> Case:
    """A question of a set as one of the draft, which replaces it: without the quotes that the draft's texts lack.

    One that was taken over before is left as it is. Raises EvaluationUnusable.
    """
    known = read_questions(place)
    for identity, one in known.instead.items():
        if (one.set_name, one.id) == (of.name, case.id) and (there := known.find(identity)):
            return there
    holders = stick.holders(case)
    evidence = tuple(item for item, holding in zip(case.evidence, holders, strict=True) if holding)
    made = put_questions(place, [replace(case, evidence=evidence)], instead=Replaced(of.name, case.id, case_mark(case)))
    return made[0]


def with_places(case: Case, stick: Yardstick) -> Case:
    """The same with the document and the address of each quote filled in that stands in one clause."""
    by_id = stick.corpus.clause_by_id
    found: list[Evidence] = []
    for item, holders in zip(case.evidence, stick.holders(case), strict=True):
        if len(holders) != 1 or item.doc:
            found.append(item)
            continue
        clause = by_id[next(iter(holders))]
        found.append(replace(item, doc=stick.corpus.document_of(clause).title, locator=clause.address))
    return replace(case, evidence=tuple(found))


# ── Asked ──────────────────────────────────────────────────────────────────────────────────────


def run_questions(
    cases: Sequence[Case],
    ask: Callable[[Question], Answer],
    corpus: Corpus,
    as_of: date,
    step: Callable[[int, int], None],
) -> dict[str, Outcome]:
    """Ask each; ``step`` is told how many are done, and what it raises ends the run."""
    stick, found = Yardstick(corpus), dict[str, Outcome]()
    for done, case in enumerate(cases):
        step(done, len(cases))
        answer = ask(case.question(as_of))
        holders = stick.holders(case)
        cited = {citation.clause.id for citation in answer.citations}
        found[case.id] = Outcome(
            mark=case_mark(case),
            right=is_right(case, given_of(answer))
            and not fault_of(case, stick),  # of words that are gone none is right
            declined=not isinstance(answer, Answered),
            body=answer.body,
            cited=tuple(f"{one.document_title} {one.clause.address}".strip() for one in answer.citations),
            evidence_cited=not holders or any(cited & holding for holding in holders),
        )
    step(len(cases), len(cases))
    return found


def keep_run(place: Path, run: Run) -> None:
    """Keep it in place of the one before. Raises EvaluationUnusable."""
    _replace(place / RUN_FILE, _RUN.dump_json(run))


def kept_run(place: Path) -> Run | None:
    """What came of the last run; None when there is none that can be read."""
    with suppress(OSError, ValidationError):
        return _RUN.validate_json((place / RUN_FILE).read_bytes())
    return None


def outcomes_now(questions: DraftQuestions, run: Run | None, fingerprint: str) -> dict[str, Outcome]:
    """What came of those questions that were asked as they are, of the draft as it is."""
    if run is None or run.fingerprint != fingerprint:
        return {}
    known = ((case.id, run.outcomes.get(case.id), case) for case in questions.cases)
    return {identity: found for identity, found, case in known if found and found.mark == case_mark(case)}


def standing_of(place: Path, fingerprint: str) -> Standing:
    """How the questions of a draft stand. Raises EvaluationUnusable."""
    questions = read_questions(place)
    known = outcomes_now(questions, kept_run(place), fingerprint).values()
    green = sum(outcome.right is True for outcome in known)
    return Standing(green, len(known) - green, len(questions.cases) - len(known))


# ── Published ──────────────────────────────────────────────────────────────────────────────────


def publish_questions(home: Path, questions: DraftQuestions, corpus: Corpus, before: Corpus) -> Published:
    """Put them into their set, under ids that are free there, or in the place of those that they replace.

    One that stands there already is not put in again; one whose place somebody changed meanwhile, or whose set comes
    with the product, is added. Raises EvaluationUnusable, above all when a quote stands in no clause of ``corpus``; the
    sets are then as they were. ``before`` is the corpus that they were sound in.
    """
    if not questions.cases:
        return Published(questions.set_name)
    check_name(home, questions.set_name)
    check_cases(questions.cases, corpus)  # by the ids that they have in the draft
    changed: list[tuple[str, Case, Case]] = []
    new: list[Case] = []
    try:
        for case in questions.cases:
            there = _place_of(home, questions.instead.get(case.id))
            if there is None:
                new.append(case)
                continue
            name, old = there
            after = replace(case, id=old.id)
            change_case(home, name, old.id, after, corpus, case_mark(old))
            changed.append((name, old, after))
        added = _added(home, questions.set_name, new, corpus)
        mended = [(case, there) for case in new if (there := questions.instead.get(case.id))]
        note_superseded(home, questions.set_name, [(case, one.set_name, one.id, one.mark) for case, one in mended])
        return Published(questions.set_name, added, tuple(changed))
    except EvaluationUnusable:
        take_back(home, Published(questions.set_name, (), tuple(changed)), before)
        raise


def _place_of(home: Path, replaced: Replaced | None) -> tuple[str, Case] | None:
    """The set and the question that are to be replaced, when that may be done and it is as it was."""
    if replaced is None:
        return None
    for one in question_sets(home):
        if one.name == replaced.set_name and one.writable:
            for case in load_cases([one.path]):
                if case.id == replaced.id and case_mark(case) == replaced.mark:
                    return one.name, case
    return None


def _added(home: Path, name: str, cases: Sequence[Case], corpus: Corpus) -> tuple[Case, ...]:
    there = [one for one in question_sets(home) if one.name == name]
    known = {_without_id(case) for one in there for case in load_cases([one.path])}
    new = [case for case in cases if _without_id(case) not in known]
    if not new:
        return ()
    first = int(free_id(home, name).rpartition("-")[2])
    made = tuple(replace(case, id=f"{name}-{number}") for number, case in enumerate(new, first))
    append_cases(home, name, made, corpus)
    return made


def take_back(home: Path, published: Published, before: Corpus) -> None:
    """Make the sets what they were; what somebody has changed since stays. Raises EvaluationUnusable."""
    for case in published.added:
        with suppress(ChangedMeanwhile):
            remove_case(home, published.set_name, case.id, case_mark(case))
    for name, old, after in published.changed:
        with suppress(ChangedMeanwhile):
            change_case(home, name, old.id, old, before, case_mark(after))


def _without_id(case: Case) -> Case:
    return replace(case, id="")


def _replace(path: Path, content: bytes) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise EvaluationUnusable(
            "eval.draft_questions_cannot_be_written", path=path, reason=error.strerror or error
        ) from error
