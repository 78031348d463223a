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
from ingest.vocabulary.wordings import either

FAULT = "size"
_UNITS = frozenset({"元", "美元", "%"})  # years and months stand in too many roles
_EITHER = re.compile(r"或者?")  # the other condition may be met
NAMED_WITHIN = 18  # characters before a figure that name what it is of
GIVEN_WITHIN = 16  # characters before an amount in which stands that it is given
_GRANTS = re.compile(
    rf"{either((*grant_words().verbs.give, *grant_words().verbs.gives_itself))}[^，。；]{{0,12}}$|最高$|返还$|补贴|奖|标准"
)
_FLOOR_BEHIND = re.compile(r"^\s*(?:及|（含）|\(含\))?以上|^\s*及以上")
_FLOOR_BEFORE = re.compile(r"(?:达到?|不低于|不少于|(?<!不)满|(?<!不)超过|至少|(?<!不)高于)$")
_CEILING_BEHIND = re.compile(r"^\s*(?:（含）|\(含\))?(?:及)?以(?:下|内)")
_CEILING_BEFORE = re.compile(r"(?:(?<!不)低于|不高于|不超过|小于|(?<!不)少于)$")
_NOT_ABOVE = re.compile(r"不(?:超过|高于)$")
_RANK_ASKED = re.compile(r"(?:排名?|第|名列|位列)(?:第)?\s?(\d{1,4})\s?(?:名|位|左右)")
_RANK_PRINTED = re.compile(r"前\s?(\d{1,4})\s?(?:名|位|强)")


def check_sizes(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each size of the last turn that the best sentence has just one threshold for, and a rank beyond the last one printed."""
    best = searched.candidates[0]
    yield from _rank_checked(searched.reading.last, best)
    last = searched.reading.last
    for figure in find_figures(last):
        if figure.upper is not None or figure.unit not in _UNITS or _EITHER.search(best.text):
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
    printed = best.clause.text[max(0, limit.span.start - 8) : limit.span.end + 4]
    shown = () if fits else (re.split(r"[，。；、]", printed[:-4])[-1] + _limit_behind(best, limit),)
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
