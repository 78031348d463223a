"""What words of conditions and grants are called in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from ingest.vocabulary.levels import level_named
from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.places import latin_names, place_names

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
    for ending in sorted(place_names().endings, key=len, reverse=True):
        if word.endswith(ending) and word.removesuffix(ending) in place_names().latin:
            return latin_names(word.removesuffix(ending))[0].title()
    return word


@lru_cache(maxsize=4096)
def title_in_english(title: str) -> str | None:
    """What a grant of a title is, by the word of it that ends last, of those the longest; None where none is known."""
    found = [
        (title.rfind(word) + len(word), len(word), named)
        for word, named in english_names().objects.items()
        if word in title
    ]
    return max(found)[2] if found else None
