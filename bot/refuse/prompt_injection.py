"""Instructions to the program instead of a question: narrow wordings of ``injection.toml``."""

from __future__ import annotations

import re

from ingest.normalise import to_simplified
from ingest.vocabulary.refusals import injection_words
from ingest.vocabulary.wordings import either

_WORDS = injection_words()
_PATTERNS = re.compile(
    rf"{either(_WORDS.turning)}[^。？！?]{{0,10}}{either(_WORDS.rules)}|{either(_WORDS.wordings)}", re.IGNORECASE
)
# Where another wish begins: a stop, "then", 再, 然后.
_JOINTS = re.compile(
    r"[。！!？?；;，,]|(?<=[a-z])\.\s|\b(?:and )?then\b|然后|然後|顺便|順便|再(?=告|说|說|回|问|問|给|給)",
    re.IGNORECASE,
)
SHORTEST_REST = 4  # characters of what else is asked
_REVEALS = re.compile(either(_WORDS.reveals), re.IGNORECASE)


def is_injection(text: str) -> bool:
    """True when ``text`` (simplified) tells the program what to be, to ignore, to reveal or to take for a source."""
    return _PATTERNS.search(text) is not None or _REVEALS.search(text) is not None


def cut_reveal(text: str) -> tuple[str, str] | None:
    """The part of ``text`` that wants to see something inside and what else is asked; None where nothing else is."""
    if not only_asks_to_reveal(to_simplified(text)):
        return None
    pieces = [piece.strip() for piece in _JOINTS.split(text) if piece and piece.strip()]
    wants = [piece for piece in pieces if _REVEALS.search(to_simplified(piece))]
    rest = [piece for piece in pieces if piece not in wants]
    return (" ".join(wants), " ".join(rest)) if wants and any(len(piece) >= SHORTEST_REST for piece in rest) else None


def only_asks_to_reveal(text: str) -> bool:
    """True when ``text`` (simplified) wants to see something inside and turns nothing: what else it asks may be answered."""
    return _REVEALS.search(text) is not None and _PATTERNS.search(_REVEALS.sub(" ", text)) is None
