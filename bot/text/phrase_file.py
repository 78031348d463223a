"""Our own words of answers that lie in a ``phrases.toml``: a section a phrase, Chinese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.text.bilingual import Say


@cache
def phrases(package: str = "bot.text") -> Mapping[str, Say]:
    """Every phrase of a package's file by its key."""
    sections = tomllib.loads((files(package) / "phrases.toml").read_text("utf-8"))
    return {key: Say(section["zh"], section["en"]) for key, section in sections.items()}
