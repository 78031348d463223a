"""What catalogues list by schools: professors of first-class universities, young doctors of well-known ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.match.types import Fact
from ingest.normalise import to_simplified
from ingest.vocabulary.matching.prizes import prize_words

_BETWEEN = re.compile(r"(?:高等院校|高校|大学|学院|院校|学校|的|\s|[a-z-])*", re.IGNORECASE)
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_NEAR = 8  # characters behind a title in which 博导 stands


def with_schools(profile: str, facts: Sequence[Fact], listed: Collection[str]) -> tuple[Fact, ...]:
    """The facts with awards of ``listed`` that a post or a doctorate at a school gives.

    A school that somebody teaches at (双一流高校教授) is not where they graduated from.
    """
    plain, told, gone = to_simplified(profile), list[Fact](), list[Fact]()
    for title in facts:
        if title.attribute != "title" or title.denied or not set(prize_words().teaching) & set(title.words):
            continue
        if (school := _taught_at(plain, title, facts)) is not None:
            gone.append(school)
            told += _posts(plain, title, school, listed)
    kept = [fact for fact in facts if not any(fact is school for school in gone)]
    return (*kept, *told, *_doctorates(kept, listed))


def _taught_at(plain: str, title: Fact, facts: Sequence[Fact]) -> Fact | None:
    """The school right in front of a title: 双一流高校教授."""
    for school in facts:
        if school.attribute == "school" and not school.denied and _are_of_one(school, title):
            between = (school.said.end, title.said.start) if school.said and title.said else (1, 0)
            if between[0] <= between[1] and _BETWEEN.fullmatch(plain, *between):
                return school
    return None


def _posts(plain: str, title: Fact, school: Fact, listed: Collection[str]) -> Iterator[Fact]:
    words = prize_words()
    if not set(school.words) & set(words.teaches_at) or words.professor not in title.words or title.said is None:
        return
    tutor = re.search(words.tutor, plain[title.said.start : title.said.end + _NEAR]) is not None
    posts = {match["post"]: word for word in sorted(listed) if (match := re.fullmatch(words.teaches, word))}
    held = tuple(posts[post] for post in sorted(posts, key=words.professor.__ne__) if post == words.professor or tutor)
    if held:
        yield replace(title, attribute="award", words=held)


def _doctorates(facts: Sequence[Fact], listed: Collection[str]) -> Iterator[Fact]:
    """Doctors of well-known universities who are not too old, each kind of people by itself."""
    words = prize_words()
    rows = [word for word in sorted(listed) if re.search(words.holds, word)]
    for degree in facts:
        if (
            degree.attribute != "degree"
            or degree.denied
            or degree.about == "relative"
            or words.doctor not in degree.words
        ):
            continue
        of_them = [fact for fact in facts if _are_of_one(fact, degree) and not fact.denied]
        schools = (f for f in of_them if f.attribute == "school" and set(f.words) & set(words.holds_of))
        school = next(schools, None)
        if school is None:
            continue
        age = next((fact.number for fact in of_them if fact.attribute == "age" and fact.number is not None), None)
        fitting = [
            _BRACKETS.sub("", word)
            for word in rows
            if age is None or not (limit := re.search(words.oldest, word)) or age <= int(limit["age"])
        ]
        if fitting:
            name = f"{school.words[0]}{words.doctor}"  # what they are called; the listed words are long
            yield replace(degree, attribute="award", words=tuple(dict.fromkeys((name, *fitting))))


def _are_of_one(fact: Fact, other: Fact) -> bool:
    """Whether two facts are of the same person, or of the same kind of people."""
    return fact.about == other.about and fact.group == other.group
