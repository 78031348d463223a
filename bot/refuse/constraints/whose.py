"""Whose policy is asked for, and of which rank the thing is: another county, 市级重点实验室 where 自治区级 is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from bot.evidence.candidates import Candidate
from bot.refuse.answerability import Searched
from bot.refuse.constraints.cited import answering, citable, plain, states_amount
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from bot.text.jieba_dictionary import counties_in, nouns_in, places_in
from bot.understand.levels_and_places import asks_under_a_document, giver_in_english
from index.text.question_types import QuestionType
from ingest.normalise import match_form
from ingest.vocabulary.levels import NATION, PROVINCE, levels
from ingest.vocabulary.load import any_of
from ingest.vocabulary.refusing.constraints import constraint_words

_SPEECH = constraint_words().speech
_DENIED = re.compile(_SPEECH.denied)
_MOVING = re.compile(_SPEECH.moving)
_PART_END = re.compile(r"[，,。；;？?！!]")
_SUFFIX = _SPEECH.place_suffix


def check_places(searched: Searched) -> Iterator[ConstraintCheck]:
    """The county, city or province that stands in the last turn as the giver, or as where somebody lives, when none of the corpus is named."""
    last = searched.reading.last
    for name in dict.fromkeys(re.sub(f"{_SUFFIX}$", "", name) for name in (*counties_in(last), *places_in(last))):
        if searched.places.is_covered(name) or not _is_asked_of(name, last, searched):
            continue
        rest = last.replace(name, "", 1)
        bearing = next((c for c in citable(searched) if name in c.text and _is_about(c, rest, searched)), None)
        if bearing is not None:
            clause, span = bearing.clause.id, bearing.span
            yield ConstraintCheck(ConstraintKind.PLACE, name, Outcome.BORNE_OUT, "place", clause=clause, span=span)
        else:
            yield _unmet(name, searched)
    if (latin := giver_in_english(last, searched.places)) is not None:
        yield _unmet(latin, searched)


def _is_asked_of(name: str, last: str, searched: Searched) -> bool:
    """Whether a place gives what is asked for: it opens a part of the question, or somebody lives there and moves nowhere.

    What the nation or a province gives is had wherever somebody lives in it.
    市里 behind 赤峰市 is that city, and the autonomous region behind the name of another one is that one.
    """
    rest = re.sub(rf"{re.escape(name)}{_SUFFIX}?", "", last)
    if searched.places.names_covered_place(rest) or asks_under_a_document(last, name):
        return False
    level_of = {level.name: level.rank for level in levels()}
    own = {level_of.get(suffix) for suffix in re.findall(rf"{re.escape(name)}({_SUFFIX})", last)}
    if any(level_of[giver] not in own for giver in searched.places.givers_named(rest)):
        return False
    opens = re.compile(rf"{_SPEECH.before_place}{re.escape(name)}{_SUFFIX}?{_SPEECH.behind_place}")
    if opens.match(last) or any(opens.match(part) for part in _PART_END.split(last)):
        return True
    lives = re.search(rf"(?:在|到|去){re.escape(name)}{_SPEECH.staying}", last)
    if lives is None or not searched.places.covered or _MOVING.search(last):
        return False
    return all(level_of.get(c.clause.level or "", NATION) > PROVINCE for c in citable(searched))


def _unmet(name: str, searched: Searched) -> ConstraintCheck:
    return ConstraintCheck(ConstraintKind.PLACE, name, Outcome.NOT_MENTIONED, "place", searched.places.covered)


def _is_about(candidate: Candidate, asked: str, searched: Searched) -> bool:
    """Whether a sentence that names the place speaks of something asked: coal there is no price of power there."""
    if QuestionType.AMOUNT in searched.reading.types and not states_amount(candidate):
        return False
    return any(noun in candidate.text for noun in nouns_in(asked))


@cache
def _level_of_rank() -> Mapping[str, str]:
    """The level that each word for a rank (市级) is of."""
    return {word: level.name for level in levels() for word in level.ranked if word.endswith("级")}


_RANK_WORDS = any_of(_level_of_rank())
_RANK = re.compile(_RANK_WORDS)
_RANKED = re.compile(rf"({_RANK_WORDS})(?!{_SPEECH.behind_level})的?[“”\"「『《]?([一-鿿]{{2,12}})")
# 自治区、市级: 级 stands once behind both.
_FIRST_OF_SEVERAL = any_of(level.name for level in levels() if f"{level.name}级" in _level_of_rank())
_JOINED = re.compile(rf"({_FIRST_OF_SEVERAL})(?=(?:[、和及与]{_FIRST_OF_SEVERAL})*[、和及与]?{_RANK_WORDS})")
_AND = re.compile(r"(?<=[一-鿿]{2})[和与及](?=[一-鿿])")
_CLOSING_QUOTES = ("”", '"', "」", "』", "》")
MOST_NOUNS = 2  # behind a rank: the thing it is of


def check_ranks(searched: Searched) -> Iterator[ConstraintCheck]:
    """The rank in front of a thing, against the ranks that the sentences which answer print in front of it."""
    for match in _RANKED.finditer(searched.reading.last):
        named = _AND.split(match[2])[0]
        nouns = [noun for noun in nouns_in(named) if noun in searched.printed.text][:MOST_NOUNS]
        if not nouns:
            continue
        sentences = [c for c in answering(searched) if all(noun in c.text for noun in nouns)]
        if sentences:
            is_quoted = searched.reading.last[match.end() : match.end() + 1] in _CLOSING_QUOTES
            thing = named if is_quoted else named[: named.index(nouns[-1]) + len(nouns[-1])]
            yield _rank_checked(match[1], thing, sentences)
    yield from _ranked_in_english(searched)


def _ranked_in_english(searched: Searched) -> Iterator[ConstraintCheck]:
    """municipal-level, against the ranks of the best sentence."""
    last, best = searched.reading.last, answering(searched)[:1]
    for level in levels():
        rank = next((word for word in level.ranked if word.endswith("级")), None)
        if rank is None or not level.rank_english:
            continue
        named = re.finditer(rf"(?<![\w-]){any_of(level.rank_english)}[- ]level\b", last)
        match = next((one for one in named if not _DENIED.search(last[: one.start()])), None)
        if match is not None:
            yield replace(_rank_checked(rank, "", best), asked=match[0])
            return


def _rank_checked(asked: str, thing: str, sentences: Sequence[Candidate]) -> ConstraintCheck:
    kind, fault, words = ConstraintKind.LEVEL, "level.rank", f"{asked}{thing}"
    printed: list[str] = []
    for sentence in sentences:
        text = plain(match_form(sentence.text))
        ranks = [*_RANK.findall(text), *(f"{name}级" for name in _JOINED.findall(text))]
        if not ranks or _same(asked, ranks):
            return ConstraintCheck(kind, words, Outcome.BORNE_OUT, fault, (), sentence.clause.id, sentence.span)
        printed.extend(ranks)
    shown = tuple(dict.fromkeys(printed))
    return ConstraintCheck(kind, words, Outcome.CONTRADICTED, fault, shown, sentences[0].clause.id, sentences[0].span)


def _same(asked: str, printed: Sequence[str]) -> bool:
    """Whether a rank is printed, or another word for the same level or one of its standing (省级, 自治区级)."""
    by_name = {level.name: level.rank for level in levels()}
    level = _level_of_rank()
    return any(by_name[level[rank]] == by_name[level[asked]] for rank in printed)
