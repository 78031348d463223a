"""Whether an award in a firm's profile is the firm's or a person's it brings, and whether it was won of late."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from bot.match.facts.numbers import years_in
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import About, Reading
from bot.match.facts.speech.newness import is_of_whom_is_taken_on, is_recognised, tells_of_winning
from bot.match.facts.words import Found, either
from bot.match.types import Fact
from bot.match.words import standard_form
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.title_holders import title_holder_words


def whose_award(reading: Reading, clause: Clause, award: Found) -> About:
    """The asker's where it is given to firms, and nothing says that a person won it who was brought; else a talent's."""
    firms = any(sign in award.names[0] for sign in asker_speech().firm_awards.words)
    return "asker" if firms and not _is_a_persons(reading, clause, award) else "talent"


def _is_ranked(reading: Reading, clause: Clause, award: Found) -> bool:
    """李工是…奖二等奖第二完成人: of a person by the rank behind it, where only a firm is told of besides."""
    return _ranked().match(reading.profile.text, award.end, clause.end) is not None


def names_a_person(award: Found) -> bool:
    """自治区级建筑大师, 国医大师: the name of the award is what its holder is called."""
    words = title_holder_words().person
    return any(name.endswith(words.ends) and not name.endswith(words.no_ends) for name in award.names)


def whole_names(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts without an award whose name is only part of another's: 中国工程院院士 in 中国工程院院士增选有效候选人."""
    told = list(facts)
    awards = [fact for fact in told if fact.attribute == "award" and fact.said is not None]
    for fact in told:
        inside = (other for other in awards if fact in awards and _is_inside(fact, other))
        if next(inside, None) is None:
            yield fact


def _is_inside(fact: Fact, other: Fact) -> bool:
    if fact.said is None or other.said is None or fact.about != other.about:
        return False
    within = other.said.start <= fact.said.start and fact.said.end <= other.said.end
    same = standard_form(fact.words[0]) == standard_form(other.words[0])
    longer = other.said.end - other.said.start > fact.said.end - fact.said.start
    return within and longer and not same


def is_newly_won(reading: Reading, clause: Clause, award: Found) -> bool:
    """今年…拿了中国专利优秀奖: said in the sentence before the award; 今年返聘… tells when somebody was hired.

    获得过 was won at some time before.
    """
    text, first = reading.profile.text, reading.profile.sentence_clauses(clause)[0].start
    year = [year for year, _ in years_in(text, first, award.end)]
    told = next(reversed([*_this_year().finditer(text, first, award.start)]), None)
    if not (bool(year and year[-1] == reading.as_of.year) or told is not None):
        return False
    start = told.start() if told else first
    if told is not None and not tells_of_winning(text, told.span(), (award.start, award.end), clause.end):
        return False
    return is_recognised(text, start, award, clause.end) and _once().search(text, start, clause.end) is None


def _is_a_persons(reading: Reading, clause: Clause, award: Found) -> bool:
    """获得过一等奖的技术总监; 一位总工，他拿过…奖; …奖，第一完成人: of whom is taken on, and not of the firm."""
    if is_of_whom_is_taken_on(reading.profile, clause, award) or _is_ranked(reading, clause, award):
        return True
    if not reading.speaks_of_talent(clause):
        return False
    text, words = reading.profile.text, title_holder_words().person
    if _of_whom().match(text, award.end, clause.end):
        return True
    if re.search(either((*asker_speech().others.asker, *words.firm)), text[clause.start : clause.end]):
        return False
    follows = [c for c in reading.profile.sentence_clauses(clause) if clause.number <= c.number <= clause.number + 2]
    ranked = re.search(any_of(words.ranks), text[award.end : follows[-1].end]) is not None
    return (
        ranked
        or _once().search(text, clause.start, clause.end) is not None
        or _he().match(text, clause.start) is not None
    )


@cache
def _of_whom() -> re.Pattern[str]:
    nouns = (*asker_speech().talent.nouns, *title_holder_words().person.posts)
    return re.compile(rf"[^，。；]{{0,14}}?的[^，。；]{{0,8}}?{any_of(noun for noun in nouns if not noun.isascii())}")


@cache
def _this_year() -> re.Pattern[str]:
    return re.compile(title_holder_words().person.this_year)


@cache
def _once() -> re.Pattern[str]:
    return re.compile(any_of(title_holder_words().person.once))


@cache
def _ranked() -> re.Pattern[str]:
    return re.compile(
        rf"[^，。；单]{{0,12}}?{any_of(word for word in title_holder_words().person.ranks if word[-1] == '人')}"
    )


@cache
def _he() -> re.Pattern[str]:
    return re.compile(rf"\s*{either(asker_speech().others.pronouns)}")
