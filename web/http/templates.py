"""The templates of pages made on the server. Whatever is put into one is escaped."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined


def page_templates() -> Environment:
    """The folder ``web/templates``. The filter ``segment`` makes one part of an address of a text."""
    environment = Environment(
        loader=PackageLoader("web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    untyped = cast("Any", environment)  # jinja2 leaves the values of this dictionary open
    untyped.filters["segment"] = _segment
    return environment


def _segment(text: str) -> str:
    return quote(text, safe="")
