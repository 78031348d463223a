"""Whom somebody works for: the trade, size and recognition of a client are not the asker's.

帮旗里一家氢能企业引进人才, 为风电企业提供培训, 客户是化工、煤炭企业, helped a hydrogen company hire.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from bot.match.facts.profile_text import ProfileText
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

_FAR = 20  # characters between the verb and the firm
_FAR_ENGLISH = 60
_MOST_JOINED = 3  # firms joined to one by 和
_GETS = 6  # characters between the firm and what it gets
_DONE = 16  # characters between the firm and what is done for it


def of_clients(profile: ProfileText) -> tuple[tuple[int, int], ...]:
    """Where a profile speaks of firms that the asker works for, as beginnings and ends in its text."""
    return (*_worked_for(profile), *_named(profile))


def _worked_for(profile: ProfileText) -> Iterator[tuple[int, int]]:
    """帮风电、氢能企业申报: from what is done for them to the firm, and on to the end where 、 joins another."""
    for clause in profile.clauses:
        for pattern in _served():
            for match in pattern.finditer(profile.text, clause.start, clause.end):
                yield match.start("who"), _end_of_all(profile.text, match.end("who"), clause.end)
        begun = _begun().search(profile.text, clause.start, clause.end)
        behind = profile.clauses[clause.number + 1 : clause.number + 2]
        if (
            begun
            and behind
            and behind[0].joined
            and (firm := _firm().search(profile.text, behind[0].start, behind[0].end))
        ):
            yield begun.end(), firm.end()


def _named(profile: ProfileText) -> Iterator[tuple[int, int]]:
    """客户是风电、氢能企业: from the word for clients to the end of the clause, and of those joined to it by 、."""
    names, going = _words(asker_speech().clients.are), False
    for clause in profile.clauses:
        match = names.search(profile.text, clause.start, clause.end)
        going = match is not None or (going and clause.joined)
        if going:
            yield match.start() if match else clause.start, clause.end


def _end_of_all(text: str, end: int, until: int) -> int:
    """Where what is said of clients ends: behind other firms joined to the first, and behind what they get."""
    for _ in range(_MOST_JOINED):
        if (more := _more()[0].match(text, end, until)) is None:
            break
        end = more.end()
    gets = _more()[1].match(text, end, until)
    return gets.end() if gets else end


@cache
def _more() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Another firm joined by 和, and what firms get: 申报高企."""
    words = asker_speech().clients
    firm = rf"\s?{_alternatives(words.and_)}{_between()}{_alternatives(words.firm)}"
    gets = rf"[^，。；,;\n]{{0,{_GETS}}}?{_alternatives(words.gets)}[^，。；,;\n]*"
    return re.compile(firm), re.compile(gets)


def _between() -> str:
    return rf"(?:[^，。；,.;\n]{{0,{_FAR}}}?|[a-z0-9\s-]{{0,{_FAR_ENGLISH}}}?)"


@cache
def _served() -> tuple[re.Pattern[str], ...]:
    """The ways to say it, each with the client as ``who``."""
    words = asker_speech().clients
    firm = _alternatives(words.firm)
    who = rf"(?P<who>(?!\s?{_alternatives(words.own)}){_between()}{firm}(?:{firm})?)"
    done = rf"(?=[^，。；,;\n]{{0,{_DONE}}}?{any_of(words.does)})"
    verb = rf"(?<![{''.join(words.not_client)}])"
    service = rf"(?:^|(?<=\W)|{any_of(words.service_behind)}){words.service}[了过的]?(?!{any_of(words.no_service)})"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{_alternatives(words.serve)}{who}",
            rf"{verb}{any_of(words.serve_if_done)}{who}{done}",
            rf"{service}{who}",
            rf"{any_of(words.place)}[^，。；]{{0,{_FAR}}}?{any_of(words.placed)}{who}",
            rf"{any_of(words.with_)}{who}(?=[^，。；,;\n]{{0,{_DONE}}}?{any_of(words.together)})",
        )
    )


@cache
def _begun() -> re.Pattern[str]:
    words = asker_speech().clients
    return re.compile(rf"{_alternatives(words.serve)}(?!\s?{_alternatives(words.own)})")


@cache
def _firm() -> re.Pattern[str]:
    return _words(asker_speech().clients.firm)


@cache
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_alternatives(words))


def _alternatives(words: Iterable[str]) -> str:
    """Any of the words, the longest first, English ones whole."""
    chinese = [word for word in words if not word.isascii()]
    english = [word for word in words if word.isascii()]
    parts = [any_of(chinese)] if chinese else []
    parts += [rf"(?<![a-z]){any_of(english)}(?![a-z])"] if english else []
    return f"(?:{'|'.join(parts)})"
