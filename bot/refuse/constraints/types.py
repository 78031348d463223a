"""What became of each constraint of a question: borne out by the words that would be cited, contradicted, or not mentioned.

A constraint is one typed thing that an answer must be about: this place, this class, this step of a scale. Likeness tells a
neighbour hardly at all (66千伏 beside 110千伏); one typed thing told apart does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.types import Span


class ConstraintKind(StrEnum):
    """What is constrained. Features may be keyed by these values; new kinds are added at the end."""

    PLACE = "place"  # whose policy is asked for
    LEVEL = "level"  # which level of government gives, or is the rank of the thing (市级重点实验室)
    DOCUMENT = "document"  # a title in 《》, a number, an article of it
    YEAR = "year"
    GRADE = "grade"  # class, grade, degree, title
    SIZE = "size"  # how large, how many
    RECIPIENT = "recipient"  # who gets it
    OBJECT = "object"  # the head noun and what narrows it: 隐形冠军企业
    STEP = "step"  # a step of a scale of prices: 66千伏, 第二档
    ATTRIBUTE = "attribute"  # what is asked of it: amount, unit price, deadline, materials, telephone …


class Outcome(StrEnum):
    """What the words that would be cited make of a constraint."""

    BORNE_OUT = "borne_out"
    CONTRADICTED = "contradicted"  # they name another of the same kind
    NOT_MENTIONED = "not_mentioned"


@dataclass(frozen=True, slots=True)
class ConstraintCheck:
    """One constraint held against the words that would be cited.

    ``asked`` are the words of the question, as people are told of them. ``clause`` and ``span`` (of that clause's text) say
    what bears it out, or what is printed instead; a heading or another document's title has no span. ``printed`` are
    what is named instead, in the order it is printed. ``elsewhere`` says that the corpus prints the thing asked about, only
    not where the answer would come from; ``beside``, that the question asks something else as well. ``fault`` names what
    exactly is wrong (``attribute.materials``, ``document.article``): the key of the words that say it.
    """

    kind: ConstraintKind
    asked: str
    outcome: Outcome
    fault: str = ""
    printed: tuple[str, ...] = ()
    clause: str | None = None
    span: Span | None = None
    elsewhere: bool = False
    beside: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the cited words bear it out."""
        return self.outcome is Outcome.BORNE_OUT


@dataclass(frozen=True, slots=True)
class ConstraintChecks:
    """All constraints of one question, or of one part of it, in the order in which they are made.

    Empty where the question constrains nothing that can be checked. A constraint that no rule can read is no check: a
    missing kind means "nothing to check", never "borne out".
    """

    checks: tuple[ConstraintCheck, ...] = ()

    def of(self, kind: ConstraintKind) -> tuple[ConstraintCheck, ...]:
        """The checks of one kind."""
        return tuple(check for check in self.checks if check.kind is kind)

    @property
    def unmet(self) -> tuple[ConstraintCheck, ...]:
        """What is contradicted or not mentioned."""
        return tuple(check for check in self.checks if not check.is_met)

    def counts(self) -> dict[str, int]:
        """How many checks came to what, for every kind and outcome (``"grade.contradicted"``), zeros included."""
        found = {f"{kind.value}.{outcome.value}": 0 for kind in ConstraintKind for outcome in Outcome}
        for check in self.checks:
            found[f"{check.kind.value}.{check.outcome.value}"] += 1
        return found


NO_CHECKS = ConstraintChecks()
