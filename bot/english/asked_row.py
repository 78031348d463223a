"""The row of a sentence that an answer speaks of, put in front of the whole sentence in English.

"Classes B, C and D … RMB 3 million, RMB 2.5 million and RMB 2 million respectively" leaves the reader to count; an answer
about class C says its amount first.
"""

from __future__ import annotations

import re

from bot.english.quoted_words import Rendered
from bot.types import AnswerSentence, CheckedFigure
from bot.understand.grades import CLASS_LETTERS
from ingest.facts.figures import find_figures, supports
from ingest.types import Bound, Figure

_LETTER = re.compile(rf"([{CLASS_LETTERS}])类")
_PER = re.compile(r"(?:\sper\s[A-Za-z]+|\s(?:a|each)\s(?:year|month|day))*")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_FOR_WHOM = re.compile(r"\s(?:for|to)\s(?:[^(),;.]|\([^()]*\))+")
_JOINING = re.compile(r"\s+(?:and|or|plus)\s*$")
_BOUNDS = {Bound.AT_MOST: "up to ", Bound.AT_LEAST: "at least ", Bound.ABOUT: "about "}


def row_in_front(sentence: AnswerSentence, words: str, one: Rendered) -> tuple[str, CheckedFigure] | None:
    """The amount of a row and for whom it is, as "Senior talent (Class E): RMB 1 million", with its figure.

    None where the words are no row of several amounts, or where the English does not print the row's figure.
    """
    places = {figure.span: figure for figure in sentence.figures if figure.clause_id == one.clause.id}
    if len(places) != 1:
        return None
    (span,) = places
    own = next((figure for figure in one.clause.figures if one.clause.in_source(figure.span) == span), None)
    text = one.text
    said = find_figures(text)
    meant = next((figure for figure in said if own is not None and supports(own, figure)), None)
    if meant is None or sum(figure.unit == meant.unit for figure in said) < 2:
        return None
    amount = f"{_BOUNDS.get(meant.bound, '')}{meant.text}{_further(text, meant, said)}"
    whose = class_named(words, text)
    row = f"{whose}: {amount}." if whose else f"{amount[:1].upper()}{amount[1:]}."
    return row, CheckedFigure(meant.text, one.clause.id, span)


def _further(text: str, meant: Figure, said: tuple[Figure, ...]) -> str:
    """What is said of an amount behind it: per what, and for whom unless that is told of several amounts at once."""
    end = meant.span.end
    per = _PER.match(text, end)
    per_end = per.end() if per else end
    beyond = _FOR_WHOM.match(text, per_end)
    if beyond is None or _RESPECTIVELY.search(text):
        return text[end:per_end]
    following = min((figure.span.start for figure in said if figure.span.start > end), default=len(text))
    return _JOINING.sub("", text[end : min(beyond.end(), following)])


def class_named(words: str, text: str) -> str:
    """The class of a row with what stands before it in the English, as "senior talent (Class E)"; "" without a letter."""
    letter = _LETTER.search(words.partition(":")[0])
    if letter is None:
        return ""
    named = re.search(rf"(?:(?:[A-Za-z-]+ ){{0,3}}[A-Za-z-]+ )?\(Class {letter[1]}\)", text)
    found = re.sub(r"^(?:.*\b(?:and|or)\s)", "", named[0]) if named else f"Class {letter[1]}"
    return found[:1].upper() + found[1:]
