"""Telephone numbers as policies and guides print them."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?<!\d)0\d{2,3}\s?[-－—]\s?\d{3,4}\s?\d{4}(?!\d)|(?<!\d)\d{3,4}-\d{7,8}(?!\d)|(?<!\d)1\d{10}(?!\d)"
    r"|(?<!\d)(?:12\d{3}|9\d{4})(?!\d)"
)


def prints_telephone(text: str) -> bool:
    """True when a telephone number stands in ``text``, those of hotlines (12345) with it."""
    return _NUMBER.search(text) is not None
