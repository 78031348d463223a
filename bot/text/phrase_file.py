"""Our own words of answers that lie in TOML files such as ``phrases.toml``: a section a phrase, Chinese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.text.bilingual import Say


@cache
def phrases(package: str = "bot.text", name: str = "phrases.toml") -> Mapping[str, Say]:
    """Every phrase by its key, of the file ``name`` that lies in ``package``; read once."""
    sections = tomllib.loads((files(package) / name).read_text("utf-8"))
    return {key: Say(section["zh"], section["en"]) for key, section in sections.items()}
