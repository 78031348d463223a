"""The few questions whose answers decide most of what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.match import wording
from bot.match.grant_judging import GrantJudged
from bot.match.judged_trees import LeafJudged
from bot.match.wording import asked_of, label_of, of_said
from bot.match.words import is_by_list
from bot.types import Language
from ingest.entitlements.types import ReadableCondition, TextCondition

MOST_QUESTIONS = 3
_SAID_AS = "event"  # a condition in words is met by whoever says just that of themselves
_ALIKE = 4  # values of one attribute named in a question


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question, and which fact answers it: one of ``attribute`` (of ``of``), most likely one of ``words``.

    Without an attribute (the first questions to somebody of whom nothing is known) what is asked stands in the text alone.
    """

    text: str
    attribute: str | None = None
    of: str | None = None
    words: tuple[str, ...] = ()
    yes_or_no: bool = False  # whether the asker has, or is, the one of ``words``


def open_questions(items: Iterable[GrantJudged], language: Language) -> tuple[OpenQuestion, ...]:
    """At most three, by the number of open grants that each decides; none about what somebody else decides."""
    counts: Counter[tuple[str, ...]] = Counter()
    asked: dict[tuple[str, ...], list[LeafJudged]] = {}
    for item in items:
        if item.status != "open" or item.match.grant.record.soft:
            continue
        for key, leaf in {_key(leaf): leaf for leaf in item.whole if _is_askable(leaf)}.items():
            counts[key] += 1
            asked.setdefault(key, []).append(leaf)
    first = sorted(counts, key=lambda key: (-counts[key], key))[:MOST_QUESTIONS]
    return tuple(_question(asked[key], counts[key], language) for key in first)


def first_questions(language: Language) -> tuple[OpenQuestion, ...]:
    """What to ask somebody of whom nothing is known."""
    return tuple(OpenQuestion(say.to(language)) for say in wording.FIRST_QUESTIONS)


def _is_askable(leaf: LeafJudged) -> bool:
    """Open, and no person's or office's decision; what is planned or given as a range is known as far as it can be."""
    known = any(fact.planned or fact.attribute == "plan" or fact.upto is not None for fact in leaf.by)
    asked = leaf.leaf.words if isinstance(leaf.leaf, ReadableCondition) else ()
    known = known or (bool(leaf.by) and any(map(is_by_list, asked)))  # a list elsewhere tells
    return leaf.status == "open" and not known and not (isinstance(leaf.leaf, TextCondition) and leaf.leaf.decision)


def _key(leaf: LeafJudged) -> tuple[str, ...]:
    """Conditions that one answer settles: of one attribute and one recognition; texts each by itself."""
    if isinstance(leaf.leaf, TextCondition):
        return ("", leaf.leaf.text)
    by_value = leaf.leaf.attribute in wording.THINGS | wording.STATES
    return (leaf.leaf.attribute, leaf.leaf.of or "", *(leaf.leaf.words if by_value else ()))


def _question(leaves: list[LeafJudged], number: int, language: Language) -> OpenQuestion:
    leaf = leaves[0].leaf
    text = _text(leaves, number, language)
    if isinstance(leaf, TextCondition):
        return OpenQuestion(text, _SAID_AS, None, (leaf.text,), True)
    words = dict.fromkeys(word for one in leaves if isinstance(one.leaf, ReadableCondition) for word in one.leaf.words)
    yes_or_no = leaf.attribute in wording.THINGS | wording.STATES and len(words) == 1
    return OpenQuestion(text, leaf.attribute, leaf.of, tuple(words)[:_ALIKE], yes_or_no)


def _text(leaves: list[LeafJudged], number: int, language: Language) -> str:
    leaf = leaves[0].leaf
    values = list(dict.fromkeys(word for one in leaves for word in _values(one, language)))[:_ALIKE]
    asked = wording.Say("、", ", ").to(language).join(values)
    if isinstance(leaf, TextCondition):
        say, label = wording.ASK_CHECK, ""
    else:
        label = _in_a_sentence(label_of(leaf.attribute, language), language) + of_said(leaf.of, language)
        say = _form(leaf)
    question = say.to(language).format(label=label, asked=asked)
    return question + wording.FOR_MANY.to(language).format(n=number) if number > 1 else question


def _in_a_sentence(label: str, language: Language) -> str:
    """What is the kind of employer?: a label begins small, but for abbreviations (R&D)."""
    small = language is Language.EN and label[1:2].islower()
    return label[0].lower() + label[1:] if small else label


def _values(judged: LeafJudged, language: Language) -> tuple[str, ...]:
    leaf = judged.leaf
    if isinstance(leaf, ReadableCondition) and leaf.words:
        return tuple(wording.named(word, language) for word in leaf.words)
    return (asked_of(leaf, language),)


def _form(leaf: ReadableCondition) -> wording.Say:
    if leaf.attribute == "place":
        return wording.ASK_PLACE
    if leaf.attribute == "origin":
        return wording.ASK_ORIGIN
    if leaf.attribute in wording.THINGS | wording.STATES:
        return wording.ASK_HAS if leaf.attribute in wording.THINGS else wording.ASK_IS
    return wording.ASK_NUMBER if leaf.numbers else wording.ASK_WORDS
