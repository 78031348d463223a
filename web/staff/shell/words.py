"""The words of the staff pages: one TOML file a page, each entry ``key = {zh = "…", en = "…"}``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from bot.text.bilingual import Say
from web.texts import Tongue

FRAME = "frame"  # what every page shows: heading, navigation, jobs, faults


@cache
def words_of(page: str) -> dict[str, Say]:
    """The words of one page, those of the frame included; the page's own go first."""
    own = files("web.staff").joinpath("words", f"{page}.toml")
    entries = tomllib.loads(own.read_text("utf-8")) if own.is_file() else {}
    said = {key: Say(entry["zh"], entry["en"]) for key, entry in entries.items()}
    return said if page == FRAME else {**words_of(FRAME), **said}


def sayer(page: str, tongue: Tongue) -> Callable[..., str]:
    """``t`` of a page: ``t("key", name=…)`` is the text with its blanks filled in. It is not HTML."""
    words = words_of(page)

    def t(key: str, **blanks: object) -> str:
        said: str = getattr(words[key], tongue)
        return said.format(**blanks) if blanks else said

    return t


def namer(page: str, tongue: Tongue) -> Callable[[str, str], str]:
    """What a value is called: ``named("reason", "off_topic")`` is the word ``reason_off_topic``, else the value."""
    words = words_of(page)

    def named(sort: str, value: str) -> str:
        said = words.get(f"{sort}_{value}")
        return getattr(said, tongue) if said is not None else value

    return named
