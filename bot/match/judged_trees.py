"""What comes of single conditions, and of whole trees of them: all must hold, or one of several is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.match.types import Fact, Status
from bot.match.words import is_named
from ingest.entitlements.types import Condition, Leaf, ReadableCondition, leaves
from ingest.vocabulary.matching.inclusions import inclusions


@dataclass(frozen=True, slots=True)
class LeafJudged:
    """A single condition and what comes of it. ``by`` are the facts that decided; none: nothing was said."""

    leaf: Leaf
    status: Status
    because: str
    by: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class TreeJudged:
    """A tree of conditions: its status, and the single conditions that it comes from.

    Of alternatives (any) the one that is met stands alone; where none is, all that may still be met stand together.
    """

    status: Status
    leaves: tuple[LeafJudged, ...] = ()
    alternatives: tuple[tuple[LeafJudged, ...], ...] = ()  # open or failed ones of any, each whole


def all_of(parts: Sequence[TreeJudged]) -> TreeJudged:
    """All parts must hold."""
    statuses = {part.status for part in parts}
    status: Status = "not_met" if "not_met" in statuses else "open" if "open" in statuses else "met"
    return TreeJudged(
        status,
        tuple(leaf for part in parts for leaf in part.leaves),
        tuple(group for part in parts for group in part.alternatives),
    )


def any_of(parts: Sequence[TreeJudged]) -> TreeJudged:
    """The first part that is met, alone; else those that may be met, as alternatives; else all that failed.

    Of 优秀医师 of a level or 优秀护士 of a level the one that somebody is stands alone, with its open level.
    """
    met = next((part for part in parts if part.status == "met"), None)
    if met is not None:
        return met
    status: Status = "open" if any(part.status == "open" for part in parts) else "not_met"
    left = [part for part in parts if part.status == status]
    spoken_of = [part for part in left if any(leaf.status == "met" and is_specific(leaf) for leaf in part.leaves)]
    left = spoken_of if len(spoken_of) == 1 else left
    if len(left) == 1:
        return TreeJudged(status, left[0].leaves, left[0].alternatives)
    shown = tuple(tuple(leaf for leaf in part.leaves if leaf.status != "met") or part.leaves for part in left)
    nested = tuple(group for part in left for group in part.alternatives)
    return TreeJudged(status, (), (tuple(leaf for group in (*shown, *nested) for leaf in group),))


def is_specific(judged: LeafJudged) -> bool:
    """True for a condition that what was said speaks to and that not everybody meets."""
    if not judged.by or not isinstance(judged.leaf, ReadableCondition):
        return False
    if judged.leaf.attribute in inclusions().general:
        return False
    return not judged.leaf.words or not set(judged.leaf.words) <= set(inclusions().general_words)


def names_in(*conditions: Condition | None) -> tuple[str, ...]:
    """The recognitions, awards and events that conditions name: what a level or a time beside them is of."""
    named = ("recognition", "award", "event")
    found = (leaf for condition in conditions for leaf in leaves(condition))
    words = (
        word for leaf in found if isinstance(leaf, ReadableCondition) and leaf.attribute in named for word in leaf.words
    )
    return tuple(dict.fromkeys(words))


def is_narrower(one: Condition | None, other: Condition | None) -> bool:
    """True when a condition names what lies inside that which another names: 小巨人 and 专精特新."""
    ours, theirs = names_in(one), names_in(other)
    return bool(ours and theirs) and all(
        any(is_named(mine, name) and not is_named(name, mine) for name in theirs) for mine in ours
    )


def is_same_unit(one: str, other: str) -> bool:
    """月 and 个月, 岁 and 周岁."""
    return one.lstrip("个周") == other.lstrip("个周")


def number_holds(leaf: ReadableCondition, number: Decimal) -> bool:
    """Whether a number in the condition's own unit meets it."""
    first, last = leaf.numbers[0], leaf.numbers[-1]
    return {
        "is": number == first,
        "at_least": number >= first,
        "more_than": number > first,
        "at_most": number <= first,
        "less_than": number < first,
        "between": first <= number <= last,
    }[leaf.operator]
