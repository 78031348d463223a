"""A size of the question (研发投入占营收1%) against the only threshold of its unit that the best sentence prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.evidence.candidates import Candidate
from bot.refuse.answerability import Searched
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from bot.text.term_overlap import terms_of
from index.text.question_types import QuestionType
from ingest.facts.figures import find_figures
from ingest.types import Figure
from ingest.vocabulary.grants import grant_words
from ingest.vocabulary.refusing.constraints import constraint_words
from ingest.vocabulary.wordings import either

FAULT = "size"
OF_ALL = "size.of_all"  # of every threshold of its kind, in several sentences
YES_OR_NO = "size.or_not"  # whether so much is enough: what is printed is a "no", no gap
_SPEECH = constraint_words().speech
_UNITS = frozenset({"元", "美元", "%"})  # years and months stand in too many roles
_EITHER = re.compile(_SPEECH.either)  # the other condition may be met
_EITHER_BEFORE = re.compile(_SPEECH.either_before)
NAMED_WITHIN = 18  # characters before a figure that name what it is of
_SHOWN_FROM = re.compile(_SPEECH.size_named_from)
EITHER_WITHIN = 10  # characters behind a threshold, or before it, in which another one is offered
_NAME_OF_AMOUNT = re.compile(_SPEECH.name_of_amount)
GIVEN_WITHIN = 16  # characters before an amount in which stands that it is given
_GRANTS = re.compile(
    rf"{either((*grant_words().verbs.give, *grant_words().verbs.gives_itself))}[^，。；]{{0,12}}$|{_SPEECH.is_granted}"
)
_FLOOR_BEHIND = re.compile(_SPEECH.floor_behind)
_FLOOR_BEFORE = re.compile(_SPEECH.floor_before)
_CEILING_BEHIND = re.compile(_SPEECH.ceiling_behind)
_CEILING_BEFORE = re.compile(_SPEECH.ceiling_before)
_NOT_ABOVE = re.compile(_SPEECH.not_above)
_GRANTED_BEHIND = re.compile(_SPEECH.granted_behind)
_CLAIMED_BEFORE = re.compile(_SPEECH.claimed_before)
_PART_BEHIND = re.compile(_SPEECH.part_behind)
_RANK_ASKED = re.compile(_SPEECH.rank_asked)
_RANK_PRINTED = re.compile(_SPEECH.rank_printed)


def check_sizes(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each size of the last turn that the best sentence has just one threshold for, and a rank beyond the last one printed."""
    for check in _checks(searched):
        yield replace(check, fault=YES_OR_NO) if QuestionType.YES_NO in searched.reading.types else check


def _checks(searched: Searched) -> Iterator[ConstraintCheck]:
    best, last = searched.candidates[0], searched.reading.last
    yield from _rank_checked(last, best)
    for figure in map(_as_money, find_figures(last)):
        if figure.upper is not None or figure.unit not in _UNITS or _is_received(last, figure):
            continue
        before = last[max(0, figure.span.start - NAMED_WITHIN) : figure.span.start]
        limits = [
            (one, floor)
            for one in best.figures
            if one.unit == figure.unit and (floor := _limits(best, one)) is not None
        ]
        named = [(one, floor) for one, floor in limits if terms_of(_before(best, one)) & terms_of(before)]
        if (
            len(limits) == len(named) == 1
            and not _is_one_of_two(named[0][0], best)
            and not _fits_another(figure, named[0][0], best)
        ):
            yield _checked(figure, *named[0], best)
        else:
            yield from _beneath_all(figure, before, searched)


def is_held_against(last: str, sentence: Candidate) -> bool:
    """Whether ``sentence`` prints a threshold of what an amount of the question is of: 研发投入8000万元, 研发投入达到5000万元以上."""
    return any(
        limit.unit == asked.unit
        and terms_of(_before(sentence, limit))
        & terms_of(last[max(0, asked.span.start - NAMED_WITHIN) : asked.span.start])
        for asked in map(_as_money, find_figures(last))
        if asked.unit in _UNITS
        for limit in sentence.figures
        if _limits(sentence, limit) is not None
    )


def _beneath_all(asked: Figure, before: str, searched: Searched) -> Iterator[ConstraintCheck]:
    """An amount (营业收入1亿元) beneath each of the floors that the document of the best sentence prints for what stands before it."""
    name = _NAME_OF_AMOUNT.search(before)
    if name is None:
        return
    floors = [
        (sentence, one)
        for sentence in searched.candidates
        if sentence.clause.document == searched.candidates[0].clause.document
        for one in sentence.figures
        if one.unit == asked.unit and name[0] in _before(sentence, one) and _limits(sentence, one)
    ]
    if floors and all(one.value > asked.value for _, one in floors):
        sentence = floors[0][0]
        shown = tuple(
            dict.fromkeys(_shown(one, found) for found, one in sorted(floors, key=lambda pair: pair[1].value))
        )
        kind, outcome = ConstraintKind.SIZE, Outcome.CONTRADICTED
        yield ConstraintCheck(kind, asked.text, outcome, OF_ALL, shown, sentence.clause.id, sentence.span)


def _is_received(last: str, figure: Figure) -> bool:
    """Whether an amount of the question is what somebody gets (能拿30万): it is no size of theirs."""
    behind, before = last[figure.span.end :], last[: figure.span.start]
    return _GRANTED_BEHIND.match(behind) is not None or _CLAIMED_BEFORE.search(before) is not None


def _fits_another(asked: Figure, limit: Figure, best: Candidate) -> bool:
    """Whether another step of the same clause, a range or a floor, holds what is asked: 500万元以下 beside 500万元至1000万元."""
    for one in best.clause.figures:
        if one.unit != asked.unit or one == limit:
            continue
        if one.upper is not None and one.value <= asked.value <= one.upper:
            return True
        if (_limits(best, one) is True or _opens_the_last_step(best, one)) and one.value <= asked.value:
            return True
    return False


def _opens_the_last_step(best: Candidate, one: Figure) -> bool:
    """Whether a figure is where a step without an upper end begins."""
    before, behind = best.clause.text[: one.span.start], best.clause.text[one.span.end :]
    above = _FLOOR_BEHIND.match(behind)
    if above is not None:
        return _PART_BEHIND.match(behind[above.end() :]) is not None
    exceeds = _FLOOR_BEFORE.search(before) is not None and _NOT_ABOVE.search(before) is None
    return exceeds and _PART_BEHIND.match(behind) is not None


def _is_one_of_two(limit: Figure, best: Candidate) -> bool:
    """Whether another condition may be met in its place: 3%以上或5000万元以上."""
    text, span = best.clause.text, limit.span
    before = text[max(0, span.start - EITHER_WITHIN) : span.start]
    return bool(_EITHER.search(text[span.end : span.end + EITHER_WITHIN]) or _EITHER_BEFORE.search(before))


def _as_money(figure: Figure) -> Figure:
    """A bare 180万 as the 元 that people mean by it."""
    return replace(figure, unit="元") if not figure.unit and figure.text.endswith(("万", "亿")) else figure


def _before(best: Candidate, figure: Figure) -> str:
    return best.clause.text[max(0, figure.span.start - NAMED_WITHIN) : figure.span.start]


def _limits(best: Candidate, figure: Figure) -> bool | None:
    """True for a floor that the sentence asks for, False for a ceiling, None for what it gives and for anything else."""
    before, behind = best.clause.text[: figure.span.start], best.clause.text[figure.span.end :]
    if _GRANTS.search(before[-GIVEN_WITHIN:]) or _PART_BEHIND.match(behind):
        return None
    if _FLOOR_BEHIND.match(behind) or (_FLOOR_BEFORE.search(before) and not _NOT_ABOVE.search(before)):
        return True
    if _CEILING_BEHIND.match(behind) or _CEILING_BEFORE.search(before):
        return False
    return None


def _checked(asked: Figure, limit: Figure, floor: bool, best: Candidate) -> ConstraintCheck:
    fits = asked.value >= limit.value if floor else asked.value <= limit.value
    outcome = Outcome.BORNE_OUT if fits else Outcome.CONTRADICTED
    shown = () if fits else (_shown(limit, best),)
    return ConstraintCheck(ConstraintKind.SIZE, asked.text, outcome, FAULT, shown, best.clause.id, best.span)


def _shown(limit: Figure, best: Candidate) -> str:
    """A threshold as it is printed, with what it is of."""
    return _SHOWN_FROM.split(_before(best, limit))[-1].strip() + limit.text + _limit_behind(best, limit)


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
