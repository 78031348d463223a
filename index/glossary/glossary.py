"""The words people use and the words policies use for the same thing.

General words come with the product (``product.toml``); the owner of a corpus keeps local ones in its ``glossary.toml``.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import cast

from ingest.errors import CorpusUnusable
from ingest.normalise import search_form

GLOSSARY_FILE = "glossary.toml"
PRODUCT_FILE = "product.toml"
TABLES = ("people", "places", "english", "levels")
_LATIN = re.compile(r"[a-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")
# Figures, codes and Chinese words inside an English question stand in its gloss as they are.
_KEPT_IN_GLOSS = re.compile(r"[\u3400-\u9fff]+|\d[\d.,\-]*%?")
ENGLISH_ENOUGH = 0.5  # share of Latin letters among letters and Chinese characters from which a text is English


@dataclass(frozen=True)
class Glossary:
    """Four tables. Keys and values are in search form (see :func:`ingest.normalise.search_form`).

    A key without values switches off the row of the same word that stands below this glossary.
    """

    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    english: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    digest: str = hashlib.sha256(b"").hexdigest()  # of the file, or of all files it was laid together from

    def over(self, other: Glossary) -> Glossary:
        """Both in one; where both have a word, this one's row counts."""
        joined = {
            name: {spoken: words for spoken, words in {**getattr(other, name), **getattr(self, name)}.items() if words}
            for name in TABLES
        }
        return Glossary(**joined, digest=hashlib.sha256(f"{self.digest}{other.digest}".encode()).hexdigest())

    def expand(self, text: str) -> tuple[str, ...]:
        """The policy words that stand for the people's words of ``text``, each once, in the order of the text.

        A word that is only a piece of a policy word (内蒙 in 内蒙古自治区) says nothing new and is passed over.
        """
        table = {**self.people, **self.places}
        plain = search_form(text)
        chinese = (word for found in self._chinese.finditer(plain) for word in table.get(found[0], ()))
        return _once((*chinese, *self._english_words(plain)))

    def gloss(self, text: str) -> str:
        """The Chinese words for an English text, in its order, with its figures; "" for a text that is not English."""
        plain = search_form(text)
        latin, han = len(_LATIN.findall(plain)), len(_HAN.findall(plain))
        if latin == 0 or latin / (latin + han) < ENGLISH_ENOUGH:
            return ""
        found = [(match.start(), word) for match in self._english.finditer(plain) for word in self._meaning(match)]
        if not found:
            return ""
        found += [(match.start(), match[0]) for match in _KEPT_IN_GLOSS.finditer(plain)]
        return " ".join(_once(word for _, word in sorted(found, key=lambda pair: pair[0])))

    def levels_named(self, text: str) -> frozenset[str]:
        """The levels of government that ``text`` names (旗里 → 旗)."""
        return frozenset(
            level for found in self._levels.finditer(search_form(text)) for level in self.levels.get(found[0], ())
        )

    def chinese_terms(self) -> tuple[str, ...]:
        """Every Chinese word of the glossary, sorted: a splitter must not cut these."""
        tables = (self.people, self.places, self.english)
        terms = {term for table in tables for key, words in table.items() for term in (key, *words)}
        return tuple(sorted(term for term in terms if _HAN.search(term)))

    def _english_words(self, plain: str) -> Iterable[str]:
        return (word for match in self._english.finditer(plain) for word in self._meaning(match))

    def _meaning(self, match: re.Match[str]) -> tuple[str, ...]:
        term = re.sub(r"[\s\-]+", " ", match[1])
        return self.english.get(term, ())

    @cached_property
    def _chinese(self) -> re.Pattern[str]:
        table = {**self.people, **self.places}
        return _longest_first({*table, *(word for words in table.values() for word in words)})

    @cached_property
    def _levels(self) -> re.Pattern[str]:
        # 市场 and 城市 hold 市, 旗舰 holds 旗: the owner lists whole words, the longest of which wins.
        return _longest_first(set(self.levels))

    @cached_property
    def _english(self) -> re.Pattern[str]:
        terms = sorted(self.english, key=lambda term: (-len(term), term))
        spelled = "|".join(re.escape(term).replace(r"\ ", r"[\s\-]+") for term in terms)
        return re.compile(rf"(?<![a-z])({spelled})(?:s|es)?(?![a-z])") if terms else re.compile(r"(?!)()")


@cache
def product_glossary() -> Glossary:
    """The words that come with the product."""
    content = (files("index.glossary") / PRODUCT_FILE).read_bytes()
    return _parsed(content, PRODUCT_FILE)


def load_glossary(folder: Path) -> Glossary:
    """The rows of a corpus folder's own glossary; an empty one where there is no such file.

    Rows that say what the product says anyway, as in a copy of an older glossary, are left out. Raises CorpusUnusable
    when the file is no TOML, a row is not a word with a list of words, or is empty without a product's row to switch off.
    """
    file = folder / GLOSSARY_FILE
    if not file.exists():
        return Glossary()
    own, product = _parsed(file.read_bytes(), str(file)), product_glossary()
    new: dict[str, dict[str, tuple[str, ...]]] = {}
    for name in TABLES:
        known: Mapping[str, tuple[str, ...]] = getattr(product, name)
        rows: Mapping[str, tuple[str, ...]] = getattr(own, name)
        for spoken, words in rows.items():
            if not words and spoken not in known:
                raise CorpusUnusable("index.row_switches_nothing_off", file=file, name=name, key=spoken)
        new[name] = {spoken: words for spoken, words in rows.items() if known.get(spoken) != words}
    return Glossary(**new, digest=own.digest)


def _parsed(content: bytes, file: str) -> Glossary:
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusUnusable("index.glossary_cannot_be_read", file=file, reason=error) from error
    if unknown := sorted(set(tables) - set(TABLES)):
        raise CorpusUnusable("index.unknown_table", file=file, unknown=unknown[0], tables=", ".join(TABLES))
    read = {name: _table(file, name, tables.get(name, {})) for name in TABLES}
    return Glossary(**read, digest=hashlib.sha256(content).hexdigest())


def _table(file: str, name: str, rows: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(rows, dict):
        raise CorpusUnusable("index.table_must_hold_rows", file=file, name=name)
    table: dict[str, tuple[str, ...]] = {}
    for key, words in cast(dict[str, object], rows).items():
        if not isinstance(words, list) or not all(isinstance(w, str) and w.strip() for w in cast(list[object], words)):
            raise CorpusUnusable(
                "index.row_must_list_words", file=file, name=name, key=key, words=repr(cast(object, words))
            )
        spoken = search_form(key).replace("-", " ") if name == "english" else search_form(key)
        table[spoken] = tuple(search_form(str(word)) for word in cast(list[object], words))
    return table


def _longest_first(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_spelled, ordered))) if ordered else re.compile(r"(?!)")


def _spelled(word: str) -> str:
    # National stands in international, 国家 in no longer word that means something else.
    return re.escape(word) if _HAN.search(word) else rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])"


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
