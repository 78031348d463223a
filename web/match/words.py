"""Every word of ours on the page of matching, from ``words.toml``. What documents print is never translated."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.text.bilingual import Say, in_language
from bot.types import Language
from web.texts import TEXTS, Tongue


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: str
    en: str


class Unit(BaseModel):
    """A unit of the form: ``times`` of the ``plain`` one that facts have; ``shown_in`` are the languages that offer it."""

    model_config = ConfigDict(extra="forbid")

    plain: str = ""
    times: Decimal = Decimal(1)
    shown_in: tuple[Literal["zh", "en"], ...] = Field((), alias="in")
    en: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: dict[str, _Words]
    units: dict[str, Unit]


_FILE = _File.model_validate(tomllib.loads(files("web.match").joinpath("words.toml").read_text("utf-8")))
WORDS: Mapping[str, Say] = {key: Say(said.zh, said.en) for key, said in _FILE.words.items()}
UNITS: Mapping[str, Unit] = _FILE.units
_FROM_THE_CHAT = ("copied", "copy_failed")  # what the scripts of the chat page say that are used here as well


def words_for_the_browser() -> dict[str, dict[str, str]]:
    """The table as scripts take it: key → {"zh", "en"}."""
    table = {**WORDS, **{key: TEXTS[key] for key in _FROM_THE_CHAT}}
    return {key: {"zh": said.zh, "en": said.en} for key, said in table.items()}


def words_in_script(language: Language) -> dict[str, dict[str, str]] | None:
    """The table in traditional script for a profile in it; None where the page's own words stay."""
    if language is not Language.ZH_HANT:
        return None
    return {key: {**said, "zh": written(said["zh"], language)} for key, said in words_for_the_browser().items()}


def word(key: str, tongue: Tongue, **blanks: object) -> str:
    """One text of the page, its blanks filled in."""
    said: str = getattr(WORDS[key], tongue)
    return said.format(**blanks) if blanks else said


def unit_name(unit: str, tongue: Tongue) -> str:
    """What a unit is called."""
    known = UNITS.get(unit)
    return known.en if tongue == "en" and known is not None and known.en else unit


def written(said: str, language: Language) -> str:
    """Chinese words of ours in the script of whoever reads the results."""
    return in_language(said, language)
