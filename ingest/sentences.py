"""Sentences for people, by key: one in English that can be said in another language as well.

The words stand in ``<floor>/sentences.toml``; a key names its floor: ``index.no_index``. Nothing reads a sentence to
find out what it says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Self

Language = Literal["en", "zh"]
Blank = str | int | float


class Sentence(str):
    """A sentence in English that knows its key and its blanks, and so can be said in Chinese.

    It is text like any other until somebody asks for another language. A blank may hold a sentence of its own.
    """

    key: str
    blanks: Mapping[str, Blank]

    def __new__(cls, key: str, /, **blanks: object) -> Self:
        """Raises KeyError for a key, or a blank, that the word file of its floor does not know."""
        kept = {name: value if isinstance(value, Blank) else str(value) for name, value in blanks.items()}
        made = super().__new__(cls, _words(key)["en"].format(**kept))
        made.key, made.blanks = key, kept
        return made

    def said(self, language: Language) -> str:
        """The sentence in the reader's language."""
        blanks = {
            name: value.said(language) if isinstance(value, Sentence) else value for name, value in self.blanks.items()
        }
        return _words(self.key)[language].format(**blanks)

    def naming(self, name: str, instead_of: str) -> Sentence:
        """The same with another name in its blanks, where readers know a thing by another one than we do."""
        return Sentence(
            self.key,
            **{
                blank: value.replace(instead_of, name) if type(value) is str else value
                for blank, value in self.blanks.items()
            },
        )

    def __str__(self) -> str:
        return self  # so that an exception that carries it gives it back whole

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.key, dict(self.blanks))


def _made(key: str, blanks: Mapping[str, Blank]) -> Sentence:
    return Sentence(key, **blanks)


def _words(key: str) -> Mapping[Language, str]:
    floor, _, name = key.partition(".")
    return words_of(floor)[name]


@cache
def words_of(floor: str) -> Mapping[str, Mapping[Language, str]]:
    """The sentences of a floor by their names, in each language."""
    return tomllib.loads(files(floor).joinpath("sentences.toml").read_text("utf-8"))
