"""What a corpus prints anywhere: its text, its headings, how rare its terms are, the classes and 文号 it names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from index.kept.hashed import HashedNumbers
from index.kept.printed_text import PrintedText, TextWriter
from index.text.file_number import FileNumber, file_numbers
from index.text.terms import TermCounts
from index.text.tiers import letter_tiers, numbered_tiers
from ingest.normalise import match_form
from ingest.types import Clause

TEXT, HEADINGS, TERMS, NAMED = "text", "headings", "terms", "named.json"


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """Read back from an index; part ``i`` of the text is of clause ``i`` with its headings, in match form."""

    text: PrintedText
    headings: PrintedText  # in match form, a line each, without those of parts
    terms: Mapping[str, float]  # how rare each is, 1 for those of one clause
    letters: frozenset[str]
    numbered: frozenset[str]
    numbers_cited: tuple[FileNumber, ...]

    @classmethod
    def load(cls, folder: Path, clause_count: int) -> PrintedWords:
        """OSError, ValueError or KeyError when it cannot be read or is of other clauses."""
        named = cast(dict[str, list[str]], json.loads((folder / NAMED).read_text(encoding="utf-8")))
        text = PrintedText(folder / TEXT)
        if len(text) != clause_count:
            raise ValueError(f"{TEXT} is of {len(text)} clauses, not {clause_count}")
        cited = (cast(tuple[str, int, int], tuple(one)) for one in named["cited"])
        return cls(
            text,
            PrintedText(folder / HEADINGS),
            HashedNumbers.load(folder / TERMS),
            frozenset(named["letters"]),
            frozenset(named["numbered"]),
            tuple(FileNumber(*one) for one in cited),
        )


class WordCollector:
    """Takes in clauses one after another and writes what they print."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is empty."""
        self._folder = folder
        for name in (TEXT, HEADINGS, TERMS):
            (folder / name).mkdir()
        self._text = TextWriter(folder / TEXT)
        self._terms = TermCounts()
        self._letters, self._numbered = set[str](), set[str]()
        self._cited: dict[FileNumber, None] = {}
        self._headings: dict[str, None] = {}

    def add(self, clause: Clause) -> None:
        """The next clause."""
        text = " ".join((*clause.path, clause.text)).lower()
        self._text.add(match_form(text))
        self._terms.add((" ".join((*clause.path[1:], clause.text)),))
        self._letters |= letter_tiers(text)
        self._numbered |= numbered_tiers(text)
        self._headings |= dict.fromkeys(clause.path[1:])
        self._cited |= dict.fromkeys(file_numbers(text))

    def save(self) -> None:
        """Writes all of it."""
        self._text.close()
        headings = TextWriter(self._folder / HEADINGS)
        for line in dict.fromkeys(map(match_form, self._headings)):
            headings.add(f"{line}\n")
        headings.close()
        HashedNumbers.of(self._terms.weights()).save(self._folder / TERMS)
        named = {
            "letters": sorted(self._letters),
            "numbered": sorted(self._numbered),
            "cited": [[one.issuer, one.year, one.number] for one in self._cited],
        }
        (self._folder / NAMED).write_text(json.dumps(named, ensure_ascii=False), encoding="utf-8")
