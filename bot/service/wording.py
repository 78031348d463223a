"""A service card in words: its heading, a line a field, and the mark that it is the bureau's own word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bot.text.phrase_file import phrases
from bot.types import Language
from ingest.normalise import to_simplified
from ingest.service.cards import ServiceCard


class Line(NamedTuple):
    """One field of a card."""

    field: str  # one of ingest.service.cards.FIELDS
    label: str
    text: str


def said(key: str, language: Language, **blanks: str) -> str:
    """A phrase around a card."""
    return phrases("bot.service")[key].to(language).format(**blanks)


def heading(card: ServiceCard, language: Language) -> str:
    """What stands above a card."""
    return said("heading", language, document=card.document)


def mark(language: Language) -> str:
    """What stands below: whose word it is."""
    return said("mark", language)


def lines(card: ServiceCard, language: Language) -> list[Line]:
    """The fields that say something, in their order."""
    english = language is Language.EN
    return [Line(name, said(name, language), card.said(name, in_english=english)) for name in card.told()]


def card_text(card: ServiceCard, language: Language) -> list[str]:
    """The card as lines of plain text, the heading first and the mark last; a field of several lines is one."""
    return [heading(card, language), *(line_text(line, language) for line in lines(card, language)), mark(language)]


def line_text(line: Line, language: Language) -> str:
    """A field with its label in one line."""
    return f"{line.label}{': ' if language is Language.EN else '：'}{' '.join(line.text.split())}"


def fields_asked(question: str) -> tuple[str, ...]:
    """The fields of a card that would tell what ``question`` asks for."""
    typed = to_simplified(question).lower()
    return tuple(name for name, pattern in _asked().items() if pattern.search(typed))


@cache
def _asked() -> Mapping[str, re.Pattern[str]]:
    written = tomllib.loads((files("bot.service") / "asked.toml").read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in written.items()}
