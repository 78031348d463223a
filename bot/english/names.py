"""Titles of documents and of parts in our own words, as the edition has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.english.headings import holds_chinese, without_number
from bot.english.quoted_words import FEWEST_QUOTED
from index.kept.corpus_on_disk import parts_of
from ingest.editions.types import Edition
from ingest.entitlements.wording import squeezed
from ingest.facts.english_figures import MONTHS
from ingest.structure.numbering import without_labels
from ingest.types import Corpus, Span
from ingest.vocabulary.matching.english_names import in_english

_QUOTED = re.compile(r"“([^“”]*[\u3400-\u9fff][^“”]*)”")
_RULE = re.compile(r"(?<=: )[^“”()\s:]*[\u3400-\u9fff][^“”]*$")  # a rule of a document behind a colon, as printed
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?![^“]*”)")
_RUN = re.compile(r"[\u3400-\u9fff]{2,}(?:、[\u3400-\u9fff]{2,})*")  # a name, or several
_NAMED = re.compile(r"（([^（）《》]+)）")
LONGEST_SAID = 300  # characters of English in a notice; a longer sentence stays as printed
_TITLE = re.compile(r"（?《([^《》]+)》）?：?")


@dataclass(frozen=True, slots=True)
class EnglishNames:
    """What documents and parts of a corpus are called; what has no English keeps its Chinese."""

    titles: Mapping[str, str]  # by the printed title
    parts: Mapping[str, str]  # by the heading of a part without its number
    edition: Edition
    corpus: Corpus | None = None

    @classmethod
    def of(cls, edition: Edition, corpus: Corpus) -> EnglishNames:
        """The names of a corpus."""
        titles = {document.title: edition.titles.get(document.id, "") for document in corpus.documents}
        parts = {
            without_labels(heading).strip(): without_number(edition.headings.get(squeezed(heading), ""))
            for heading in parts_of(corpus)
        }
        titles, parts = ({name: said for name, said in found.items() if said} for found in (titles, parts))
        return cls(titles, parts, edition, corpus)

    def titles_in(self, text: str) -> str:
        """A sentence of ours with 《title》 as “Title”."""
        return _TITLE.sub(self._title, text) if "《" in text else text

    def said_in(self, text: str) -> str:
        """A notice with the titles, days and printed words that it has in English, the words behind it as printed."""
        text = self.days_in(self.titles_in(text))
        if not holds_chinese(text):
            return text
        told: set[str] = set()

        def words(found: re.Match[str]) -> str:
            lead = ": " if text[: found.start()].endswith("”") else ""
            said = self._words(found[1], found[0], lead)
            english, _, _ = said.rpartition(" (“")
            if english and english in told:  # of two conditions of one sentence the second needs its own words alone
                return f"(“{found[1]}”)"
            told.add(english)
            return said

        text = _QUOTED.sub(words, text)
        return _RULE.sub(lambda found: self._words(found[0], found[0]), text)

    def names_in(self, text: str) -> str:
        """A sentence of ours with what it names in brackets, as a park, in English."""
        return _NAMED.sub(lambda found: f" ({self.edition.names.get(found[1], found[1])})", text)

    def known_in(self, text: str) -> str:
        """A sentence of ours with names of places, offices and the collection in English; those in quotation marks stay."""
        quoted = [found.span() for found in _QUOTED.finditer(text)]

        def said(found: re.Match[str]) -> str:
            if any(start <= found.start() < end for start, end in quoted):
                return found[0]
            names = [self.edition.names.get(one) or in_english(one) for one in found[0].split("、")]
            return found[0] if any(map(holds_chinese, names)) else ", ".join(names)

        return _RUN.sub(said, text) if holds_chinese(text) else text

    @staticmethod
    def days_in(text: str) -> str:
        """A sentence of ours with 2025年12月31日 as 31 December 2025; days in quotations stay."""
        return _DAY.sub(_day, text)

    def _words(self, words: str, otherwise: str, lead: str = "") -> str:
        """The English sentences that ``words`` of a clause stand in, with the words; ``otherwise`` where there are none."""
        wanted = squeezed(words).strip("。；;：:")
        if len(wanted) < FEWEST_QUOTED or self.corpus is None:
            return otherwise
        for clause in self.corpus.at(self.corpus.lookup.holding(wanted)):
            start = squeezed(clause.text).find(wanted)
            if start < 0:
                continue
            places = [place for place, sign in enumerate(clause.text) if not sign.isspace()]
            span = Span(places[start], places[start + len(wanted) - 1] + 1)
            said = " ".join(one.text.strip() for one in self.edition.of_span(clause.id, span))
            return f"{lead}{said} (“{wanted}”)" if said and len(said) <= LONGEST_SAID else otherwise
        return otherwise

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


def _day(found: re.Match[str]) -> str:
    year, month, day = map(int, found.groups())
    return f"{day} {MONTHS[month - 1].capitalize()} {year}" if 1 <= month <= len(MONTHS) else found[0]
