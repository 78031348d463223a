"""Yes, no or it depends, by the words of the sentence that answers: what is barred, not needed, needed or allowed."""

from __future__ import annotations

from bot.evidence.candidates import Candidate
from bot.understand.reading import Reading
from bot.verdicts.quoting import is_of, parts_of, whole_or, words_of
from bot.verdicts.words import patterns, said
from index.text.question_types import QuestionType
from ingest.types import Span

LEAST_COVERED = 0.45  # of the words of the question, for a sentence to say yes or no to it
LONGEST = 110  # characters of what is quoted; a longer one is read below


def yes_or_no(reading: Reading, lead: Candidate) -> str:
    """The verdict on a question of yes or no; "" where the sentence does not decide it in so many words."""
    if QuestionType.YES_NO not in reading.types and not _asks("may", reading) and not _asks("must", reading):
        return ""
    if max(lead.features["covers_last"], lead.features["covers_with_path"]) < LEAST_COVERED:
        return ""
    if _asks("must", reading):
        return _decided(reading, lead, (("exempt", "exempt"), ("barred", "exempt"), ("needed", "needed")))
    if _asks("may", reading):
        return _decided(reading, lead, (("barred", "barred"), ("allowed", "allowed"), ("grants", "depends")))
    return ""


def _asks(what: str, reading: Reading) -> bool:
    return patterns("asks")[what].search(reading.last) is not None


def _decided(reading: Reading, lead: Candidate, kinds: tuple[tuple[str, str], ...]) -> str:
    """The first kind of words that a part of the sentence prints, said as the verdict that goes with it."""
    for printed, key in kinds:
        part = _part(reading, lead, printed)
        if part is None:
            continue
        quoted = whole_or(lead, part)
        if len(quoted) > LONGEST:
            quoted = words_of(lead, part)
        if len(quoted) > LONGEST:
            return ""
        return said(_key(reading, lead, part, key), reading.language, quoted)
    return ""


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
