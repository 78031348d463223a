"""What is said first: one short sentence of ours, whose figures stand in the clauses that follow it.

Only what is typed decides: a figure of the question against the threshold a clause prints, a place against the places it
names, an amount that somebody has heard against the one that is printed, the amounts of two levels. Where nothing of that kind is
asked, or the clause does not bear it out, the clauses speak alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from bot.compose.draft import Draft
from bot.compose.level_amounts import give_alike
from bot.compose.phrases import level_words, phrase
from bot.compose.tables import amount_asked
from bot.evidence.benefit_rows import amount_words, asked_rows, purposes_asked, purposes_named
from bot.evidence.candidates import Candidate
from bot.evidence.per_sub_question import Compared
from bot.text.jieba_dictionary import counties_in
from bot.text.term_overlap import terms_of
from bot.types import Language, SentenceRole
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from ingest.facts.figures import find_figures, same_figure
from ingest.types import Bound, Figure
from ingest.vocabulary.grants import grant_words
from ingest.vocabulary.talk import talk_words
from ingest.vocabulary.wordings import either

FEWEST_PLACES = 2  # that a sentence names for it to say where a rule holds
LONGEST_NAMES = 40  # characters of the places as printed
_PLACES = re.compile(r"[\u4e00-\u9fff]{2,5}[区旗县市](?:[、和及][\u4e00-\u9fff]{2,5}[区旗县市])+")
_BEFORE_PLACES = re.compile(r"^(?:即|为|在|指|包括)")
LEAST_AMOUNT = 1000  # 元; a bare number from here on is an amount: 5600万
NAMED_WITHIN = 10  # characters before a threshold that name what it is of: 研发投入达到
_EITHER = re.compile(r"或者?")
_MONEY = "元"
# What somebody has heard: 听说给500万对吧. The amount stands right behind what is given.
_HEARD = re.compile(talk_words().heard, re.IGNORECASE)
_GIVEN = re.compile(talk_words().given, re.IGNORECASE)
_FIRST = re.compile(talk_words().first_time, re.IGNORECASE)
_FURTHER = re.compile(talk_words().on_top)
_AT_LEAST = re.compile(r"^\s*(?:及|（含）|\(含\))?(?:以上|及以上)|^\s*以上")
_FROM = re.compile(r"(?:达到?|不低于|不少于|满|超过|至少)\s*$")
_GRANTS = re.compile(rf"{either((*grant_words().verbs.give, *grant_words().verbs.gives_itself))}[^，。；\d]{{0,10}}$")
GIVEN_WITHIN = 14  # characters before an amount in which stands that it is given


def say_verdict(draft: Draft, reading: Reading, chosen: Sequence[Candidate], compared: Sequence[Compared]) -> None:
    """Put the verdict in front of the draft's sentences, where there is one and it stands."""
    if not chosen or not draft.sentences or draft.sentences[0].role is not SentenceRole.QUOTE:
        return
    text, cited = _of_levels(reading, compared) or _of_one(reading, chosen[0]) or ("", ())
    if not text:
        return
    numbers = tuple(dict.fromkeys(draft.cite(one.clause, one.span, "answer") for one in cited))
    if draft.say(text, numbers, SentenceRole.VERDICT):
        draft.sentences.insert(0, draft.sentences.pop())


Verdict = tuple[str, tuple[Candidate, ...]]


def _of_one(reading: Reading, lead: Candidate) -> Verdict | None:
    for judge in (_of_place, _of_threshold, _of_hearsay):
        words = judge(reading, lead)
        if words:
            return words, (lead,)
    return None


# ── Levels ─────────────────────────────────────────────────────────────────────────────────────


def _of_levels(reading: Reading, compared: Sequence[Compared]) -> Verdict | None:
    """两级都有：市…，旗…, when an amount is asked and each level that has a rule prints just one."""
    levels = [one for one in compared if one.aspect.level is not None]
    found = [(one.aspect.level or "", one.best) for one in levels if one.best is not None]
    if len(found) < len(levels) or len(found) < FEWEST_PLACES or QuestionType.AMOUNT not in reading.types:
        return None
    if len(reading.tiers) > 1:
        return None  # a class of one level and another of the other: one line cannot keep them apart
    if len(purposes_named(reading)) > 1:
        return None  # one thing of one level and another of the other
    if reading.tiers and not purposes_asked(reading):
        return None  # a doctor gets many things: one amount a level would pass for all there is
    if _FIRST.search(reading.last) and not all(_FIRST.search(b.text) and not _FURTHER.search(b.text) for _, b in found):
        return None  # 首次认定 is neither 整体迁入 nor what is given on top of it
    if not all(give_alike(one, other) for (_, one), (_, other) in combinations(found, 2)):
        return None  # money for something else, or to somebody else, is not the same at another level
    amounts = [(level_words(level, reading.language), amount_asked(reading, best), best) for level, best in found]
    if not all(amount and "；" not in amount for _, amount, _ in amounts):
        return None
    joint = ", " if reading.language is Language.EN else "，"
    named = joint.join(f"{level} {amount}" if joint == ", " else f"{level}{amount}" for level, amount, _ in amounts)
    key = "verdict_both" if len(found) == FEWEST_PLACES else "verdict_levels"
    return phrase(key, reading.language).format(named), tuple(best for _, _, best in amounts)


# ── Yes or no ──────────────────────────────────────────────────────────────────────────────────


def _of_place(reading: Reading, lead: Candidate) -> str:
    """Of a place that somebody is at, and a rule that names the places it holds in."""
    if not reading.types & {QuestionType.YES_NO, QuestionType.SCENARIO}:
        return ""
    listed = [_BEFORE_PLACES.sub("", found[0]) for found in _PLACES.finditer(lead.text) if counties_in(found[0])]
    if len(listed) != 1 or len(listed[0]) > LONGEST_NAMES:
        return ""
    among = [place for place in re.split(r"[、和及]", listed[0]) if place[:-1] in reading.last]
    elsewhere = [place for place in dict.fromkeys(counties_in(reading.last)) if place not in listed[0]]
    if len(among) + len(elsewhere) != 1:
        return ""  # at none, or at several
    key = "verdict_place_in" if among else "verdict_place_out"
    return phrase(key, reading.language).format(listed[0], (among or elsewhere)[0])


def _of_threshold(reading: Reading, lead: Candidate) -> str:
    """Of sizes that the question names against the thresholds of the same unit; "或" between two lets one suffice.

    Nothing is judged of a class, whose rows have figures of their own, nor of an amount that somebody has heard, nor where
    the clause prints a ceiling of that unit too.
    """
    if QuestionType.YES_NO not in reading.types or reading.tiers or _amounts_heard(reading):
        return ""
    asked = [figure for figure in _sizes(reading.last) if not _is_printed_amount(lead, figure)]
    pairs: list[tuple[Figure, Figure]] = []
    thresholds = [figure for figure in lead.figures if _is_threshold(lead, figure)]
    for threshold in thresholds:
        same = [figure for figure in asked if figure.unit == threshold.unit]
        alike = [other for other in thresholds if other.unit == threshold.unit]
        if len(same) == len(alike) == 1 and _is_named(lead, threshold, reading):
            pairs.append((same[0], threshold))
    if not pairs or not any(threshold.unit in (_MONEY, "%") for _, threshold in pairs):
        return ""
    units = {own.unit for own, _ in pairs}
    if any(_is_ceiling(one) and not _is_granted(lead, one) for one in lead.figures if one.unit in units):
        return ""
    between = lead.clause.text[thresholds[0].span.end : thresholds[-1].span.start]
    either = len(thresholds) > 1 and _EITHER.search(between) is not None
    if not either and len(pairs) < len(thresholds):
        return ""
    met = [(own, printed) for own, printed in pairs if own.value >= printed.value]
    reaches = bool(met) if either else len(met) == len(pairs)
    if not reaches and either and len(pairs) < len(thresholds):
        return ""  # the other one may be met
    printed = (met or pairs)[0][1] if reaches else next(pair for pair in pairs if pair not in met)[1]
    key = ("verdict_reaches_either" if either else "verdict_reaches") if reaches else "verdict_falls_short"
    return phrase(key, reading.language).format(_as_printed(lead, printed))


def _sizes(text: str) -> list[Figure]:
    """The figures of a question that may be held against a threshold; a bare large number is an amount of money."""
    return [
        replace(figure, unit=_MONEY) if figure.unit == "" and figure.value >= LEAST_AMOUNT else figure
        for figure in find_figures(text)
        if figure.upper is None
    ]


def _is_printed_amount(lead: Candidate, figure: Figure) -> bool:
    """True for what the clause gives, not what it asks for: the 30万元 that somebody has heard of."""
    given = (printed for printed in lead.clause.figures if not _is_threshold(lead, printed))
    return any(same_figure(figure, printed) for printed in given)


def _is_named(lead: Candidate, threshold: Figure, reading: Reading) -> bool:
    """Whether the question speaks of what the threshold is of."""
    before = lead.clause.text[max(0, threshold.span.start - NAMED_WITHIN) : threshold.span.start]
    said = f"{reading.text} {' '.join(reading.also)}"
    return not terms_of(before).isdisjoint(terms_of(said))


def _is_threshold(lead: Candidate, figure: Figure) -> bool:
    if figure.upper is not None or _is_ceiling(figure) or _is_granted(lead, figure):
        return False
    before, behind = lead.clause.text[: figure.span.start], lead.clause.text[figure.span.end :]
    return bool(_AT_LEAST.match(behind) or _FROM.search(before[-4:]))


def _is_ceiling(figure: Figure) -> bool:
    """不超过3万元, 8000元以下: who is below may have it."""
    return figure.bound is Bound.AT_MOST


def _is_granted(lead: Candidate, figure: Figure) -> bool:
    """给予不低于300万元的补贴: what the clause gives, though it has a floor."""
    if any(benefit.figure.span == figure.span for benefit in lead.clause.benefits):
        return True
    before = lead.clause.text[max(0, figure.span.start - GIVEN_WITHIN) : figure.span.start]
    return _GRANTS.search(_FROM.sub("", before)) is not None


def _as_printed(lead: Candidate, figure: Figure) -> str:
    behind = _AT_LEAST.match(lead.clause.text[figure.span.end :])
    return figure.span.of(lead.clause.text) + (behind[0].strip() if behind else "")


def _of_hearsay(reading: Reading, lead: Candidate) -> str:
    """不是：该项为30万元, where the amount somebody has heard is none of those printed and just one is printed."""
    heard = _amounts_heard(reading)
    rows = [row.figure for row in asked_rows(reading, lead)]
    printed = rows or [figure for figure in lead.figures if figure.unit == _MONEY and not _is_threshold(lead, figure)]
    if len(heard) != 1 or len(printed) != 1 or any(_is_amount(figure, heard[0]) for figure in lead.clause.figures):
        return ""
    key = "verdict_amount_not_printed" if _bounds_allow(printed[0], heard[0]) else "verdict_other_amount"
    return phrase(key, reading.language).format(amount_words(printed[0]))


def _amounts_heard(reading: Reading) -> list[Figure]:
    """Amounts of money that the question says are given, and asks whether that is so."""
    if not _HEARD.search(reading.last):
        return []
    return [
        figure
        for figure in _sizes(reading.last)
        if figure.unit == _MONEY and _GIVEN.search(reading.last[: figure.span.start])
    ]


def _is_amount(printed: Figure, heard: Figure) -> bool:
    """The same money, whatever bound stands before it."""
    return printed.unit == heard.unit and heard.value in (printed.value, printed.upper)


def _bounds_allow(printed: Figure, heard: Figure) -> bool:
    """最高500万元 does not contradict 300万元."""
    if printed.upper is not None:
        return printed.value <= heard.value <= printed.upper
    return (printed.bound is Bound.AT_MOST and heard.value <= printed.value) or (
        printed.bound is Bound.AT_LEAST and heard.value >= printed.value
    )
