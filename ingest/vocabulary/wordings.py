"""Wordings: words and small patterns of words that people or policies use, as they stand in the TOML files.

A wording is a regular expression that captures nothing; most are plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from ingest.sentences import Sentence
from ingest.vocabulary.load import Subject


def _finds_something(wording: str) -> str:
    try:
        pattern = re.compile(wording)
    except re.error as error:
        raise ValueError(Sentence("ingest.wording_is_no_pattern", wording=wording, reason=error)) from error
    if pattern.groups:
        raise ValueError(Sentence("ingest.wording_captures", wording=wording))
    if pattern.fullmatch(""):
        raise ValueError(Sentence("ingest.wording_matches_everything", wording=wording))
    return wording


Wording = Annotated[str, AfterValidator(_finds_something)]
Wordings = Annotated[tuple[Wording, ...], Field(min_length=1)]


def either(wordings: Iterable[str]) -> str:
    """A regular expression that matches any of ``wordings``, the one that stands first before the others."""
    return f"(?:{'|'.join(wordings)})"


class Said(Subject):
    """How one thing is said, in Chinese (simplified) and in Latin letters (lower case)."""

    chinese: Wordings
    english: tuple[Wording, ...] = ()

    @property
    def pattern(self) -> str:
        """A regular expression that matches any of the wordings."""
        return either((*self.chinese, *self.english))
