"""What a sentence of a reply is besides a statement: "not covered" in any words, only nearest, to be checked, a mere yes."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from bot.text.term_overlap import terms_of
from ingest.normalise import to_simplified

LONGEST_OPENER = 12  # Chinese characters; of English twice as many
LONGEST_TITLE = 14  # Chinese characters of a line that only names a section
_FILE = "reply_words.toml"
_BREAK = re.compile(r"(?<=[，,；;])\s*")


@cache
def _words(key: str) -> re.Pattern[str]:
    written = cast("str | list[str]", tomllib.loads((files("bot.llm") / _FILE).read_text("utf-8"))[key])
    return re.compile("|".join([written] if isinstance(written, str) else written))


@cache
def question_terms() -> frozenset[str]:
    """Terms that any question may have."""
    return terms_of(_words("question_words").pattern)


def _plain(text: str) -> str:
    return to_simplified(text).lower().replace("’", "'").strip(" \t“”\"'*")


def says_not_covered(text: str) -> bool:
    """Whether a sentence says that the sources do not hold something."""
    return _words("not_covered").search(_plain(text)) is not None


def says_nearest(text: str) -> bool:
    """Whether a sentence says of itself that it is only the nearest."""
    return _words("nearest").search(_plain(text)) is not None


def says_to_check(text: str) -> bool:
    """Whether a sentence tells whoever asks to find something out."""
    return _words("to_check").search(_plain(text)) is not None


def asks_back(text: str) -> bool:
    """Whether a sentence is a question to whoever asks."""
    return text.rstrip(" ”\"'）)").endswith(("？", "?"))


def is_opener(text: str) -> bool:
    """Whether a sentence is a mere yes or no."""
    longest = LONGEST_OPENER if _has_han(text) else 2 * LONGEST_OPENER
    return len(text) <= longest and not re.search(r"\d", text) and _words("opener").match(_plain(text)) is not None


def is_empty_talk(text: str) -> bool:
    """Whether a sentence only opens or closes an answer."""
    return _words("empty_talk").match(_plain(text)) is not None


def is_empty_cell(text: str) -> bool:
    """Whether the cell of a table says that nothing is printed."""
    return _words("empty_cell").match(_plain(text)) is not None


@dataclass(frozen=True, slots=True)
class Halves:
    """A sentence that says of something that it is not covered: what it states before, that, and what it states behind."""

    before: str
    hedge: str
    behind: str


def halves_of(text: str) -> Halves:
    """A sentence cut at the commas around its halves that say "not covered"."""
    pieces = [piece for piece in _BREAK.split(text) if piece.strip()]
    said = [place for place, piece in enumerate(pieces) if says_not_covered(piece)]
    if not said:
        return Halves("", text, "")
    first, last = said[0], said[-1] + 1
    return Halves("".join(pieces[:first]), "".join(pieces[first:last]), "".join(pieces[last:]))


def split_title(text: str) -> tuple[str, str]:
    """The name of a section in front of a sentence, in 【】 or alone on its line, and the rest; "" where there is none."""
    marked = re.match(r"\s*【([^【】]{1,40})】\s*[:：]?\s*", text)
    if marked is not None:
        return marked[1].strip(), text[marked.end() :]
    alone = text.strip().rstrip("：:")
    short = len(alone) <= LONGEST_TITLE if _has_han(alone) else len(alone.split()) <= LONGEST_TITLE // 2
    says = (
        re.search(r"[。.！!？?；;，,]$|\d", alone)
        or says_not_covered(alone)
        or is_opener(alone)
        or says_to_check(alone)
    )
    return (alone, "") if alone and short and not says else ("", text)


def _has_han(text: str) -> bool:
    return re.search(r"[㐀-鿿]", text) is not None
