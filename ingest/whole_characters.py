"""Halves of characters, which Python's strings can hold and no encoding: they come out of JSON and of command lines."""

from __future__ import annotations

import re

from ingest.errors import QuestionUnusable

# The halves of UTF-16's pairs; Python also writes bytes of a command line that are not UTF-8 as the second halves.
_HALF = re.compile("[\ud800-\udfff]")


def are_whole(text: str) -> bool:
    """Whether ``text`` can be written out."""
    return _HALF.search(text) is None


def check_whole(question: str) -> None:
    """Raises QuestionUnusable when ``question`` holds what is no character: it could be neither found nor shown."""
    if not are_whole(question):
        raise QuestionUnusable("ingest.broken_characters")
