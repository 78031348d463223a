"""What a checked grant comes to for the quantities somebody names: share × base, people × months × amount, with printed limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.compose.draft import Draft
from bot.compose.estimates import ONLY_BEYOND, amounts_by_the_month, is_paid_by_asker, not_counted
from bot.compose.phrases import phrase
from bot.evidence.benefit_rows import purposes_asked
from bot.granting.class_sums import sum_of_rows
from bot.granting.grants_told import Judged, met_of
from bot.granting.quantities import asks_by_the_month, money_named, people_named, times_named
from bot.granting.rows_meant import EACH_PERSON, counts_heads, is_too_short, months_of, rows_meant, things_named
from bot.match.grant_judging import GrantJudged
from bot.refuse.constraints.sizes import is_held_against
from bot.types import AnswerSentence, Language
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from bot.verify.arithmetic import is_monthly, money_words
from bot.verify.worked_out import MONTH, YEAR, YUAN, Quantity, Work, grounded_work, product_said
from index.text.question_types import QuestionType
from ingest.entitlements.types import AmountRow
from ingest.facts.figures import find_figures, same_figure
from ingest.normalise import to_simplified
from ingest.types import Bound, Clause, Figure
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.talk import talk_words

MOST_LINES = 3
_SAID_OF = {Bound.AT_MOST: "at_most", Bound.AT_LEAST: "at_least"}
MOST_TURNS = 2  # in which all of it may be asked: 一个学生最多多少，10个呢
_ALTOGETHER = re.compile(f"{question_words().besides.altogether.pattern}|{talk_words().in_full}")
_OF_ALL = re.compile(talk_words().limit_of_all)  # 单位补贴总额: what limits all people together
_HEARD = re.compile(talk_words().heard)
_CAP_PARTS = re.compile(r"[，、；]")


@dataclass(frozen=True, slots=True)
class _Limits:
    """The printed amounts beyond which nothing is paid: to one person, and altogether."""

    one: Figure | None
    total: Figure | None


def say_worked_out(draft: Draft, reading: Reading, judged: Sequence[Judged]) -> None:
    """Add the arithmetic of the first sentence that fits, in place of a product without its limit.

    ``judged`` are sentences whose clauses the draft cites, the best first.
    """
    if QuestionType.AMOUNT not in reading.types:
        return
    if draft.parts or len(purposes_asked(reading)) > 1:  # things side by side: each its own
        _say_of_each(draft, reading, judged)
        return
    for one in _without_shares_of_others(reading, _of_those_asked(reading, judged)):
        clause = one.candidate.clause
        fitting = _fitting(reading, one)
        sums = (sum_of_rows(draft, reading, grant.match.grant.record.amounts, clause) for grant in fitting)
        total = next((sentence for sentence in sums if sentence is not None), None)
        found = ([total],) if total else (list(_lines_of(draft, reading, grant, clause)) for grant in fitting)
        lines = next((lines for lines in found if lines), list[AnswerSentence]())[:MOST_LINES]
        if lines:
            number = draft.number_of(clause)
            draft.sentences = [s for s in draft.sentences if not (s.derived is not None and number in s.citations)]
            draft.sentences.extend(lines)
            if total and total.derived and (left := not_counted(reading.last, _taken(total.derived.quantity))):
                draft.say_not_counted(left)
            return


def _say_of_each(draft: Draft, reading: Reading, judged: Sequence[Judged]) -> None:
    """The arithmetic of each clause that has none yet; the sentences before stay where the parts point to."""
    worked = {n for one in draft.sentences if one.derived is not None for n in one.citations}
    for one in judged:
        number = draft.number_of(one.candidate.clause)
        if number in worked:
            continue
        lines = (list(_lines_of(draft, reading, grant, one.candidate.clause)) for grant in _fitting(reading, one))
        if own := next((found for found in lines if found), None):
            worked.add(number)
            draft.sentences.extend(own[:MOST_LINES])


def _of_those_asked(reading: Reading, judged: Sequence[Judged]) -> list[Judged]:
    """The sentences; those with a row for the class or degree asked about alone, where there are any."""
    own = [one for one in judged if any(_names_class(reading, grant) for grant in one.grants)] or list(judged)
    if _tells_own_payment(reading, own):
        own.sort(key=lambda one: not one.is_share_of_pay)  # of what the asker pays, a share
    whos = {grant.match.grant.record.recipient.who for grant in own[0].likely_grants} if own else set[str]()
    return [one for one in own if not whos or whos & {g.match.grant.record.recipient.who for g in one.likely_grants}]


def _tells_own_payment(reading: Reading, judged: Sequence[Judged]) -> bool:
    """Whether the question names an amount that the asker pays, or one by the month that no sentence prints."""
    printed = {figure.value for one in judged for figure in one.candidate.figures}
    figures = find_figures(reading.last)
    return any(is_paid_by_asker(reading.last, figure) for figure in figures) or not (
        amounts_by_the_month(reading.last) <= printed
    )


def _without_shares_of_others(reading: Reading, judged: Sequence[Judged]) -> list[Judged]:
    """The sentences; the first alone where its condition is what the amount of the question is held against.

    研发投入8000万元 is then no base of a share that another sentence prints for something else.
    """
    return list(judged[:1] if judged and is_held_against(reading.last, judged[0].candidate) else judged)


def _fitting(reading: Reading, one: Judged) -> Sequence[GrantJudged]:
    """What a sentence grants, the likeliest first."""
    several = bool(people_named(reading.question.turns))  # who asks for several people is their employer
    alike = sorted(one.likely_grants, key=lambda grant: -_named_alike(reading, grant))
    return sorted(alike, key=lambda grant: (several and _is_to_person(grant), -met_of(grant)))


def _named_alike(reading: Reading, grant: GrantJudged) -> int:
    """How many pairs of characters of the grant's name the question says, of several that one sentence grants."""
    title = grant.match.grant.record.title
    return sum(title[at : at + 2] in reading.last for at in range(len(title) - 1))


def _names_class(reading: Reading, grant: GrantJudged) -> bool:
    rows = grant.match.grant.record.amounts
    return any(not reading.tiers.isdisjoint(tiers_of(row.object.lower())) for row in rows)


def _lines_of(draft: Draft, reading: Reading, grant: GrantJudged, clause: Clause) -> Iterator[AnswerSentence]:
    rows = rows_meant(reading, grant)
    if len(rows) != 1:
        return  # which of them is meant is not known
    turns = reading.question.turns
    source, asked = (draft.number_of(clause), clause), " ".join(turns)
    row, to_people = rows[0], _is_to_person(grant)
    asks_all = any(_ALTOGETHER.search(turn) for turn in turns[-MOST_TURNS:])
    if any(is_too_short(time, grant) for time in times_named(turns)):
        return
    for work in _works(row, turns, clause, asks_all=asks_all, to_people=to_people):
        sentence = grounded_work(_words(work, reading.language), work, source, asked)
        if sentence is None:
            return
        yield sentence


def _taken(working: str) -> list[str]:
    """The quantities of a working: 2件 and 3件 of 2件×1万元/件+3件×3000元/件."""
    return [term.split("×")[0].strip() for term in working.split("+")]


def _is_to_person(grant: GrantJudged) -> bool:
    return grant.match.grant.record.recipient.who == "person"


def _works(row: AmountRow, turns: Sequence[str], clause: Clause, *, asks_all: bool, to_people: bool) -> Iterator[Work]:
    figure = _printed(row.figure, clause)
    if figure is None or figure.upper is not None:
        return
    limits = _limits(row, clause)
    people = people_named(turns)[:1]
    if figure.unit == "%":
        amounts = money_named(_without_hearsay(turns), monthly=MONTH in (row.period or ""))
        if row.base is None or len(amounts) != 1:
            return
        # How much of the amount named goes beyond is not known.
        if ONLY_BEYOND.search(f"{row.base}{row.span}") and not ONLY_BEYOND.search(" ".join(turns)):
            return
        if (
            limits.one is not None and limits.one.value == amounts[0].value
        ):  # the limit itself is named, not what it is a share of
            yield from _at_limit(row, turns, limits, clause, asks_all=asks_all)
            return
        work = Work((amounts[0],), figure, limits.one)
        yield work
        if people or MONTH in (row.period or ""):
            yield from _of_all(row, turns, work, limits.total, clause)
        else:
            yield from _in_full(row, turns, work, clause, asks_all=asks_all)
        return
    if figure.unit.partition("/")[0] != YUAN:
        return
    time = _time(row, turns, clause, asks_all=asks_all) if is_monthly(figure) or _is_yearly(row, figure) else None
    is_paid_on = is_monthly(figure) or _is_yearly(row, figure)
    each = people if counts_heads(row, is_paid_on=is_paid_on, to_people=to_people) else things_named(row, turns)
    factors = (*each, *((time,) if time is not None else ()))
    if factors:
        yield Work(factors, figure, limits.total)


def _without_hearsay(turns: Sequence[str]) -> list[str]:
    """The turns without earlier ones that only ask whether an amount is given: that is no quantity of the asker's."""
    return [turn for turn in turns[:-1] if not _HEARD.search(to_simplified(turn).lower())] + list(turns[-1:])


def _at_limit(
    row: AmountRow, turns: Sequence[str], limits: _Limits, clause: Clause, *, asks_all: bool
) -> Iterator[Work]:
    """What the printed limit comes to at most, for so many people and so long."""
    time = _time(row, turns, clause, asks_all=asks_all)
    factors = (*people_named(turns)[:1], *((time,) if time is not None else ()))
    if limits.one is not None and factors:
        yield Work(factors, limits.one, limits.total)


def _of_all(row: AmountRow, turns: Sequence[str], each: Work, total: Figure | None, clause: Clause) -> Iterator[Work]:
    """What a share comes to for so many people, and for so many months where it is paid by the month."""
    time = _time(row, turns, clause, asks_all=True) if MONTH in (row.period or "") else None
    factors = (*people_named(turns)[:1], *((time,) if time is not None else ()))
    if factors and each.reached is not None:
        yield Work(factors, each.reached, total)
    elif factors:
        yield Work((*factors, *each.quantities), each.price, total)


def _in_full(row: AmountRow, turns: Sequence[str], yearly: Work, clause: Clause, *, asks_all: bool) -> Iterator[Work]:
    """What a yearly share comes to over its printed term, where all of it is asked."""
    time = _time(row, turns, clause, asks_all=asks_all)
    if time is None or time.unit != YEAR:
        return
    if yearly.reached is not None:
        yield Work((time,), yearly.reached)
    else:
        yield Work((*yearly.quantities, time), yearly.price)


def _time(row: AmountRow, turns: Sequence[str], clause: Clause, *, asks_all: bool) -> Quantity | None:
    """How long it is paid: as the question says, at most the printed term; that term where all of it is asked."""
    printed = [figure for figure in find_figures(row.term or "") if figure.unit in (MONTH, YEAR)]
    term = next((figure for figure in printed if any(figure.text == other.text for other in clause.figures)), None)
    longest = None if term is None else Quantity(term.text, term.value, term.unit)
    named = times_named(turns[-1:]) or [one for one in times_named(turns) if one.unit == MONTH]  # 5个月 …，市里呢
    if len(named) != 1 or (asks_by_the_month(turns[-1].lower()) and not asks_all):
        return longest if asks_all else None
    return named[0] if longest is None or months_of(named[0]) <= months_of(longest) else longest


def _is_yearly(row: AmountRow, figure: Figure) -> bool:
    return YEAR in (row.period or "") or (figure.period is not None and YEAR in figure.period)


def _limits(row: AmountRow, clause: Clause) -> _Limits:
    """The limits that a record's cap prints, in its own words."""
    one: Figure | None = None
    total: Figure | None = None
    for part in _CAP_PARTS.split(row.cap or ""):
        figure = _printed_sum(part, clause)
        if figure is None:
            continue
        if _OF_ALL.search(part) and not EACH_PERSON.search(part):
            total = total or figure
        else:
            one = one or figure
    return _Limits(one, total)


def _printed_sum(words: str, clause: Clause) -> Figure | None:
    figures = [figure for figure in find_figures(words) if figure.unit == YUAN and figure.upper is None]
    return _of_clause(figures[0], clause) if len(figures) == 1 else None


def _printed(words: str, clause: Clause) -> Figure | None:
    figures = find_figures(words)
    return _of_clause(figures[0], clause) if len(figures) == 1 else None


def _of_clause(figure: Figure, clause: Clause) -> Figure | None:
    same = [printed for printed in clause.figures if same_figure(printed, figure)]
    return next((printed for printed in same if printed.text == figure.text), next(iter(same), None))


def _words(work: Work, language: Language) -> str:
    english = language is Language.EN
    factors = "×".join((*(quantity.text for quantity in work.quantities), work.price.text))
    bound = phrase(_SAID_OF[work.price.bound], language) if work.price.bound in _SAID_OF else ""
    said = phrase("worked_out", language).format(factors, f"{bound}{product_said(work)}")
    if is_monthly(work.price) and not any(quantity.unit in (MONTH, YEAR) for quantity in work.quantities):
        said += phrase("worked_out_monthly", language)
    if work.reached is not None:
        said += phrase("worked_out_limited", language).format(work.reached.text, money_words(work.result))
    return said + ("." if english else "。")
