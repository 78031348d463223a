"""What a clause says, in the terms of what questions ask for: an amount, an office, a time, a class of people.

"多少钱" asks for an amount, and the clause that only names the subject does not answer it; the one with a figure may.
Read off the typed facts of a clause, never off single topics.
"""

from __future__ import annotations

import re

from index.text.question_types import QuestionType
from ingest.types import Clause, Role
from ingest.vocabulary.offices import office_words
from ingest.vocabulary.wordings import either

_MONEY_OR_SHARE = ("元", "%")
_TIMES = frozenset({"日期", "年", "月", "日", "天", "个月"})
_IN_CHARGE = re.compile(either(office_words().in_charge))


def types_said(clause: Clause) -> frozenset[QuestionType]:
    """The types of question that a clause may answer: AMOUNT, WHEN, OFFICE, CLASS; the others cannot be told of a clause."""
    said: set[QuestionType] = set()
    units = {figure.unit for figure in clause.figures}
    if any(part in unit for unit in units for part in _MONEY_OR_SHARE):
        said.add(QuestionType.AMOUNT)
    if units & _TIMES:
        said.add(QuestionType.WHEN)
    if clause.departments or _IN_CHARGE.search(clause.text):
        said.add(QuestionType.OFFICE)
    if clause.role is Role.CATALOGUE:
        said.add(QuestionType.CLASS)
    return frozenset(said)
