"""Sections of ``asker_speech.toml`` by which words that name something tell nothing of the asker: asked, quoted, of another kind."""

from __future__ import annotations

from ingest.vocabulary.load import Subject
from ingest.vocabulary.matching.speech_sections import Many


class OrderClasses(Subject):
    """Classes that a school trains for a firm: their size, and those the firm hired."""

    names: tuple[str, ...]
    size_of: tuple[str, ...]
    being: tuple[str, ...]
    size_behind: tuple[str, ...]
    hired: tuple[str, ...]
    of_the: tuple[str, ...]


class Asks(Subject):
    """What asks about a rule; ``leads`` begin such a question, ``happened`` makes the clause one of the asker's own."""

    leads: Many
    cues: Many
    things: Many
    claims: Many
    claims_english: Many
    happened: Many
    gives: Many
    attributive: str
    myself: Many
    begins_english: Many
    myself_english: Many


class NameParts(Subject):
    """What is inserted into a name (``inserted``, a pattern), and what goes on with it behind a bracket."""

    go_on: Many
    inserted: str


class LevelsElsewhere(Subject):
    """When a level that is said is one of another province or city."""

    of_a_province: str
    another: str
    own: str
    outside: Many
    level: str


class TalentClasses(Subject):
    """What makes a class one of talent; ``no_talent`` stand behind the word, ``other`` are what else has grades."""

    talent: str
    kind: str
    no_talent: Many
    other: Many
    recognised: Many
    ends: Many
    elsewhere: str
    beside: Many


class Quoted(Subject):
    """How the policy itself is spoken of; ``defines`` are patterns."""

    defines: Many
    sources: Many
    inside: Many
    write: Many


class Orders(Subject):
    """Wishes dressed as orders (``pretence``) or as ``data``, patterns."""

    pretence: Many
    data: Many


class Activities(Subject):
    """Names of activities in which kinds of people stand, and what may stand between the two."""

    names: Many
    between: Many
