"""The colours and the size of text a visitor has chosen, kept in a cookie."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

LOOK = re.compile(r"(auto|light|dark)-(100|115|130)")


@dataclass(frozen=True, slots=True)
class Look:
    """The colours and the size of text a visitor has chosen; empty for what the system says."""

    scheme: str = ""
    text: str = ""


def look_of(headers: Headers) -> Look:
    """What the cookie says; anything else than our own words in it says nothing."""
    found = LOOK.fullmatch(cookie_parser(headers.get("cookie", "")).get("policyqa-look", ""))
    return Look(found[1], found[2]) if found else Look()
