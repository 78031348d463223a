"""What people say of themselves, and the words that conditions of entitlements use for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ingest.vocabulary.load import Subject, read

_ABOUT_WORDS = frozenset({"wider", "of_institutions", "opposites", "decoys"})
Names = Mapping[str, tuple[str, ...]]


class AskerFactWords(Subject):
    """The whole of ``asker_facts.toml``: by attribute the word of conditions → what people say for it."""

    industry: Names
    ownership: Names
    size: Names
    recognition: Names
    event: Names
    award: Names
    degree: Names
    school: Names
    title: Names
    skill_level: Names
    job: Names
    status: Names
    employer_kind: Names
    relation: Names
    arrival: Names
    not_in: Names
    plan: Names
    wider: Names
    of_institutions: Names
    opposites: Names
    decoys: Names

    def of(self, attribute: str) -> Names:
        """The rows of one attribute."""
        return getattr(self, attribute)

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that have rows."""
        return tuple(name for name in type(self).model_fields if name not in _ABOUT_WORDS)

    def widened(self, word: str) -> tuple[str, ...]:
        """The word and all that holds whenever it does, the narrowest first, each once."""
        found = [word]
        for name in found:  # grows while it is read
            found += [wider for wider in self.wider.get(name, ()) if wider not in found]
        return tuple(found)


@cache
def asker_fact_words() -> AskerFactWords:
    """The words, read and checked once. Raises VocabularyUnusable."""
    return read("asker_facts", AskerFactWords)
