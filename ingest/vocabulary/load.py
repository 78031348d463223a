"""Reads the TOML files of this folder, each into the model of its subject, and tells their digest.

A module gives the code the words of the file of its name (``levels.toml``, ``levels.py``) or of the few that it names.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import VocabularyUnusable
from ingest.sentences import said_of

FOLDER = files("ingest.vocabulary")
CUT_NOTHING = frozenset(
    f"{subject}.toml"
    for subject in (
        "asker_facts",
        "asker_speech",
        "constraints",
        "documents_asked",
        "edition",
        "english_names",
        "entitlements",
        "grades",
        "grants",
        "guides",
        "inclusions",
        "injection",
        "prizes",
        "provinces",
        "questions",
        "rates",
        "refused",
        "subjects",
        "talk",
        "title_holders",
    )
)
"""Files whose words change no clause; a corpus and its index are the same whatever they hold."""


class Subject(BaseModel):
    """What a TOML file may hold: keys of the model and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Read = TypeVar("Read", bound=Subject)


def read(subject: str, model: type[Read]) -> Read:
    """The words of a subject. Raises VocabularyUnusable naming the file and the key that is wrong."""
    return parse((FOLDER / f"{subject}.toml").read_bytes(), f"{subject}.toml", model)


def parse(raw: bytes, name: str, model: type[Read]) -> Read:
    """As :func:`read`, of bytes that came from anywhere; ``name`` is how the file is called in messages."""
    try:
        return model.model_validate(tomllib.loads(raw.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise VocabularyUnusable("ingest.vocabulary_is_no_utf8", name=name) from error
    except tomllib.TOMLDecodeError as error:
        raise VocabularyUnusable("ingest.vocabulary_is_no_toml", name=name, reason=error) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise VocabularyUnusable(
            "ingest.vocabulary_entry_wrong", name=name, where=where, reason=said_of(first)
        ) from error


@cache
def digest() -> str:
    """sha256 over the files of this folder that decide how texts are cut, by name; part of the versions of corpus and index."""
    whole = hashlib.sha256()
    cutting = (entry for entry in FOLDER.iterdir() if entry.name.endswith(".toml") and entry.name not in CUT_NOTHING)
    for file in sorted(cutting, key=lambda f: f.name):
        whole.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def any_of(words: Iterable[str]) -> str:
    """A regular expression that matches any of ``words``, the longest first, as one group without a number."""
    return f"(?:{'|'.join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))})"
