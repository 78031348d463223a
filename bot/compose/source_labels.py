"""The few words before a quoted sentence that say whose rule it is and for which class: 〔市 F 类〕, 〔电价·工业用电〕."""

from __future__ import annotations

import re

from bot.compose.phrases import level_words
from bot.text.bilingual import in_language
from bot.types import Language
from bot.understand.grades import CLASS_LETTERS, CLASS_NUMBERS
from ingest.facts.numerals import value_of
from ingest.structure.numbering import without_labels
from ingest.types import Clause, Role

_CLASS = re.compile(rf"([{CLASS_LETTERS}{CLASS_NUMBERS}])\s*类")
LONGEST_HEADING = 24  # characters of a heading that is said in front of a table's row
_SAYS_SOMETHING = re.compile(r"[下上]表|如下|见附|[，；：]|\d")  # a sentence, no name of what stands below it
_TITLED_ROLES = frozenset({Role.PRICE})


def class_of(clause: Clause) -> str | None:
    """The class that stands only in the headings above a catalogue entry, as "F 类" or "六类"."""
    for heading in reversed(clause.path):
        match = _CLASS.search(heading)
        if match:
            letter = match.group(1)
            return f"{letter}类"
    return None


def class_in_english(letter: str) -> str:
    """A class by its letter or its numeral: Class F, Class 2."""
    return f"Class {letter if letter.isascii() else value_of(letter)}"


def label_of(clause: Clause, sentence: str, language: Language) -> str:
    """The label of a sentence, "" when the sentence already says everything."""
    parts: list[str] = []
    if clause.role is not Role.PRICE and clause.level:
        parts.append(level_words(clause.level, language))
    if clause.role is Role.CATALOGUE:
        named = class_of(clause)
        if named:
            parts.append(class_in_english(named[0]) if language is Language.EN else in_language(named, language))
    elif clause.role is Role.PRICE:
        headings = [without_labels(heading.removeprefix("附件")) for heading in clause.path[2:]]
        parts.extend(heading for heading in headings[-2:] if heading and heading not in sentence)
    elif clause.role is Role.TABLE_ROW:
        headings = [_bare_heading(heading) for heading in clause.path[1 : -1 if clause.cells else None]]
        parts.extend(
            h
            for h in headings[-1:]
            if 0 < len(h) <= LONGEST_HEADING and h not in sentence and not _SAYS_SOMETHING.search(h)
        )
    return f"〔{'·'.join(parts)}〕" if parts else ""


def _bare_heading(heading: str) -> str:
    """A heading without its label and the word 附件 in front."""
    return without_labels(heading.removeprefix("附件").strip()).rstrip("。：:")
