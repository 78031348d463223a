"""When a clause holds, as printed: from, until, terms that cannot be counted out; target years kept apart.

A sentence is the unit, because one clause may hold a limited entitlement beside an unlimited one. What never ends a
clause: the repeal of another document, a target ("到 2025 年，…达到 5 家"), a date of the past, a title in 《》.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.facts import calendar_words as words
from ingest.facts.document.term_readings import SAYS_WHEN, SELF, TermReading, read_sentence
from ingest.facts.numerals import narrow
from ingest.types import Span, Validity

TITLE_IN_MARKS = re.compile(r"《[^《》]{0,160}》")
_SENTENCE = re.compile(r"[^。；;！？\n]*(?:[。；;！？\n]+[”’）)〕]*|$)")
# 政策执行期限至…, 本办法自…起施行, 上述政策有效期…: the subject is the policy itself.
_GOVERNS = re.compile(
    rf"\s*(?:第[一-鿿\d]+条\s*|[一二三四五六七八九十]+、|\d+[.．、])?(?:本|上述|以上|该|此|前款)?(?:政策措施|{SELF}|政策|措施|办法)"
    rf"[^，。；]{{0,14}}?(?:自|从|执行期|实施期|有效期|试行期|施行期|期限)"
)
LONGEST_SENTENCE = 4000  # characters; a longer one is a table or a list run together, and says nothing about itself
NOTHING_SAID = Validity()


@dataclass(frozen=True, slots=True)
class ValidityStatement:
    """What one sentence says about time. ``valid_until`` is the last day in force."""

    span: Span  # the sentence
    quote: Span  # the words that say so
    valid_from: date | None = None
    valid_until: date | None = None
    repealed: bool = False
    undetermined: str | None = None
    target_years: tuple[int, ...] = ()
    from_issue: str | None = None  # "自发布之日起 30 日后施行": in force, but from a day that is not printed here
    governs_clause: bool = False  # "政策执行期限至…": speaks for all sentences around it, not for its own alone


def statements(text: str, issued: date | None = None) -> tuple[ValidityStatement, ...]:
    """One statement for each sentence that says when something holds; ``issued`` lets terms from issue be counted."""
    if SAYS_WHEN.search(text) is None:
        return ()
    hidden = TITLE_IN_MARKS.sub(lambda title: "\0" * len(title[0]), narrow(text))
    found: list[ValidityStatement] = []
    before = ""
    for match in _SENTENCE.finditer(hidden):
        said = match[0]
        reading = None
        if len(said) <= LONGEST_SENTENCE and SAYS_WHEN.search(said):
            reading = read_sentence(said, before, issued)
        before = said if said.strip() else before
        if reading is not None:
            found.append(_statement(reading, match.start(), match.end(), text, governs=bool(_GOVERNS.match(said))))
    return tuple(found)


def _statement(reading: TermReading, start: int, end: int, text: str, *, governs: bool) -> ValidityStatement:
    quote = Span(start + reading.start, start + reading.end)
    return ValidityStatement(
        span=Span(start, end),
        quote=quote,
        valid_from=reading.valid_from,
        valid_until=reading.valid_until,
        repealed=reading.repealed,
        undetermined=reading.undetermined,
        target_years=reading.target_years,
        from_issue=reading.from_issue,
        governs_clause=governs,
    )


def find_validity(text: str, issued: date | None = None) -> Validity:
    """What the clause prints about time; of several ends the latest, so that no part is called past too early.

    ``issued`` (the day the document was issued, when known) lets "自发布之日起" and "试行期一年" be counted out.
    """
    found = statements(text, issued)
    return merged(found) if found else NOTHING_SAID


def validity_at(text: str, where: Span, issued: date | None = None) -> Validity:
    """What holds for the sentences that ``where`` touches: their own statements, else those that govern the clause."""
    found = statements(text, issued)
    own = [statement for statement in found if statement.span.overlaps(where)]
    return merged(own or [statement for statement in found if statement.governs_clause])


def validity_of_title(title: str) -> Validity:
    """The years in a plan's title: 行动计划（2022-2025 年） → 2022-01-01 to 2025-12-31."""
    period = words.years_of_title(title)
    if period is None:
        return Validity()
    first, last, span = period
    return Validity(valid_from=date(first, 1, 1), valid_until=date(last, 12, 31), quotes=(span,))


def merged(found: Sequence[ValidityStatement]) -> Validity:
    """What several statements say together: of several ends the latest."""
    ending = max((s for s in found if s.valid_until), key=lambda s: s.valid_until or date.min, default=None)
    starting = [s.valid_from for s in found if s.valid_from]
    begins = ending.valid_from if ending and ending.valid_from else (min(starting) if starting else None)
    until = ending.valid_until if ending else None
    undetermined = next((s.undetermined for s in found if s.undetermined), None)
    return Validity(
        valid_from=begins,
        valid_until=until,
        repealed=any(s.repealed for s in found),
        undetermined=None if until else undetermined,
        target_years=tuple(sorted({year for s in found for year in s.target_years})),
        quotes=tuple(s.quote for s in found),
    )
