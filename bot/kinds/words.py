"""How sets of things are asked for, and our own words for them: ``asked.toml`` and ``phrases.toml``, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.text.phrase_file import phrases
from bot.types import Language


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The patterns of ``asked.toml``; all are for simplified text in lower case."""

    asks: Mapping[str, re.Pattern[str]]
    nothing: re.Pattern[str]
    nothing_english: re.Pattern[str]
    kinds: Mapping[str, re.Pattern[str]]
    any_kind: re.Pattern[str]
    recipients: Mapping[str, re.Pattern[str]]
    english: Mapping[str, str]
    class_question: re.Pattern[str]
    printed: Mapping[str, str]
    said: Mapping[str, str]
    also: tuple[str, ...]  # kinds that are named beside each other
    per: tuple[str, ...]
    kinds_besides: tuple[str, ...]  # told where everything is asked
    about: Mapping[str, re.Pattern[str]]  # kinds that are a topic beside another kind

    def left_of_class_question(self, text: str, names: Iterable[str]) -> bool:
        """Whether a question on a class names something besides the class, the people and the place."""
        rest = text
        for name in sorted(names, key=len, reverse=True):
            rest = rest.replace(name.lower(), "|")
        rest = self.class_question.sub("|", rest)
        return re.search(r"[\u3400-\u9fff]{2,}|[a-z]{3,}|\d", rest) is not None

    def asks_for(self, what: str, text: str) -> bool:
        """Whether ``text`` has a sign of ``what``, a key of [asks]."""
        return self.asks[what].search(text) is not None


@cache
def asked_words() -> AskedWords:
    """The patterns, read once."""
    raw = tomllib.loads((files("bot.kinds") / "asked.toml").read_text("utf-8"))
    kinds = {kind: _either(words) for kind, words in raw["kinds"].items() if kind != "any"}
    longest_first = sorted(raw["residue"]["nothing"].split("|"), key=len, reverse=True)
    return AskedWords(
        asks={name: re.compile(pattern) for name, pattern in raw["asks"].items()},
        nothing=re.compile("|".join(longest_first)),
        nothing_english=re.compile(raw["residue"]["nothing_english"]),
        kinds=kinds,
        any_kind=_either(raw["kinds"]["any"]),
        recipients={who: _either(words) for who, words in raw["recipients"].items()},
        english=raw["english"],
        printed=raw["printed"],
        said={key: word for key, word in raw["said"].items() if isinstance(word, str)},
        also=tuple(raw["said"]["also"]),
        per=tuple(raw["said"]["per"]),
        kinds_besides=tuple(raw["said"]["kinds_besides"]),
        class_question=re.compile(raw["residue"]["class_question"]),
        about={kind: _either(words) for kind, words in raw["about"].items()},
    )


@dataclass(frozen=True, slots=True)
class Ends:
    """Which ends are asked for."""

    most: bool
    least: bool


def ends_asked(text: str) -> Ends | None:
    """Whether the highest or the lowest of several things is asked for; None where neither is."""
    words = asked_words()
    ends = Ends(words.asks_for("most", text), words.asks_for("least", text))
    return ends if ends.most or ends.least else None


def _either(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def said(key: str, language: Language, **blanks: object) -> str:
    """One of our phrases in the language of the question, its blanks filled."""
    return phrases("bot.kinds")[key].to(language).format(**blanks)
