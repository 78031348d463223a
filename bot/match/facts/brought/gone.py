"""People who were brought and are gone: 引进的博士，今年辞职走了. Nothing is claimed for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from bot.match.facts.brought.of_which import is_of_which
from bot.match.facts.checks import Language, sentence, short
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading
from bot.match.facts.words import either
from bot.match.types import Fact
from ingest.facts.numerals import value_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.title_holders import title_holder_words

_FEW = 4  # characters in front of a word of leaving in which it is denied or planned


def without_gone(reading: Reading, facts: Sequence[Fact], language: Language) -> tuple[list[Fact], list[str]]:
    """Facts without those of people who left the asking firm, or of fewer of them; a sentence for each leaving."""
    kept, faults = list(facts), list[str]()
    if not reading.is_organisation:
        return kept, faults
    for clause, start in _leavings(reading):
        own = [
            f for f in kept if f.about == "talent" and f.said and f.said.start < start and _is_of(reading, clause, f)
        ]
        if not own:
            continue
        last = max(own, key=lambda fact: fact.said.start if fact.said else 0)
        group = [fact for fact in kept if fact.about == "talent" and fact.group == last.group]
        left = _left_behind(reading, clause, start, last.people)
        kept = [fact for fact in kept if fact not in group]
        kept += [replace(fact, people=left) for fact in group] if left else []
        faults.append(
            sentence("gone", language, a=short(reading.profile.said[clause.start : clause.end].strip(" ，,。")))
        )
    if faults and not any(fact.about == "talent" for fact in kept):
        hires = {*title_holder_words().gone.events}
        kept = [fact for fact in kept if fact.attribute not in ("event", "plan") or not hires & {*fact.words}]
    return kept, faults


def _leavings(reading: Reading) -> Iterator[tuple[Clause, int]]:
    text, words = reading.profile.text, title_holder_words().gone
    for clause in reading.clauses:
        if clause.asking or clause.of_others:
            continue
        for match in _left().finditer(text, clause.start, clause.end):
            before = text[max(clause.start, match.start() - _FEW) : match.start()]
            barred = re.search(words.barred, before) or re.match(words.comes, text[match.end() : clause.end])
            subject = text[clause.start : match.start()]
            others = re.search(either(words.of_staff), subject) or _is_from_before(subject)
            if not (
                barred or others or reading.is_planned(match.start()) or _is_of_others(reading, clause, match.start())
            ):
                yield clause, match.start()
                break


def _is_from_before(subject: str) -> bool:
    """原来的总监跳槽了: of the firm before those who were brought."""
    former = re.search(either(asker_speech().over.former), subject)
    return former is not None and re.search(either(asker_speech().asker.bring), subject) is None


def _is_of_others(reading: Reading, clause: Clause, start: int) -> bool:
    """Told of somebody else; 人家 in a clause of its own is whoever was to come."""
    meant = re.search(either(title_holder_words().gone.meant), reading.profile.of(clause)) is not None
    return reading.is_of_others(start) and not meant


def _is_of(reading: Reading, clause: Clause, fact: Fact) -> bool:
    """Whether somebody of whom a fact tells may be who left: told of in the same sentence, or meant by 他 or their name."""
    told = reading.clause_at(fact.said)
    if told is None or fact.said is None:
        return False
    said = reading.profile.text[fact.said.start : fact.said.end]
    meant = (*asker_speech().others.pronouns, *title_holder_words().gone.meant)
    pronoun = re.search(either(meant), reading.profile.of(clause)) is not None
    of_which = is_of_which(reading.profile.text, clause.start, clause.end)
    near = 0 <= clause.sentence - told.sentence <= 1 and (pronoun or of_which)
    return told.sentence == clause.sentence or near or said in reading.profile.of(clause)


def _left_behind(reading: Reading, clause: Clause, start: int, people: int | None) -> int:
    """How many of some people are still there: 两名博士，其中一人离职了 leaves one."""
    text = reading.profile.text
    number = _counted().search(text, clause.start, start)
    if people is None or number is None or not is_of_which(text, clause.start, number.start()):
        return 0
    said = number["number"]
    known = asker_speech().talent.number_words.get(said)
    return max(0, people - (int(said) if said.isdecimal() else known or int(value_of(said) or 0)))


@cache
def _left() -> re.Pattern[str]:
    return re.compile(rf"{either(asker_speech().stance.left)}|{title_holder_words().gone.left}")


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<number>\d+|[{title_holder_words().gone.numbers}])\s?{either(asker_speech().talent.counters)}"
    )
