"""The parts of a question as a language model sees them, held against the question; else those that the rules see."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from bot.llm.reply_words import question_terms
from bot.llm.sentence_stream import without_first_thought
from bot.text.term_overlap import terms_of
from bot.types import Answer, Answered, AnswerKind, Question
from bot.understand.plan import QuestionPlan
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from ingest.normalise import match_form, to_simplified
from ingest.whole_characters import are_whole

MOST_PARTS = 6  # searched for and answered
MOST_WRITTEN = 12  # parts in a reply; one with more was not written about the question
LEAST_SHARED = 2  # terms that a part has in common with what was asked
LEAST_TRUE = 0.5  # share of the parts that must be about the question
LONGEST = {"topic": 40, "question": 300, "search": 120}  # characters
MOST_CONSTRAINTS = 6
LONGEST_CONSTRAINT = 40
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)


class AskedKind(StrEnum):
    """What sort of answer a question wants; decides its length and form."""

    FACT = "fact"
    SEVERAL = "several"  # facts
    SCENARIO = "scenario"
    COMPARE = "compare"
    SUMMARY = "summary"


class PlanFault(StrEnum):
    """Why the plan of a model is not used."""

    UNREADABLE = "unreadable"  # no JSON of the form asked for
    TOO_MANY = "too_many"
    OTHER_SUBJECT = "other_subject"


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """One thing asked."""

    topic: str  # its name, as the section of a longer answer
    question: str  # by itself
    search: str = ""  # what is searched for besides, in Chinese
    constraints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """What is searched for and answered. ``left_out`` are parts beyond the most, ``fault`` why a model's plan is not used."""

    kind: AskedKind
    parts: tuple[PlannedPart, ...]
    left_out: tuple[str, ...] = ()
    fault: PlanFault | None = None
    by_model: bool = False


class PlanUnusable(ValueError):
    """A plan that is not used."""

    def __init__(self, fault: PlanFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def plan_by_rules(reading: Reading, plan: QuestionPlan, plain: Answer, fault: PlanFault | None = None) -> ModelPlan:
    """The parts as the rules see them; ``plain`` is the answer without a model."""
    parts = tuple(PlannedPart(part.text, part.text, part.reading.query.parts[0].text) for part in plan.parts)
    if isinstance(plain, Answered) and plain.kind is AnswerKind.SUMMARY:
        kind = AskedKind.SUMMARY
    elif QuestionType.COMPARISON in reading.types:
        kind = AskedKind.COMPARE
    elif isinstance(plain, Answered) and plain.kind is AnswerKind.MATCH:
        kind = AskedKind.SCENARIO
    else:
        kind = AskedKind.FACT if plan.is_one else AskedKind.SEVERAL
    return ModelPlan(kind, parts, plan.left_out, fault)


def read_plan(reply: str, question: Question) -> ModelPlan:
    """The plan that a model wrote for ``question``. Raises PlanUnusable.

    A part that shares no words with what was asked, or that brings a number nobody told, is dropped; where most are, the
    plan is about something else.
    """
    written = _object_of(reply)
    rows = written.get("parts")
    if not isinstance(rows, list) or not rows:
        raise PlanUnusable(PlanFault.UNREADABLE)
    parts = [_part(row) for row in cast("list[object]", rows)]
    if len(parts) > MOST_WRITTEN:
        raise PlanUnusable(PlanFault.TOO_MANY)
    told = _Told.of(question)
    kept = list(dict.fromkeys(part for part in parts if told.holds(part)))
    if not kept or len(kept) < LEAST_TRUE * len(parts):
        raise PlanUnusable(PlanFault.OTHER_SUBJECT)
    left_out = tuple(part.question for part in kept[MOST_PARTS:])
    return ModelPlan(_kind(written.get("kind"), len(kept)), tuple(kept[:MOST_PARTS]), left_out, by_model=True)


def _object_of(reply: str) -> Mapping[str, object]:
    text = without_first_thought(reply)
    fenced = _FENCE.match(text)
    try:
        written: object = json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError) as error:
        raise PlanUnusable(PlanFault.UNREADABLE) from error
    if not isinstance(written, dict) or not are_whole(json.dumps(written, ensure_ascii=False)):
        raise PlanUnusable(PlanFault.UNREADABLE)
    return cast("dict[str, object]", written)


def _part(row: object) -> PlannedPart:
    given = cast("dict[str, object]", row) if isinstance(row, dict) else {}
    topic, question, search = (_line(given.get(key, ""), most) for key, most in LONGEST.items())
    if not question:
        raise PlanUnusable(PlanFault.UNREADABLE)
    constraints = given.get("constraints")
    listed = cast("list[object]", constraints) if isinstance(constraints, list) else []
    kept = tuple(filter(None, (_line(one, LONGEST_CONSTRAINT) for one in listed[:MOST_CONSTRAINTS])))
    return PlannedPart(topic or question, question, search, kept)


def _line(value: object, most: int) -> str:
    """A text without line ends; "" for what is none or too long."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= most else ""


def _kind(written: object, parts: int) -> AskedKind:
    asked = next((kind for kind in AskedKind if kind.value == written), AskedKind.FACT)
    return AskedKind.SEVERAL if asked is AskedKind.FACT and parts > 1 else asked


@dataclass(frozen=True, slots=True)
class _Told:
    """What was said in a conversation: what a part may be made of."""

    terms: frozenset[str]
    numbers: frozenset[str]

    @classmethod
    def of(cls, question: Question) -> _Told:
        text = to_simplified("\n".join(question.turns))
        return cls(_all_terms(text), frozenset(_numbers(text)))

    def holds(self, part: PlannedPart) -> bool:
        text = to_simplified(part.question)
        own = _all_terms(text)
        return len(own & self.terms) >= min(LEAST_SHARED, len(self.terms), len(own) or 1) and self.numbers.issuperset(
            _numbers(text)
        )


def _all_terms(text: str) -> frozenset[str]:
    """The terms of a text that are no mere question words."""
    return terms_of(text) - question_terms()


def _numbers(text: str) -> Sequence[str]:
    return re.findall(r"\d+(?:\.\d+)?", match_form(text))
