"""The sentences that an answer would be made of, as the checks read them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.evidence.candidates import Candidate
from bot.refuse.answerability import Searched, as_good
from bot.understand.reading import Reading
from index.text.question_types import QuestionType, question_types
from ingest.facts.measures import MONEY_OR_SHARE
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.wordings import either

_MONEY_ASKED = re.compile(question_words().besides.money.pattern)
_NO_NUMBER = re.compile(either(question_words().said.no_number))
_PART_END = re.compile(r"[，,。；;？?！!]|(?<=[a-z]): ")
_ASKING = re.compile(constraint_words().speech.asking)
_BLANKS = re.compile(r"\s+")


def asks_beside(reading: Reading, asked: str) -> bool:
    """Whether a part of the last turn without the words ``asked`` asks something as well."""
    parts = (part for part in _PART_END.split(reading.last) if asked not in part)
    return any(question_types(part) or _ASKING.search(part) for part in parts)


def plain(text: str) -> str:
    """``text`` in lower case and without blanks, as wordings of rules are looked for in it."""
    return _BLANKS.sub("", text).lower()


def words_of(candidate: Candidate) -> str:
    """A sentence with the headings it stands under."""
    return plain(" ".join((*candidate.clause.path[1:], candidate.text)))


def clause_words(candidate: Candidate) -> str:
    """The whole clause of a sentence with its headings."""
    return plain(" ".join((*candidate.clause.path[1:], candidate.clause.text)))


def citable(searched: Searched) -> Sequence[Candidate]:
    """The best sentence and those nearly as good; of the levels that the question asks to give, where any is of them."""
    good = as_good(searched.candidates)
    levels = searched.reading.levels
    return [c for c in good if c.clause.level in levels] or good


def asks_money(searched: Searched) -> bool:
    """Whether an amount of money or a rate is asked for."""
    return QuestionType.AMOUNT in searched.reading.types and _MONEY_ASKED.search(searched.reading.last) is not None


def states_amount(candidate: Candidate) -> bool:
    """Whether a sentence prints an amount, a share, or that nothing is to be paid."""
    units = {figure.unit.partition("/")[0] for figure in candidate.figures}
    return bool(units & MONEY_OR_SHARE) or _NO_NUMBER.search(candidate.text) is not None


def answering(searched: Searched) -> Sequence[Candidate]:
    """The citable sentences; those with an amount where one is asked for and some have one."""
    good = citable(searched)
    if not asks_money(searched):
        return good
    return [c for c in good if states_amount(c)] or good
