"""One question of a question set: what is asked, which words of the corpus prove it, what must be said.

The fields are those of the question file: ``id, turns, lang, type, difficulty, kind, evidence, answer,
must_not, note, repeat, parts, verdict, polarity_groups, computed, turn_answers``. Only ``id`` and ``turns`` have to be
there; what is missing does not apply.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from bot.types import Question
from ingest.sentences import Sentence
from ingest.whole_characters import are_whole

UNANSWERABLE = "unanswerable"
"""Kinds that begin with this word must be declined."""

DRAFT = "草稿 draft"
"""The note of a question that no person has accepted yet begins with this."""

MOST_REPEATS = 100_000
"""``repeat`` makes long questions; more than this only fills the memory."""

FIELDS = (
    "id", "turns", "lang", "type", "difficulty", "kind", "evidence", "answer", "must_not", "note", "repeat",
    "parts", "verdict", "polarity_groups", "computed", "turn_answers",
)  # fmt: skip
VERDICTS = ("yes", "no", "amount", "count", "expired", "not_found")
"""What the first thing said may have to be."""

Points = tuple[tuple[str, ...], ...]
EVIDENCE_FIELDS = ("quote", "doc", "locator")


class RowError(ValueError):
    """What is wrong with one row; whoever reads the file adds its name and the row."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the corpus that prove the answer; ``doc`` and ``locator`` are for readers."""

    quote: str
    doc: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is known about its answer."""

    id: str
    turns: tuple[str, ...]
    lang: str = "zh"
    type: str = ""
    difficulty: str = ""
    kind: str = ""
    evidence: tuple[Evidence, ...] = ()
    answer: tuple[tuple[str, ...], ...] = ()  # points, each a tuple of alternatives
    must_not: tuple[str, ...] = ()
    note: str = ""
    repeat: int = 1  # the last turn is written this many times, one after another
    parts: tuple[Points, ...] = ()  # the points of each part of the question
    verdict: str = ""  # one of VERDICTS
    polarity_groups: tuple[int, ...] = ()  # places in ``answer`` of points that only test the wording of yes or no
    computed: tuple[str, ...] = ()  # figures that are worked out, not printed; for readers
    turn_answers: tuple[Points, ...] = ()  # the points of each turn

    @property
    def answerable(self) -> bool:
        """False for the kinds that must be declined."""
        return not self.kind.startswith(UNANSWERABLE)

    @property
    def reason(self) -> str:
        """Why it must be declined, as ``near-miss`` of the kind ``unanswerable:near-miss:place``; "" for the answerable."""
        return "" if self.answerable else self.kind.split(":")[1] if ":" in self.kind else self.kind

    @property
    def is_draft(self) -> bool:
        """True until a person has looked at it and taken the mark out of the note."""
        return self.note.startswith(DRAFT)

    def question(self, as_of: date) -> Question:
        """The question as the bot is asked it on ``as_of``."""
        return Question((*self.turns[:-1], self.turns[-1] * self.repeat), as_of)

    def earlier_questions(self, as_of: date) -> tuple[Question | None, ...]:
        """The conversation up to each turn before the last, asked by itself; None for a turn of which nothing is known."""
        known = zip(range(1, len(self.turns)), self.turn_answers, strict=False)
        return tuple(Question(self.turns[:count], as_of) if points else None for count, points in known)


def case_from_row(row: Mapping[str, object]) -> Case:
    """A case from one row of a question file. Unknown fields are left to :mod:`eval.sets.check`.

    Raises RowError with the field that is wrong.
    """
    return Case(
        id=_identity(row),
        turns=_turns(row),
        lang=_text(row, "lang") or "zh",
        type=_text(row, "type"),
        difficulty=_text(row, "difficulty"),
        kind=_text(row, "kind"),
        evidence=tuple(_evidence(item) for item in _list(row, "evidence")),
        answer=tuple(_alternatives(point) for point in _list(row, "answer")),
        must_not=tuple(_string(item, "must_not") for item in _list(row, "must_not")),
        note=_text(row, "note"),
        repeat=_repeat(row),
        parts=_points_each(row, "parts"),
        verdict=_verdict(row),
        polarity_groups=_places(row, "polarity_groups"),
        computed=tuple(_string(item, "computed") for item in _list(row, "computed")),
        turn_answers=_points_each(row, "turn_answers"),
    )


def row_from_case(case: Case) -> dict[str, object]:
    """The row of a question file; fields without content are left out."""
    row: dict[str, object] = {
        "id": case.id,
        "type": case.type,
        "difficulty": case.difficulty,
        "turns": list(case.turns),
        "lang": case.lang,
        "evidence": [{"quote": e.quote, "doc": e.doc, "locator": e.locator} for e in case.evidence],
        "answer": [list(point) for point in case.answer],
        "must_not": list(case.must_not),
        "note": case.note,
        "kind": case.kind,
        "repeat": case.repeat,
        "parts": [[list(point) for point in part] for part in case.parts],
        "verdict": case.verdict,
        "polarity_groups": list(case.polarity_groups),
        "computed": list(case.computed),
        "turn_answers": [[list(point) for point in turn] for turn in case.turn_answers],
    }
    always = {"id", "turns", "lang", "evidence", "answer"}
    return {name: value for name, value in row.items() if name in always or value not in ("", [], 1)}


def _identity(row: Mapping[str, object]) -> str:
    identity = row.get("id")
    if not isinstance(identity, str) or not identity.strip():
        raise RowError(Sentence("eval.id_missing"))
    return _string(identity, "id").strip()


def _turns(row: Mapping[str, object]) -> tuple[str, ...]:
    turns = tuple(_string(turn, "turns") for turn in _list(row, "turns"))
    if not turns:
        raise RowError(Sentence("eval.turns_missing"))
    return turns


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    return _string(value, name)


def _list(row: Mapping[str, object], name: str) -> list[object]:
    value = row.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise RowError(Sentence("eval.field_no_list", name=name, found=_kind_of(value)))
    return cast("list[object]", value)


def _string(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise RowError(Sentence("eval.field_no_text", name=name, found=_kind_of(value)))
    if not are_whole(value):
        raise RowError(Sentence("eval.half_character", name=name))
    return value


def _alternatives(point: object, name: str = "answer") -> tuple[str, ...]:
    if not isinstance(point, list):
        raise RowError(Sentence("eval.answer_no_list", name=name))
    texts = tuple(_string(item, name) for item in cast("list[object]", point))
    if not texts or not all(text.strip() for text in texts):
        raise RowError(Sentence("eval.answer_point_empty", name=name))
    return texts


def _points_each(row: Mapping[str, object], name: str) -> tuple[Points, ...]:
    """The points of each part or turn, written as those of ``answer`` are."""
    each: list[Points] = []
    for points in _list(row, name):
        if not isinstance(points, list):
            raise RowError(Sentence("eval.points_no_list", name=name))
        each.append(tuple(_alternatives(point, name) for point in cast("list[object]", points)))
    return tuple(each)


def _verdict(row: Mapping[str, object]) -> str:
    verdict = _text(row, "verdict")
    if verdict and verdict not in VERDICTS:
        raise RowError(Sentence("eval.verdict_unknown", verdicts=", ".join(VERDICTS), verdict=verdict))
    return verdict


def _places(row: Mapping[str, object], name: str) -> tuple[int, ...]:
    places = _list(row, name)
    if not all(isinstance(place, int) and not isinstance(place, bool) and place >= 0 for place in places):
        raise RowError(Sentence("eval.places_no_numbers", name=name))
    return tuple(cast("list[int]", places))


def _evidence(item: object) -> Evidence:
    if not isinstance(item, dict):
        raise RowError(Sentence("eval.evidence_no_list"))
    fields = cast("dict[str, object]", item)
    quote = _text(fields, "quote")
    if not quote.strip():
        raise RowError(Sentence("eval.evidence_without_quote"))
    return Evidence(quote, _text(fields, "doc"), _text(fields, "locator"))


def _repeat(row: Mapping[str, object]) -> int:
    value = row.get("repeat")
    if value is None:
        return 1
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_REPEATS:
        raise RowError(Sentence("eval.repeat_out_of_bounds", most=MOST_REPEATS))
    return value


def _kind_of(value: object) -> Sentence:
    match value:
        case bool():
            return Sentence("eval.is_true_or_false")
        case int() | float():
            return Sentence("eval.is_a_number")
        case str():
            return Sentence("eval.is_a_text")
        case dict():
            return Sentence("eval.is_an_object")
        case _:
            return Sentence("eval.is_a_list")
