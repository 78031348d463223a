"""Instructions to the program instead of a question: narrow wordings of ``injection.toml``."""

from __future__ import annotations

import re

from ingest.vocabulary.refusals import injection_words
from ingest.vocabulary.wordings import either

_WORDS = injection_words()
_PATTERNS = re.compile(
    rf"{either(_WORDS.turning)}[^。？！?]{{0,10}}{either(_WORDS.rules)}|{either(_WORDS.wordings)}", re.IGNORECASE
)
_REVEALS = re.compile(either(_WORDS.reveals), re.IGNORECASE)


def is_injection(text: str) -> bool:
    """True when ``text`` (simplified) tells the program what to be, to ignore, to reveal or to take for a source."""
    return _PATTERNS.search(text) is not None or _REVEALS.search(text) is not None


def only_asks_to_reveal(text: str) -> bool:
    """True when ``text`` (simplified) wants to see something inside and turns nothing: what else it asks may be answered."""
    return _REVEALS.search(text) is not None and _PATTERNS.search(_REVEALS.sub(" ", text)) is None
