"""Titles of documents and of parts in our own words, as the edition has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.english.headings import holds_chinese, without_number
from ingest.editions.types import Edition
from ingest.entitlements.wording import squeezed
from ingest.structure.numbering import without_labels
from ingest.types import Corpus

_TITLE = re.compile(r"（?《([^《》]+)》）?：?")


@dataclass(frozen=True, slots=True)
class EnglishNames:
    """What documents and parts of a corpus are called; what has no English keeps its Chinese."""

    titles: Mapping[str, str]  # by the printed title
    parts: Mapping[str, str]  # by the heading of a part without its number

    @classmethod
    def of(cls, edition: Edition, corpus: Corpus) -> EnglishNames:
        """The names of a corpus."""
        titles = {document.title: edition.titles.get(document.id, "") for document in corpus.documents}
        parts = {
            without_labels(heading.text).strip(): without_number(edition.headings.get(squeezed(heading.text), ""))
            for heading in corpus.headings
            if heading.kind == "part"
        }
        return cls(*({name: said for name, said in found.items() if said} for found in (titles, parts)))

    def titles_in(self, text: str) -> str:
        """A sentence of ours with 《title》 as “Title”."""
        return _TITLE.sub(self._title, text) if "《" in text else text

    def headings_in(self, text: str) -> str:
        """A question of ours with the parts and documents it offers in English."""
        if not holds_chinese(text):
            return text
        for names in (self.parts, self.titles):
            for name in sorted(names, key=len, reverse=True):
                text = text.replace(name, names[name])
        return text

    def _title(self, found: re.Match[str]) -> str:
        english = self.titles.get(found[1])
        if english is None:
            return found[0]
        opened, colon = found[0].startswith("（"), found[0].endswith("：")
        return f"{' (' if opened else ''}“{english}”{')' if opened else ''}{': ' if colon else ''}"
