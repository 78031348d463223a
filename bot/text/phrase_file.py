"""Our own words of answers that lie in TOML files such as ``phrases.toml``: a section a phrase, Chinese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.text.bilingual import Say


def phrases() -> Mapping[str, Say]:
    """Every phrase of ``phrases.toml`` by its key."""
    return phrases_in("bot.text", "phrases.toml")


@cache
def phrases_in(package: str, name: str) -> Mapping[str, Say]:
    """Every phrase by its key, of the file ``name`` that lies in ``package``; read once."""
    sections = tomllib.loads((files(package) / name).read_text("utf-8"))
    return {key: Say(section["zh"], section["en"]) for key, section in sections.items()}
