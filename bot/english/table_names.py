"""What rows and columns of a table are called in English: classes by their letters, prices by the edition's headings."""

from __future__ import annotations

from collections.abc import Sequence

from bot.english.asked_row import class_named
from bot.english.headings import holds_chinese, name_in_english, without_number
from ingest.editions.types import Edition
from ingest.entitlements.wording import squeezed
from ingest.types import Clause
from ingest.vocabulary.matching.english_names import in_english, title_in_english

_BETWEEN = "·"


def row_name(printed: str, clauses: Sequence[Clause], edition: Edition) -> str:
    """The name of a row, each of its parts once; a part without English stays as printed."""
    if not holds_chinese(printed):
        return printed
    parts = dict.fromkeys(_part(part, clauses, edition) for part in printed.split(_BETWEEN))
    return f" {_BETWEEN} ".join(parts)


def column_in_english(printed: str) -> str:
    """The head of a column: a level, or what is given; what has no English stays."""
    if not holds_chinese(printed):
        return printed
    return f" {_BETWEEN} ".join(_given(part) for part in printed.split(_BETWEEN))


def _part(printed: str, clauses: Sequence[Clause], edition: Edition) -> str:
    for clause in clauses:
        heading = edition.headings.get(squeezed(printed)) or name_in_english(printed, clause, edition)
        if heading:
            return without_number(heading)
        english = " ".join(one.text for one in edition.sentences.get(clause.id, ()))
        if named := class_named(printed, english):
            return named
    return in_english(printed)


def _given(printed: str) -> str:
    if not holds_chinese(printed):
        return printed
    word = in_english(printed)
    return (title_in_english(printed) or printed) if word == printed else word
