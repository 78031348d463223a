"""What words of conditions and grants are called in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from ingest.vocabulary.levels import TOWN, level_named, level_names
from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.places import latin_names, place_names, places_by_latin_name

_FEWEST_LETTERS = 3


class EnglishNames(Subject):
    """The whole of ``english_names.toml``, where the fields are described."""

    words: Mapping[str, str]
    objects: Mapping[str, str]


@cache
def english_names() -> EnglishNames:
    """The names, read and checked once. Raises VocabularyUnusable."""
    return read("english_names", EnglishNames)


@lru_cache(maxsize=4096)
def in_english(word: str) -> str:
    """An English name of a word of conditions, of a place or a level; the word itself where none is known."""
    named = english_names().words.get(word)
    if named is not None:
        return named
    words = asker_fact_words()
    for attribute in words.attributes:
        for said in words.of(attribute).get(word, ()):
            if said.isascii() and "…" not in said and len(said) >= _FEWEST_LETTERS:
                return said
    for said in asker_speech().times.get(word, ()):
        if said.isascii():
            return said
    level = level_named(word)
    if level is not None:
        return level.label[1]
    return _place_in_english(word) or word


def _place_in_english(name: str) -> str | None:
    """The Latin name of a place, with its level where the vocabulary does not know it; None for what is no place."""
    known, speech = place_names(), asker_speech().places
    listed = {
        *places_by_latin_name().values(),
        *known.latin,
        *(city for cities in speech.cities.values() for city in cities),
    }
    for level, ending in known.endings.items():
        for printed in sorted(ending.words, key=len, reverse=True):
            stem = name.removesuffix(printed)
            if stem in listed:
                return _capitals(latin_names(stem)[0])
            is_name = stem != name and len(stem) > 1 and not stem.endswith(ending.unless_behind)
            if is_name and _is_level_of_places(level) and not stem.startswith(known.no_name.words):
                called = level_named(level)
                return f"{_capitals(latin_names(stem)[0])} {called.label[1]}" if called is not None else None
    bare = next(
        (place for place in listed if name.startswith(place) and name.removeprefix(place) in ("", *level_names())), None
    )
    return _capitals(latin_names(bare)[0]) if bare is not None else None


def _is_level_of_places(level: str) -> bool:
    """Counties and cities, not towns and parks, whose names are words as well."""
    named = level_named(level)
    return named is not None and named.rank < TOWN


def _capitals(latin: str) -> str:
    """Each word with a capital: Xi'an, Inner Mongolia."""
    return " ".join(part.capitalize() for part in latin.split())


@lru_cache(maxsize=4096)
def title_in_english(title: str) -> str | None:
    """What a grant of a title is, by the word of it that ends last, of those the longest; None where none is known."""
    found = [
        (title.rfind(word) + len(word), len(word), named)
        for word, named in english_names().objects.items()
        if word in title
    ]
    return max(found)[2] if found else None
