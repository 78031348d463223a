"""Paragraphs that are said together: a lead-in with its list, a question with its answer, the lines of a guide."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.structure.numbering import Kind
from ingest.structure.sections import NUMBERED, Section, marked_paragraphs
from ingest.types import Paragraph

LONGEST_LIST = 1000  # characters of the items of one list; longer ones are rules to be quoted one by one
LONGEST_LABEL = 10  # characters before the colon of a line of a guide: 办理地点、收费依据和标准
FEWEST_DATA = 2  # lines of label and value that make a guide

_ITEMS = frozenset({Kind.CN_PAREN, Kind.NUM, Kind.NUM_PAREN, Kind.CIRCLED})
# "现就有关事项通知如下：" opens a whole document, not a list.
_OPENS_DOCUMENT = re.compile(
    r"(?:通知|公告|通告|意见|措施|政策|办法|决定|规定|细则|方案|事项|要求)[^，。；]{0,8}(?:如下|以下)|^各|^现"
)
_QUESTION = re.compile(r"(?:问(?:题)?\s*\d*|[QＱ]\s*\d*)\s*[：:.．、]|.*[？?][”’」）)]?$")
_ANSWER = re.compile(r"(?:答(?:复|案)?|[AＡ]\s*\d*)\s*[：:.．、]")
_DATUM = re.compile(rf"(?:[【\[]?)([^，。；：:？?】\]\s]{{2,{LONGEST_LABEL}}})[】\]]?\s*[：:]")
# What only a guide to a service says of it.
_OF_A_SERVICE = re.compile(
    r"材料|要件|条件|时限|时间|流程|程序|步骤|电话|热线|地点|地址|窗口|收费|费用|受理|办理|对象|依据|方式|渠道|联系|咨询|事项"
)
_SENTENCE_INSIDE = re.compile(r"[。！？](?!$|[”’」）)]$)")


class Said(StrEnum):
    """Why paragraphs are said together."""

    LIST = "list"
    FAQ = "faq"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class Together:
    """Paragraphs of one clause; ``marks`` are those that begin a numbered part of it."""

    said: Said
    numbers: tuple[int, ...]
    marks: tuple[int, ...] = ()


Entry = int | Section


def is_lead_in(text: str) -> bool:
    """True for a sentence that only its list completes: ``下列项目不得申请：``."""
    return text.endswith(("：", ":")) and _OPENS_DOCUMENT.search(text) is None


def is_question(text: str) -> bool:
    """True for the question of a pair: ``问：…``, ``Q1：…`` or what ends in a question mark."""
    return _QUESTION.match(text) is not None and _ANSWER.match(text) is None


def is_datum(text: str) -> bool:
    """True for a line of a guide: ``办理时限：5个工作日``."""
    datum = _DATUM.match(text)
    return datum is not None and _OF_A_SERVICE.search(datum[1]) is not None


def opens_guide_or_pairs(text: str) -> bool:
    """True for a line that a guide or questions with their answers begin with."""
    return is_question(text) or is_datum(text)


def above_list(item: Section, paragraphs: Sequence[Paragraph], number: int) -> Section:
    """Where a plain paragraph below a list's item belongs: to the item, or beside the list that it does not go on with.

    The next label of a guide ends the list that is the value of the one before, the next question the list that
    answers the one before.
    """
    if item.kind != NUMBERED or item.parent is None:
        return item
    text = paragraphs[number].text
    beside = [paragraphs[entry].text for entry in item.parent.entries if isinstance(entry, int)]
    next_label = is_datum(text) and beside and is_datum(beside[-1]) and beside[-1].endswith(("：", ":"))
    next_question = is_question(text) and any(map(is_question, beside))
    return item.parent if next_label or next_question else item


def is_list(sections: Sequence[Section], paragraphs: Sequence[Paragraph]) -> bool:
    """True when sections are the items of one list: of one kind, one sentence each, short together."""
    last = len(sections) - 1
    if not sections or any(not _is_item(one, paragraphs, place == last) for place, one in enumerate(sections)):
        return False
    kinds = {section.label.kind for section in sections if section.label is not None}
    length = sum(len(paragraphs[number].text) for one in sections for number, _ in marked_paragraphs(one))
    return len(kinds) == 1 and length <= LONGEST_LIST


def _is_item(section: Section, paragraphs: Sequence[Paragraph], is_last: bool) -> bool:
    """One sentence under a number; below the last item may stand what is said of the whole list."""
    if section.kind != NUMBERED or section.label is None or section.label.kind not in _ITEMS:
        return False
    inner = [(paragraphs[number].text, mark) for number, mark in marked_paragraphs(section)]
    return all(mark or is_last for _, mark in inner) and not any(
        mark and _SENTENCE_INSIDE.search(text) for text, mark in inner
    )


def leading(entries: Sequence[Entry]) -> list[int]:
    """The paragraphs before the first section."""
    found: list[int] = []
    for entry in entries:
        if not isinstance(entry, int):
            break
        found.append(entry)
    return found


def grouped(
    entries: Sequence[Entry], paragraphs: Sequence[Paragraph], rows: Collection[int]
) -> Iterator[Entry | Together]:
    """The entries of a section in order, those that are said together as one. ``rows`` of tables stay apart."""
    place = 0
    while place < len(entries):
        found = _group_at(entries, place, paragraphs, rows)
        if found is None:
            yield entries[place]
            place += 1
        else:
            group, place = found
            yield group


def _group_at(
    entries: Sequence[Entry], place: int, paragraphs: Sequence[Paragraph], rows: Collection[int]
) -> tuple[Together, int] | None:
    first = entries[place]
    if not isinstance(first, int) or first in rows:
        return None
    text = paragraphs[first].text
    if is_question(text):
        return _pair(entries, place, paragraphs, rows)
    if _DATUM.match(text) and (guide := _guide(entries, place, paragraphs, rows)):
        return guide
    return _list(entries, place, paragraphs, rows) if is_lead_in(text) else None


def _pair(
    entries: Sequence[Entry], place: int, paragraphs: Sequence[Paragraph], rows: Collection[int]
) -> tuple[Together, int] | None:
    """A question and what stands below it to the next one; None when nothing answers it."""
    numbers, marks = [_paragraph(entries[place])], list[int]()
    end = place + 1
    while end < len(entries):
        entry = entries[end]
        if isinstance(entry, int) and (entry in rows or is_question(paragraphs[entry].text)):
            break
        if isinstance(entry, Section):
            if (items := _items_at(entries, end, paragraphs)) is None or not is_lead_in(paragraphs[numbers[-1]].text):
                break
            end += _append(items, numbers, marks)
            continue
        numbers.append(entry)
        end += 1
    return (Together(Said.FAQ, tuple(numbers), tuple(marks)), end) if len(numbers) > 1 else None


def _guide(
    entries: Sequence[Entry], place: int, paragraphs: Sequence[Paragraph], rows: Collection[int]
) -> tuple[Together, int] | None:
    """Lines of label and value, each label once; a value may stand on the lines below its label."""
    numbers, marks, labels = list[int](), list[int](), list[str]()
    end = place
    while end < len(entries):
        entry = entries[end]
        opened = bool(numbers) and paragraphs[numbers[-1]].text.endswith(("：", ":"))
        if isinstance(entry, Section):
            if not opened or (items := _items_at(entries, end, paragraphs)) is None:
                break
            end += _append(items, numbers, marks)
            continue
        label = _DATUM.match(paragraphs[entry].text)
        if entry in rows or (label is None and not opened) or (label and label[1] in labels):
            break
        labels += [label[1]] if label else []
        numbers.append(entry)
        end += 1
    of_service = sum(_OF_A_SERVICE.search(label) is not None for label in labels)
    return (Together(Said.GUIDE, tuple(numbers), tuple(marks)), end) if of_service >= FEWEST_DATA else None


def _list(
    entries: Sequence[Entry], place: int, paragraphs: Sequence[Paragraph], rows: Collection[int]
) -> tuple[Together, int] | None:
    """A lead-in with the numbered items below it, or with the paragraph below it."""
    numbers, marks = [_paragraph(entries[place])], list[int]()
    following = entries[place + 1] if place + 1 < len(entries) else None
    if isinstance(following, Section):
        items = _items_at(entries, place + 1, paragraphs)
        if items is None:
            return None
        end = place + 1 + _append(items, numbers, marks)
        return Together(Said.LIST, tuple(numbers), tuple(marks)), end
    end = place + 1
    while end < len(entries):
        entry = entries[end]
        if not isinstance(entry, int) or entry in rows:
            break
        numbers.append(entry)
        end += 1
        if not paragraphs[entry].text.endswith(("；", ";", "：", ":")):
            break
    return (Together(Said.LIST, tuple(numbers)), end) if len(numbers) > 1 else None


def _paragraph(entry: Entry) -> int:
    assert isinstance(entry, int)
    return entry


def _items_at(entries: Sequence[Entry], place: int, paragraphs: Sequence[Paragraph]) -> list[Section] | None:
    """The sections from ``place`` on that are the items of one list, or None."""
    items: list[Section] = []
    for entry in entries[place:]:
        if not isinstance(entry, Section) or entry.label is None:
            break
        if items and items[0].label is not None and entry.label.kind is not items[0].label.kind:
            break
        items.append(entry)
    return items if is_list(items, paragraphs) else None


def _append(items: Sequence[Section], numbers: list[int], marks: list[int]) -> int:
    """Append the paragraphs of ``items``; how many entries they are."""
    for item in items:
        inner = list(marked_paragraphs(item))
        numbers.extend(number for number, _ in inner)
        marks.extend(number for number, mark in inner if mark)
    return len(items)


def runs_of(numbers: Sequence[int], rows: Collection[int]) -> Iterator[list[int]]:
    """Paragraphs that make up one clause together; a row of a table stands alone."""
    run: list[int] = []
    for number in numbers:
        if number in rows:
            if run:
                yield run
            yield [number]
            run = []
        else:
            run.append(number)
    if run:
        yield run
