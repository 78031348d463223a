"""Everything that is printed for one class of people, at every level, each grant with the rows of that class alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.compose.draft import Draft
from bot.compose.phrases import level_words
from bot.compose.source_labels import class_in_english
from bot.evidence.benefit_rows import purposes_asked
from bot.kinds.grant_list import Group, room_shared, tell_groups
from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.grant_words import is_over, kind_words
from bot.kinds.grants_asked import GrantsAsked, grants_named
from bot.kinds.words import asked_words, said
from bot.types import AnswerSentence, Language, SentenceRole
from bot.understand.grades import letter_tiers, numbered_tiers
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading
from ingest.entitlements.types import AmountRow, Attached, Condition, ReadableCondition, leaves
from ingest.vocabulary.levels import widest_first

ON_A_PAGE, WHEN_ALL = 14, 30  # grants that are said at once; where all are asked for
_CLASS = "talent_class"
# To whom what is given for a class goes: the people themselves first.
_SIDES = (
    ("person", frozenset({"person", "household"})),
    ("employer", frozenset({"employer", "company", "institution"})),
    ("intermediary", frozenset({"intermediary"})),
)


def grants_of_class(reading: Reading, places: Places, shelf: GrantShelf, page: int) -> Draft | None:
    """The list for the one class that the question names and nothing besides; None for any other question."""
    tiers = letter_tiers(reading.last) | numbered_tiers(reading.last)
    wanted = _wanted(reading, places)
    if len(tiers) != 1 or wanted is None or not shelf.checked:
        return None
    (tier,) = tiers
    items = [
        narrowed for item in shelf.checked if (narrowed := _for_class(item, tier)) and item.record.kind in wanted.kinds
    ]
    items = [item for item in items if not wanted.levels or item.level in wanted.levels]
    english = reading.language is Language.EN
    name = class_in_english(tier) if english else f"{tier}{asked_words().said['class']}"
    groups = list(_groups(items, reading, name))
    if not groups:
        return None
    everything = asked_words().asks_for("complete", reading.last)
    size = WHEN_ALL if everything and not english else ON_A_PAGE
    draft = tell_groups(reading, shelf, groups, room_shared(groups, size), page, size)
    if draft is not None and page == 0:
        for level in wanted.levels:
            if all(group.level != level for group in groups):
                text = said("row_missing", reading.language, level=level_words(level, reading.language), row=name)
                draft.sentences.append(AnswerSentence(text, (), (), role=SentenceRole.HEDGE))
    return draft


def asks_of_class(reading: Reading, places: Places) -> bool:
    """Whether all that one class gets is asked for, and nothing is told of who asks."""
    return len(letter_tiers(reading.last) | numbered_tiers(reading.last)) == 1 and _wanted(reading, places) is not None


def _wanted(reading: Reading, places: Places) -> GrantsAsked | None:
    """What is asked for besides the class; None where it is one thing of its own (安家, 贷款), or no set."""
    words, text = asked_words(), reading.last
    asks = any(words.asks_for(kind, text) for kind in ("list", "complete", "gets"))
    if not asks or purposes_asked(reading):
        return None
    others = ("single", "excluded", "compare", "class_of", "besides", *(() if text.isascii() else ("among",)))
    if any(words.asks_for(kind, text) for kind in others):
        return None
    bare = words.asks["to_employer"].sub("|", words.asks["class_named"].sub("|", text))
    general = words.said["any_english" if text.isascii() else "any"]
    wanted = grants_named(reading, words.asks["gets"].sub(general, bare), places)
    if wanted is None or not wanted.is_bare:
        return None
    if wanted.general:
        return replace(wanted, kinds=(*wanted.kinds, *words.kinds_besides))
    money = words.also if set(wanted.kinds) & set(words.also) else ()  # 补贴 is said for all of them
    return replace(wanted, kinds=(*wanted.kinds, *money))


def _for_class(item: Attached, tier: str) -> Attached | None:
    """The grant with the rows that are for the class; None where it is for other classes, or for none in particular."""
    record = item.record
    if not asks_class(record.conditions) and not any(row.when and asks_class(row.when) for row in record.amounts):
        return None
    if not _admits(record.conditions, tier):
        return None
    rows = tuple(row for row in record.amounts if _row_admits(row, tier))
    if record.amounts and not rows:
        return None
    return replace(item, record=replace(record, amounts=rows))


def _row_admits(row: AmountRow, tier: str) -> bool:
    named = letter_tiers(row.object.lower())
    return (row.when is None or _admits(row.when, tier)) and (len(named) != 1 or tier in named or not tier.isascii())


def _classes(condition: Condition) -> list[frozenset[str]]:
    return [
        frozenset(leaf.words)
        for leaf in leaves(condition)
        if isinstance(leaf, ReadableCondition) and leaf.attribute == _CLASS
    ]


def classes_of(condition: Condition) -> frozenset[str]:
    """The classes that a condition lets in, where it asks for one; none where it asks for none."""
    named = _classes(condition)
    return frozenset[str]() if not named else named[0].intersection(*named[1:])


def asks_class(condition: Condition) -> bool:
    """Whether a condition is one on the class somebody is of."""
    return bool(_classes(condition))


def _admits(condition: Condition, tier: str) -> bool:
    """Whether a condition on the class, if there is one, lets the class in."""
    named = _classes(condition)
    return not named or any(tier in classes for classes in named)


def _groups(items: Sequence[Attached], reading: Reading, name: str) -> Iterator[Group]:
    """By level and by who gets it, what can be claimed now and prints an amount first."""
    words, text = asked_words(), reading.last
    sides = ["employer"] if words.asks_for("to_employer", text) else []
    if words.asks_for("agencies", text):
        sides = ["intermediary"]
    if not sides and words.asks_for("to_themselves", text):
        sides = ["person"]
    for level in widest_first(item.level for item in items if item.level):
        for side, whos in _SIDES:
            own = [item for item in items if item.level == level and item.record.recipient.who in whos]
            own.sort(key=lambda item: (is_over(item, reading.time), not item.record.amounts, item.record.soft))
            if own and (not sides or side in sides):
                yield Group(level, "", tuple(own), _title(level, name, side, len(own), reading.language))


def _title(level: str, name: str, side: str, count: int, language: Language) -> str:
    kind = kind_words("", language)
    return said(f"class_{side}", language, level=level_words(level, language), name=name, kind=kind, n=count)
