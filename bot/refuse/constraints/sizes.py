"""A size of the question (研发投入占营收1%) against the only threshold of its unit that the best sentence prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.evidence.candidates import Candidate
from bot.refuse.answerability import Searched
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from bot.text.term_overlap import terms_of
from ingest.facts.figures import find_figures
from ingest.types import Figure
from ingest.vocabulary.grants import grant_words
from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.wordings import either

FAULT = "size"
_SPEECH = constraint_words().speech
_UNITS = frozenset({"元", "美元", "%"})  # years and months stand in too many roles
_EITHER = re.compile(_SPEECH.either)  # the other condition may be met
NAMED_WITHIN = 18  # characters before a figure that name what it is of
SHOWN_BEFORE = 8  # characters before a threshold that are told with it
GIVEN_WITHIN = 16  # characters before an amount in which stands that it is given
_GRANTS = re.compile(
    rf"{either((*grant_words().verbs.give, *grant_words().verbs.gives_itself))}[^，。；]{{0,12}}$|{_SPEECH.is_granted}"
)
_FLOOR_BEHIND = re.compile(_SPEECH.floor_behind)
_FLOOR_BEFORE = re.compile(_SPEECH.floor_before)
_CEILING_BEHIND = re.compile(_SPEECH.ceiling_behind)
_CEILING_BEFORE = re.compile(_SPEECH.ceiling_before)
_NOT_ABOVE = re.compile(_SPEECH.not_above)
_RANK_ASKED = re.compile(_SPEECH.rank_asked)
_RANK_PRINTED = re.compile(_SPEECH.rank_printed)


def check_sizes(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each size of the last turn that the best sentence has just one threshold for, and a rank beyond the last one printed."""
    best, last = searched.candidates[0], searched.reading.last
    yield from _rank_checked(last, best)
    if _EITHER.search(best.text):
        return
    for figure in find_figures(last):
        if figure.upper is not None or figure.unit not in _UNITS:
            continue
        before = last[max(0, figure.span.start - NAMED_WITHIN) : figure.span.start]
        limits = [
            (one, floor)
            for one in best.figures
            if one.unit == figure.unit and (floor := _limits(best, one)) is not None
        ]
        named = [(one, floor) for one, floor in limits if terms_of(_before(best, one)) & terms_of(before)]
        if len(limits) == len(named) == 1:
            yield _checked(figure, *named[0], best)


def _before(best: Candidate, figure: Figure) -> str:
    return best.clause.text[max(0, figure.span.start - NAMED_WITHIN) : figure.span.start]


def _limits(best: Candidate, figure: Figure) -> bool | None:
    """True for a floor that the sentence asks for, False for a ceiling, None for what it gives and for anything else."""
    before, behind = best.clause.text[: figure.span.start], best.clause.text[figure.span.end :]
    if _GRANTS.search(before[-GIVEN_WITHIN:]):
        return None
    if _FLOOR_BEHIND.match(behind) or (_FLOOR_BEFORE.search(before) and not _NOT_ABOVE.search(before)):
        return True
    if _CEILING_BEHIND.match(behind) or _CEILING_BEFORE.search(before):
        return False
    return None


def _checked(asked: Figure, limit: Figure, floor: bool, best: Candidate) -> ConstraintCheck:
    fits = asked.value >= limit.value if floor else asked.value <= limit.value
    outcome = Outcome.BORNE_OUT if fits else Outcome.CONTRADICTED
    printed = best.clause.text[max(0, limit.span.start - SHOWN_BEFORE) : limit.span.end]
    shown = () if fits else (re.split(r"[，。；、]", printed)[-1] + _limit_behind(best, limit),)
    return ConstraintCheck(ConstraintKind.SIZE, asked.text, outcome, FAULT, shown, best.clause.id, best.span)


def _limit_behind(best: Candidate, limit: Figure) -> str:
    behind = best.clause.text[limit.span.end :]
    found = _FLOOR_BEHIND.match(behind) or _CEILING_BEHIND.match(behind)
    return found[0].strip() if found else ""


def _rank_checked(last: str, best: Candidate) -> Iterator[ConstraintCheck]:
    asked = _RANK_ASKED.search(last)
    printed = [int(match[1]) for match in _RANK_PRINTED.finditer(best.text)]
    if asked is None or not printed:
        return
    outcome = Outcome.BORNE_OUT if int(asked[1]) <= max(printed) else Outcome.CONTRADICTED
    shown = tuple(f"前{one}名" for one in sorted(printed))
    yield ConstraintCheck(ConstraintKind.SIZE, asked[0], outcome, FAULT, shown, best.clause.id, best.span)
