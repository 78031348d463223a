"""The service cards of an answer as a page shows them."""

from __future__ import annotations

from typing import TypedDict

from bot.service.wording import heading, lines, mark
from bot.types import Answer


class ServiceLine(TypedDict):
    """A field of a card."""

    field: str
    label: str
    text: str


class ServiceView(TypedDict):
    """A card: the bureau's own word, and the mark that says so."""

    heading: str
    lines: list[ServiceLine]
    mark: str


def service_views(answer: Answer) -> list[ServiceView]:
    """The cards at the end of an answer, in its language."""
    language = answer.language
    return [
        {
            "heading": heading(card, language),
            "lines": [{"field": line.field, "label": line.label, "text": line.text} for line in lines(card, language)],
            "mark": mark(language),
        }
        for card in answer.service
    ]
