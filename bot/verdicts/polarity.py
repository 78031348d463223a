"""Yes, no or it depends, by the words of the sentence that answers: what is barred, not needed, needed or allowed."""

from __future__ import annotations

import re

from bot.evidence.candidates import Candidate
from bot.understand.reading import Reading
from bot.verdicts.claimed_figures import MONEY, money_in
from bot.verdicts.contrary import contrary, not_fixed, not_listed
from bot.verdicts.quoting import is_of, part_around, parts_of, words_of
from bot.verdicts.words import patterns, said
from index.text.question_types import QuestionType
from ingest.facts.figures import find_figures
from ingest.types import Bound, Span

_PIECE = re.compile(r"[^，,。；;？?！!]+")
LEAST_COVERED = 0.45  # of the words of the question, for a sentence to say yes or no to it
_LASTING = frozenset({"年", "月", "日", "天", "周岁"})
LONGEST = 110  # characters of what is quoted; a longer one is read below


def yes_or_no(reading: Reading, lead: Candidate) -> str:
    """The verdict on a question of yes or no; "" where the sentence does not decide it in so many words."""
    if text := contrary(reading, lead) or not_listed(reading, lead) or not_fixed(reading, lead):
        return text
    if QuestionType.YES_NO not in reading.types and not _asks("may", reading) and not _asks("must", reading):
        return ""
    if max(lead.features["covers_last"], lead.features["covers_with_path"]) < LEAST_COVERED:
        return ""
    verb = patterns("contrary")["must_verb"].search(reading.last) if _asks("must", reading) else None
    if verb is not None and not any(letter in lead.text for letter in verb["verb"]):
        return ""  # 要退吗: nothing of it is printed
    if text := _by_threshold(reading, lead) or _over_ceiling(reading, lead):
        return text
    if _asks("must", reading):
        return _decided(reading, lead, (("exempt", "exempt"), ("barred", "exempt"), ("needed", "needed")))
    if _asks("may", reading):
        return _decided(reading, lead, (("barred", "barred"), ("allowed", "allowed"), ("grants", "depends")))
    return ""


def _asks(what: str, reading: Reading) -> bool:
    """Whether a piece of the question asks so, and asks nothing else."""
    words = patterns("asks")
    pieces = (piece for piece in _PIECE.findall(reading.last) if words[what].search(piece))
    return any(words["else"].search(piece) is None for piece in pieces)


def _decided(reading: Reading, lead: Candidate, kinds: tuple[tuple[str, str], ...]) -> str:
    """The first kind of words that a part of the sentence prints, said as the verdict that goes with it."""
    for printed, key in kinds:
        part = _part(reading, lead, printed)
        if part is None:
            continue
        key = _key(reading, lead, part, key)
        if key == "depends" and _condition(lead, part) is None:
            continue
        if printed in ("exempt", "allowed") and _is_beyond(reading, lead, part):
            part, key = Span(part.start, lead.span.end), "beyond"
        quoted = words_of(lead, (_condition(lead, part) or part) if key == "depends" else part)
        return said(key, reading.language, quoted) if len(quoted) <= LONGEST else ""
    return ""


def _by_threshold(reading: Reading, lead: Candidate) -> str:
    """3年可以吗 against 满5年: how long or how old, where the sentence prints one threshold of the kind."""
    for told in find_figures(reading.last):
        printed = [f for f in lead.figures if f.unit == told.unit and f.bound is Bound.AT_LEAST and f.unit in _LASTING]
        if len(printed) == 1 and told.upper is None:
            if told.value == printed[0].value:
                return (
                    said("needed", reading.language, part_around(lead, printed[0].span))
                    if _asks("must", reading)
                    else ""
                )
            key = "not_reached" if told.value < printed[0].value else "reached"
            return said(key, reading.language, part_around(lead, printed[0].span))
    return ""


def _over_ceiling(reading: Reading, lead: Candidate) -> str:
    """能拿8万吗 against 单个企业不超过5万元: the highest amount that the sentence prints is a ceiling below it."""
    obtained = patterns("premise")["obtained"]
    told = [f for f in money_in(reading.last) if obtained.search(reading.last[: f.span.start])]
    printed = [figure for figure in lead.figures if figure.unit.startswith(MONEY)]
    if len(told) != 1 or reading.tiers or not printed or not _asks("may", reading):
        return ""
    highest = max(printed, key=lambda figure: figure.upper or figure.value)
    part = part_around(lead, highest.span)
    if highest.bound is not Bound.AT_MOST or patterns("printed")["each"].search(part) is not None:
        return ""
    return said("over_ceiling", reading.language, part) if told[0].value > (highest.upper or highest.value) else ""


def _is_beyond(reading: Reading, lead: Candidate, part: Span) -> bool:
    """800万 against 不超过500万元的部分免征: what the part prints holds up to a bound that the question goes beyond."""
    told = money_in(reading.last)
    bounds = [f for f in lead.figures if f.unit == MONEY and f.bound is Bound.AT_MOST and part.contains(f.span)]
    return len(told) == len(bounds) == 1 and told[0].value > bounds[0].value


def _condition(lead: Candidate, part: Span) -> Span | None:
    """The part up to ``part`` that prints a condition."""
    conditional = patterns("printed")["conditional"]
    parts = [one for one in parts_of(lead) if one.start <= part.start]
    return next((one for one in parts if conditional.search(f"{one.of(lead.clause.text)}，")), None)


def _key(reading: Reading, lead: Candidate, part: Span, key: str) -> str:
    """The verdict, turned round for a question put in the negative; 看条件 where the sentence has a condition in front."""
    before = lead.clause.text[lead.span.start : part.end]
    if key in ("allowed", "barred") and patterns("printed")["conditional"].search(before):
        return "depends"
    if patterns("asks")["negative"].search(reading.last) and key in ("barred", "exempt"):
        return "borne_out"
    return key


def _part(reading: Reading, lead: Candidate, printed: str) -> Span | None:
    """The part of the sentence with such words that speaks of what is asked."""
    words = patterns("printed")[printed]
    asked = " ".join((reading.text, *reading.also))
    return next(
        (part for part in parts_of(lead) if words.search(part.of(lead.clause.text)) and is_of(lead, part, asked)), None
    )
