"""What comes of single conditions, and of whole trees of them: all must hold, or one of several is enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.match import wording
from bot.match.fact_pool import FactPool
from bot.match.talent_classes import Listed, TalentClasses
from bot.match.types import ConditionJudged, Fact, Status
from bot.match.wording import text_of
from bot.match.words import is_named
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import Condition, Leaf, ReadableCondition, TextCondition, leaves
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.inclusions import inclusions

_MOST_REASONS = 4  # of alternatives that are told one by one; all of them stand in the condition
_TERMS = frozenset({"contract_months"})


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
    if status == "open" and _only_one_spoken_of(parts):
        status = "not_met"
    left = [part for part in parts if part.status == status]
    spoken_of = [part for part in left if any(leaf.status == "met" and is_specific(leaf) for leaf in part.leaves)]
    left = spoken_of if len(spoken_of) == 1 else left
    if len(left) == 1:
        return TreeJudged(status, left[0].leaves, left[0].alternatives)
    shown = tuple(tuple(leaf for leaf in part.leaves if leaf.status != "met") or part.leaves for part in left)
    nested = tuple(group for part in left for group in part.alternatives)
    return TreeJudged(status, (), (tuple(leaf for group in (*shown, *nested) for leaf in group),))


def _only_one_spoken_of(parts: Sequence[TreeJudged]) -> bool:
    """True where all that was said is of ways that failed: a 制造业创新中心 of another level, and not a word of the others."""
    failed = [part for part in parts if part.status == "not_met"]
    named = any(leaf.status == "met" and is_specific(leaf) for part in failed for leaf in part.leaves)
    others = [leaf for part in parts if part.status == "open" for leaf in (*part.leaves, *_nested(part))]
    return named and not any(leaf.by for leaf in others) and all(isinstance(x.leaf, ReadableCondition) for x in others)


def _nested(part: TreeJudged) -> tuple[LeafJudged, ...]:
    return tuple(leaf for group in part.alternatives for leaf in group)


def is_specific(judged: LeafJudged) -> bool:
    """True for a condition that what was said speaks to and that not everybody meets."""
    if not judged.by or not isinstance(judged.leaf, ReadableCondition):
        return False
    if judged.leaf.attribute in inclusions().general:
        return False
    return not judged.leaf.words or not set(judged.leaf.words) <= set(inclusions().general_words)


def planned_of(judged: LeafJudged) -> Fact | None:
    """The plan that a condition would be met by; None where it is met by what holds, or not met."""
    return next((fact for fact in judged.by if fact.planned), None) if judged.status == "met" else None


def unless_planned(judged: LeafJudged, language: Language) -> LeafJudged:
    """What would be met by a plan is open: a plan is no fact yet."""
    by = planned_of(judged)
    if by is None:
        return judged
    return LeafJudged(judged.leaf, "open", wording.planned_reason(judged.leaf, by, language), judged.by)


def settled(judged: LeafJudged, pool: FactPool, language: Language) -> LeafJudged:
    """The outcome once plans, and what speaks against it, are minded."""
    return unless_planned(_unless_contrary(judged, pool, language), language)


def is_reached_later(condition: Condition | None) -> bool:
    """Whether a grant is for those who reach a class of talent only some years later: 引进3年内才达到D类."""
    texts = (leaf.text for leaf in leaves(condition) if isinstance(leaf, TextCondition))
    return any(word in text for text in texts for word in inclusions().reached_later)


def reached_later(judged: LeafJudged, later: bool, language: Language) -> LeafJudged:
    """A class that is not reached yet is open where the grant leaves time for it."""
    of_class = isinstance(judged.leaf, ReadableCondition) and judged.leaf.attribute == "talent_class"
    if not (later and of_class and judged.status == "not_met"):
        return judged
    return LeafJudged(judged.leaf, "open", wording.LATER.to(language).format(now=judged.because), judged.by)


def _unless_contrary(judged: LeafJudged, pool: FactPool, language: Language) -> LeafJudged:
    """Not met where something said speaks against it (购置住房 and 无房); open where the asker says both."""
    asked = judged.leaf.words if isinstance(judged.leaf, ReadableCondition) else (judged.leaf.text,)
    against = pool.speaking_against(asked)
    if against is None and judged.status == "met" and isinstance(judged.leaf, ReadableCondition):
        against = pool.contradicting(judged.leaf.attribute, judged.by)
    if against is None or judged.status == "not_met":
        return judged
    told = {"said": wording.named(against.words[0], language), "asked": wording.asked_of(judged.leaf, language)}
    of_people = [fact for fact in judged.by if fact.about == "talent" and against.about == "asker"]
    if of_people and not any(_overlap(fact, against) for fact in of_people):
        return judged  # what an employer did with others
    if judged.status == "met" and not of_people:
        return LeafJudged(judged.leaf, "open", wording.BOTH_SAID.to(language).format(**told), (*judged.by, against))
    return LeafJudged(judged.leaf, "not_met", wording.AGAINST.to(language).format(**told), (against,))


def _overlap(one: Fact, other: Fact) -> bool:
    """Whether two facts are read in the same words: 招了12名大学生 says what was done, and with whom."""
    return bool(one.said and other.said and one.said.start < other.said.end and other.said.start < one.said.end)


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


def is_of_same_term(leaf: ReadableCondition, fact: Fact) -> bool:
    """Months of an internship are no months of a contract, and the other way round; an age of 岳父 is none of 父母."""
    if leaf.attribute not in _TERMS:
        return _is_of_same_relative(leaf, fact)
    internships = asker_speech().studies.internship
    return any(word in leaf.span for word in internships) == (fact.of is not None and fact.of in internships)


def _is_of_same_relative(leaf: ReadableCondition, fact: Fact) -> bool:
    """Whether what is told of a relative is of one that the condition speaks of: 岳父75岁 tells nothing of 父母."""
    asked = [name for name in asker_fact_words().relation if name in leaf.span]
    return fact.of is None or not leaf.attribute.startswith("relative") or not asked or fact.of in asked


def fact_holds(leaf: ReadableCondition, fact: Fact) -> bool | None:
    """Whether the number of a fact meets a condition; None where a range meets it with one end alone."""
    assert fact.number is not None
    lowest = number_holds(leaf, fact.number)
    return lowest if fact.upto is None or number_holds(leaf, fact.upto) is lowest else None


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


class KnownOutcomes:
    """For one asker and one thread; conditions must outlive it, as they are told apart by identity.

    What a condition comes to depends on the facts it looks at alone; where these are the same, so is the outcome.
    """

    def __init__(self) -> None:
        self._leaves: dict[int, list[tuple[dict[str, tuple[Fact, ...]], LeafJudged]]] = {}
        self._listed: dict[str | None, list[tuple[tuple[Fact, ...], tuple[Listed, ...]]]] = {}
        self._exact: dict[int, tuple[FactPool, FactPool]] = {}

    def of(self, leaf: Leaf, pool: FactPool, judge: Callable[[Leaf], LeafJudged]) -> LeafJudged:
        """The outcome for the facts of ``pool``, worked out by ``judge`` unless it is known."""
        outcomes = self._leaves.setdefault(id(leaf), [])
        for facts, judged in outcomes:
            if all(pool.by_attribute.get(name, ()) == seen for name, seen in facts.items()):
                return judged
        pool.looked_at.clear()
        judged = judge(leaf)
        outcomes.append(({name: pool.by_attribute.get(name, ()) for name in pool.looked_at}, judged))
        return judged

    def listed(self, honours: tuple[Fact, ...], catalogue: str | None, classes: TalentClasses) -> tuple[Listed, ...]:
        """The classes that honours give by a catalogue."""
        outcomes = self._listed.setdefault(catalogue, [])
        found = next((listed for known, listed in outcomes if known == honours), None)
        if found is None:
            found = classes.of(honours, catalogue)
            outcomes.append((honours, found))
        return found

    def exactly(self, pool: FactPool) -> FactPool:
        """The pool without numbers that are told as a range."""
        known = self._exact.get(id(pool))
        if known is None:
            known = self._exact[id(pool)] = (pool, pool.exactly())
        return known[1]


def shown(judged: LeafJudged, language: Language) -> ConditionJudged:
    """A single condition as it is told."""
    return ConditionJudged(judged.leaf.span, text_of(judged.leaf, language), judged.status, judged.because)


def group_shown(group: Sequence[LeafJudged], language: Language) -> ConditionJudged:
    """Alternatives as one condition: any of them is enough."""
    texts = list(dict.fromkeys(text_of(leaf.leaf, language) for leaf in group))
    joined = wording.CONTAINS.to(language).format(parts=Say("；", "; ").to(language).join(texts))
    status: Status = "open" if any(leaf.status != "not_met" for leaf in group) else "not_met"
    reasons = list(dict.fromkeys(leaf.because for leaf in group if leaf.status == status))
    told = Say("；", "; ").to(language).join(reasons[:_MOST_REASONS])
    if len(reasons) > _MOST_REASONS:
        told = wording.AND_MORE.to(language).format(told=told, n=len(reasons))
    return ConditionJudged(group[0].leaf.span, joined, status, told)
