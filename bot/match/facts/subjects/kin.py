"""Of which relatives a clause speaks: those it names, and those of the clause before where it names no other subject.

我爱人是博士，今年4月被一家企业引进，签了5年合同: all of it is theirs, for whoever is told to be brought somewhere goes on
as the subject of a contract. 老婆没工作，签了5年合同 is not, and nobody's where it cannot be said whose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.match.facts.profile_text import Clause, ProfileText
from bot.match.facts.speech.relatives import goes_to_school, is_again_the_asker, small_child
from bot.match.facts.words import WordFinder, either
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech

_LEAD = 4  # characters that stand before a relative who is the subject: 我家的, 但我


@dataclass(frozen=True, slots=True)
class Kin:
    """The relatives a clause speaks of. ``leads``: one of them is its subject; ``works``: and told of as one who works."""

    relations: tuple[str, ...] = ()
    leads: bool = False
    works: bool = False


def kin_by_clause(profile: ProfileText, relations: WordFinder) -> Mapping[Clause, Kin]:
    """The relatives of every clause."""
    found: dict[Clause, Kin] = {}
    words = _words()
    last, recent, sentence, told, small = Kin(), Kin(), -1, "", False  # what was told of the relatives so far
    own_told = False  # the asker has told of themselves
    for clause in profile.clauses:
        text = profile.of(clause)
        named = list(relations.find(profile.text, clause.start, clause.end))
        new_sentence = clause.sentence != sentence
        if named and not words.joint.search(text):
            leads = _leads(text[: named[0].start - clause.start])
            told = text
            last = Kin(tuple(name for word in named for name in word.names), leads, leads and _works(told))
        elif words.joint.search(text):
            last = Kin()
        elif new_sentence and words.pronoun.match(text):
            last, told = recent, text
            last = Kin(last.relations, bool(last.relations), bool(last.relations) and (last.works or _works(text)))
        else:
            goes_on = not words.own.search(text)
            if new_sentence:
                goes_on = goes_on and last.works and not own_told
            goes_on = goes_on and not (words.firm.search(text) and not words.agent.search(text))
            goes_on = goes_on and (last.works or not words.of_asker.search(text))
            goes_on = goes_on and not is_again_the_asker(told, text, last.relations)
            goes_on = goes_on and (not small or goes_to_school(text))  # behind one it is the asker again
            told = f"{told}，{text}"
            last = Kin(last.relations, last.leads, last.works or (last.leads and _works(text))) if goes_on else Kin()
        if last.relations and last.leads:
            recent = last
        elif not last.relations and not clause.asking:
            own_told = True
        small = small_child().search(text) is not None or (small and bool(last.relations) and not named)
        sentence, found[clause] = clause.sentence, last
    return found


def _leads(lead: str) -> bool:
    """Whether a relative behind ``lead`` is the subject: not 带着老婆, 和老婆."""
    beside = any(word in lead for word in asker_speech().others.beside if not word.isascii())
    return len(lead.strip()) <= _LEAD and not beside


def _works(text: str) -> bool:
    """Whether words tell of somebody who is brought somewhere, or is a talent; and not of one without work."""
    return _words().works.search(text) is not None and _words().jobless.search(text) is None


@dataclass(frozen=True, slots=True)
class _Words:
    joint: re.Pattern[str]
    pronoun: re.Pattern[str]
    own: re.Pattern[str]
    firm: re.Pattern[str]  # a firm as the subject
    agent: re.Pattern[str]  # a firm by which, or in which
    of_asker: re.Pattern[str]  # what tells of the asker behind a relative who does not work
    works: re.Pattern[str]
    jobless: re.Pattern[str]


@cache
def _words() -> _Words:
    speech = asker_speech()
    joint, kin = speech.joint, speech.kin
    jobless = any_of(asker_fact_words().of("status")[kin.jobless])
    firm = any_of(kin.firm)
    return _Words(
        re.compile(rf"{either(joint.with_)}.*{either(joint.each)}"),
        re.compile(rf"\s*{either(speech.others.one)}(?!{asker_speech().others.plural})"),
        re.compile(kin.own),
        re.compile(rf"(?<![他她们]){firm}"),
        re.compile(rf"{any_of(kin.by)}[^，。]{{0,20}}?{firm}"),
        re.compile(either(kin.of_asker)),
        re.compile(either((*speech.dependants.of_one_who_works, *kin.brought))),
        re.compile(rf"{jobless}|{any_of(kin.without_work)}"),
    )
