"""Sentences for people, by key: one in English that can be said in another language as well.

The words stand in ``<floor>/sentences.toml``; a key names its floor: ``index.no_index``. Nothing reads a sentence to
find out what it says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, Self, cast

from pydantic import GetCoreSchemaHandler, PlainSerializer, PlainValidator

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

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> Any:
        """Kept as JSON, it stays a sentence: its key and its blanks are kept, not its words."""
        return handler.generate_schema(Annotated[Any, PlainValidator(_from_json), PlainSerializer(_as_json)])

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.key, dict(self.blanks))


def in_language(said: str, language: Language) -> str:
    """What is said, in the reader's language; words that are no sentence of ours stay as they are."""
    return said.said(language) if isinstance(said, Sentence) else said


def said_of(fault: Mapping[str, Any]) -> str:
    """What is wrong, by one of pydantic's ``errors()``: the sentence our own check raised, else pydantic's English."""
    raised = fault.get("ctx", {}).get("error")
    own = str(raised) if isinstance(raised, ValueError) else ""
    return own if isinstance(own, Sentence) else fault["msg"]


def _made(key: str, blanks: Mapping[str, Blank]) -> Sentence:
    return Sentence(key, **blanks)


def _as_json(sentence: Sentence) -> dict[str, object]:
    blanks = {
        name: _as_json(value) if isinstance(value, Sentence) else value for name, value in sentence.blanks.items()
    }
    return {"key": sentence.key, "blanks": blanks}


def _from_json(kept: object) -> Sentence:
    if isinstance(kept, Sentence):
        return kept
    try:
        given = cast("Mapping[str, Any]", kept)
        blanks = cast("Mapping[str, object]", given["blanks"]).items()
        filled = {name: value if isinstance(value, Blank) else _from_json(value) for name, value in blanks}
        return Sentence(given["key"], **filled)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no sentence with key and blanks, or one whose words have changed since") from error


def _words(key: str) -> Mapping[Language, str]:
    floor, _, name = key.partition(".")
    return words_of(floor)[name]


@cache
def words_of(floor: str) -> Mapping[str, Mapping[Language, str]]:
    """The sentences of a floor by their names, in each language."""
    return tomllib.loads(files(floor).joinpath("sentences.toml").read_text("utf-8"))
