"""People of a firm in the words of its owner, and lists of people whom a firm took on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.match.facts.brought.names import named_alone
from bot.match.facts.profile_text import Clause
from ingest.vocabulary.matching.asker_speech import asker_speech

_COUNTED = re.compile(r"(?<![是为])[\d一二两三四五六七八九十]\s?[个名位]\s?(?:博士|硕士|本科|人|教授|工程师)|团队")
_OPENS = "：:"
_BRACKETS = "（("
_ENDS = "：:。；;，,"


def counts_people(text: str, clauses: Sequence[Clause], has_firm: bool) -> Iterator[Clause]:
    """In a person's profile: clauses that count people (7个博士), who are not the asker.

    ``has_firm``: an owner tells of their staff too (公司里有个员工，今年评上…), up to where they speak of themselves again.
    """
    staff, own = _staff()
    sentence = -1
    for clause in clauses:
        if clause.sentence != sentence or own.search(text, clause.start, clause.end):
            sentence = -1
        elif has_firm:
            yield clause
            continue
        if has_firm and staff.search(text, clause.start, clause.end):
            sentence = clause.sentence
            yield clause
        elif _COUNTED.search(text, clause.start, clause.end):
            yield clause


@cache
def _staff() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = asker_speech().talent
    return re.compile(words.staff), re.compile(words.oneself)


def announces(text: str, clause: Clause, hires: bool) -> bool:
    """Whether people are told behind a clause that hires: 引进人才：…, 聘了专家（…）, 今年引进了几个人。一位…."""
    sign = text[clause.end : clause.end + 1]
    return hires and (sign in (*_OPENS, *_BRACKETS) or opens_list(text, clause))


def opens_list(text: str, clause: Clause) -> bool:
    """今年引进了几个人：…, or behind another sign 一位…."""
    opens, item = _list_words()
    if opens.search(text, clause.start, clause.end) is None:
        return False
    behind = text[clause.end :].lstrip()
    if text[clause.end - 1] not in _ENDS:
        behind = behind[1:] if behind[:1] in _ENDS else ""
    return text[clause.end : clause.end + 1] in _OPENS or item.match(behind) is not None


def end_of_list(text: str, clauses: Sequence[Clause], first: Clause) -> int:
    """Where the list ends that ``first`` opens: with the sentence, what ；joins to it, and what begins with 一位."""
    item, until = _list_words()[1], first.end
    for before, clause in zip(clauses[first.number :], clauses[first.number + 1 :], strict=False):
        joined = before.sentence == clause.sentence or text[clause.start - 1] in "；;"
        named = named_alone(text, clause) is not None or item.match(text, clause.start, clause.end) is not None
        if not joined and not named:
            break
        until = clause.end
    return until


@cache
def _list_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = asker_speech().talent
    return re.compile(words.opens_list), re.compile(words.list_item)
