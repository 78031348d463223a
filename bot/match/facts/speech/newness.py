"""Whether a recognition is new: by a verb of recognition beside its name, never by that of hiring who holds it.

今年新招10名本科, 今年返聘一位国家级非遗传承人, 今年引进了一位中国专利金奖获得者.
"""

from __future__ import annotations

import re
from functools import cache

from bot.match.facts.profile_text import Clause, ProfileText
from bot.match.facts.words import Found, WordFinder, finder_of
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech

_FAR = 14  # characters behind an award in which the verb stands: 某某工匠今年刚评上
_SHORT = 4  # characters that tell of nothing else: 今年第二次过了


@cache
def _verbs() -> WordFinder:
    words = asker_speech().recognising
    return WordFinder({"": words.verbs}, names_count=False, decoys=words.no_verbs)


@cache
def _own_verbs(names: tuple[str, ...]) -> WordFinder:
    """Verbs by which only these come about: a 地理标志 is registered."""
    return finder_of(verb for name in names for verb in asker_speech().recognising.of_one.get(name, ()))


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(asker_speech().recognising.counted)


@cache
def _takes_on() -> WordFinder:
    return finder_of(asker_speech().recognising.takes_on)


@cache
def _people() -> WordFinder:
    return finder_of(asker_speech().recognising.people)


def is_time_of_another(text: str, time: Found, until: int, name: int | None) -> bool:
    """Whether a word of time in a clause that ends at ``until`` tells of something else than a recognition.

    ``name``: where the recognition stands in the same clause; None in a clause beside it, where it is not named.
    """
    if name is not None and name >= time.end:
        between = (time.end, name)
        return _takes_on().stands_in(text, *between) and _people().stands_in(text, *between)
    if _takes_on().stands_in(text, time.end, until) and not _verbs().stands_in(text, time.start, until):
        return True
    if name is not None:
        return False
    if _counted().search(text, time.end, until):
        return True  # 今年新取得3件专利
    return until - time.end > _SHORT and not _verbs().stands_in(text, time.start, until)


def is_new_here(text: str, clause: Clause, name: Found, this_year: int) -> bool:
    """院士工作站刚批准成立, 今年…批下来了: a word of now, and a verb of recognition behind it or around the name."""
    now = _now(this_year).search(text, clause.start, clause.end)
    if now is None:
        return False
    named = clause.start <= name.start < clause.end
    if not named:
        return _verbs().stands_in(text, now.end(), clause.end) and not _counted().search(text, clause.start, clause.end)
    first = min(now.start(), name.start)
    if now.start() > name.start:
        return _verbs().stands_in(text, now.end(), min(clause.end, now.end() + _FAR))
    return is_recognised(text, first, name, clause.end)


@cache
def _now(year: int) -> re.Pattern[str]:
    return re.compile(rf"{any_of(asker_speech().recognising.now)}|{year}\s?年")


def is_recognised(text: str, start: int, award: Found, until: int) -> bool:
    """Whether a verb of recognition stands between ``start`` and an award, or behind it up to ``until``."""
    last_hired = max((word.end for word in _takes_on().find(text, start, award.start)), default=start)
    if _verbs().stands_in(text, last_hired, award.start) or _own_verbs(award.names).stands_in(
        text, last_hired, award.start
    ):
        return True
    return _verbs().stands_in(text, award.end, min(until, award.end + _FAR))


def tells_of_winning(text: str, time: tuple[int, int], award: tuple[int, int], until: int) -> bool:
    """Whether a word of time tells when an award (up to ``until`` of its clause) was won: not 今年63岁，被认定为….

    It stands alone in front of it, or with a verb of winning in its own clause; 今年刚到…工作 is about something else.
    """
    start, end = time
    if start >= award[0]:
        return True
    stop = _ends().search(text, end, until)
    own_end = stop.start() if stop is not None else until
    if own_end <= award[0]:
        first = max((found.end() for found in _ends().finditer(text, 0, start)), default=0)
        if _relatives().stands_in(text, first, own_end):
            return False  # 今年我儿子考上了大学，我有…证
        alone = _bare_time().fullmatch(text, end, own_end) and not _about_another().search(text, first, start)
        return bool(alone) or _verbs().stands_in(text, end, own_end)
    about = _about_another().search(text, start, award[0])
    return about is None or _verbs().stands_in(text, about.end(), award[0])


@cache
def _relatives() -> WordFinder:
    return WordFinder(asker_fact_words().of("relation"))


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(r"[，。；！？,;!?\n、]|\s(?:and|but)\s")


@cache
def _bare_time() -> re.Pattern[str]:
    return re.compile(asker_speech().recognising.time_goes_on)


@cache
def _about_another() -> re.Pattern[str]:
    return re.compile(asker_speech().recognising.time_of_another)


def is_of_whom_is_taken_on(profile: ProfileText, clause: Clause, award: Found) -> bool:
    """引进了一位中国专利金奖获得者: the award is the person's, though such ones are given to firms as well."""
    text = profile.text
    if _holders().match(text, award.end, clause.end):
        return True
    hired = next(_takes_on().find(text, clause.start, award.start), None)
    return (
        hired is not None
        and _people().stands_in(text, hired.end, award.start)
        and not _verbs().stands_in(text, hired.end, award.start)
    )


@cache
def _holders() -> re.Pattern[str]:
    return re.compile(rf"\s?的?{any_of(asker_speech().recognising.holders)}")
