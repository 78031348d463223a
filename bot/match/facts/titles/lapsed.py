"""Recognitions and classes that were held and are no more: 曾经是…, 有效期到2024年, …，今年被撤销了; and what a former employer was.

What was recognised at some time, and may or may not hold today, counts as not known; a sentence says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal, TypeAlias

from bot.match.facts.checks import Language, sentence, short
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading, finder
from bot.match.types import Fact
from ingest.facts.numerals import value_of
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.title_holders import title_holder_words

State: TypeAlias = Literal["held", "ended", "unsure"]
_CLASS = "talent_class"
_HELD = frozenset({"recognition", _CLASS})
_OF_HELD = frozenset({"recognition.level", "recognition.time"})
# What a person had in a work that they say is former.
_OF_FORMER_WORK = frozenset({"job", "employer_kind", "industry", "arrival", "status"})
_MOST_BEHIND = 3  # clauses behind one that names a title, in which its end may be told
_NEAR = 8  # characters in front of a word in which it is denied or planned


def held_today(
    reading: Reading, facts: Sequence[Fact], language: Language
) -> tuple[list[Fact], list[str], frozenset[str]]:
    """Facts as they hold on the day of asking, sentences on what is not certain, and the names that count as not known."""
    kept: list[Fact] = []
    faults: list[str] = []
    doubted: set[str] = set()
    for fact in facts:
        clause = reading.clause_at(fact.said)
        if clause is None or fact.said is None or fact.denied or fact.planned or fact.about == "relative":
            kept.append(fact)
            continue
        of_work = reading.is_person and not reading.is_organisation and fact.attribute != _CLASS
        if of_work and fact.attribute in _OF_FORMER_WORK | _HELD | _OF_HELD and _was(reading, clause, fact.said.start):
            doubted |= set(fact.words)
            continue
        if fact.attribute not in _HELD | _OF_HELD:
            kept.append(fact)
            continue
        state = _state(reading, clause, fact.said.start, fact.said.end)
        if state == "held":
            kept.append(fact)
        elif fact.attribute in _HELD and state == "ended":
            kept.append(replace(fact, denied=True))
        elif fact.attribute in _HELD:
            doubted |= set(fact.words)
            said = reading.profile.said[clause.start : clause.end].strip()
            faults.append(sentence("held_still", language, a=short(said)))
    return kept, list(dict.fromkeys(faults)), frozenset(doubted)


def _was(reading: Reading, clause: Clause, start: int) -> bool:
    """Whether a clause says in front of ``start`` that something was, and not that it still is."""
    told = _pattern("was").search(reading.profile.text, clause.start, start)
    return told is not None and not _is_still(reading, clause, told.end())


def _is_still(reading: Reading, clause: Clause, start: int) -> bool:
    text, still = reading.profile.text, _pattern("still")
    follows = _next(reading, clause)
    return still.search(text, start, clause.end) is not None or (
        follows is not None and still.search(text, follows.start, follows.end) is not None
    )


def _state(reading: Reading, clause: Clause, start: int, end: int) -> State:
    """What a clause that names a title at ``start`` to ``end``, and those behind it, say of whether it is held."""
    text, behind = reading.profile.text, _behind(reading, clause)
    last = behind[-1].end if behind else clause.end
    renewed = max((at.start() for at in _done("renewed", text, start, last)), default=-1)
    ended = [*_ended(reading, clause, behind, start), *_revoked(reading, clause, behind, end)]
    told: list[State] = [state for place, state in ended if place > renewed]
    if told:
        return "unsure" if "ended" not in told and "unsure" in told else told[-1]
    if ended or renewed >= 0:
        return "held"
    if _was(reading, clause, start):
        return "ended"
    once = _pattern("once").search(text, clause.start, end)
    return "unsure" if once is not None and not _is_still(reading, clause, once.end()) else "held"


def _ended(reading: Reading, clause: Clause, behind: Sequence[Clause], start: int) -> Iterator[tuple[int, State]]:
    """Where an end is told, and what it means on the day of asking."""
    text, last = reading.profile.text, behind[-1].end if behind else clause.end
    dated = False
    for match in (m for pattern in _until() for m in pattern.finditer(text, clause.start, last)):
        dated = True
        month = match.groupdict().get("month")
        yield match.start(), _on(reading, _year(reading, match["year"]), int(month) if month else None)
    for match in _pattern("lasts").finditer(text, clause.start, last):
        dated = True
        years = match["years"]
        count = int(years) if years.isdecimal() else int(value_of(years) or 0)
        yield match.start(), _on(reading, _year(reading, match["year"]) + count, None)
    for name in ("no_more",) if dated else ("over", "no_more"):
        for match in _done(name, text, start, last):
            yield match.start(), "ended"


def _on(reading: Reading, year: int, month: int | None) -> State:
    """What an end in a year, or in a month of it, means: of this year without a month nothing is certain."""
    today = reading.as_of
    end, now = (year, month or today.month), (today.year, today.month)
    return "ended" if end < now else "unsure" if end == now else "held"


def _year(reading: Reading, said: str) -> int:
    years_ago = asker_speech().founding.this_year.get(said)
    return int(said) if years_ago is None else reading.as_of.year - years_ago


def _revoked(reading: Reading, clause: Clause, behind: Sequence[Clause], end: int) -> Iterator[tuple[int, State]]:
    """Where a title is said to have been taken away: by its kind (资格, 认定), or in so few words that it is meant."""
    text, words = reading.profile.text, title_holder_words().lapsed
    for part in (clause, *behind):
        first = end if part == clause else part.start
        for match in _done("revoked", text, first, part.end):
            named = re.search(any_of(words.revoked_of), text[part.start : part.end]) is not None
            if part.planned_from is None and (named or _pattern("nothing_named").match(text, match.end(), part.end)):
                yield match.start(), "ended"


def _behind(reading: Reading, clause: Clause) -> tuple[Clause, ...]:
    """The clauses behind in the same sentence up to one that names another title or somebody who was brought."""
    found: list[Clause] = []
    for follows in reading.clauses[clause.number + 1 : clause.number + 1 + _MOST_BEHIND]:
        named = finder("recognition").find(reading.profile.text, follows.start, follows.end)
        own = {
            name
            for word in finder("recognition").find(reading.profile.text, clause.start, clause.end)
            for name in word.names
        }
        other = any(not own & set(word.names) for word in named)
        if follows.sentence != clause.sentence or other or follows.asking or follows.of_others:
            break
        found.append(follows)
    return tuple(found)


def _next(reading: Reading, clause: Clause) -> Clause | None:
    follows = reading.clauses[clause.number + 1 : clause.number + 2]
    return follows[0] if follows and follows[0].sentence == clause.sentence else None


def _done(name: str, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches that are not denied, feared or only planned: 还没续上, 可能被撤销."""
    barred = _pattern("not_done")
    for match in _pattern(name).finditer(text, start, end):
        if barred.search(text[max(start, match.start() - _NEAR) : match.start()]) is None:
            yield match


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words: dict[str, object] = title_holder_words().lapsed.model_dump()
    return re.compile(str(words[name]))


@cache
def _until() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in title_holder_words().lapsed.until)
