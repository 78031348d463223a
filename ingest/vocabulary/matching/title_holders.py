"""The words that tell whose a title, a recognition or a project is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import Field

from ingest.vocabulary.load import Subject, read

Many = tuple[str, ...]


class Parent(Subject):
    """Companies above the asker; ``subsidiary`` are patterns."""

    named: Many
    groups: Many
    subsidiary: Many
    ours: Many
    own: Many
    barred: Many
    bearing: Many


class Relation(Subject):
    """Who stands to the holder of a title as a student or a subsidiary does; ``teacher`` are patterns."""

    cuts: Many
    link: Many
    between: Many
    others: Many
    english: Many
    teacher: Many


class Abroad(Subject):
    """Titles of other countries, and how catalogues print those they list; ``academy`` and ``named_in`` are patterns."""

    regions: Many
    between: Many
    academy: str
    academicians: Many
    bodies: Many
    listed_as: Many
    named_in: str


class Inside(Subject):
    """Honours of a firm or a school alone; ``below``: prefixes of awards ("|" between them) → levels in front that are lower."""

    levels: Many
    candidates: Many
    below: Mapping[str, Many]


class Project(Subject):
    """Projects that a firm undertakes, against people who lead them and bodies that take part."""

    events: Many
    part: Many
    people: Many
    body: Many
    takes_part: Many
    parts: Many
    leads: Many


class WonWhere(Subject):
    """Where and when a recognition was won; ``long_ago`` are patterns."""

    places: Many
    verbs: Many
    place_ends: Many
    moves: Many
    long_ago: Many


class Lapsed(Subject):
    """Whether a recognition or a class that is told of holds no more; all but ``revoked_of`` are patterns."""

    was: str
    once: str
    still: str
    no_more: str
    until: Many
    lasts: str
    over: str
    renewed: str
    revoked: str
    revoked_of: Many
    nothing_named: str
    not_done: str


class Names(Subject):
    """People told of by their names alone; ``surnames`` are single characters."""

    surnames: str
    no_names: Many
    hires: Many


class Gone(Subject):
    """Whether people who were brought left; all but ``of_staff`` and ``numbers`` are patterns."""

    left: str
    barred: str
    comes: str
    meant: Many
    of_staff: Many
    numbers: str
    events: Many


class OwnPeople(Subject):
    """People of a firm's own taken back; ``taken_back`` by attribute as conditions have it, ``retired`` are patterns."""

    taken_back: Mapping[str, str]
    own: str
    retired: Many


class PersonWords(Subject):
    """Whether an award in a firm's profile is a person's; ``this_year`` is a pattern."""

    ends: Many
    no_ends: Many
    posts: Many
    firm: Many
    ranks: Many
    this_year: str
    once: Many


class Shares(Subject):
    """Of what a share of revenue is told."""

    divides: Many
    else_: Many = Field(alias="else")
    research: Many
    main: Many


class TitleHolderWords(Subject):
    """The whole of ``title_holders.toml``, where the fields are described."""

    parent: Parent
    relation: Relation
    abroad: Abroad
    inside: Inside
    project: Project
    won: WonWhere
    lapsed: Lapsed
    names: Names
    gone: Gone
    own_people: OwnPeople
    person: PersonWords
    shares: Shares


@cache
def title_holder_words() -> TitleHolderWords:
    """The words, read and checked once. Raises VocabularyUnusable."""
    return read("title_holders", TitleHolderWords)
