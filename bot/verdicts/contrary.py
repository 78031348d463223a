"""Two plain ways in which a sentence says no: it asks for the opposite of what is told, or lists things and not this one."""

from __future__ import annotations

import re

from bot.evidence.candidates import Candidate
from bot.text.jieba_dictionary import nouns_in, places_in, words_in
from bot.understand.reading import Reading, only_changes_a_part
from bot.verdicts.quoting import part_around, parts_of, words_of
from bot.verdicts.words import patterns, said
from index.text.question_types import QuestionType
from ingest.types import Corpus, Span

FEWEST_LISTED = 4  # things, so that they are a list
LONGEST = 60  # characters of what is quoted
_BETWEEN = re.compile(r"、|以及|和|及")
_BEHIND = re.compile(r"[，,。；;？?！!]|的")


def contrary(reading: Reading, lead: Candidate) -> str:
    """不符合, where the sentence gives to who is 未就业 and 已就业 is told, or to who 签订 a contract and 不签 is told."""
    if QuestionType.YES_NO not in reading.types and not only_changes_a_part(reading):
        return ""
    words, asked = patterns("contrary"), reading.carried.asked.lower()
    denied = words["told_not"].search(asked)
    told = None if denied else words["told"].search(asked)
    for part in parts_of(lead):
        text = part.of(lead.clause.text)
        printed_not, printed = words["printed_not"].search(text), words["printed"].search(text)
        against = printed_not if told else printed if denied and not printed_not else None
        found = told or denied
        if against is None or found is None or _state(against) != _state(found) or not _of_the_same(asked, found, text):
            continue
        quoted = words_of(lead, part)
        if len(quoted) > LONGEST:
            quoted = words_of(lead, Span(part.start + against.start(), part.end))
        return said("contrary", reading.language, quoted) if len(quoted) <= LONGEST else ""
    return ""


def _state(found: re.Match[str]) -> str:
    """签 of 签订 and 签署."""
    return next(group for group in found.groups() if group)[:1]


def _of_the_same(asked: str, found: re.Match[str], printed: str) -> bool:
    """Whether what is told to be had (享受过住房优待) is what the part speaks of; true where nothing is named."""
    named = nouns_in(_BEHIND.split(asked[found.end() :])[0])
    return not named or any(noun in printed for noun in named)


def not_listed(reading: Reading, lead: Candidate) -> str:
    """没有列入, where the sentence lists all things of the kind by name and has no word of the one asked about."""
    words = patterns("contrary")
    asks = words["asks_member"].search(reading.last)
    if asks is None:
        return ""
    name = (asks["front"] or asks["behind"] or "").strip()
    listed = words["listed"].search(lead.text)
    if not name or listed is None or words["open_end"].search(lead.text):
        return ""
    items = [item for item in _BETWEEN.split(listed["items"]) if item.strip()]
    own = {word for word in (*words_in(name), *places_in(name)) if len(word) > 1} or {name}
    if len(items) < FEWEST_LISTED or any(word in lead.clause.text for word in own):
        return ""
    return said("not_listed", reading.language, name)


def not_fixed(reading: Reading, lead: Candidate) -> str:
    """不是, asked whether a price is fixed that the sentence prints as one that floats."""
    words = patterns("contrary")
    floats = words["floats"].search(lead.clause.text, lead.span.start, lead.span.end)
    if QuestionType.YES_NO not in reading.types or not words["fixed"].search(reading.last) or floats is None:
        return ""
    return said("premise_printed", reading.language, part_around(lead, Span(floats.start(), floats.end())))


def ended_by_name(reading: Reading, lead: Candidate, corpus: Corpus) -> Span | None:
    """Where a sentence says that what the question names in quotation marks has ended; None where it does not.

    Of what is held by that name a version may have ended, and not the one that is asked about.
    """
    words = patterns("contrary")
    ended = patterns("printed")["ended"].search(lead.clause.text, lead.span.start, lead.span.end)
    titles = "\n".join(document.title for document in corpus.documents)
    names = [name for name in words["quoted"].findall(reading.last) if name not in titles]
    if ended is None or QuestionType.VALIDITY not in reading.types:
        return None
    before = lead.clause.text[lead.span.start : ended.start()]
    return Span(ended.start(), ended.end()) if any(name in before for name in names) else None
