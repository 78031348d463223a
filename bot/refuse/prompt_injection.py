"""Instructions to the program instead of a question: narrow wordings of ``injection.toml``."""

from __future__ import annotations

import re

from ingest.vocabulary.refusals import injection_words
from ingest.vocabulary.wordings import either

_WORDS = injection_words()
_PATTERNS = re.compile(
    rf"{either(_WORDS.turning)}[^。？！?]{{0,10}}{either(_WORDS.rules)}|{either(_WORDS.wordings)}", re.IGNORECASE
)


def is_injection(text: str) -> bool:
    """True when ``text`` (simplified) tells the program what to be, to ignore, to reveal or to take for a source."""
    return _PATTERNS.search(text) is not None
