"""What a question asks for: an amount, an office, a day … A question may be of several types at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from ingest.normalise import search_form
from ingest.vocabulary.questions import question_words


class QuestionType(StrEnum):
    """What would satisfy the person asking."""

    AMOUNT = "amount"
    WHO = "who"
    CLASS = "class"  # which class of people somebody belongs to
    OFFICE = "office"
    WHEN = "when"
    HOW = "how"
    DEFINITION = "definition"
    LIST = "list"
    YES_NO = "yes_no"
    COMPARISON = "comparison"
    SCENARIO = "scenario"
    VALIDITY = "validity"  # does it still hold today, until when
    OVERLAP = "overlap"  # may two benefits be drawn, which of two rules prevails
    CONTACT = "contact"  # telephone, address


# Matched against the search form of the question: simplified, lower case.
_PATTERNS: Mapping[QuestionType, re.Pattern[str]] = {
    type_: re.compile(question_words().types[type_.value].pattern) for type_ in QuestionType
}


def question_types(text: str) -> frozenset[QuestionType]:
    """The types whose signs stand in ``text``; empty when there are none."""
    plain = search_form(text)
    found = frozenset(type_ for type_, pattern in _PATTERNS.items() if pattern.search(plain))
    # 市里拿了，旗里还能拿吗: whether beside it, and not whether still.
    return found - {QuestionType.VALIDITY} if QuestionType.OVERLAP in found else found
