"""The words that meaning is compared by, read from the files beside this one."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.verify.meaning.types import Kind
from ingest.vocabulary.levels import Level


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    own: frozenset[str]
    alike: tuple[frozenset[str], ...]
    english_own: str
    english_things: dict[str, str]
    opposites: tuple[tuple[str, str], ...]
    periods: dict[str, str]
    english_opposites: tuple[tuple[str, str], ...]
    sorts_of_level: tuple[tuple[str, ...], ...]
    sorts: tuple[tuple[str, ...], ...]
    particles: frozenset[str]
    parties: frozenset[str]
    either: frozenset[str]
    both: frozenset[str]
    across: tuple[str, ...]
    givers: tuple[str, ...]
    currencies: tuple[str, ...]


class _Claim(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: Kind
    zh: str
    en: str
    borne: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A thing that may be said only where it is printed."""

    name: str
    kind: Kind
    said: re.Pattern[str]
    said_english: re.Pattern[str]
    borne: re.Pattern[str]
    kept: bool


@cache
def words() -> _Words:
    """The words of whoever retells, and those that say the same."""
    return _Words.model_validate(_read("words.toml"))


@cache
def claims() -> tuple[Claim, ...]:
    """The claims, in the order of their file."""
    rows = [_Claim.model_validate(row) for row in _read("claims.toml")["claim"]]
    return tuple(
        Claim(
            row.name,
            row.kind,
            re.compile(row.zh, re.IGNORECASE),
            re.compile(row.en, re.IGNORECASE),
            re.compile(row.borne or row.zh, re.IGNORECASE),
            row.kept,
        )
        for row in rows
    )


@cache
def english_things() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Things that English sentences name, and the Chinese one of which must be printed."""
    return tuple(
        (re.compile(rf"\b(?:{english})\b", re.IGNORECASE), re.compile(chinese))
        for english, chinese in words().english_things.items()
    )


@cache
def pattern(file: str, name: str) -> re.Pattern[str]:
    """A pattern of ``patterns.toml`` that ``file`` uses."""
    return re.compile(_read("patterns.toml")[file][name])


def names_of_giver(level: Level) -> tuple[str, ...]:
    """How a level is named where it gives: 市里, 全旗."""
    one = level.said_of
    return (*level.said, *(form.format(one) for form in words().givers if one))


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("bot.verify.meaning") / name).read_text("utf-8"))
