"""Which class of talent somebody is said to be: 本市B类人才, 旗里认定的C类, class B.

评为二级伤残, 一级编导 and 资质评为二级 are grades of something else: a class is read of talent alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.match.facts.places import KnownPlaces
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading
from bot.match.facts.speech.activities import names_an_activity
from bot.match.facts.titles.recognised_where import places_known
from bot.match.types import Fact
from ingest.vocabulary.levels import level_named, meant_by
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.talk import talk_words

_CLASS = re.compile(
    r"(?P<of>[\u4e00-\u9fff ]{0,12}?)(?P<class>[a-h](?:(?:[、/和及]|或者?)[a-h])*|[一二三四五六七八]|[a-h]\s?)\s?(?:类|级)(?P<talent>高?层?次?人才|认定)?"
    r"|(?:class|category)\s(?P<english>[a-h])(?![a-z])"
)
_LONGEST_BEHIND = 3  # characters of what may follow 人才 and makes it something else
_ELSEWHERE = re.compile(talk_words().of_a_firm)  # between a place and a class: the firm's place, not whose class it is


def talent_classes(reading: Reading, known: KnownPlaces) -> Iterator[Fact]:
    """本市B类人才, 旗里认定的C类, class B: a class and whose catalogue it is of, where that is said."""
    whose: str | None = None
    for clause in reading.clauses:
        if clause.asking:
            continue
        for match in _CLASS.finditer(reading.profile.text, clause.start, clause.end):
            if reading.is_of_others(match.start("class") if match["class"] else match.start()):
                continue
            if names_an_activity(reading.profile.text, match.end(), clause.end):
                continue
            chinese = match["class"]
            letters = re.findall("[a-h]|[一二三四五六七八]", chinese or match["english"])
            names = tuple(letter.upper() for letter in letters)
            start = match.start("class") if chinese else match.start()
            text = reading.profile.text
            of = _whose(text[clause.start : start], known) or _named_behind(text[match.end() : clause.end], known)
            of = of or (whose if clause.joined else None)  # 1名市级B类、2名D类
            if of is None and _is_of_elsewhere(text[clause.start : start], known):
                continue
            if chinese and not _is_of_talent(reading, clause, match, of):
                continue
            whose = of
            denied = reading.profile.is_denied(clause, start, match.end())
            about = reading.about(clause, "talent_class")
            yield Fact(
                "talent_class", names, of=of, about=about, denied=denied, said=reading.profile.span(start, match.end())
            )


def _is_of_talent(reading: Reading, clause: Clause, match: re.Match[str], of: str | None) -> bool:
    """Whether a class is one of talent: beside that word, or recognised as nothing else by those who have a catalogue."""
    words, text = _words(), reading.profile.text
    stretch = _stretch(reading, match.start("class"))
    if match["talent"] and words.talent.search(text, match.start("talent"), match.end() + _LONGEST_BEHIND):
        return True
    if words.other.search(stretch):
        return False
    if words.talent.search(stretch):
        return True
    if words.recognised.search(stretch) is None or not words.alone.match(text, match.end("class"), clause.end):
        return False
    sentence = reading.profile.sentence_clauses(clause)
    beside = words.beside.search(text, sentence[0].start, sentence[-1].end)
    return of is not None or (match["class"].isascii() and beside is not None)


@dataclass(frozen=True, slots=True)
class _Words:
    talent: re.Pattern[str]  # and not a house or a programme for talent
    other: re.Pattern[str]  # what else has grades
    recognised: re.Pattern[str]
    alone: re.Pattern[str]  # 类, and no word of what it is a class of
    beside: re.Pattern[str]


@cache
def _words() -> _Words:
    words = asker_speech().talent_classes
    return _Words(
        re.compile(rf"{words.talent}(?!{any_of((*talk_words().no_class_behind, *words.no_talent))})"),
        re.compile(any_of(words.other)),
        re.compile(any_of(words.recognised)),
        re.compile(rf"{words.kind}{any_of(words.recognised)}?{any_of(words.ends)}?(?![\u4e00-\u9fffa-z])"),
        re.compile(any_of(words.beside)),
    )


def _stretch(reading: Reading, place: int) -> str:
    """The words around a place up to commas, past brackets and enumerations."""
    text = reading.profile.text
    start = max(text.rfind(sign, 0, place) for sign in "，。；,;\n") + 1
    end = min((at for sign in "，。；,;\n" if (at := text.find(sign, place)) >= 0), default=len(text))
    return text[start:end]


def _whose(before: str, known: KnownPlaces) -> str | None:
    """The full name of the place whose catalogue is meant; of a region its level, as records have it."""
    places = known.levels
    found = [f for f in known.finder.find(before) if not _ELSEWHERE.search(before, f.end)]
    names = [known.chain(before[f.start : f.end])[0] for f in found]
    if not found or found[-1].end < len(before):  # 县里企业引进1名市级B类: the level nearest to the class counts
        for level, words in asker_speech().levels.items():
            bare = level in known.levels.names and re.search(rf"{talk_words().before_a_bare_level}{level}$", before)
            if bare or any(
                re.search(rf"{re.escape(word)}(?:认定|评|高层次|人才|[的为是 ])*$", before) for word in words
            ):
                said = level_named(level)
                meant = (meant_by(said, places.order) if said else None) or level
                names = [places.names[meant][0]] if meant in places.names else names
    if not names:
        return None
    level = next((level for level, listed in places.names.items() if names[-1] in listed), None)
    # records name the catalogue of a region by its level, those of a city and a county by their full name
    said = level_named(level)
    return level if said is not None and said.rank == 1 else names[-1]


def _is_of_elsewhere(before: str, known: KnownPlaces) -> bool:
    """深圳市认定的A类人才: a class in front of which a place stands that the corpus does not know."""
    named = [
        f for f in places_known().find(before) if not set(known.chain(before[f.start : f.end])) & set(known.region)
    ]
    return bool(named) and re.fullmatch(asker_speech().talent_classes.elsewhere, before[named[-1].end :]) is not None


def _named_behind(behind: str, known: KnownPlaces) -> str | None:
    """English names the place behind: class C talent in Ordos."""
    return _whose(behind, known) if re.match(r"[a-z\s]", behind) else None
