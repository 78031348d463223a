"""The words by which premises and questions of yes or no are recognised, and our own words for verdicts: read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.text.phrase_file import phrases
from bot.types import Language


@cache
def patterns(section: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of a section of ``wording.toml`` by name."""
    raw = tomllib.loads((files("bot.verdicts") / "wording.toml").read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in raw[section].items()}


def said(key: str, language: Language, *filled: object, **blanks: object) -> str:
    """One of our phrases in the language of the question, its blanks filled."""
    return phrases("bot.verdicts")[key].to(language).format(*filled, **blanks)
